//! A grade in sentences.

use super::{Met, Point, Verdict};

/// What to tell whoever answered: what is right, what is wrong, what is missing.
pub(super) fn feedback(verdict: Verdict, points: &[Point]) -> String {
    let opening = match verdict {
        Verdict::Correct => "That is right.",
        Verdict::Partial => "A part of it is right.",
        Verdict::Incorrect => "That is not it.",
        Verdict::Unsure => "Compare it with the reference yourself: this can be read either way.",
    };
    let mut feedback = opening.to_owned();
    for (met, says) in [
        (Met::Contradicted, "It can't be true beside this:"),
        (Met::Missed, "Missing:"),
        (Met::Partly, "Not said in full:"),
    ] {
        let texts: Vec<&str> = points.iter().filter(|point| point.met == met).map(|point| plain(&point.text)).collect();
        if !texts.is_empty() {
            feedback += &format!(" {says} {}.", texts.join("; "));
        }
    }
    feedback
}

/// A point without the marks and joints at its ends.
fn plain(point: &str) -> &str {
    point.trim_end_matches(['.', ',', ';', '!']).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_and_what_is_wrong_is_named() {
        let point = |text: &str, met| Point { text: text.to_owned(), met, evidence: None };
        let points = [
            point("Arteries carry blood from the heart.", Met::Met),
            point("Veins bring it back;", Met::Contradicted),
            point("Capillaries join the two.", Met::Missed),
        ];
        assert_eq!(
            feedback(Verdict::Partial, &points),
            "A part of it is right. It can't be true beside this: Veins bring it back. Missing: Capillaries join the two."
        );
        assert_eq!(feedback(Verdict::Correct, &points[..1]), "That is right.");
    }
}
