//! The words of lines that hold letters written from right to left.
//!
//! PDFium puts the letters of such lines in the order of reading, but it goes by their order in the file, turns the
//! letters of a ligature around, and knows neither which way the paragraph runs nor where numbers belong. So the lines
//! are put together anew, letter by letter, by where the letters stand.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::bidi::{is_leftwards, is_mirrored, is_rightwards, mirrored, reading_order, seen_order};
use super::geometry::{Area, Turn};
use super::ligatures;
use super::words::{Token, Words};

/// A letter as the file draws it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// Number of its word.
    pub(super) token: usize,
    /// The character; a bracket as it is seen, not as it is written.
    pub(super) character: char,
    pub(super) raised: bool,
    /// White space stands between it and the letter that the file draws before it.
    pub(super) spaced: bool,
    /// Where it stands, as those of its word.
    pub(super) area: Area,
    pub(super) place: Area,
}

/// A wider gap than this, in sizes of the type, ends a run.
const GAP: f32 = 1.25;
/// A wider gap than this ends it before what is drawn elsewhere: so many words before or after.
const NARROW: f32 = 0.6;
const ASIDE: usize = 8;
/// A wider gap than this parts two words, in sizes of the type: of letters that are drawn one after the other, in front
/// of which PDFium finds the spaces, and of others.
const WIDE: f32 = 0.6;
const SPACE: f32 = 0.17;

/// Words that stand side by side on one line, numbers of tokens from left to right.
struct Run {
    tokens: Vec<usize>,
    area: Area,
    turn: Turn,
    size: f32,
    /// Words of each direction.
    leftwards: usize,
    rightwards: usize,
}

/// Cuts the lines with letters from right to left into words anew, each in its order of reading; `spaces` are the
/// spaces that the file draws. Without such letters nothing changes.
pub(super) fn put_in_order(words: &mut Words, letters: &[Letter], spaces: &[(Turn, Area)]) {
    if !letters.iter().any(|it| is_leftwards(it.character)) {
        return;
    }
    let mut own: Vec<Vec<(usize, Letter)>> = vec![Vec::new(); words.tokens.len()];
    for (at, letter) in letters.iter().enumerate() {
        if let Some(own) = own.get_mut(letter.token) {
            own.push((at, *letter));
        }
    }
    let turned_ligatures = ligatures::are_turned(letters);
    let rows = rows(words, &own);
    let page = count(rows.iter().flatten());
    let mut rank = 0;
    let mut put = Put { text: String::new(), tokens: Vec::new() };
    for (at, row) in rows.iter().enumerate() {
        let leftwards: Vec<bool> =
            row.iter().map(|run| run.leftwards > 0 && runs_leftwards(run, at, &rows, page)).collect();
        // The row runs as most of its runs that have a direction do.
        let turned =
            leftwards.iter().filter(|it| **it).count() * 2 > row.iter().filter(|it| it.has_direction()).count();
        let mut order: Vec<usize> = (0..row.len()).collect();
        if turned {
            order.reverse();
        }
        for number in order {
            let run = &row[number];
            rank += 1;
            let rank = if row.iter().any(|it| it.leftwards > 0) { rank } else { 0 };
            if run.leftwards == 0 {
                run.tokens.iter().for_each(|&it| put.keep(words, it, (rank, turned)));
            } else {
                let letters = run.tokens.iter().flat_map(|&it| own[it].iter().copied()).collect();
                put.anew(words, units(letters, turned_ligatures), spaces, (rank, leftwards[number]));
            }
        }
    }
    put.tokens.sort_by_key(|(at, _)| *at);
    words.text = put.text;
    words.tokens = put.tokens.into_iter().map(|(_, token)| token).collect();
}

/// The letters of words of which only the whole is known: as if each were as wide as the others.
pub(super) fn letters_of(words: &Words) -> Vec<Letter> {
    let mut letters = Vec::new();
    for (token, it) in words.tokens.iter().enumerate() {
        let read: Vec<char> = words.word(it).chars().collect();
        let leftwards = read.iter().any(|it| is_leftwards(*it));
        let bases = read.iter().filter(|it| !is_combining_mark(**it)).count().max(1);
        let wide = it.area.width() / bases as f32;
        let mut x = it.area.x0;
        for place in seen_order(&read, leftwards) {
            let letter = read[place.at];
            let character = if place.leftwards { mirrored(letter) } else { letter };
            let area = Area { x0: x, x1: x + wide, ..it.area };
            // In text from right to left a mark is seen before its letter.
            let mark = is_combining_mark(letter);
            x += if mark { 0.0 } else { wide };
            let spaced = letters.last().is_none_or(|it: &Letter| it.token != token);
            letters.push(Letter { token, character, raised: false, spaced, area, place: it.place });
        }
    }
    letters
}

impl Run {
    fn has_direction(&self) -> bool {
        self.leftwards + self.rightwards > 0
    }
}

/// The rows of the page, top to bottom, each cut into runs from left to right.
fn rows(words: &Words, own: &[Vec<(usize, Letter)>]) -> Vec<Vec<Run>> {
    let mut order: Vec<usize> = (0..words.tokens.len()).collect();
    let middle = |it: usize| words.tokens[it].area.y0 + words.tokens[it].area.y1;
    order.sort_by(|&a, &b| words.tokens[a].turn.cmp(&words.tokens[b].turn).then(middle(a).total_cmp(&middle(b))));
    let mut rows: Vec<(Area, Vec<usize>)> = Vec::new();
    for number in order {
        let token = &words.tokens[number];
        // A raised or lowered word may sort one row off.
        let row = rows
            .iter_mut()
            .rev()
            .take(3)
            .find(|(area, row)| area.shared_height(&token.area) > 0.5 && words.tokens[row[0]].turn == token.turn);
        match row {
            Some((area, row)) => {
                if token.area.height() > area.height() {
                    *area = token.area;
                }
                row.push(number);
            }
            None => rows.push((token.area, vec![number])),
        }
    }
    rows.into_iter().map(|(_, row)| runs(words, own, row)).collect()
}

fn runs(words: &Words, own: &[Vec<(usize, Letter)>], mut row: Vec<usize>) -> Vec<Run> {
    row.sort_by(|&a, &b| words.tokens[a].area.x0.total_cmp(&words.tokens[b].area.x0));
    let mut runs: Vec<Run> = Vec::new();
    for number in row {
        let token = &words.tokens[number];
        let has = |is: fn(char) -> bool| own[number].iter().any(|(_, it)| is(it.character));
        let leftwards = has(is_leftwards);
        let next = Run {
            tokens: vec![number],
            area: token.area,
            turn: token.turn,
            size: token.size,
            leftwards: usize::from(leftwards),
            rightwards: usize::from(!leftwards && has(is_rightwards)),
        };
        // What is drawn long before or after stands in another column.
        let far = |run: &Run| run.tokens.last().is_some_and(|it| it.abs_diff(number) > run.tokens.len() + ASIDE);
        match runs.last_mut() {
            Some(run) if next.area.x0 - run.area.x1 < if far(run) { NARROW } else { GAP } * run.size.max(next.size) => {
                run.tokens.push(number);
                run.area = run.area.with(&next.area);
                run.size = run.size.max(next.size);
                run.leftwards += next.leftwards;
                run.rightwards += next.rightwards;
            }
            _ => runs.push(next),
        }
    }
    runs
}

/// Whether a run of the row `at` is of a paragraph from right to left: by its own words if they leave no doubt, else
/// by those of the lines above and below it, else by the page's.
fn runs_leftwards(run: &Run, at: usize, rows: &[Vec<Run>], page: (usize, usize)) -> bool {
    /// Lines of a paragraph that are looked at on each side.
    const BESIDE: usize = 2;
    if run.leftwards >= 3 * run.rightwards {
        return true;
    }
    let beside = |other: &&Run| {
        let near = (other.area.y0 - run.area.y0).abs() < (BESIDE as f32 + 0.5) * 1.6 * run.size;
        other.turn == run.turn && near && other.area.x0 < run.area.x1 && other.area.x1 > run.area.x0
    };
    let near = &rows[at.saturating_sub(BESIDE)..(at + BESIDE + 1).min(rows.len())];
    let (left, right) = count(near.iter().flatten().filter(beside));
    let alone = left + right == run.leftwards + run.rightwards;
    let (left, right) = if alone || left == right { page } else { (left, right) };
    left > right
}

/// Words of each direction.
fn count<'a>(runs: impl Iterator<Item = &'a Run>) -> (usize, usize) {
    runs.fold((0, 0), |(left, right), it| (left + it.leftwards, right + it.rightwards))
}

/// A letter with the marks on it, or the letters of a ligature, in the order of reading.
struct Unit {
    letters: Vec<Letter>,
    area: Area,
    /// Its first letter's place among those of the page.
    at: usize,
}

/// The letters of a run, in the order of the file, as units from left to right.
fn units(letters: Vec<(usize, Letter)>, turned: bool) -> Vec<Unit> {
    let (marks, letters): (Vec<_>, Vec<_>) = letters.into_iter().partition(|(_, it)| is_combining_mark(it.character));
    let mut units: Vec<Unit> = Vec::new();
    for (at, letter) in letters {
        match units.last_mut() {
            Some(unit) if ligatures::is_one(&unit.letters, &letter) => unit.letters.push(letter),
            _ => units.push(Unit { letters: vec![letter], area: letter.area, at }),
        }
    }
    units.iter_mut().filter(|it| it.letters.len() > 1).for_each(|it| ligatures::read(&mut it.letters, turned));
    units.sort_by(|a, b| a.area.middle().total_cmp(&b.area.middle()));
    for (number, mark) in marks {
        let middle = mark.area.middle();
        let at = units.partition_point(|it| it.area.middle() < middle);
        let off = |it: &Unit| {
            (it.area.x0 - middle).max(middle - it.area.x1).max(0.0) + 0.1 * (it.area.middle() - middle).abs()
        };
        let near = [at.checked_sub(1), Some(at)].into_iter().flatten().filter(|it| *it < units.len());
        match near.min_by(|&a, &b| off(&units[a]).total_cmp(&off(&units[b]))) {
            Some(at) => units[at].mark(mark),
            None => units.push(Unit { letters: vec![mark], area: mark.area, at: number }),
        }
    }
    units
}

impl Unit {
    /// Adds a mark behind its letter, where its combining class puts it.
    fn mark(&mut self, mark: Letter) {
        let class = |it: &Letter| canonical_combining_class(it.character);
        let behind = self.letters.iter().rev().take_while(|it| class(it) > class(&mark)).count();
        self.letters.insert(self.letters.len() - behind, mark);
    }

    fn is_plain(&self) -> bool {
        self.letters.iter().all(|it| it.character.is_alphanumeric())
    }

    fn seen(&self) -> char {
        self.letters.first().map_or(' ', |it| it.character)
    }
}

/// Whether a space parts two neighbours on a line.
fn parts(left: &Unit, right: &Unit, size: f32, turn: Turn, spaces: &[(Turn, Area)]) -> bool {
    let gap = right.area.x0 - left.area.x1;
    let (first, second) = if left.at < right.at { (left, right) } else { (right, left) };
    // Around other characters PDFium's spaces may have changed places with them.
    let told = first.at + first.letters.len() == second.at && first.is_plain() && second.is_plain();
    if told {
        return second.letters.iter().any(|it| it.spaced) || gap > WIDE * size;
    }
    // A space begins where it is drawn, but its width may be that of another font's glyph.
    let between =
        |it: &Area| it.shared_height(&left.area) > 0.3 && left.area.middle() < it.x0 && it.x0 < right.area.middle();
    gap > SPACE * size || spaces.iter().any(|(way, it)| *way == turn && between(it))
}

/// The words of a page, put together anew.
struct Put {
    text: String,
    /// With the place that each has among the words in the order of the file.
    tokens: Vec<(usize, Token)>,
}

impl Put {
    fn keep(&mut self, words: &Words, number: usize, (rank, leftwards): (u32, bool)) {
        let old = &words.tokens[number];
        let start = self.text.len();
        self.text.push_str(words.word(old));
        let moved = |it: usize| it - old.start + start;
        let raised = moved(old.raised.start)..moved(old.raised.end);
        self.tokens.push((number, Token { start, end: self.text.len(), raised, run: rank, leftwards, ..old.clone() }));
    }

    /// Adds a run's words.
    fn anew(&mut self, words: &Words, units: Vec<Unit>, spaces: &[(Turn, Area)], (rank, leftwards): (u32, bool)) {
        let Some(first) = units.iter().flat_map(|it| &it.letters).map(|it| it.token).min() else {
            return;
        };
        let turn = words.tokens[first].turn;
        let size = units.iter().flat_map(|it| &it.letters).map(|it| words.tokens[it.token].size).fold(0.0, f32::max);
        // The line as it is seen, none where a space is.
        let mut seen: Vec<Option<Unit>> = Vec::new();
        for unit in units {
            if seen.last().and_then(Option::as_ref).is_some_and(|last| parts(last, &unit, size, turn, spaces)) {
                seen.push(None);
            }
            seen.push(Some(unit));
        }
        let mut line: Vec<char> = seen.iter().map(|it| it.as_ref().map_or(' ', Unit::seen)).collect();
        let written = is_mirrored(&line);
        if written {
            line.iter_mut().for_each(|it| *it = mirrored(*it));
        }
        let mut word: Vec<Letter> = Vec::new();
        for place in reading_order(&line, leftwards) {
            match seen[place.at].take() {
                None => self.close(words, &mut word, first, (rank, leftwards)),
                Some(unit) => {
                    let turn = |it: char| if place.leftwards && !written { mirrored(it) } else { it };
                    word.extend(unit.letters.into_iter().map(|it| Letter { character: turn(it.character), ..it }));
                }
            }
        }
        self.close(words, &mut word, first, (rank, leftwards));
    }

    /// Adds a word of these letters.
    fn close(&mut self, words: &Words, letters: &mut Vec<Letter>, at: usize, (rank, leftwards): (u32, bool)) {
        // What the word looks like, its first letter says.
        let Some(look) = letters.iter().find(|it| it.character.is_alphanumeric()).or(letters.first()) else {
            return;
        };
        let old = &words.tokens[look.token];
        let mut token = Token { start: self.text.len(), run: rank, leftwards, ..old.clone() };
        token.hyphen = letters.last().is_some_and(|it| words.tokens[it.token].hyphen);
        (token.area, token.place, token.raised) = (look.area, look.place, token.start..token.start);
        for letter in letters.drain(..) {
            let from = self.text.len();
            match letter.character {
                // Presentation forms stand for one or more letters; no other text is changed.
                it @ ('\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') => {
                    self.text.extend(it.nfkc().filter(|it| !it.is_whitespace()));
                }
                it => self.text.push(it),
            }
            token.area = token.area.with(&letter.area);
            token.place = token.place.with(&letter.place);
            if letter.raised {
                let start = if token.raised.is_empty() { from } else { token.raised.start };
                token.raised = start..self.text.len();
            }
        }
        token.end = self.text.len();
        self.tokens.push((at, token));
    }
}
