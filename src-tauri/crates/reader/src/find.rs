//! Words in a text as a person types them: whatever their case, accents, ligatures and hyphens, and across line ends.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Words to be found in texts.
#[derive(Clone, Debug)]
pub struct Phrase(Vec<char>);

/// What a letter of a text is compared as, with the bytes that it stands on. A letter may be several of these (a
/// ligature), a run of spaces is one.
#[derive(Clone, Copy)]
struct Letter {
    folded: char,
    start: usize,
    end: usize,
}

const SPACE: char = ' ';
const HYPHEN: char = '-';

impl Phrase {
    /// The words of `text`; none without a letter, digit or sign.
    pub fn new(text: &str) -> Option<Self> {
        let letters = folded(text.trim());
        (!letters.is_empty()).then(|| Self(letters.into_iter().map(|letter| letter.folded).collect()))
    }

    /// Where it stands in a text, in bytes: from left to right, without overlap, also in the middle of words.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let letters = folded(text);
        let mut places = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            match self.end(&letters, at) {
                Some(end) => {
                    places.push(letters[at].start..letters[end - 1].end);
                    at = end;
                }
                None => at += 1,
            }
        }
        places
    }

    /// One past the last letter of the phrase, where it begins at this one. A hyphen of either side may be missing on
    /// the other, or be a space there; one at the end of a line has a space behind it.
    fn end(&self, letters: &[Letter], from: usize) -> Option<usize> {
        let Self(wanted) = self;
        if letters[from].folded != wanted[0] {
            return None;
        }
        let is = |at: usize, folded| letters.get(at).is_some_and(|letter: &Letter| letter.folded == folded);
        let mut at = from;
        let mut next = 0;
        while let Some(letter) = wanted.get(next) {
            if is(at, *letter) {
                (at, next) = (at + 1, next + 1);
                let ends_a_line = *letter == HYPHEN && is(at, SPACE) && wanted.get(next).is_some_and(|it| *it != SPACE);
                at += usize::from(ends_a_line);
            } else if is(at, HYPHEN) && *letter == SPACE {
                (at, next) = (at + 1 + usize::from(is(at + 1, SPACE)), next + 1);
            } else if is(at, HYPHEN) {
                at += 1 + usize::from(is(at + 1, SPACE));
            } else if *letter == HYPHEN {
                (at, next) = (at + usize::from(is(at, SPACE)), next + 1);
            } else {
                return None;
            }
        }
        // Half of a letter is another letter.
        let is_cut = letters.get(at).is_some_and(|next| belongs_to_the_one_before(next.folded));
        (!is_cut).then_some(at)
    }
}

fn folded(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    // Marks over letters of these scripts make no other letter of them.
    let mut is_bare = false;
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        let letter = |folded| Letter { folded, start, end };
        if character.is_ascii_alphanumeric() {
            is_bare = true;
            letters.push(letter(character.to_ascii_lowercase()));
        } else if character.is_whitespace() {
            match letters.last_mut() {
                Some(last) if last.folded == SPACE => last.end = end,
                _ => letters.push(letter(SPACE)),
            }
        } else if character.is_ascii() {
            letters.push(letter(character));
        } else if !is_invisible(character) {
            for part in std::iter::once(character).nfkd() {
                if is_combining_mark(part) {
                    if is_bare || is_point(part) {
                        // What stands for the letter with its mark is as long as both.
                        if let Some(last) = letters.last_mut() {
                            last.end = end;
                        }
                        continue;
                    }
                } else {
                    is_bare = is_latin_or_greek(part);
                }
                for lower in part.to_lowercase() {
                    match plain(lower) {
                        Ok(one) => letters.push(letter(one)),
                        Err(several) => letters.extend(several.chars().map(letter)),
                    }
                }
            }
        }
    }
    letters
}

/// What people type for a letter or sign that few keyboards have: one letter, or several.
fn plain(letter: char) -> Result<char, &'static str> {
    Ok(match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' => HYPHEN,
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => '"',
        'ß' => return Err("ss"),
        'æ' => return Err("ae"),
        'œ' => return Err("oe"),
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        'ı' => 'i',
        'ς' => 'σ',
        other => other,
    })
}

/// Signs that nobody sees: where a word may be parted, joined or turned.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{640}')
}

/// Vowel points of Hebrew and Arabic, which are seldom written.
fn is_point(mark: char) -> bool {
    matches!(mark, '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn is_latin_or_greek(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}')
}

/// A mark that makes another letter, or the vowel or the end of a Korean syllable.
fn belongs_to_the_one_before(letter: char) -> bool {
    canonical_combining_class(letter) != 0 || is_combining_mark(letter) || matches!(letter, '\u{1160}'..='\u{11ff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn found<'a>(text: &'a str, wanted: &str) -> Vec<&'a str> {
        Phrase::new(wanted).unwrap().places(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn case_accents_and_ligatures_make_no_difference() {
        assert_eq!(found("Théorie, THEORIE and the\u{301}orie", "theorie"), ["Théorie", "THEORIE", "the\u{301}orie"]);
        assert_eq!(found("the theory", "Théo"), ["theo"]);
        assert_eq!(found("the \u{fb01}eld, an of\u{fb01}ce", "field"), ["\u{fb01}eld"]);
        assert_eq!(found("e\u{fb03}cient", "efficient"), ["e\u{fb03}cient"]);
        assert_eq!(found("Straße and STRASSE", "strasse"), ["Straße", "STRASSE"]);
        assert_eq!(found("cœur, Łódź, Ελλάς", "coeur"), ["cœur"]);
        assert_eq!(found("cœur, Łódź, Ελλάς", "lodz"), ["Łódź"]);
        assert_eq!(found("cœur, Łódź, Ελλάς", "ελλας"), ["Ελλάς"]);
        assert_eq!(found("it\u{2019}s \u{201c}so\u{201d}", "it's \"so\""), ["it\u{2019}s \u{201c}so\u{201d}"]);
    }

    #[test]
    fn hyphens_may_be_missing_on_either_side() {
        for text in ["co-operation", "cooperation", "co\u{ad}operation", "co\u{2010}operation", "co- operation"] {
            for wanted in ["cooperation", "co-operation"] {
                assert_eq!(found(text, wanted), [text], "{wanted} in {text}");
            }
        }
        assert_eq!(found("a well-known fact", "well known"), ["well-known"]);
        assert_eq!(found("a well known fact", "well-known"), ["well known"]);
        assert_eq!(found("pages 3\u{2013}7", "3-7"), ["3\u{2013}7"]);
    }

    #[test]
    fn words_are_found_across_line_ends_and_within_words() {
        assert_eq!(found("the long\nterm  memory", "long term memory"), ["long\nterm  memory"]);
        assert_eq!(found("memories of memory", "memor"), ["memor", "memor"]);
        assert_eq!(found("the rapist", "therapist"), Vec::<&str>::new());
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
    }

    #[test]
    fn half_a_letter_is_none() {
        assert_eq!(found("がか", "か"), ["か"]);
        assert_eq!(found("각 가", "가"), ["가"]);
        assert_eq!(found("йи", "и"), ["и"]);
        assert_eq!(found("שָׁלוֹם", "שלום"), ["שָׁלוֹם"]);
        assert_eq!(found("光合作用", "合作"), ["合作"]);
    }

    #[test]
    fn nothing_is_looked_for_without_a_sign() {
        assert!(Phrase::new(" \n\u{ad} ").is_none());
        assert_eq!(found("1 + 1 = 2", "+ 1"), ["+ 1"]);
    }
}
