//! Which tokens of a text tell what it is about.

use tokenizers::Encoding;

use crate::words::{fold, is_stop_word};

/// The places of the tokens of all words but stop words; of every word where there are no others. Punctuation and the
/// marks that the model puts around a text never count.
pub(super) fn tokens(text: &str, encoding: &Encoding) -> Vec<usize> {
    let words = encoding.get_word_ids();
    let offsets = encoding.get_offsets();
    // A word is some tokens in a row: its own place and what it is.
    let mut found: Vec<(usize, bool)> = Vec::with_capacity(words.len());
    let mut start = 0;
    while start < words.len() {
        let end = start + words[start..].iter().take_while(|word| **word == words[start]).count();
        let is_marked = words[start].is_some();
        let word = text.get(offsets[start].0..offsets[end - 1].1).unwrap_or_default();
        if is_marked && word.chars().any(char::is_alphanumeric) {
            let tells = !is_stop_word(&fold(word));
            found.extend((start..end).map(|token| (token, tells)));
        }
        start = end;
    }
    let any = found.iter().any(|(_, tells)| *tells);
    found.into_iter().filter(|(_, tells)| *tells || !any).map(|(token, _)| token).collect()
}
