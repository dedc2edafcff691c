//! The words that somebody fills a gap with, beside those that stood there.

use retrieval::{fold, stem, words};

/// Shorter words are right or wrong: one letter makes another word of them.
const LONG: usize = 6;

/// How what fills a gap compares to what stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    /// The same words, in the same or another form.
    Same,
    /// The same words, but for a slip of a letter.
    Misspelt,
    /// Others.
    Other,
}

/// Compares them. `is_word` says whether a word stands anywhere in the library: what does is meant, and no slip.
///
/// # Errors
/// What `is_word` fails with.
pub(super) fn compare<E>(
    key: &str,
    given: &str,
    mut is_word: impl FnMut(&str) -> Result<bool, E>,
) -> Result<Filled, E> {
    let (key, given) = (telling(key), telling(given));
    if key.len() != given.len() || key.is_empty() {
        return Ok(Filled::Other);
    }
    let mut filled = Filled::Same;
    for (key, given) in key.iter().zip(&given) {
        if key == given || stem(key) == stem(given) {
            continue;
        }
        let is_slip = key.chars().count() >= LONG && strsim::osa_distance(key, given) == 1;
        if !is_slip || is_word(given)? {
            return Ok(Filled::Other);
        }
        filled = Filled::Misspelt;
    }
    Ok(filled)
}

/// The words of a text in their plain form, without an article before them.
fn telling(text: &str) -> Vec<String> {
    let folded: Vec<String> = words(text).map(|(_, word)| fold(word).into_owned()).collect();
    match folded.split_first() {
        Some((first, rest)) if !rest.is_empty() && ["a", "an", "the"].contains(&first.as_str()) => rest.to_vec(),
        _ => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(key: &str, given: &str) -> Filled {
        let known = ["afferent", "efferent", "meiosis", "mitosis"];
        compare(key, given, |word| Ok::<_, ()>(known.contains(&word))).unwrap_or(Filled::Other)
    }

    #[test]
    fn capitals_articles_and_forms_of_a_word_make_no_difference() {
        for (key, given) in [
            ("Golgi apparatus", "the golgi apparatus"),
            ("neurons", "neuron"),
            ("short-term memory", "Short term memory"),
            ("the cortex", "cortex"),
        ] {
            assert_eq!(compared(key, given), Filled::Same, "{given}");
        }
    }

    #[test]
    fn a_slip_of_a_letter_is_told_from_another_word() {
        assert_eq!(compared("hippocampus", "hipocampus"), Filled::Misspelt);
        assert_eq!(compared("hippocampus", "hippocmapus"), Filled::Misspelt);
        assert_eq!(compared("afferent", "efferent"), Filled::Other);
        assert_eq!(compared("hypertension", "hypotension"), Filled::Other);
        assert_eq!(compared("axon", "axom"), Filled::Other);
    }

    #[test]
    fn more_and_fewer_words_are_other_words() {
        for (key, given) in [("memory", "short-term memory"), ("working memory", "memory"), ("memory", ""), ("", "")] {
            assert_eq!(compared(key, given), Filled::Other, "{given}");
        }
    }
}
