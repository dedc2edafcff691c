//! What in an answer can't be true beside the reference.

use std::ops::Range;

use tutor::{Objection, Source};

use super::Answered;

/// What is said against a point counts where the sentence says little else: where at least this share of the point's
/// words stands in it, and of its words in the point or in the question. What is only alike is told in other words.
const LEAST: f32 = 0.5;
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
    sentences: Vec<&'a str>,
    answer: Source,
    question: Vec<String>,
}

impl<'a> Contradictions<'a> {
    pub(super) fn of(answered: Answered<'a>) -> Self {
        let Answered { question, answer, .. } = answered;
        let sentences: Vec<&str> = reader::sentences(answer).into_iter().map(|sentence| &answer[sentence]).collect();
        let question = vec![question.to_owned()];
        Self { answer: Source::new(&question, sentences.iter().copied()), sentences, question }
    }

    /// A sentence of the answer.
    pub(super) fn sentence(&self, at: usize) -> Option<&'a str> {
        self.sentences.get(at).copied()
    }

    /// What speaks against a point, if anything does.
    pub(super) fn with(&self, point: &str) -> Option<Against> {
        let point = &without_brackets(point);
        let held = self.answer.hold(point);
        // Where any part of the answer says it, no other is asked.
        let best = held.iter().max_by(|a, b| a.coverage.total_cmp(&b.coverage))?;
        let said = held.iter().any(|it| it.objection.is_none() && it.coverage >= best.coverage);
        let objection = best.objection.filter(|_| !said && best.coverage >= LEAST)?;
        let against = |kind| Some(Against { kind, sentence: best.sentences.start });
        let Some(returned) = self.objection_to(point, best.sentences.clone()) else {
            return if objection == Objection::Number { against(Kind::NumberMissing) } else { None };
        };
        match (objection, returned) {
            // A number in the place of another is a contradiction; none is a gap.
            (Objection::Number, Objection::Number | Objection::Unit) => against(Kind::Contradiction),
            (Objection::Number, _) => against(Kind::NumberMissing),
            (Objection::Name, Objection::Name) => against(Kind::Contradiction),
            (Objection::Negation | Objection::Opposite | Objection::Order | Objection::Unit, _) => {
                against(Kind::Contradiction)
            }
            (Objection::Exchanged | Objection::Name | Objection::Overstated, _) => None,
        }
    }

    /// What speaks against these sentences of the answer, held as a claim against the point.
    fn objection_to(&self, point: &str, sentences: Range<usize>) -> Option<Objection> {
        let said = self.sentences.get(sentences).unwrap_or_default().join(" ");
        let held = Source::new(&self.question, std::iter::once(point)).hold(&said);
        held.first().filter(|it| it.coverage >= LEAST).and_then(|it| it.objection)
    }
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
        Contradictions::of(Answered { question: "", reference, answer }).with(reference).map(|against| against.kind)
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
