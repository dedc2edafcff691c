//! How an answer is told: what a language model is asked for beside the answer, and which sentences of the documents
//! come first without one.

use library::conversations::Mode;
use reader::BlockKind;

use crate::evidence::{Candidate, Near, sentence_text};
use crate::question::Question;

/// What a sentence gains that suits the manner, as the logarithm of the odds that it holds the answer: it passes what is
/// some seven times as likely, and no more.
const SUITS: f32 = 2.0;
/// What a sentence loses for each grade of reading above [`PLAIN`].
const HARD: f32 = 0.15;
/// Texts of this grade are read with ease by whoever has left school.
const PLAIN: f32 = 9.0;
/// Above this grade a sentence is too hard to begin a simple answer with, however well it answers.
const HARDEST: f32 = 18.0;

/// The sentence of the prompt.
pub(crate) fn instruction(mode: Mode) -> &'static str {
    match mode {
        Mode::Plain | Mode::Summary | Mode::Guide | Mode::Quiz => "",
        Mode::Simply => "Explain it in short sentences and everyday words, as to somebody who is new to the subject.",
        Mode::Steps => "Explain it step by step, as a numbered list in the order in which things happen or are done.",
        Mode::Example => "Answer with an example that the evidence gives, and say what it shows.",
        Mode::Compare => "Compare: first what is alike, then what differs, point by point.",
    }
}

/// The question as it is searched: "mitosis and meiosis", to be compared, asks for their differences.
pub(crate) fn question(mode: Mode, question: &str) -> String {
    if mode != Mode::Compare || retrieval::sides(question).is_some() {
        return question.to_owned();
    }
    let compared = format!("Compare {}", question.trim_end_matches(['?', '.', '!', ' ']));
    if retrieval::sides(&compared).is_some() { compared } else { question.to_owned() }
}

/// The candidates in the order in which they suit the manner, the best first. The first of them all stays the first
/// where the others only show it, or put it into plain words.
///
/// None where they stay as they are.
pub(crate) fn arranged(
    mode: Mode,
    question: &Question,
    candidates: &[Candidate],
    near: &[Near],
) -> Option<(Question, Vec<Candidate>)> {
    let mut several = question.asks_for_several;
    let from = match mode {
        Mode::Plain | Mode::Compare | Mode::Summary | Mode::Guide | Mode::Quiz => return None,
        Mode::Simply => {
            let grade_of = |first: &Candidate| grade(sentence_text(&near[first.near].passage, first.sentence));
            usize::from(candidates.first().is_some_and(|first| grade_of(first) <= HARDEST))
        }
        Mode::Steps => {
            several = true;
            0
        }
        Mode::Example => 1,
    };
    let mut candidates = candidates.to_vec();
    let rest = candidates.get_mut(from..).unwrap_or_default();
    for candidate in &mut *rest {
        let passage = &near[candidate.near].passage;
        let text = sentence_text(passage, candidate.sentence);
        candidate.score += match mode {
            Mode::Simply => -HARD * (grade(text) - PLAIN).max(0.0),
            Mode::Steps if passage.kind == BlockKind::List || has_any(text, &STEPS) => SUITS,
            Mode::Example if has_any(text, &EXAMPLES) => SUITS,
            _ => 0.0,
        };
    }
    rest.sort_by(|a, b| b.score.total_cmp(&a.score));
    Some((Question { asks_for_several: several, ..question.clone() }, candidates))
}

/// Words of sentences that tell one step of several.
const STEPS: [&str; 14] = [
    "first",
    "second",
    "third",
    "firstly",
    "secondly",
    "then",
    "next",
    "afterwards",
    "finally",
    "lastly",
    "step",
    "begins",
    "followed by",
    "stage",
];

/// Words of sentences that give an example.
const EXAMPLES: [&str; 12] = [
    "for example",
    "for instance",
    "an example",
    "examples of",
    "such as",
    "imagine",
    "suppose",
    "consider",
    "zum beispiel",
    "par exemple",
    "por ejemplo",
    "misalnya",
];

/// Whether a text has one of the phrases, as whole words.
fn has_any(text: &str, phrases: &[&str]) -> bool {
    let words: String =
        text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let line = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
    phrases.iter().any(|phrase| line.contains(&format!(" {phrase} ")))
}

/// The school year in which a sentence can be read, by the Automated Readability Index (Senter and Smith, 1967):
/// 4.71 letters a word + 0.5 words a sentence - 21.43.
fn grade(sentence: &str) -> f32 {
    let words = sentence.split_whitespace().count().max(1) as f32;
    let letters = sentence.chars().filter(|letter| letter.is_alphanumeric()).count() as f32;
    4.71 * letters / words + 0.5 * words - 21.43
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]
    use super::*;
    use crate::evidence::{candidates, tests::near};

    fn told(mode: Mode, question: &str, sentences: &[&str]) -> Vec<usize> {
        let found = [near(1, &["Osmosis"], sentences)];
        let question = Question::plain(question);
        let candidates = candidates(&question, &found, None);
        let candidates = arranged(mode, &question, &candidates, &found).map_or(candidates, |(_, arranged)| arranged);
        candidates.iter().map(|candidate| candidate.sentence).collect()
    }

    #[test]
    fn examples_come_behind_what_they_show() {
        let sentences = [
            "Osmosis moves water through a membrane towards the salt.",
            "Osmosis through membranes keeps the water of cells in balance.",
            "For example, salted vegetables lose water by osmosis through their skin.",
        ];
        let order = told(Mode::Example, "What does osmosis do with water and a membrane?", &sentences);
        assert_eq!(order[0], told(Mode::Plain, "What does osmosis do with water and a membrane?", &sentences)[0]);
        assert_eq!(order[1], 2);
    }

    #[test]
    fn plain_words_come_before_hard_ones() {
        let hard = "Osmosis constitutes the thermodynamically spontaneous transmembrane redistribution of water molecules \
            attributable to concentration differentials across semipermeable biological boundaries.";
        let order =
            told(Mode::Simply, "What is osmosis of water?", &[hard, "Osmosis is how water goes where the salt is."]);
        assert_eq!(order[0], 1);
        assert!(grade(hard) > 20.0 && grade("The cat sat on the mat.") < 3.0);
    }

    #[test]
    fn steps_are_told_in_their_order() {
        let question = Question::plain("How is bread made?");
        let found = [near(1, &[], &["Bread is baked.", "First the flour is mixed with water and yeast."])];
        let candidates = candidates(&question, &found, None);
        let (question, candidates) = arranged(Mode::Steps, &question, &candidates, &found).expect("another order");
        assert!(question.asks_for_several);
        assert_eq!(candidates.first().map(|first| first.sentence), Some(1));
    }

    #[test]
    fn two_things_to_compare_become_a_question() {
        assert_eq!(question(Mode::Compare, "mitosis and meiosis?"), "Compare mitosis and meiosis");
        assert_eq!(
            question(Mode::Compare, "How do A cells differ from B cells?"),
            "How do A cells differ from B cells?"
        );
        assert_eq!(question(Mode::Compare, "osmosis"), "osmosis");
        assert_eq!(question(Mode::Plain, "mitosis and meiosis"), "mitosis and meiosis");
    }

    #[test]
    fn a_phrase_is_found_as_whole_words() {
        assert!(has_any("Salt, for example, does.", &EXAMPLES));
        assert!(!has_any("They considered suchlike things.", &EXAMPLES));
    }
}
