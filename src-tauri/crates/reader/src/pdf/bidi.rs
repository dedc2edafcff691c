//! From the order in which characters stand on a line to the order in which they are read: the Unicode Bidirectional
//! Algorithm (UAX #9), backwards.
//!
//! A file says where each glyph stands, not in which order the text was written. The algorithm's levels of a line
//! depend almost only on which characters neighbour each other, so they can be found in the order in which the line is
//! seen, and its rule L2, which turns runs around, undoes itself.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// A letter of Hebrew, Arabic and the scripts beside them, or one of their presentation forms.
pub(crate) fn is_leftwards(letter: char) -> bool {
    letter >= '\u{590}' && matches!(bidi_class(letter), BidiClass::R | BidiClass::AL) && letter.is_alphabetic()
}

/// A letter of a script that is written from left to right.
pub(super) fn is_rightwards(letter: char) -> bool {
    bidi_class(letter) == BidiClass::L && letter.is_alphabetic()
}

/// A character's place in another order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) at: usize,
    /// It stands in a run from right to left, in which a bracket is drawn as its mirror image.
    pub(super) leftwards: bool,
}

/// Puts the characters of a line, as they are seen from left to right, in the order in which they are read: their
/// places in `seen`. `leftwards` says that the line itself runs from right to left.
pub(super) fn reading_order(seen: &[char], leftwards: bool) -> Vec<Place> {
    let mut line: Vec<char> = seen.to_vec();
    if leftwards {
        line.reverse();
        // Brackets are matched as they are written, not as they look.
        line.iter_mut().for_each(|it| *it = mirrored(*it));
    }
    let base = u8::from(leftwards);
    let mut levels = levels(&line, base);
    if leftwards {
        keep_numbers(&line, &mut levels);
    }
    let mut order = places(&levels);
    if leftwards {
        order.iter_mut().for_each(|it| it.at = seen.len() - 1 - it.at);
    }
    turn_runs(&mut order, &levels, base);
    order
}

/// The order in which a line is seen whose characters are read in this order: their places in `read`.
pub(super) fn seen_order(read: &[char], leftwards: bool) -> Vec<Place> {
    let levels = levels(read, u8::from(leftwards));
    let mut order = places(&levels);
    turn_runs(&mut order, &levels, 0);
    order
}

fn places(levels: &[u8]) -> Vec<Place> {
    levels.iter().enumerate().map(|(at, level)| Place { at, leftwards: level % 2 == 1 }).collect()
}

/// The level of each character of a line.
fn levels(line: &[char], base: u8) -> Vec<u8> {
    let text: String = line.iter().collect();
    let base = if base == 0 { Level::ltr() } else { Level::rtl() };
    let info = BidiInfo::new(&text, Some(base));
    text.char_indices().map(|(at, _)| info.levels.get(at).map_or(0, Level::number)).collect()
}

/// Rule L2: turns around each run at a level above `base`, the highest first.
fn turn_runs(order: &mut [Place], levels: &[u8], base: u8) {
    let highest = levels.iter().copied().max().unwrap_or(0);
    for level in (base + 1..=highest).rev() {
        let mut at = 0;
        while at < levels.len() {
            let run = levels[at..].iter().take_while(|it| **it >= level).count();
            order[at..at + run].reverse();
            at += run.max(1);
        }
    }
}

/// Numbers that stand to the right of a foreign word belong to it (rules W5, W7 and N1 see them behind that word);
/// `line` is one from right to left, in which that word comes behind the number.
fn keep_numbers(line: &[char], levels: &mut [u8]) {
    // Where the foreign words begin that the walk to the right has not left yet.
    let mut kept: Option<usize> = None;
    for at in (0..line.len()).rev() {
        match bidi_class(line[at]) {
            BidiClass::L => kept = Some(at),
            BidiClass::R | BidiClass::AL | BidiClass::AN => kept = None,
            // Rule N0 has decided on which side brackets are.
            _ if is_bracket(line[at]) => kept = None,
            BidiClass::EN => {
                if let Some(from) = kept {
                    levels[at..from].fill(2);
                    kept = Some(at);
                }
            }
            BidiClass::ET if kept == Some(at + 1) && bidi_class(line[at + 1]) != BidiClass::L => {
                levels[at] = 2;
                kept = Some(at);
            }
            _ => {}
        }
    }
}

/// Pairs of characters that are each other's mirror image, opening first.
const MIRRORED: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
/// So many of them are brackets.
const BRACKETS: usize = 3;

fn is_bracket(letter: char) -> bool {
    MIRRORED[..BRACKETS].iter().any(|&(open, close)| letter == open || letter == close)
}

/// What a character looks like in text from right to left; itself where it has no mirror image.
pub(super) fn mirrored(letter: char) -> char {
    MIRRORED
        .iter()
        .find_map(|&(open, close)| match letter {
            it if it == open => Some(close),
            it if it == close => Some(open),
            _ => None,
        })
        .unwrap_or(letter)
}

/// Whether the brackets of a line as it is seen would close more pairs if each were its mirror image: then the file
/// tells what is written, not what is drawn.
pub(super) fn is_mirrored(seen: &[char]) -> bool {
    let pairs = |look: fn(char) -> char| {
        let mut open = Vec::new();
        let mut closed = 0;
        for letter in seen.iter().map(|it| look(*it)) {
            for (left, right) in &MIRRORED[..BRACKETS] {
                if letter == *left {
                    open.push(*right);
                } else if letter == *right && open.last() == Some(right) {
                    open.pop();
                    closed += 1;
                }
            }
        }
        closed
    };
    pairs(mirrored) > pairs(|it| it)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn put(line: &[char], order: Vec<Place>) -> Vec<char> {
        order.into_iter().map(|it| if it.leftwards { mirrored(line[it.at]) } else { line[it.at] }).collect()
    }

    /// The line as it is drawn, brackets included.
    fn drawn(read: &str, leftwards: bool) -> Vec<char> {
        let read: Vec<char> = read.chars().collect();
        put(&read, seen_order(&read, leftwards))
    }

    /// The line as it is read when it is drawn so.
    fn read(seen: &[char], leftwards: bool) -> String {
        put(seen, reading_order(seen, leftwards)).into_iter().collect()
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        for line in [
            "שלום עולם",
            "בשנת 1948 קמה המדינה",
            "לפי סעיף 15(ב)(4) לחוק",
            "כתב Python 3 וגם C++ בשנת 2024.",
            "المكتبة pandas في Python لإدارة البيانات",
            "١٤-إبريل-١٤٣٤",
            "النسبة 12.5% من (الناتج) المحلي",
            "גרסה 3D של Word",
            "מחיר 1,234 שקל",
        ] {
            assert_eq!(read(&drawn(line, true), true), line);
        }
        for line in ["A line with an Arabic العربية word", "the word שלום עולם (peace) twice"] {
            assert_eq!(read(&drawn(line, false), false), line);
        }
    }

    #[test]
    fn brackets_that_open_to_the_left_are_written_not_drawn() {
        let mirrored = |seen: &str| is_mirrored(&seen.chars().collect::<Vec<_>>());
        assert!(mirrored(")4()ב("));
        assert!(!mirrored("(4)(ב)"));
        assert!(!mirrored("א)"));
    }

    /// A line of Hebrew or Arabic, with other things among it.
    fn line() -> impl Strategy<Value = String> {
        let of = |own: &'static str, bracketed: &'static str| {
            let word = prop_oneof![
                6 => own,
                2 => "[a-z]{1,6}",
                1 => "[0-9]{1,4}|[0-9],[0-9]{3}|[0-9]{2}%|[٠-٩]{1,4}",
                1 => bracketed,
                1 => "\\([a-z]{1,4}\\)|[a-z][0-9]",
            ];
            prop::collection::vec(word, 1..9).prop_map(|it| it.join(" "))
        };
        prop_oneof![of("[א-ת]{1,6}[,.:!?]?", "\\([א-ת]{1,4}\\)"), of("[ا-ي]{1,6}[،.]?", "\\([ا-ي]{1,4}\\)")]
    }

    proptest! {
        /// Two texts can look the same; which of them was meant cannot be seen. But what is read looks as what stood
        /// there.
        #[test]
        fn a_line_is_read_so_that_it_would_be_drawn_as_it_was(line in line(), leftwards: bool) {
            let seen = drawn(&line, leftwards);
            prop_assert_eq!(drawn(&read(&seen, leftwards), leftwards), seen);
        }

        #[test]
        fn hebrew_with_numbers_and_foreign_words_is_read_as_it_was_written(
            words in prop::collection::vec("[א-ת]{1,6}[,.:]?|[א-ת]{1,3} [0-9]{1,4}|[א-ת]{1,3} [a-z]{1,5} [א-ת]", 1..9)
        ) {
            let line = words.join(" ");
            prop_assert_eq!(read(&drawn(&line, true), true), line);
        }

        #[test]
        fn every_character_is_read_once(line in "\\PC{0,40}", leftwards: bool) {
            let seen: Vec<char> = line.chars().collect();
            let mut order: Vec<usize> = reading_order(&seen, leftwards).into_iter().map(|it| it.at).collect();
            order.sort_unstable();
            prop_assert_eq!(order, (0..seen.len()).collect::<Vec<_>>());
        }
    }
}
