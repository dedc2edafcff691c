//! Composing: which sentences make the answer, and in which order.
//!
//! The best sentence comes first, with those of its neighbours that are worth their words. Other runs of sentences
//! follow, each the one that is [worth] the most beside what is quoted already, while there is room: an answer has up to
//! [`MOST_WORDS`] words in [`MOST`] quotes. Neighbours make one quote. A sentence that opens with a word pointing back
//! ("This", "However, they") is quoted only behind the sentence before it. Behind the first, no sentence is quoted
//! that has no word of the question and doesn't name what it describes.

mod worth;

use std::ops::Range;

use library::passages::StoredPassage;

use crate::evidence::{Candidate, Near};
use crate::question::Question;
use worth::{Run, Worth, is_on_one_page};

/// Most quotes of an answer.
const MOST: usize = 4;
/// Most words of an answer, but for a first sentence that is longer.
const MOST_WORDS: usize = 150;

/// One statement of the answer: neighbouring sentences of one passage, with their proof.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement<P> {
    /// Its passage's place among those that were looked through.
    pub(crate) near: usize,
    /// Its sentences in the passage.
    pub(crate) sentences: Range<usize>,
    /// Where they stand.
    pub(crate) proof: P,
}

/// The statements of the answer, the best one first; `candidates` come best first. What `prove` has no proof
/// for is passed over, and the next best takes its place.
pub(crate) fn compose<P>(
    question: &Question,
    candidates: &[Candidate],
    near: &[Near],
    prove: impl FnMut(&StoredPassage, Range<usize>) -> Option<P>,
) -> Vec<Statement<P>> {
    let worth = Worth::new(question, candidates, near);
    let runs = worth.runs(near);
    let mut draft = Draft { near, worth, runs, prove, said: 0, chosen: Vec::new() };
    let best = candidates.first().map_or(0.0, |best| best.score);
    for one in candidates {
        // Whatever is as good as the best one has to be there as well.
        if !draft.chosen.is_empty() && one.score < best {
            break;
        }
        if !draft.worth.is_quoted(one.near, one.sentence) {
            draft.add(|run| run.near == one.near && run.sentences.contains(&one.sentence));
        }
    }
    while draft.add(|_| true) {}
    in_reading_order(draft.chosen, question.asks_for_several)
}

/// An answer in the making.
struct Draft<'a, P, F> {
    near: &'a [Near],
    worth: Worth,
    /// What may still be quoted.
    runs: Vec<Run>,
    prove: F,
    /// Words of the answer.
    said: usize,
    chosen: Vec<Statement<P>>,
}

impl<P, F: FnMut(&StoredPassage, Range<usize>) -> Option<P>> Draft<'_, P, F> {
    /// Adds the run that is worth the most of those that `may` be added; false when there is none.
    fn add(&mut self, may: impl Fn(&Run) -> bool) -> bool {
        loop {
            let worth = |at: usize| {
                let run = &self.runs[at];
                let may = may(run) && self.has_room(run);
                may.then(|| self.worth.for_length(run, self.chosen.is_empty())).flatten().map(|worth| (at, worth))
            };
            let Some((at, _)) = (0..self.runs.len()).filter_map(worth).max_by(|(_, a), (_, b)| a.total_cmp(b)) else {
                return false;
            };
            let run = self.runs.swap_remove(at);
            let touched = self.touched(&run);
            let sentences = touched
                .iter()
                .map(|at| &self.chosen[*at].sentences)
                .fold(run.sentences.clone(), |whole, part| whole.start.min(part.start)..whole.end.max(part.end));
            let Some(proof) = (self.prove)(&self.near[run.near].passage, sentences.clone()) else { continue };
            let statement = Statement { near: run.near, sentences, proof };
            match touched.split_first() {
                None => self.chosen.push(statement),
                Some((first, rest)) => {
                    self.chosen[*first] = statement;
                    // Between two quotes it makes one of both.
                    rest.iter().rev().for_each(|at| drop(self.chosen.remove(*at)));
                }
            }
            self.said += self.worth.length(&run);
            self.worth.quote(&run);
            return true;
        }
    }

    /// Whether there is room for a run: the first may be one long sentence.
    fn has_room(&self, run: &Run) -> bool {
        let fits = self.said + self.worth.length(run) <= MOST_WORDS;
        let is_first = self.chosen.is_empty() && run.sentences.len() == 1;
        (fits || is_first) && (self.chosen.len() < MOST || !self.touched(run).is_empty())
    }

    /// The statements that a run goes on from, or to.
    fn touched(&self, run: &Run) -> Vec<usize> {
        let passage = &self.near[run.near].passage;
        let touches = |it: &Statement<P>| {
            let (from, to) = (it.sentences.start.min(run.sentences.start), it.sentences.end.max(run.sentences.end));
            let meet = it.sentences.start <= run.sentences.end && run.sentences.start <= it.sentences.end;
            it.near == run.near && meet && is_on_one_page(passage, from..to)
        };
        (0..self.chosen.len()).filter(|at| touches(&self.chosen[*at])).collect()
    }
}

/// Words that tie a sentence to the one before without standing for anything in it.
const JOINTS: [&str; 16] = [
    "however",
    "therefore",
    "thus",
    "hence",
    "moreover",
    "furthermore",
    "also",
    "and",
    "but",
    "so",
    "then",
    "instead",
    "consequently",
    "similarly",
    "additionally",
    "finally",
];

/// Whether a word in lower case is such a word.
pub(crate) fn is_joint(word: &str) -> bool {
    JOINTS.contains(&word)
}

/// Whether a sentence opens with a word that stands for something said before it.
pub(crate) fn points_back(sentence: &str) -> bool {
    let mut words =
        sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let mut first = words.next().unwrap_or_default();
    if is_joint(&first) {
        first = words.next().unwrap_or_default();
    }
    let second = words.next().unwrap_or_default();
    match first.as_str() {
        "it" | "they" | "he" | "she" | "its" | "their" | "his" | "him" | "them" | "such" => true,
        "this" | "these" | "those" => true,
        "that" => matches!(second.as_str(), "is" | "was" | "means" | "would" | "can" | "may"),
        _ => false,
    }
}

/// Statements of one passage stand in the passage's order; the passage of the best statement comes first. An answer for
/// one thing begins with that statement, wherever it stands; several things are told in order.
fn in_reading_order<P>(mut chosen: Vec<Statement<P>>, several: bool) -> Vec<Statement<P>> {
    let mut passages: Vec<usize> = Vec::new();
    for statement in &chosen {
        if !passages.contains(&statement.near) {
            passages.push(statement.near);
        }
    }
    let rest = if several { 0 } else { chosen.len().min(1) };
    chosen[rest..].sort_by_key(|statement| {
        let place = passages.iter().position(|near| *near == statement.near);
        (place, statement.sentences.start)
    });
    chosen
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evidence::{candidates, sentence_text, tests::near};

    fn answer(question: &str, found: &[Near]) -> Vec<String> {
        let question = Question::plain(question);
        let candidates = candidates(&question, found, None);
        compose(&question, &candidates, found, |_, _| Some(()))
            .iter()
            .map(|statement| {
                let passage = &found[statement.near].passage;
                let texts: Vec<&str> =
                    statement.sentences.clone().map(|sentence| sentence_text(passage, sentence)).collect();
                texts.join(" ")
            })
            .collect()
    }

    #[test]
    fn a_sentence_that_points_back_brings_the_one_before() {
        let found = [near(
            1,
            &[],
            &["Osmosis moves water through a membrane.", "It evens out the salt concentration of both sides."],
        )];
        assert_eq!(
            answer("What evens out the salt concentration of two sides?", &found),
            ["Osmosis moves water through a membrane. It evens out the salt concentration of both sides."]
        );
    }

    #[test]
    fn what_it_points_to_must_be_there() {
        let found = [near(1, &[], &["It evens out the salt concentration of both sides."])];
        assert!(answer("What evens out the salt concentration?", &found).is_empty());
    }

    #[test]
    fn nothing_is_said_twice() {
        let found = [
            near(1, &[], &["Water boils at a hundred degrees at sea level."]),
            near(2, &[], &["At sea level, water boils at a hundred degrees."]),
        ];
        assert_eq!(answer("At how many degrees does water boil at sea level?", &found).len(), 1);
    }

    #[test]
    fn a_question_for_several_things_gets_them_in_reading_order() {
        let found = [near(
            1,
            &["States of matter"],
            &[
                "Matter has a solid state with a fixed form.",
                "Matter has a liquid state without a fixed form.",
                "Matter has a gas state that fills its vessel.",
                "Cats sleep for most of the day and night.",
            ],
        )];
        let [said] = answer("Name the states of matter", &found).try_into().unwrap();
        assert!(said.contains("solid") && said.contains("liquid") && said.ends_with("fills its vessel."), "{said}");
    }

    #[test]
    fn the_most_direct_statement_comes_first_and_the_answer_stays_short() {
        let filler = "Water also does many other things that a longer chapter would have to tell one after the other.";
        let passage = |number: i64| {
            let own = format!("Ice number {number} floats on water because water expands as it freezes to ice.");
            near(number, &[], &[&own, "The weather is another matter that nobody asked about.", filler])
        };
        let mut found: Vec<Near> = (1..9).map(passage).collect();
        found[5] = near(6, &[], &["Why does ice float?", "Ice floats on water because it is less dense."]);
        let said = answer("Why does ice float on water?", &found);
        assert!(said[0].starts_with("Ice"), "{said:?}");
        assert!(said.len() <= MOST && said.iter().map(|it| it.split_whitespace().count()).sum::<usize>() <= MOST_WORDS);
        assert!(said.iter().all(|it| !it.contains("weather") && !it.ends_with('?')), "{said:?}");
    }

    #[test]
    fn neighbours_are_one_quote_on_one_page_and_two_on_two() {
        let both =
            ["Ice floats on water because it is less dense.", "On water ice floats high when the water is salty."];
        let mut found = [near(1, &[], &both)];
        assert_eq!(answer("Why does ice float on water?", &found).len(), 1);
        for span in &mut found[0].passage.sentences[1].spans {
            span.page = 2;
        }
        assert_eq!(answer("Why does ice float on water?", &found).len(), 2);
    }

    #[test]
    fn what_is_left_of_the_words_goes_to_what_has_not_been_said() {
        let found = [
            near(1, &[], &["Water moves through a membrane by osmosis of the solvent towards salt."]),
            near(2, &[], &["By osmosis of the solvent towards salt water moves, also slowly, through a membrane."]),
            near(3, &[], &["Through a membrane some water moves, but pressure can stop it."]),
        ];
        let said = answer("How does water move through a membrane?", &found).join(" ");
        assert!(said.contains("pressure") && said.matches("osmosis").count() == 1, "{said}");
    }

    #[test]
    fn openings_that_point_back_are_known() {
        for sentence in ["This is so.", "However, they grow.", "Such plants die.", "“It works,” he said."] {
            assert!(points_back(sentence), "{sentence}");
        }
        for sentence in ["However, plants grow.", "That plants grow is known.", "Italy is warm."] {
            assert!(!points_back(sentence), "{sentence}");
        }
    }
}
