//! Words that are still being typed.

use std::collections::BTreeMap;

use library::passages::is_unspaced;

use crate::words::stem;

/// Fewer letters begin too many words to say anything. In an index of 36,000 passages two letters take 85 ms (median of
/// common ones), three half of that; an index of prefixes, three times as large, saves a third of it.
const LEAST: usize = 3;

/// What the stemmer takes off, so that the index does not have it. A word that was typed up to the middle of one of
/// these begins no term of the index.
const ENDINGS: &[&str] = &[
    "able", "ably", "al", "alism", "ality", "ally", "ance", "ancy", "ant", "ate", "ated", "ates", "ating", "ation",
    "ational", "ations", "ative", "ed", "edly", "ement", "ence", "ency", "ent", "ently", "er", "es", "ful", "fully",
    "fulness", "ible", "ibly", "ic", "ical", "ically", "ies", "ily", "ing", "ingly", "ings", "ion", "ional", "ions",
    "ism", "ist", "ities", "ity", "ive", "iveness", "ivity", "ization", "ize", "ized", "izer", "izing", "less",
    "lessly", "ly", "ment", "ments", "ness", "nesses", "ous", "ously", "ousness", "tional",
];

/// Whether a word may be the beginning of others that can be looked for by it.
pub(super) fn can_go_on(word: &str) -> bool {
    !word.contains(is_unspaced) && word.chars().count() >= LEAST
}

/// Whole words that a folded one may become by finishing the ending it stops in, where their stems don't begin with its
/// own: "experimentin" becomes "experimenting", which the index has as "experiment". One of each stem.
pub(super) fn finished(word: &str, own: &str) -> Vec<String> {
    let mut whole: BTreeMap<String, String> = BTreeMap::new();
    let doubled = word.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b && a.is_ascii_alphabetic());
    let after_doubled = doubled.then(|| format!("{word}ing"));
    let after_started = ENDINGS.iter().flat_map(|ending| {
        let cuts = (1..ending.len()).map(|cut| ending.split_at(cut));
        cuts.filter(|(typed, _)| word.ends_with(typed)).map(|(_, rest)| format!("{word}{rest}"))
    });
    for candidate in after_doubled.into_iter().chain(after_started) {
        let stem = stem(&candidate);
        if !stem.starts_with(own) && stem.chars().count() >= LEAST {
            whole.entry(stem.into_owned()).or_insert(candidate);
        }
    }
    whole.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_at_every_letter_of_it() {
        for word in [
            "experimenting",
            "memorize",
            "organization",
            "universities",
            "happiness",
            "running",
            "reinforcement",
            "memories",
        ] {
            let indexed = stem(word).into_owned();
            for end in LEAST..=word.len() {
                let typed = &word[..end];
                let own = stem(typed);
                let found =
                    indexed.starts_with(&*own) || finished(typed, &own).iter().any(|whole| indexed == stem(whole));
                assert!(found, "{typed} of {word} ({indexed}): {:?}", finished(typed, &own));
            }
        }
    }

    #[test]
    fn few_words_have_more_than_a_few_ends() {
        for word in ["memory", "hippocampus", "conditio", "neuron", "attenti", "behavi", "cell"] {
            assert!(finished(word, &stem(word)).len() <= 4, "{word}: {:?}", finished(word, &stem(word)));
        }
    }
}
