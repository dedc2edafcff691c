//! Whether a room answers a question: a small logistic model over what the search and the sentences say.
//!
//! What the score must exceed is learned from each room's own text ([`learning`]); until then it is 0, where the odds
//! are even; less what a refusal [costs](REFUSAL). The weights ([`weights`]) are made by `cargo run --example
//! fit_answerability`, from any documents and without anybody's questions; the procedure stands at the top of that file.

mod hidden;
mod learning;
mod weights;

use crate::asking::Findings;
pub(crate) use hidden::Hidden;
pub(crate) use learning::of_room;

/// How many of the rarest words of a question have to meet in one passage.
const RAREST: usize = 3;

/// How many wrong answers a wrong refusal costs. All that is answered are quotes with their pages: that one is beside the
/// point is seen at a glance, and the passages worth reading are named beside it. What is refused though the documents have
/// it is not looked for any more. So one refusal is taken for two such quotes, and the decision that costs least is to
/// answer where the odds are one to two or better.
const REFUSAL: f32 = 2.0;

/// Names of the model's inputs, in the order of [`Signals::inputs`].
pub const INPUTS: [&str; 9] =
    ["similarity", "sentence", "coverage", "window", "passage", "unknown", "rarest", "both", "words"];

/// What speaks for and against an answer in the room. Shares are 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals {
    /// Cosine of the question and the nearest passage; none without the model or its vectors, and for a question in a
    /// script without spaces between words.
    pub similarity: Option<f32>,
    /// How near the question's tokens, each by the weight of its word, come to those of one sentence; none likewise.
    pub sentence: Option<f32>,
    /// Share of the question's weight (its words by how rare they are in the room) in one sentence, with the one before
    /// it where it points back.
    pub coverage: f32,
    /// The same in a sentence with its neighbours and headings.
    pub window: f32,
    /// The same in one passage with its headings.
    pub passage: f32,
    /// Share of the weight that no passage of the room has.
    pub unknown: f32,
    /// Share of the weight of the three rarest words that meet in one passage.
    pub rarest: f32,
    /// The largest product of a sentence's coverage and its nearness.
    pub both: f32,
    /// How many content words the question has.
    pub words: u32,
}

impl Signals {
    pub(crate) fn of(findings: &Findings) -> Self {
        let question = &findings.question;
        let candidates = &findings.candidates;
        let most = |of: &dyn Fn(usize) -> f32| (0..candidates.len()).map(of).fold(0.0f32, f32::max);
        let passages = findings.passages();
        let mut rarest: Vec<_> = question.terms.iter().collect();
        rarest.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        rarest.truncate(RAREST);
        let rare_weight: f32 = rarest.iter().map(|term| term.weight).sum();
        let meet = passages
            .iter()
            .map(|stems| {
                let met = rarest.iter().filter(|term| stems.contains(&term.stem));
                met.map(|term| term.weight).sum::<f32>() / rare_weight.max(f32::MIN_POSITIVE)
            })
            .fold(0.0f32, f32::max);
        // A sentence model reads scripts without spaces letter by letter, if at all: its word says little there.
        let by_meaning = findings.compared && !question.is_unspaced;
        let hits = findings.near.iter().filter(|near| near.is_hit && by_meaning);
        Self {
            similarity: hits.filter_map(|near| near.similarity).max_by(f32::total_cmp),
            sentence: by_meaning.then(|| most(&|index| candidates[index].features.rare_tokens)),
            coverage: most(&|index| candidates[index].features.unit),
            window: most(&|index| candidates[index].features.around),
            passage: passages.iter().map(|stems| question.coverage(|stem| stems.contains(stem))).fold(0.0, f32::max),
            unknown: question.unknown(),
            rarest: meet,
            both: most(&|index| candidates[index].features.unit * candidates[index].features.rare_tokens),
            words: u32::try_from(question.terms.len()).unwrap_or(u32::MAX),
        }
    }

    /// The model's inputs, in the order of [`INPUTS`]; what is not known counts as 0.
    pub fn inputs(&self) -> [f32; INPUTS.len()] {
        [
            self.similarity.unwrap_or(0.0),
            self.sentence.unwrap_or(0.0),
            self.coverage,
            self.window,
            self.passage,
            self.unknown,
            self.rarest,
            self.both,
            (1.0 + self.words as f32).ln(),
        ]
    }

    /// Logarithm of the odds that the room answers the question, where as many can be answered as not.
    pub fn score(&self) -> f32 {
        let model = if self.similarity.is_some() && self.sentence.is_some() {
            &weights::BY_MEANING
        } else {
            &weights::BY_WORDS
        };
        let sum: f32 = model.weights.iter().zip(self.inputs()).map(|(weight, input)| weight * input).sum();
        sum + model.bias
    }

    /// Whether to answer in a room where the odds are even at this score.
    pub fn answerable(&self, threshold: f32) -> bool {
        self.words > 0 && self.score() > threshold - REFUSAL.ln()
    }
}

/// A logistic model.
pub(crate) struct Model {
    weights: [f32; INPUTS.len()],
    bias: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubtful_question_is_answered_and_an_unlikely_one_refused() {
        let asked =
            |similarity| Signals { similarity: Some(similarity), sentence: Some(0.5), words: 4, ..Signals::default() };
        let at = |score: f32| asked((score - asked(0.0).score()) / (asked(1.0).score() - asked(0.0).score()));
        let (doubtful, unlikely) = (at(-0.5), at(-1.0));
        assert!(doubtful.score() < 0.0 && doubtful.answerable(0.0), "{doubtful:?}");
        assert!(!unlikely.answerable(0.0) && unlikely.answerable(-1.0), "{unlikely:?}");
        assert!(!Signals { words: 0, ..doubtful }.answerable(0.0), "nothing is asked");
    }
}
