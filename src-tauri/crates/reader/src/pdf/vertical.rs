//! Chinese, Japanese and Korean that is written in columns, from top to bottom and from right to left.
//!
//! Such a column is a line that stands a quarter turn clockwise, but for its letters, which stand upright. So its words
//! are given that turn, and are laid out as turned text is.

use super::compose::is_unspaced;
use super::geometry::{Area, Sheet, Turn};
use super::runs::Letter;
use super::words::{Token, Words};

/// So many letters one below the other are a column.
const FEWEST: usize = 3;

/// Gives the words of columns their turn, and cuts them anew; `letters` are those of the page in the order of the file.
pub(super) fn turn_columns(words: &mut Words, letters: &mut [Letter], sheet: &Sheet) {
    let below = |a: &Letter, b: &Letter| stands_below(words, a, b);
    let columns: Vec<bool> =
        letters.chunk_by(below).flat_map(|it| std::iter::repeat_n(it.len() >= FEWEST, it.len())).collect();
    if !columns.contains(&true) {
        return;
    }
    let old = std::mem::take(words);
    words.characters = old.characters;
    words.meaningless = old.meaningless;
    let mut at = 0;
    while at < letters.len() {
        let (first, column) = (letters[at], columns[at]);
        let goes_on = |pair: &[Letter]| {
            let same = pair[1].token == first.token;
            if column { stands_below(&old, &pair[0], &pair[1]) } else { same }
        };
        let more =
            letters[at..].windows(2).zip(&columns[at + 1..]).take_while(|(it, its)| **its == column && goes_on(it));
        let end = at + 1 + more.count();
        add(words, &old.tokens[first.token], &mut letters[at..end], column, sheet);
        at = end;
    }
}

/// Adds a word of these letters, which looks as `old` does.
fn add(words: &mut Words, old: &Token, letters: &mut [Letter], column: bool, sheet: &Sheet) {
    let start = words.text.len();
    let mut token = Token { start, raised: start..start, ..old.clone() };
    if column {
        token.turn = Turn((old.turn.0 + 1) % 4);
        token.hyphen = false;
    }
    let mut places: Option<(Area, Area)> = None;
    for letter in letters {
        let from = words.text.len();
        words.text.push(letter.character);
        if letter.raised && !column {
            let start = if token.raised.is_empty() { from } else { token.raised.start };
            token.raised = start..words.text.len();
        }
        letter.token = words.tokens.len();
        letter.area = sheet.upright(&letter.place, token.turn);
        places =
            Some(places.map_or((letter.area, letter.place), |(area, place)| {
                (area.with(&letter.area), place.with(&letter.place))
            }));
    }
    if let Some((area, place)) = places {
        (token.area, token.place, token.end) = (area, place, words.text.len());
        words.tokens.push(token);
    }
}

/// Whether a letter stands right below the one before it, as those of a column do.
fn stands_below(words: &Words, upper: &Letter, lower: &Letter) -> bool {
    let (Some(above), Some(below)) = (words.tokens.get(upper.token), words.tokens.get(lower.token)) else {
        return false;
    };
    let size = above.size.max(below.size);
    let down = (lower.area.y0 + lower.area.y1 - upper.area.y0 - upper.area.y1) / 2.0;
    above.turn == below.turn
        && is_unspaced(upper.character)
        && is_unspaced(lower.character)
        && (lower.area.middle() - upper.area.middle()).abs() < 0.35 * size
        && down > 0.3 * size
        && down < 1.8 * size
}
