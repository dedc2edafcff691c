//! Which tokens of a text tell what it is about.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tokenizers::{Encoding, Tokenizer};

use super::files::ModelFiles;
use super::model::MAX_TOKENS;
use super::tokenizer;
use super::tokens::separates;
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
///
/// The tokenizer never lets a token reach over white space, so each different run of other letters is made into tokens
/// once and remembered: the passages of one book share most of theirs.
pub(crate) struct TellingTokens {
    tokenizer: Tokenizer,
    runs: Mutex<HashMap<Box<str>, Arc<[Word]>>>,
}

/// A word of a text: where each of its tokens stands, in bytes.
type Word = Vec<Range<usize>>;

/// Runs that are remembered; a book has some 50,000 different ones, marks included.
const REMEMBERED: usize = 65_536;

impl TellingTokens {
    /// The tokenizer of a model.
    pub(super) fn load(files: &ModelFiles) -> Result<Self, Error> {
        Ok(Self { tokenizer: tokenizer::load(files.folder(), None)?, runs: Mutex::default() })
    }

    /// The tokens of `text` that tell something, in the order of their vectors; of as much of it as the model reads.
    pub(crate) fn of(&self, text: &str) -> Result<Vec<TellingToken>, Error> {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        let mut words: Vec<Placed> = Vec::new();
        // The model puts a mark before the text and one behind it.
        let (mut place, end) = (1, MAX_TOKENS - 1);
        for run in text.split(separates).filter(|run| !run.is_empty()) {
            let start = run.as_ptr() as usize - text.as_ptr() as usize;
            for word in self.words(&mut runs, run)?.iter() {
                let count = word.len().min(end - place);
                let Some((first, last)) = word.first().zip(word[..count].last()) else { continue };
                words.push(Placed { places: place..place + count, bytes: start + first.start..start + last.end });
                place += count;
            }
            if place == end {
                break;
            }
        }
        Ok(telling(text, words))
    }

    /// The words of a run of letters without white space.
    fn words(&self, runs: &mut HashMap<Box<str>, Arc<[Word]>>, run: &str) -> Result<Arc<[Word]>, Error> {
        if let Some(words) = runs.get(run) {
            return Ok(Arc::clone(words));
        }
        let encoding = self.tokenizer.encode(run, false).map_err(|error| Error::Model(error.to_string()))?;
        let offsets = encoding.get_offsets();
        let words: Arc<[Word]> =
            in_words(&encoding).map(|places| offsets[places].iter().map(|(from, to)| *from..*to).collect()).collect();
        if runs.len() >= REMEMBERED {
            runs.clear();
        }
        runs.insert(run.into(), Arc::clone(&words));
        Ok(words)
    }
}

/// The tokens of all words but stop words; of every word where there are no others. Punctuation and the marks that the
/// model puts around a text never count.
pub(super) fn tokens(text: &str, encoding: &Encoding) -> Vec<TellingToken> {
    let offsets = encoding.get_offsets();
    let placed = |places: Range<usize>| Placed { bytes: offsets[places.start].0..offsets[places.end - 1].1, places };
    telling(text, in_words(encoding).map(placed).collect())
}

/// A word: the places of its tokens among all of the text, and its bytes there.
struct Placed {
    places: Range<usize>,
    bytes: Range<usize>,
}

/// The places of the tokens of each word; a word is some tokens in a row.
fn in_words(encoding: &Encoding) -> impl Iterator<Item = Range<usize>> {
    let words = encoding.get_word_ids();
    let mut start = 0;
    let all = std::iter::from_fn(move || {
        let first = words.get(start)?;
        let end = start + words[start..].iter().take_while(|word| *word == first).count();
        Some((std::mem::replace(&mut start, end)..end, first.is_some()))
    });
    all.filter(|(_, is_word)| *is_word).map(|(places, _)| places)
}

fn telling(text: &str, words: Vec<Placed>) -> Vec<TellingToken> {
    let mut found: Vec<(TellingToken, bool)> = Vec::new();
    for Placed { places, bytes } in words {
        let word = text.get(bytes.clone()).unwrap_or_default();
        if word.chars().any(char::is_alphanumeric) {
            let tells = !is_stop_word(&fold(word));
            found.extend(places.map(|place| (TellingToken { place, word: bytes.clone() }, tells)));
        }
    }
    let any = found.iter().any(|(_, tells)| *tells);
    found.into_iter().filter(|(_, tells)| *tells || !any).map(|(token, _)| token).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use tokenizers::TruncationParams;

    use super::*;
    use crate::embed::files::TOKENIZER;
    use crate::testing::native;

    /// One that remembers, and one that reads as the model does; read once for all cases.
    static TOKENIZERS: LazyLock<Option<(TellingTokens, Tokenizer)>> = LazyLock::new(|| {
        let files = ModelFiles::built_in(&native()?);
        let mut whole = Tokenizer::from_file(files.folder().join(TOKENIZER)).unwrap();
        whole.with_padding(None);
        whole.with_truncation(Some(TruncationParams { max_length: MAX_TOKENS, ..Default::default() })).unwrap();
        Some((TellingTokens::load(&files).unwrap(), whole))
    });

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_remembered_tells_what_the_whole_text_does(
            parts in prop::collection::vec(prop_oneof![
                "[a-zA-Z]{1,12}[.,;:!?-]{0,2}[a-z]{0,5}", "the|of|is|don’t|naïve|“Müller”|水が|\\(x²\\)|\u{2014}|e\u{301}t", "\\PC{1,6}",
            ], 0..90),
            times in 1..8_usize,
        ) {
            let Some((remembering, whole)) = &*TOKENIZERS else { return Ok(()) };
            let text = vec![parts.join(" "); times].join("\n");
            for _ in 0..2 {
                let encoding = whole.encode(text.as_str(), true).unwrap();
                prop_assert_eq!(remembering.of(&text).unwrap(), tokens(&text, &encoding));
            }
        }
    }
}
