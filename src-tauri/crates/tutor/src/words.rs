//! Words as the tutor compares them: content words, folded and cut to their stems.

use std::collections::HashSet;
use std::sync::LazyLock;

use retrieval::{fold, stem, words};

/// Words that say nothing about a subject, and words of asking ("describe", "following", "example").
const STOP: &str = "a an the of to in is are was were be been being am or for on with as by that this these \
    those it its from at and not no nor but if then than so such do does did done doing have has had having i \
    you he she they we me him her them us my your his their our mine yours who whom whose which what when \
    where why how all any both each few more most other some only own same too very can will just would could \
    should may might must shall about into through during before after above below up down out off over \
    under again further once here there also because while until between against among within without per \
    via et al e.g i.e etc s t d ll re ve m don didn doesn isn aren wasn weren following describe explain \
    discuss compare contrast example examples provide give define list name identify briefly think believe \
    true false statement statements called known term referred refers type types tell please mean means \
    meaning";

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| STOP.split_whitespace().collect());

/// A content word of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Word {
    /// In lower case, without marks over letters.
    pub(crate) word: String,
    /// What is compared.
    pub(crate) stem: String,
}

/// Whether a word in lower case says nothing about a subject.
pub(crate) fn is_stop(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

/// The content words of `text` in order, each time they occur.
pub(crate) fn content(text: &str) -> Vec<Word> {
    words(text)
        .map(|(_, word)| fold(word))
        .filter(|word| !is_stop(word))
        .filter(|word| word.chars().nth(1).is_some() || word.chars().all(char::is_numeric))
        .map(|word| Word { stem: stem(&word).into_owned(), word: word.into_owned() })
        .collect()
}

/// The stems of the content words of `text`.
pub(crate) fn stems(text: &str) -> HashSet<String> {
    content(text).into_iter().map(|word| word.stem).collect()
}

/// Letters and digits alone, in lower case: how quotes are compared.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How much of the smaller set the two share, 0 to 1.
pub(crate) fn overlap(a: &HashSet<String>, b: &HashSet<String>) -> f32 {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f32 / smaller as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_stem_and_words_of_asking_are_none() {
        let found: Vec<String> = content("Describe how the neurons’ signals were signaling, e.g. 7 of them")
            .into_iter()
            .map(|word| word.stem)
            .collect();
        assert_eq!(found, ["neuron", "signal", "signal", "7"]);
        assert!(stems("What is it, and why?").is_empty());
    }

    #[test]
    fn quotes_are_compared_by_letters_and_digits() {
        assert_eq!(letters("“Co-\noperate”, 2 x!"), "cooperate2x");
    }

    #[test]
    fn overlap_is_measured_against_the_smaller_set() {
        let (a, b) = (stems("red green blue"), stems("red green blue yellow black"));
        assert!((overlap(&a, &b) - 1.0).abs() < f32::EPSILON);
        assert!(overlap(&a, &HashSet::new()).abs() < f32::EPSILON);
    }
}
