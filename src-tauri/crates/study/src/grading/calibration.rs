//! From what an answer has of its reference to the marks that teachers give.
//!
//! The likeness of words has no zero: the nearest word of an answer that says nothing still comes some way. A straight
//! line from coverage to score, cut off at 0 and 1, brings it to the scale of marks. Its two numbers are all that is
//! fitted:
//!
//! 1. Answers with teachers' marks are compared with their references by their words alone; what they contradict has no
//!    part in the fit.
//! 2. The line, cut off, has the least absolute error to the marks. Marks below .5, up to .85 and above weigh the same
//!    together: most answers of a class that is taught well are right, and a line that fits those alone passes everyone.
//! 3. What the line is worth is measured on questions that it was not fitted on: with every question left out once.
//!
//! `cargo run --example fit_grading` runs it on a file of marked answers; what it prints is in use here. Those in the
//! repository come from 1,286 answers of students of computer science to 44 questions, marked by two teachers (the UNT
//! data set of Mohler, Bunescu and Mihalcea, *Learning to grade short answer questions*, 2011).

use std::collections::BTreeSet;

use kernel::InterfaceLanguage;
use retrieval::Retrieval;

use super::{Answered, Comparison, Grade};
use crate::Error;
use crate::phrases::phrases;

/// A line from coverage to score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Score at no coverage.
    pub offset: f32,
    /// What full coverage adds.
    pub slope: f32,
}

/// Where the embedding model compared the words.
pub(super) const BY_MEANING: Scale = Scale { offset: 0.156, slope: 1.194 };
/// Where their letters alone were compared.
pub(super) const BY_WORDS: Scale = Scale { offset: 0.400, slope: 1.300 };

impl Scale {
    /// The score of this coverage, 0 to 1.
    pub fn score(&self, covered: f32) -> f32 {
        (self.offset + self.slope * covered).clamp(0.0, 1.0)
    }
}

/// An answer that a teacher has marked.
#[derive(Clone, Debug)]
pub struct Marked {
    /// What was asked.
    pub question: String,
    /// What a right answer says.
    pub reference: String,
    /// What was answered.
    pub answer: String,
    /// The teacher's mark, 0 to 1.
    pub score: f32,
}

/// What a fit came to.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The line through all answers.
    pub scale: Scale,
    /// The grade of each answer by a line that was fitted without its question.
    pub held_out: Vec<Grade>,
}

/// Fits the line to marked answers.
///
/// # Errors
/// When a reference is empty or a text too long.
pub async fn fit(retrieval: &Retrieval, marked: &[Marked]) -> Result<Fitted, Error> {
    let mut comparisons = Vec::new();
    for Marked { question, reference, answer, .. } in marked {
        let answered = Answered { question, reference, answer };
        answered.checked()?;
        comparisons.push(Comparison::of(retrieval, answered).await);
    }
    let through = |without: Option<&str>| {
        let used = comparisons.iter().zip(marked).filter(|(_, marked)| Some(marked.question.as_str()) != without);
        line(&used.map(|(it, marked)| (it.coverage.whole(), marked.score)).collect::<Vec<_>>())
    };
    let questions: BTreeSet<&str> = marked.iter().map(|marked| marked.question.as_str()).collect();
    let lines: Vec<(&str, Scale)> = questions.into_iter().map(|question| (question, through(Some(question)))).collect();
    let held_out = comparisons.iter().zip(marked).map(|(comparison, marked)| {
        let line = lines.iter().find(|(question, _)| *question == marked.question);
        comparison.grade(line.map_or(&BY_MEANING, |(_, line)| line), phrases(InterfaceLanguage::En), |_| ())
    });
    Ok(Fitted { scale: through(None), held_out: held_out.collect() })
}

/// Where the bands of marks end that weigh the same.
const BANDS: [f32; 2] = [0.5, 0.85];

fn band(score: f32) -> usize {
    BANDS.iter().filter(|end| score >= **end).count()
}

/// The mean absolute error of pairs of a score and a mark: the mean over the bands of marks that have any.
pub fn banded_error(pairs: impl Iterator<Item = (f32, f32)>) -> f32 {
    let mut bands = [(0.0_f32, 0.0_f32); BANDS.len() + 1];
    for (score, mark) in pairs {
        let (sum, count) = &mut bands[band(mark)];
        *sum += (score - mark).abs();
        *count += 1.0;
    }
    let errors: Vec<f32> = bands.iter().filter(|(_, count)| *count > 0.0).map(|(sum, count)| sum / count).collect();
    errors.iter().sum::<f32>() / errors.len().max(1) as f32
}

/// The line of least absolute error through pairs of coverage and mark: from a first guess, always to the best of its
/// neighbours, in steps that become half as long where none is better.
fn line(pairs: &[(f32, f32)]) -> Scale {
    let error = |scale: &Scale| banded_error(pairs.iter().map(|(covered, mark)| (scale.score(*covered), *mark)));
    let mut best = Scale { offset: 0.0, slope: 1.0 };
    let mut least = error(&best);
    let mut step = 0.2;
    while step > 0.004 {
        let moves = (-2..=2_i8).flat_map(|offset| (-2..=2_i8).map(move |slope| (offset, slope)));
        let neighbours = moves.map(|(offset, slope)| Scale {
            offset: best.offset + step * f32::from(offset),
            slope: best.slope + step * f32::from(slope),
        });
        let better = neighbours.map(|it| (error(&it), it)).min_by(|(a, _), (b, _)| a.total_cmp(b));
        match better.filter(|(error, _)| *error < least - 1e-6) {
            Some((error, scale)) => (least, best) = (error, scale),
            None => step /= 2.0,
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_goes_through_marks_that_lie_on_one() {
        let pairs: Vec<(f32, f32)> = (0..=10).map(|n| (0.4 + 0.05 * n as f32, n as f32 / 10.0)).collect();
        let Scale { offset, slope } = line(&pairs);
        assert!((slope - 2.0).abs() < 0.05 && (offset + 0.8).abs() < 0.05, "{offset} {slope}");
        assert_eq!(Scale { offset, slope }.score(0.1), 0.0);
    }

    #[test]
    fn a_band_with_many_answers_weighs_no_more_than_one_with_few() {
        let few = [(0.2, 0.2), (0.5, 0.6), (0.8, 0.9)];
        let many: Vec<(f32, f32)> = few.iter().copied().chain(std::iter::repeat_n((0.8, 0.9), 50)).collect();
        let (few, many) = (line(&few), line(&many));
        assert!((few.slope - many.slope).abs() < 1e-3, "{few:?} {many:?}");
    }
}
