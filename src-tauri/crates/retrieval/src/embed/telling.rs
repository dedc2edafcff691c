//! Which tokens of a text tell what it is about.

use std::ops::Range;

use tokenizers::{Encoding, Tokenizer};

use super::files::ModelFiles;
use super::model::MAX_TOKENS;
use super::tokenizer;
use crate::Error;
use crate::words::{fold, is_stop_word};

/// A token that tells something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TellingToken {
    /// Its place among all tokens of the text.
    pub(super) place: usize,
    /// The word that it is a part of, in bytes of the text.
    pub(crate) word: Range<usize>,
}

/// Finds these tokens as they were found when their vectors were made, without making vectors.
pub(crate) struct TellingTokens(Tokenizer);

impl TellingTokens {
    /// The tokenizer of a model, which reads as much of a text as the model does.
    pub(super) fn load(files: &ModelFiles) -> Result<Self, Error> {
        Ok(Self(tokenizer::load(files.folder(), Some(MAX_TOKENS))?))
    }

    /// The tokens of `text` that tell something, in the order of their vectors.
    pub(crate) fn of(&self, text: &str) -> Result<Vec<TellingToken>, Error> {
        let encoding = self.0.encode(text, true).map_err(|error| Error::Model(error.to_string()))?;
        Ok(tokens(text, &encoding))
    }
}

/// The tokens of all words but stop words; of every word where there are no others. Punctuation and the marks that the
/// model puts around a text never count.
pub(super) fn tokens(text: &str, encoding: &Encoding) -> Vec<TellingToken> {
    let words = encoding.get_word_ids();
    let offsets = encoding.get_offsets();
    // A word is some tokens in a row: its own place and what it is.
    let mut found: Vec<(TellingToken, bool)> = Vec::with_capacity(words.len());
    let mut start = 0;
    while start < words.len() {
        let end = start + words[start..].iter().take_while(|word| **word == words[start]).count();
        let is_marked = words[start].is_some();
        let range = offsets[start].0..offsets[end - 1].1;
        let word = text.get(range.clone()).unwrap_or_default();
        if is_marked && word.chars().any(char::is_alphanumeric) {
            let tells = !is_stop_word(&fold(word));
            found.extend((start..end).map(|place| (TellingToken { place, word: range.clone() }, tells)));
        }
        start = end;
    }
    let any = found.iter().any(|(_, tells)| *tells);
    found.into_iter().filter(|(_, tells)| *tells || !any).map(|(token, _)| token).collect()
}
