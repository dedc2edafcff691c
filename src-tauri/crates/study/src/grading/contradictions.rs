//! What in an answer can't be true beside the reference.

use std::ops::Range;

use retrieval::{fold, words};
use tutor::{Objection, Source};

use super::Answered;
use super::turned::is_turned;

/// What is said against a point counts where the sentence says little else: where at least this share of the point's
/// words stands in it, and of its words in the point or in the question. What is only alike is told in other words.
const LEAST: f32 = 0.5;
/// The same where a number of the point is in none of it: its words are fewer without the number and what is counted.
const LEAST_OF_A_GAP: f32 = 0.3;
/// What a point is still worth of which the answer leaves out a number.
const WITHOUT_ITS_NUMBER: f32 = 0.5;

/// What speaks against a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The answer says what can't be true beside it.
    Contradiction,
    /// The answer doesn't have its number.
    NumberMissing,
}

impl Kind {
    /// The share of a point that is left.
    pub(super) fn leaves(self) -> f32 {
        match self {
            Self::Contradiction => 0.0,
            Self::NumberMissing => WITHOUT_ITS_NUMBER,
        }
    }

    pub(super) fn contradicts(self) -> bool {
        self == Self::Contradiction
    }
}

/// Something that speaks against a point, and the sentence of the answer that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Against {
    pub(super) kind: Kind,
    pub(super) sentence: usize,
}

/// The two texts, taken apart to be held against each other.
pub(super) struct Contradictions<'a> {
    reference: &'a str,
    /// The sentences of the reference that one of the answer turns round, with that one.
    turned: Vec<(Range<usize>, usize)>,
    sentences: Vec<&'a str>,
    answer: Source,
    question: Vec<String>,
}

impl<'a> Contradictions<'a> {
    pub(super) fn of(answered: Answered<'a>, sentences: Vec<&'a str>) -> Self {
        let Answered { question, reference, .. } = answered;
        let turned = reader::sentences(reference).into_iter().filter_map(|said| {
            let by = sentences.iter().position(|sentence| is_turned(&reference[said.clone()], sentence))?;
            Some((said, by))
        });
        let question = vec![question.to_owned()];
        let answer = Source::new(&question, sentences.iter().copied());
        Self { reference, turned: turned.collect(), answer, sentences, question }
    }

    /// A sentence of the answer.
    pub(super) fn sentence(&self, at: usize) -> Option<&'a str> {
        self.sentences.get(at).copied()
    }

    /// What speaks against a point, given as bytes of the reference, if anything does.
    pub(super) fn with(&self, point: Range<usize>) -> Option<Against> {
        if let Some((_, sentence)) = self.turned.iter().find(|(said, _)| said.contains(&point.start)) {
            return Some(Against { kind: Kind::Contradiction, sentence: *sentence });
        }
        let point = &without_brackets(self.reference.get(point)?);
        let held = self.answer.hold(point);
        // Where any part of the answer says it, no other is asked.
        let best = held.iter().max_by(|a, b| a.coverage.total_cmp(&b.coverage))?;
        let said = held.iter().any(|it| it.objection.is_none() && it.coverage >= best.coverage);
        let least = if best.objection == Some(Objection::Number) { LEAST_OF_A_GAP } else { LEAST };
        let objection = best.objection.filter(|_| !said && best.coverage >= least)?;
        let against = |kind| Some(Against { kind, sentence: best.sentences.start });
        let Some(returned) = self.objection_to(point, best.sentences.clone()) else {
            return if objection == Objection::Number { against(Kind::NumberMissing) } else { None };
        };
        match (objection, returned) {
            // A number in the place of another is a contradiction; none is a gap.
            (Objection::Number, Objection::Number | Objection::Unit) if best.coverage >= LEAST => {
                against(Kind::Contradiction)
            }
            (Objection::Number, _) => against(Kind::NumberMissing),
            (Objection::Name, Objection::Name) => against(Kind::Contradiction),
            (Objection::Negation, _) if !denies_alike(point, &self.said(best.sentences.clone())) => {
                against(Kind::Contradiction)
            }
            (Objection::Opposite | Objection::Order | Objection::Unit, _) => against(Kind::Contradiction),
            // A few words in the place of others may be synonyms; what only "avoids" or "lacks" may say the same.
            (Objection::Negation | Objection::Exchanged | Objection::Name | Objection::Overstated, _) => None,
        }
    }

    /// What speaks against these sentences of the answer, held as a claim against the point.
    fn objection_to(&self, point: &str, sentences: Range<usize>) -> Option<Objection> {
        let held = Source::new(&self.question, std::iter::once(point)).hold(&self.said(sentences));
        held.first().filter(|it| it.coverage >= LEAST).and_then(|it| it.objection)
    }

    fn said(&self, sentences: Range<usize>) -> String {
        self.sentences.get(sentences).unwrap_or_default().join(" ")
    }
}

/// Whether both texts deny in so many words, or neither does.
fn denies_alike(one: &str, other: &str) -> bool {
    const DENIALS: [&str; 12] =
        ["not", "no", "never", "none", "nobody", "nothing", "cannot", "without", "neither", "nor", "hardly", "t"];
    let denies = |text: &str| words(text).filter(|(_, word)| DENIALS.contains(&fold(word).as_ref())).count() % 2;
    denies(one) == denies(other)
}

/// A text without what it has in brackets: what may be left out, or said in another way.
fn without_brackets(text: &str) -> String {
    let mut open = 0_usize;
    let kept = text.chars().filter(|letter| {
        match letter {
            '(' | '[' => open += 1,
            ')' | ']' => {
                open = open.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        open == 0
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(reference: &str, answer: &str) -> Option<Kind> {
        let answered = Answered { question: "", reference, answer };
        Contradictions::of(answered, answered.sentences()).with(0..reference.len()).map(|against| against.kind)
    }

    #[test]
    fn what_cannot_be_true_beside_a_point_contradicts_it() {
        for answer in ["The lake is 25 metres deep.", "The lake isn't 250 metres deep.", "The lake is 250 cm deep."] {
            assert_eq!(kind("The lake is 250 metres deep.", answer), Some(Kind::Contradiction), "{answer}");
        }
        assert_eq!(kind("Water expands as it freezes.", "Water contracts as it freezes."), Some(Kind::Contradiction));
    }

    #[test]
    fn a_number_that_is_left_out_is_a_gap() {
        assert_eq!(kind("The lake is 250 metres deep.", "The lake is deep."), Some(Kind::NumberMissing));
        assert_eq!(kind("The list has one element (or two).", "The list has one element."), None);
    }

    #[test]
    fn what_is_said_in_other_words_or_of_something_else_contradicts_nothing() {
        for answer in [
            "Most roads in the mountains are not paved, and the lake is 250 m deep.",
            "Nobody swims there.",
            "The lake's depth is 250 metres.",
        ] {
            assert_eq!(kind("The lake is 250 metres deep.", answer), None, "{answer}");
        }
    }
}
