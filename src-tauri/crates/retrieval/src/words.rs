//! Words as the keyword index sees them, so that a question and a passage can be compared outside of SQLite.

use std::borrow::Cow;
use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use library::passages::{is_unspaced, pairs};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words too common to say what a question is about. Sorted.
const STOP_WORDS: &[&str] = &[
    "a", "about", "above", "after", "again", "against", "all", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "could", "did", "do", "does",
    "doing", "down", "during", "each", "few", "for", "from", "further", "had", "has", "have", "having", "he", "her",
    "here", "hers", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "itself", "just", "me", "more",
    "most", "my", "no", "nor", "not", "now", "of", "off", "on", "once", "only", "or", "other", "our", "out", "over",
    "own", "s", "same", "she", "should", "so", "some", "such", "t", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "very", "was", "we",
    "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "would", "you", "your",
];

/// Whether a folded word says nothing about what a question is about.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// The words of a text with their byte ranges: runs of letters and digits, their combining marks included. Runs of
/// scripts without spaces between words are parted as in the index: into pairs, each overlapping the next.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    runs(text).flat_map(move |run| {
        let part = &text[run.clone()];
        let unspaced = part.starts_with(is_unspaced);
        let parted = unspaced.then(|| pairs(part)).into_iter().flatten();
        let parted = parted.map({
            let start = run.start;
            move |pair| start + pair.start..start + pair.end
        });
        parted.chain((!unspaced).then_some(run)).map(move |word| (word.clone(), &text[word]))
    })
}

/// Runs of letters and digits of one kind: of scripts with spaces between words, or of those without.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let inside = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
        while rest.next_if(|(_, letter)| !inside(*letter)).is_some() {}
        let &(start, first) = rest.peek()?;
        let unspaced = is_unspaced(first);
        let same = |letter: char| is_combining_mark(letter) || (inside(letter) && is_unspaced(letter) == unspaced);
        let mut end = start;
        while let Some((at, letter)) = rest.next_if(|(at, letter)| *at == start || same(*letter)) {
            end = at + letter.len_utf8();
        }
        Some(start..end)
    })
}

/// Whether a word is one letter of a script without spaces: the beginning of many words rather than one.
pub(crate) fn is_single_unspaced(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| !is_combining_mark(*letter));
    letters.next().is_some_and(is_unspaced) && letters.next().is_none()
}

/// Lower case, without marks over Latin letters: the index keeps those of other scripts.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(word.to_ascii_lowercase());
        }
        return Cow::Borrowed(word);
    }
    let mut latin = false;
    let bare = word.nfd().filter(|letter| {
        let mark = is_combining_mark(*letter);
        latin = if mark { latin } else { letter.is_ascii_alphabetic() };
        !(mark && latin)
    });
    Cow::Owned(bare.nfc().flat_map(char::to_lowercase).collect())
}

/// The stem of a folded word.
pub fn stem(folded: &str) -> Cow<'_, str> {
    // Snowball's English stemmer leaves other scripts as they are.
    Stemmer::new(Algorithm::English).stem(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = "The hippocampus\u{2019}s role: H.M. (1953), na\u{ef}ve cafe\u{301}!";
        let found: Vec<&str> = words(text).map(|(_, word)| word).collect();
        assert_eq!(found, ["The", "hippocampus", "s", "role", "H", "M", "1953", "na\u{ef}ve", "cafe\u{301}"]);
        for (range, word) in words(text) {
            assert_eq!(&text[range], word);
        }
    }

    #[test]
    fn runs_without_spaces_are_parted() {
        let text = "DNA複製は、3月に";
        let found: Vec<&str> = words(text).map(|(_, word)| word).collect();
        assert_eq!(found, ["DNA", "複製", "製は", "3", "月に"]);
        for (range, word) in words(text) {
            assert_eq!(&text[range], word);
        }
        assert!(is_single_unspaced("水") && !is_single_unspaced("水の") && !is_single_unspaced("a"));
    }

    #[test]
    fn folding_ignores_case_and_marks_and_stems_meet() {
        assert_eq!(fold("NA\u{cf}VE"), "naive");
        assert_eq!(fold("cafe\u{301}"), "cafe");
        // What the index keeps is kept: a mark that makes another letter, a syllable in one piece.
        for word in ["が", "клеточный", "세포", "हिन्दी"] {
            assert_eq!(fold(word), word);
        }
        assert_eq!(fold("か\u{3099}"), "が");
        assert_eq!(stem("experimenting"), stem("experiments"));
        assert_eq!(stem("memories"), stem("memory"));
    }
}
