//! A grade in sentences.

use super::{Met, Point, Verdict};
use crate::phrases::Phrases;

/// What to tell whoever answered: what is right, what is wrong, what is missing.
pub(super) fn feedback(verdict: Verdict, points: &[Point], phrases: &dyn Phrases) -> String {
    let that_are = |met: Met| {
        let texts: Vec<&str> = points.iter().filter(|point| point.met == met).map(|point| plain(&point.text)).collect();
        (!texts.is_empty()).then(|| texts.join("; "))
    };
    let of_points = [
        that_are(Met::Contradicted).map(|points| phrases.contradicted(&points)),
        that_are(Met::Missed).map(|points| phrases.missing(&points)),
        that_are(Met::Partly).map(|points| phrases.not_in_full(&points)),
    ];
    let sentences: Vec<String> =
        [phrases.verdict(verdict).to_owned()].into_iter().chain(of_points.into_iter().flatten()).collect();
    sentences.join(" ")
}

/// A point without the marks and joints at its ends.
fn plain(point: &str) -> &str {
    point.trim_end_matches(['.', ',', ';', '!']).trim()
}

#[cfg(test)]
mod tests {
    use kernel::InterfaceLanguage;

    use super::*;
    use crate::phrases::phrases;

    fn point(text: &str, met: Met) -> Point {
        Point { text: text.to_owned(), met, evidence: None }
    }

    #[test]
    fn what_is_missing_and_what_is_wrong_is_named() {
        let english = phrases(InterfaceLanguage::En);
        let points = [
            point("Arteries carry blood from the heart.", Met::Met),
            point("Veins bring it back;", Met::Contradicted),
            point("Capillaries join the two.", Met::Missed),
        ];
        assert_eq!(
            feedback(Verdict::Partial, &points, english),
            "A part of it is right. It can't be true beside this: Veins bring it back. Missing: Capillaries join the two."
        );
        assert_eq!(feedback(Verdict::Correct, &points[..1], english), "That is right.");
    }

    #[test]
    fn feedback_is_told_in_the_language_of_the_interface() {
        let points = [
            point("Arteri membawa darah dari jantung.", Met::Missed),
            point("Vena membawanya kembali;", Met::Missed),
            point("Kapiler menghubungkan keduanya.", Met::Partly),
        ];
        assert_eq!(
            feedback(Verdict::Partial, &points, phrases(InterfaceLanguage::Id)),
            "Sebagian jawaban ini benar. Belum disebut: Arteri membawa darah dari jantung; Vena membawanya kembali. \
             Baru disebut sebagian: Kapiler menghubungkan keduanya."
        );
    }
}
