//! A grade in a word.

use super::{Met, Point, Verdict};

/// From this score on an answer is right.
const CORRECT: f32 = 0.75;
/// Below this one it is wrong.
const INCORRECT: f32 = 0.5;
/// From this share on a point is met.
const MET: f32 = 0.7;
/// From this share on a part of it is.
const PARTLY: f32 = 0.5;

/// Whether a point is met of which the answer reaches this share.
pub(super) fn met(worth: f32, contradicted: bool) -> Met {
    match () {
        () if contradicted => Met::Contradicted,
        () if worth >= MET => Met::Met,
        () if worth >= PARTLY => Met::Partly,
        () => Met::Missed,
    }
}

/// The verdict on an answer.
pub(super) fn verdict(score: f32, points: &[Point], by_meaning: bool) -> Verdict {
    let contradicted = points.iter().any(|point| point.met == Met::Contradicted);
    let clear = if score >= CORRECT { Verdict::Correct } else { Verdict::Incorrect };
    match () {
        // Most of it is there, and something that can't be: one of the two is a misreading.
        () if contradicted && score >= CORRECT => Verdict::Unsure,
        () if score >= CORRECT || score < INCORRECT && by_meaning => clear,
        // Other words may say the same: words alone can't tell.
        () if !by_meaning && !contradicted => Verdict::Unsure,
        () if score < INCORRECT => clear,
        () => Verdict::Partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(met: Met) -> Point {
        Point { text: String::new(), met, evidence: None }
    }

    #[test]
    fn a_score_in_a_word() {
        for (score, expected) in [(0.9, Verdict::Correct), (0.6, Verdict::Partial), (0.4, Verdict::Incorrect)] {
            assert_eq!(verdict(score, &[point(Met::Partly)], true), expected);
        }
    }

    #[test]
    fn what_speaks_both_ways_is_for_a_person_to_decide() {
        assert_eq!(verdict(0.8, &[point(Met::Met), point(Met::Contradicted)], true), Verdict::Unsure);
        assert_eq!(verdict(0.2, &[point(Met::Missed)], false), Verdict::Unsure);
        assert_eq!(verdict(0.2, &[point(Met::Contradicted)], false), Verdict::Incorrect);
    }
}
