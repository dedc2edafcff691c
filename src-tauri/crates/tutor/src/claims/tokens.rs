//! The words of a sentence, as claims and passages are compared.

use retrieval::{fold, stem, words};

use super::synonyms::sense;
use crate::words::is_stop;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it begins in the text, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// In lower case, without marks over letters.
    pub(super) word: String,
    /// What is compared: the same for all forms of a word, and for words that mean the same.
    pub(super) stem: String,
    /// Whether it says something about a subject.
    pub(super) tells: bool,
    /// Whether it begins with a capital.
    pub(super) is_capital: bool,
}

/// The words of a text in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    words(text)
        .map(|(range, word)| {
            let folded = fold(word);
            let one_letter = folded.chars().nth(1).is_none() && !folded.chars().all(char::is_numeric);
            Token {
                start: range.start,
                end: range.end,
                stem: sense(&stem(&folded)).to_owned(),
                tells: !is_stop(&folded) && !one_letter,
                is_capital: word.chars().next().is_some_and(char::is_uppercase),
                word: folded.into_owned(),
            }
        })
        .collect()
}
