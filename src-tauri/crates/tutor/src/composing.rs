//! Composing: which sentences make the answer, and in which order.
//!
//! The best sentence comes first. Others follow, the next best first, while they add something and there is room: an
//! answer has up to [`MOST_WORDS`] words in [`MOST`] quotes. Neighbours make one quote. A sentence that opens with a word
//! pointing back ("This", "However, they") takes the sentence before it along, or is passed over. So is, behind the first,
//! one that has no word of the question and doesn't name what it describes.

use std::collections::HashSet;
use std::ops::Range;

use library::passages::StoredPassage;

use crate::evidence::{Candidate, Near, sentence_text, unit_start};
use crate::question::Question;
use crate::words;

/// Most quotes of an answer.
const MOST: usize = 4;
/// Most words of an answer, but for a first sentence that is longer.
const MOST_WORDS: usize = 150;
/// A sentence this much less likely to hold the answer than the best one, as the logarithm of the odds, adds nothing
/// that anybody asked for.
const FAR: f32 = 10.0;
/// Two sentences whose words beyond the question's are the same to this share say the same.
const SAME: f32 = 0.75;

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
    mut prove: impl FnMut(&StoredPassage, Range<usize>) -> Option<P>,
) -> Vec<Statement<P>> {
    let best = candidates.first().map_or(0.0, |best| best.score);
    let mut chosen: Vec<Statement<P>> = Vec::new();
    let mut said: Vec<HashSet<String>> = Vec::new();
    let mut words_said = 0;
    for candidate in candidates.iter().take_while(|candidate| candidate.score > best - FAR) {
        let passage = &near[candidate.near].passage;
        let is_of = |statement: &Statement<P>| statement.near == candidate.near;
        let taken = |sentence: usize| chosen.iter().any(|it| is_of(it) && it.sentences.contains(&sentence));
        let adds: HashSet<String> = candidate.stems.iter().filter(|stem| !question.has(stem)).cloned().collect();
        let repeats = said.iter().any(|other| adds.is_empty() || words::overlap(other, &adds) > SAME);
        let Some(start) = unit_start(passage, candidate.sentence) else { continue };
        let is_about = chosen.is_empty() || candidate.names_term || candidate.features.unit > 0.0;
        if repeats || taken(candidate.sentence) || !is_about {
            continue;
        }
        let start = if taken(start) { candidate.sentence } else { start };
        let unit = start..candidate.sentence + 1;
        let length = words_in(passage, unit.clone());
        if !chosen.is_empty() && words_said + length > MOST_WORDS {
            continue;
        }
        // Neighbours of a quote go on with it, but not over the end of a page, where a quote ends.
        let touches = |it: &Statement<P>| {
            let (from, to) = (it.sentences.start.min(unit.start), it.sentences.end.max(unit.end));
            let meet = it.sentences.end == unit.start || unit.end == it.sentences.start;
            is_of(it) && meet && is_on_one_page(passage, from..to)
        };
        let touched: Vec<usize> = (0..chosen.len()).filter(|at| touches(&chosen[*at])).collect();
        if touched.is_empty() && chosen.len() == MOST {
            continue;
        }
        let sentences = touched
            .iter()
            .map(|at| &chosen[*at].sentences)
            .fold(unit, |whole, part| whole.start.min(part.start)..whole.end.max(part.end));
        let Some(proof) = prove(passage, sentences.clone()) else { continue };
        let statement = Statement { near: candidate.near, sentences, proof };
        match touched.split_first() {
            None => chosen.push(statement),
            Some((first, rest)) => {
                chosen[*first] = statement;
                // Between two quotes it makes one of both.
                rest.iter().rev().for_each(|at| drop(chosen.remove(*at)));
            }
        }
        words_said += length;
        said.push(adds);
    }
    in_reading_order(chosen, question.asks_for_several)
}

fn is_on_one_page(passage: &StoredPassage, sentences: Range<usize>) -> bool {
    let mut pages =
        passage.sentences.get(sentences).into_iter().flatten().flat_map(|it| &it.spans).map(|span| span.page);
    let first = pages.next();
    pages.all(|page| Some(page) == first)
}

fn words_in(passage: &StoredPassage, sentences: Range<usize>) -> usize {
    sentences.map(|sentence| sentence_text(passage, sentence).split_whitespace().count()).sum()
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
    use crate::evidence::{candidates, tests::near};

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
    fn openings_that_point_back_are_known() {
        for sentence in ["This is so.", "However, they grow.", "Such plants die.", "“It works,” he said."] {
            assert!(points_back(sentence), "{sentence}");
        }
        for sentence in ["However, plants grow.", "That plants grow is known.", "Italy is warm."] {
            assert!(!points_back(sentence), "{sentence}");
        }
    }
}
