//! Notes at the foot of a column.

use super::draft::Draft;
use super::geometry::Area;
use super::lines::Line;
use super::style::Style;
use super::words::{Token, Words, is_raised};
use crate::BlockKind;

/// Notes are set in type smaller than this share of the body's.
const NOTE: f32 = 0.93;
/// Signs that mark notes where they are not counted.
const SIGNS: &[char] = &['*', '†', '‡', '§', '¶', '∗', '⁎'];

/// What stands in smaller type at the foot of a column is apart from the text above it, which goes on in the next
/// column; and notes where it says so itself. `rules` are the level lines drawn on the page.
pub(super) fn set_apart(words: &Words, drafts: &mut Vec<Draft>, column: usize, style: &Style, rules: &[Area]) {
    let is_text = |it: &Draft| it.column == column && matches!(it.kind, BlockKind::Paragraph | BlockKind::List);
    let size = |it: &Draft| it.all_lines().map(|it| it.size).fold(0.0, f32::max);
    let first = drafts.iter().rposition(|it| !is_text(it) || size(it) > NOTE * style.body).map_or(0, |it| it + 1);
    // Without text above them they are the text.
    let below_text = drafts[..first].iter().any(is_text);
    if below_text {
        drafts[first..].iter_mut().for_each(|it| it.aside = true);
    }
    let Some(notes) = notes(words, &drafts[..first], &drafts[first..], below_text, rules) else {
        return;
    };
    drafts.truncate(first);
    drafts.extend(notes.into_iter().map(|it| Draft { column, ..it }));
}

/// The small text at the foot as notes. None unless the first of them surely is one: its mark is raised in the text
/// above, or a short line is drawn over it and its own mark is raised.
fn notes(words: &Words, above: &[Draft], foot: &[Draft], below_text: bool, rules: &[Area]) -> Option<Vec<Draft>> {
    let lines: Vec<&Line> = foot.iter().flat_map(|it| &it.lines).collect();
    let first = lines.iter().position(|it| mark_of(words, it).is_some())?;
    let mark = mark_of(words, lines[first])?;
    let referred = above.iter().any(|it| refers(words, it, &mark));
    let ruled = below_text && mark.raised && rules.iter().any(|it| is_over(it, lines[first]));
    if !(referred || ruled) {
        return None;
    }
    let mut found: Vec<Draft> = Vec::new();
    let mut last: Option<Mark> = None;
    for draft in foot {
        // What stands before the first note: the end of one of the page before, or a list in a box.
        let mut before = Draft { lines: Vec::new(), ..draft.clone() };
        for line in &draft.lines {
            match mark_of(words, line).filter(|it| last.as_ref().is_none_or(|last| it.follows(last))) {
                Some(mark) => {
                    last = Some(mark);
                    if !before.lines.is_empty() {
                        let lines = std::mem::take(&mut before.lines);
                        found.push(Draft { lines, ..draft.clone() });
                    }
                    let note = Draft::of(vec![line.clone()], 0);
                    found.push(Draft { kind: BlockKind::Footnote, aside: true, ..note });
                }
                None => match found.last_mut() {
                    Some(note) if note.kind == BlockKind::Footnote => note.lines.push(line.clone()),
                    _ => before.lines.push(line.clone()),
                },
            }
        }
        if !(before.lines.is_empty() && before.rows.is_empty()) {
            found.push(before);
        }
    }
    Some(found)
}

/// Puts every note behind the block that its mark stands in; those whose mark stands nowhere, or in a heading, come last.
pub(super) fn place(words: &Words, drafts: Vec<Draft>) -> Vec<Draft> {
    if drafts.iter().all(|it| it.kind != BlockKind::Footnote) {
        return drafts;
    }
    let (notes, texts): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|it| it.kind == BlockKind::Footnote);
    let mut behind: Vec<Vec<Draft>> = vec![Vec::new(); texts.len()];
    let mut last = Vec::new();
    for note in notes {
        let mark = note.lines.first().and_then(|it| mark_of(words, it));
        let holds = |it: &Draft| !matches!(it.kind, BlockKind::Heading | BlockKind::Formula);
        let text = mark.and_then(|mark| texts.iter().position(|it| holds(it) && refers(words, it, &mark)));
        match text.and_then(|at| behind.get_mut(at)) {
            Some(place) => place.push(note),
            None => last.push(note),
        }
    }
    let with_notes = texts.into_iter().zip(behind).flat_map(|(text, notes)| std::iter::once(text).chain(notes));
    with_notes.chain(last).collect()
}

/// What marks a note.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    /// A number, a small letter, or signs.
    label: String,
    /// It is set small and high.
    raised: bool,
}

impl Mark {
    /// Whether it may mark the note after the one that `last` marks.
    fn follows(&self, last: &Self) -> bool {
        match (self.label.parse::<u32>(), last.label.parse::<u32>()) {
            (Ok(own), Ok(last)) => own == last + 1,
            (Err(_), Err(_)) => self.label != last.label,
            // Signs for the author's notes beside the numbers of the others.
            _ => true,
        }
    }
}

/// The mark that a line begins with, if words follow it.
fn mark_of(words: &Words, line: &Line) -> Option<Mark> {
    let mut tokens = line.tokens().map(|it| &words.tokens[it]);
    let (first, second) = (tokens.next()?, tokens.next());
    let word = words.word(first);
    // A sign stands close to the word behind it.
    let sign: String = word.chars().take_while(|it| SIGNS.contains(it)).collect();
    if !sign.is_empty() && (sign.len() < word.len() || second.is_some()) {
        return Some(Mark { label: sign, raised: true });
    }
    let raised = !first.raised.is_empty() && first.raised == (first.start..first.end)
        || second.is_some_and(|it| is_raised(&first.area, &it.area));
    let label = label(word)?;
    // A letter on its own is a word, unless it is raised; numbers beside numbers are those of a table or an axis.
    let worded = second.is_some_and(|it| words.word(it).chars().any(char::is_alphabetic));
    (worded && (raised || label.parse::<u32>().is_ok())).then_some(Mark { label, raised })
}

/// A number or letter that may mark a note, without what stands around it.
fn label(word: &str) -> Option<String> {
    let plain: String = word.chars().map(plain_digit).collect();
    let bare = plain.trim_matches(['[', ']', '(', ')', '.', ',', ';', ':']);
    let number = (1..=3).contains(&bare.len()) && bare.bytes().all(|it| it.is_ascii_digit()) && !bare.starts_with('0');
    let letter = bare.len() == 1 && bare.bytes().all(|it| it.is_ascii_lowercase());
    let sign = !bare.is_empty() && bare.chars().all(|it| SIGNS.contains(&it));
    (number || letter || sign).then(|| bare.to_owned())
}

/// A digit that is raised by its own character, as one that is not.
fn plain_digit(letter: char) -> char {
    match letter {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' => '0',
        '⁴'..='⁹' => char::from_digit(u32::from(letter) - 0x2070, 10).unwrap_or(letter),
        _ => letter,
    }
}

/// Whether the mark stands in the text of a draft, set small and high.
fn refers(words: &Words, draft: &Draft, mark: &Mark) -> bool {
    draft.all_lines().any(|line| {
        let mut before: Option<&Token> = None;
        line.tokens().map(|it| &words.tokens[it]).any(|token| {
            let last = before.replace(token);
            let word = words.word(token);
            let high = if token.raised.is_empty() {
                // A word of its own, or letters that are raised by themselves.
                let alone = last.is_some_and(|it| is_raised(&token.area, &it.area));
                let tail = word.trim_start_matches(|it| plain_digit(it) == it);
                if alone { word } else { tail }
            } else {
                &words.text[token.raised.clone()]
            };
            let numbered = high.split([',', ';', '–', '-']).filter_map(label).any(|it| it == mark.label);
            let signed = mark.label.starts_with(SIGNS) && {
                let bare = word.trim_end_matches(['.', ',', ';', ':', ')']);
                bare.strip_suffix(mark.label.as_str()).is_some_and(|it| !it.ends_with(SIGNS))
            };
            numbered || signed
        })
    })
}

/// Whether `rule` is the short line over the first note.
fn is_over(rule: &Area, note: &Line) -> bool {
    let gap = note.area.y0 - rule.y1;
    (rule.x0 - note.area.x0).abs() < 1.5 * note.size
        && (-2.0..2.5 * note.size).contains(&gap)
        && (20.0..250.0).contains(&rule.width())
}
