//! Grading: how much of a reference an answer in somebody's own words says.
//!
//! The reference is taken apart into [key points](key_points). For each word of a point the nearest word of the answer
//! is looked for, in meaning and in its context ([`coverage`]); words that the question gives away count half. Likeness
//! alone takes "raises" for "lowers", so every point is also held against the answer's sentences, and the answer against
//! the reference, as claims of a model are held against a passage ([`contradictions`]): what denies the point, says the
//! opposite, or has another number or unit doesn't meet it, however alike the words are. What the points come to is
//! brought to the scale of teachers' marks by a straight line ([`calibration`]).
//!
//! Without the embedding model only words that stand in both count, and the verdict is more often "unsure".

pub mod calibration;
mod contradictions;
mod coverage;
mod feedback;
mod key_points;
mod telling;
mod turned;
mod verdict;

use kernel::InterfaceLanguage;
use retrieval::{Retrieval, fold, words};

use crate::Error;
use crate::phrases::{Phrases, phrases};
use calibration::Scale;
use contradictions::Contradictions;
use coverage::Coverage;
pub use library::quizzes::{Grade, Met, Point, Verdict};

/// Longer questions, references and answers are not graded, in characters: the model reads some 250 words at once.
pub const LONGEST: usize = 4_000;

/// What is to be graded.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// What was asked; what it gives away is worth less. May be empty.
    pub question: &'a str,
    /// What a right answer says.
    pub reference: &'a str,
    /// What was answered.
    pub answer: &'a str,
}

impl<'a> Answered<'a> {
    /// The sentences of the answer.
    fn sentences(&self) -> Vec<&'a str> {
        let Self { answer, .. } = *self;
        reader::sentences(answer).into_iter().map(|sentence| &answer[sentence]).collect()
    }

    fn checked(&self) -> Result<(), Error> {
        for (what, text) in [("question", self.question), ("reference", self.reference), ("answer", self.answer)] {
            let length = text.chars().count();
            if length > LONGEST {
                return Err(Error::TooLong { what, length, most: LONGEST });
            }
        }
        if self.reference.trim().is_empty() { Err(Error::NoReference) } else { Ok(()) }
    }
}

/// Grades an answer, with feedback in `language`; `on_point` sees each point as soon as it is decided.
///
/// # Errors
/// When the reference is empty or a text is too long.
pub async fn grade(
    retrieval: &Retrieval,
    answered: Answered<'_>,
    language: InterfaceLanguage,
    on_point: impl FnMut(&Point),
) -> Result<Grade, Error> {
    answered.checked()?;
    let comparison = Comparison::of(retrieval, answered).await;
    let scale = comparison.coverage.scale();
    Ok(comparison.grade(scale, phrases(language), on_point))
}

/// An answer beside its reference.
struct Comparison<'a> {
    answered: Answered<'a>,
    coverage: Coverage,
    contradictions: Contradictions<'a>,
}

impl<'a> Comparison<'a> {
    async fn of(retrieval: &Retrieval, answered: Answered<'a>) -> Self {
        let sentences = answered.sentences();
        let coverage = Coverage::of(retrieval, answered, &sentences).await;
        Self { answered, coverage, contradictions: Contradictions::of(answered, sentences) }
    }

    /// What it comes to on a scale.
    fn grade(&self, scale: &Scale, phrases: &dyn Phrases, mut on_point: impl FnMut(&Point)) -> Grade {
        let mut points = Vec::new();
        let (mut reached, mut whole) = (0.0, 0.0);
        // "No." has no word that tells what it is about: it is said or not.
        let is_repeated = is_repeated(self.answered);
        for range in key_points::key_points(self.answered.reference) {
            let text = self.answered.reference.get(range.clone()).unwrap_or_default();
            let share = self.coverage.of_point(range.clone());
            let against = self.contradictions.with(range);
            let said = if is_repeated { 1.0 } else { self.coverage.worth(share, scale) };
            let worth = said * against.map_or(1.0, |it| it.kind.leaves());
            let met = verdict::met(worth, against.is_some_and(|it| it.kind.contradicts()));
            let sentence = against.map(|it| it.sentence).or(share.sentence).filter(|_| met != Met::Missed);
            let evidence = sentence.and_then(|at| self.contradictions.sentence(at)).map(str::to_owned);
            let point = Point { text: text.to_owned(), met, evidence };
            on_point(&point);
            points.push(point);
            reached += share.weight * worth;
            whole += share.weight;
        }
        let score = if whole > 0.0 { reached / whole } else { f32::from(u8::from(is_repeated)) };
        let verdict = verdict::verdict(score, &points, self.coverage.is_by_meaning());
        let feedback = feedback::feedback(verdict, &points, phrases);
        Grade { score, verdict, points, feedback }
    }
}

/// Whether an answer is its reference, but for marks and capitals.
fn is_repeated(Answered { reference, answer, .. }: Answered<'_>) -> bool {
    let folded = |text| words(text).map(|(_, word)| fold(word).into_owned()).collect::<Vec<_>>();
    folded(reference) == folded(answer)
}
