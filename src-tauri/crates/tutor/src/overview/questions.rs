//! Questions to check oneself, about terms: what one means, and which one is meant.

use std::ops::Range;

use kernel::Citation;
use retrieval::{fold, is_stop_word, stem, words};

use super::terms::KeyTerm;
use crate::phrases::Phrases;

/// What stands for the term.
const BLANK: &str = "____";
/// A definition with more blanks than this, or less words left, can't be understood.
const MOST_BLANKS: usize = 2;
const LEFT: usize = 5;
/// Two words that begin with so many of the same letters, and have that share of the shorter one in common, give each
/// other away.
const PREFIX: usize = 5;
const SHARE: f32 = 0.7;

/// A question, and where its answer stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    /// Its words.
    pub(super) text: String,
    /// The definition that answers it.
    pub(super) citation: Citation,
}

/// Up to `most` questions about the first of these terms, by turns for the meaning of a term and for the term of a
/// meaning. A definition that would give its term away is asked for the other way.
pub(super) fn of(terms: &[KeyTerm], most: usize, phrases: &dyn Phrases) -> Vec<Question> {
    let question = |(at, term): (usize, &KeyTerm)| {
        let blanked = (at % 2 == 1).then(|| blanked(&term.definition, &term.name)).flatten();
        let text = match blanked {
            Some(blanked) => phrases.which_term(&blanked),
            None => phrases.what_means(&term.name),
        };
        Question { text, citation: term.citation.clone() }
    };
    terms.iter().take(most).enumerate().map(question).collect()
}

/// Up to `most` of the items, spread over all of them in their order; others for each `turn`.
pub(super) fn spread<T>(items: Vec<T>, most: usize, turn: usize) -> Vec<T> {
    let count = items.len();
    let chosen = most.min(count);
    if chosen == 0 {
        return Vec::new();
    }
    // Of each of so many equal stretches one item, further on at every turn.
    let step = count as f32 / chosen as f32;
    let stretch = |nth: usize| (nth as f32 * step) as usize..(((nth + 1) as f32 * step) as usize).min(count);
    let wanted: Vec<usize> =
        (0..chosen).map(stretch).map(|stretch: Range<usize>| stretch.start + turn % stretch.len().max(1)).collect();
    items.into_iter().enumerate().filter(|(at, _)| wanted.contains(at)).map(|(_, item)| item).collect()
}

/// A definition without its term; none where the term can be read in it all the same, where a word of a longer term
/// stands alone in it and gives the term away, or where too little is left.
pub(super) fn blanked(definition: &str, name: &str) -> Option<String> {
    let own: Vec<String> = words(name).map(|(_, word)| fold(word).into_owned()).collect();
    let telling: Vec<&String> = own.iter().filter(|word| !is_stop_word(word)).collect();
    let telling = if telling.is_empty() { own.iter().collect() } else { telling };
    let initials: String = own.iter().filter_map(|word| word.chars().next()).collect();
    let is_short = |word: &String| own.len() > 1 && *word == initials;
    let gives_away = |word: &String| telling.iter().any(|own| is_like(own, word)) || is_short(word);
    let said: Vec<(Range<usize>, String)> =
        words(definition).map(|(range, word)| (range, fold(word).into_owned())).collect();
    // Each with how many telling words of the term it hides.
    let mut blanks: Vec<(Range<usize>, usize)> = Vec::new();
    for (range, word) in said.iter().filter(|(_, word)| gives_away(word)) {
        match blanks.last_mut() {
            // Neighbours are one blank, with the little words between them that are of the name.
            Some((last, hidden)) if is_between(&definition[last.end..range.start], &own) => {
                last.end = range.end;
                *hidden += 1;
            }
            _ => blanks.push((range.clone(), if is_short(word) { telling.len() } else { 1 })),
        }
    }
    let is_hidden = |word: &Range<usize>| blanks.iter().any(|(blank, _)| blank.contains(&word.start));
    let left = said.iter().filter(|(range, _)| !is_hidden(range)).count();
    let is_term = |(_, hidden): &(Range<usize>, usize)| *hidden >= telling.len().min(2);
    if left < LEFT || blanks.len() > MOST_BLANKS || !blanks.iter().all(is_term) {
        return None;
    }
    let mut text = String::new();
    let mut from = 0;
    for (blank, _) in &blanks {
        // The abbreviation in brackets behind a blank is gone already.
        let Some(before) = definition.get(from..blank.start) else { continue };
        text.push_str(before);
        text.push_str(BLANK);
        from = blank.end + abbreviation(&definition[blank.end..]);
    }
    text.push_str(definition.get(from..)?);
    let readable = fold(&text).contains(&*fold(name));
    (!readable).then_some(text)
}

/// The length of an abbreviation in brackets that a text begins with: " (STM)".
fn abbreviation(text: &str) -> usize {
    let Some((short, _)) = text.strip_prefix(" (").and_then(|rest| rest.split_once(')')) else { return 0 };
    let is_one = short.len() <= 8 && short.starts_with(char::is_uppercase) && !short.contains(char::is_whitespace);
    if is_one { short.len() + 3 } else { 0 }
}

/// Whether what stands between two words of a term is nothing but spaces, dashes and words of the term.
fn is_between(text: &str, own: &[String]) -> bool {
    text.len() < 16
        && !text.contains([',', ';', ':', '.', '('])
        && words(text).all(|(_, word)| own.contains(&fold(word).into_owned()))
}

/// Whether one word gives the other away: forms of one word, or of one family.
fn is_like(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let shorter = a.chars().count().min(b.chars().count());
    a == b || stem(a) == stem(b) || (common >= PREFIX && common as f32 >= SHARE * shorter as f32)
}

#[cfg(test)]
mod tests {
    use kernel::{DocumentId, InterfaceLanguage};

    use super::*;
    use crate::phrases::phrases;

    fn term(name: &str, definition: &str) -> KeyTerm {
        let citation = Citation {
            document: DocumentId(1),
            title: String::new(),
            page: Some(1),
            label: None,
            locator: None,
            quote: definition.to_owned(),
            boxes: Vec::new(),
            changed: false,
        };
        KeyTerm { name: name.to_owned(), definition: definition.to_owned(), citation }
    }

    #[test]
    fn a_blank_leaves_nothing_of_the_term_to_be_read() {
        for (name, definition, asked) in [
            (
                "Osmosis",
                "Osmosis is the movement of water through a membrane.",
                "____ is the movement of water through a membrane.",
            ),
            (
                "Short-term memory",
                "Short-term memory (STM) is a store that processes what comes in.",
                "____ is a store that processes what comes in.",
            ),
            (
                "theory of mind",
                "A theory of mind is the understanding that other people think.",
                "A ____ is the understanding that other people think.",
            ),
            (
                "rapid eye movement (REM) sleep",
                "REM sleep is marked by darting of the closed lids.",
                "____ is marked by darting of the closed lids.",
            ),
            (
                "intelligence quotient",
                "IQ stands for a score that is earned on a test.",
                "____ stands for a score that is earned on a test.",
            ),
            (
                "absolute threshold",
                "smallest stimulus that is noticed half the time",
                "smallest stimulus that is noticed half the time",
            ),
        ] {
            assert_eq!(blanked(definition, name).as_deref(), Some(asked));
        }
        assert_eq!(blanked("Osmosis is osmotic.", "Osmosis"), None, "too little is left");
        let confirming = "The confirmation bias is the tendency to see what confirms your own beliefs.";
        assert_eq!(blanked(confirming, "confirmation bias"), None, "a word of it gives it away");
        assert_eq!(blanked("A set of sets is a set that has sets as members of the set.", "set"), None);
    }

    #[test]
    fn meanings_and_terms_are_asked_for_by_turns() {
        let terms = [
            term("ion", "An ion is an atom that has a charge."),
            term("osmosis", "Osmosis is the movement of water through a membrane."),
            term("cell", "A cell is the smallest unit of life."),
        ];
        let texts = |language| -> Vec<String> {
            of(&terms, 5, phrases(language)).into_iter().map(|question| question.text).collect()
        };
        assert_eq!(
            texts(InterfaceLanguage::En),
            [
                "What does “ion” mean?",
                "Which term is meant: “____ is the movement of water through a membrane.”?",
                "What does “cell” mean?"
            ]
        );
        assert_eq!(texts(InterfaceLanguage::Id)[2], "Apa arti “cell”?");
    }

    #[test]
    fn a_quiz_is_spread_over_its_subject_and_asked_again_is_another() {
        let all: Vec<usize> = (0..20).collect();
        assert_eq!(spread(all.clone(), 5, 0), [0, 4, 8, 12, 16]);
        assert_eq!(spread(all.clone(), 5, 3), [3, 7, 11, 15, 19]);
        assert_eq!(spread(vec![1, 2, 3], 5, 7), [1, 2, 3]);
        assert!(spread(Vec::<u8>::new(), 5, 0).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_blank_leaves_the_term_readable(name in "[a-zé]{2,8}( [a-z]{2,8}){0,2}", rest in "[A-Za-z ,.é()-]{0,80}") {
            let definition = format!("The {name} is {rest} {name} and what else there is to say of it.");
            if let Some(text) = blanked(&definition, &name) {
                let name = fold(&name).into_owned();
                proptest::prop_assert!(!fold(&text).contains(&name), "{text}");
            }
        }
    }
}
