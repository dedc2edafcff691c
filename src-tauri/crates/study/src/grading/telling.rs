//! Words that tell what a text is about.

use std::ops::Range;

use retrieval::{fold, is_stop_word, words};

/// The words of a text that tell something, with their bytes.
pub(super) fn telling(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    words(text).filter(|(_, word)| !is_stop_word(&fold(word)))
}
