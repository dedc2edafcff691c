//! Whether two questions ask the same in other words.
//!
//! The vectors can't tell. Measured with the model that comes with the app, "What increases dopamine?" and "What
//! decreases dopamine?" have a cosine of .92, "How does stress affect the immune system?" and its reverse .98, while
//! "Why do we sleep?" and "What is the reason for sleep?" have .90: no threshold parts what is the same from what is
//! not, and an answer to another question is worse than one that is worked out again. So two questions are the same
//! when nothing is left of their difference but the ways of asking: the words they are about, in their order, the words
//! that turn a meaning round, and what kind of answer is asked for.

use crate::words::{fold, is_stop_word, stem, words};

/// Words of asking: they wrap a subject and say nothing about it. Folded and sorted.
const ASKING: &[&str] = &[
    "call",
    "called",
    "concept",
    "define",
    "defined",
    "definition",
    "describe",
    "detail",
    "details",
    "elaborate",
    "exactly",
    "explain",
    "explanation",
    "give",
    "idea",
    "know",
    "known",
    "let",
    "mean",
    "meaning",
    "means",
    "meant",
    "please",
    "really",
    "refer",
    "refers",
    "say",
    "show",
    "tell",
    "term",
    "understand",
    "want",
];

/// Words too common to look for, that turn the meaning of a question round nevertheless. Folded and sorted.
const TURNING: &[&str] = &[
    "above", "after", "against", "all", "any", "before", "below", "between", "both", "down", "during", "each", "few",
    "from", "if", "more", "most", "no", "nor", "not", "now", "off", "on", "once", "only", "other", "out", "over",
    "own", "same", "should", "some", "t", "than", "through", "under", "until", "up", "while", "without",
];

/// Words that make a question symmetrical: with one of them, the order of the others says nothing.
const SYMMETRICAL: [&str; 8] = ["differ", "compar", "contrast", "similar", "versu", "vs", "relat", "distinguish"];

/// What a question asks, without the way in which it asks it. Two questions with the same one have the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked(String);

impl Asked {
    /// What `question` asks.
    pub fn new(question: &str) -> Self {
        let folded: Vec<String> = words(question).map(|(_, word)| fold(word).into_owned()).collect();
        let kind = folded.iter().find_map(|word| kind(word)).unwrap_or("what");
        let mut turning: Vec<&str> = folded.iter().map(String::as_str).filter(|word| is_in(TURNING, word)).collect();
        turning.sort_unstable();
        let mut about: Vec<String> = folded
            .iter()
            .filter(|word| !is_stop_word(word) && !is_in(ASKING, word))
            .map(|word| stem(word).into_owned())
            .map(|stem| if stem == "differ" || stem == "differenc" { "differ".to_owned() } else { stem })
            .collect();
        if about.is_empty() {
            // Nothing but words of asking: they are what it is about.
            return Self(folded.join(" "));
        }
        if about.iter().any(|word| SYMMETRICAL.iter().any(|root| word.starts_with(root))) {
            // "Between A and B", "from B": how the two are joined says no more than their order does.
            turning.retain(|word| !matches!(*word, "between" | "from" | "both"));
            about.sort_unstable();
        }
        // What is put in quotation marks is looked for as it stands.
        let marks = question.matches(['"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}']).count();
        Self(format!("{kind}|{}|{}|{marks}", about.join(" "), turning.join(" ")))
    }
}

/// What kind of answer a question word asks for; "what" and "which" are asked by no word at all as well.
fn kind(word: &str) -> Option<&'static str> {
    Some(match word {
        "who" | "whom" | "whose" => "who",
        "when" => "when",
        "where" => "where",
        "why" => "why",
        "how" => "how",
        "list" | "name" => "list",
        _ => return None,
    })
}

fn is_in(sorted: &[&str], word: &str) -> bool {
    sorted.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(ASKING.is_sorted() && TURNING.is_sorted());
    }

    #[test]
    fn other_ways_of_asking_ask_the_same() {
        for same in [
            &[
                "What is osmosis?",
                "Define osmosis.",
                "osmosis",
                "What does osmosis mean?",
                "Please explain osmosis to me",
            ][..],
            &["How does a cell wall work?", "how do cell walls work"],
            &[
                "What is the difference between mitosis and meiosis?",
                "What is the difference between meiosis and mitosis",
                "What differs between mitosis and meiosis?",
            ],
        ] {
            let first = Asked::new(same[0]);
            for other in same {
                assert_eq!(Asked::new(other), first, "{other}");
            }
        }
    }

    #[test]
    fn what_turns_the_meaning_asks_another_thing() {
        for (one, other) in [
            ("What increases dopamine?", "What decreases dopamine?"),
            ("How does stress affect immunity?", "How does immunity affect stress?"),
            ("memory of events before the accident", "memory of events after the accident"),
            ("Why do we sleep?", "How do we sleep?"),
            ("When was Darwin born?", "Where was Darwin born?"),
            ("Which plants have seeds?", "Which plants have no seeds?"),
            ("What happens in stage 2?", "What happens in stage 3?"),
            ("who said know thyself", "who said \"know thyself\""),
            ("What is it?", "What was it?"),
        ] {
            assert_ne!(Asked::new(one), Asked::new(other), "{one} / {other}");
        }
    }
}
