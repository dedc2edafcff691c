//! What an answer is worth whose key is one of several options, or a few words.

use library::quizzes::{Grade, Item, ItemKind, Key, Met, Point, Verdict};

use super::gap::{self, Filled};
use crate::phrases::Phrases;

/// Marks an answer; `is_word` says whether a word stands anywhere in the library.
///
/// # Errors
/// What `is_word` fails with.
pub(super) fn mark<E>(
    item: &Item,
    given: &[String],
    phrases: &dyn Phrases,
    is_word: impl FnMut(&str) -> Result<bool, E>,
) -> Result<Grade, E> {
    match &item.answer {
        Key::Each(keys) => Ok(matching(&item.terms, keys, given, phrases)),
        Key::One(key) => {
            let given = given.first().map_or("", String::as_str);
            let filled = match item.kind {
                ItemKind::Cloze => gap::compare(key, given, is_word)?,
                _ if key == given => Filled::Same,
                _ => Filled::Other,
            };
            let named = match item.kind {
                ItemKind::TrueFalse => phrases.truth(key == "true"),
                _ => key,
            };
            Ok(one(key, named, given, filled, phrases))
        }
    }
}

/// Of an answer that is one text; `named` is the key as it is told.
fn one(key: &str, named: &str, given: &str, filled: Filled, phrases: &dyn Phrases) -> Grade {
    let is_right = filled != Filled::Other;
    let feedback = match filled {
        Filled::Same => phrases.verdict(Verdict::Correct).to_owned(),
        Filled::Misspelt => phrases.misspelt(named),
        Filled::Other if given.is_empty() => phrases.not_answered(named),
        Filled::Other => phrases.is_other(named),
    };
    let met = if is_right { Met::Met } else { Met::Missed };
    let evidence = is_right.then(|| given.to_owned());
    Grade {
        score: f32::from(u8::from(is_right)),
        verdict: if is_right { Verdict::Correct } else { Verdict::Incorrect },
        points: vec![Point { text: key.to_owned(), met, evidence }],
        feedback,
    }
}

fn matching(terms: &[String], keys: &[String], given: &[String], phrases: &dyn Phrases) -> Grade {
    let points: Vec<Point> = terms
        .iter()
        .zip(keys)
        .enumerate()
        .map(|(at, (term, key))| {
            let is_right = given.get(at) == Some(key);
            Point {
                text: format!("{term}: {key}"),
                met: if is_right { Met::Met } else { Met::Missed },
                evidence: is_right.then(|| key.clone()),
            }
        })
        .collect();
    let right = points.iter().filter(|point| point.met == Met::Met).count();
    let verdict = match right {
        0 => Verdict::Incorrect,
        all if all == points.len() => Verdict::Correct,
        _ => Verdict::Partial,
    };
    let feedback = phrases.pairs(right, points.len());
    Grade { score: right as f32 / points.len().max(1) as f32, verdict, points, feedback }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use kernel::{Citation, DocumentId, InterfaceLanguage};

    use super::*;
    use crate::phrases::phrases;

    fn item(kind: ItemKind, answer: Key) -> Item {
        let citation = Citation {
            document: DocumentId(1),
            title: "Cells".into(),
            page: Some(1),
            label: None,
            locator: None,
            quote: "Ribosomes make proteins.".into(),
            boxes: Vec::new(),
            changed: false,
        };
        let (stem, explanation) = (String::new(), String::new());
        let terms = vec!["Ribosome".into(), "Nucleus".into()];
        Item {
            kind,
            stem,
            terms,
            options: Vec::new(),
            answer,
            explanation,
            citation,
            further: Vec::new(),
            confidence: 1.0,
        }
    }

    fn marked(kind: ItemKind, answer: Key, given: &[&str]) -> Grade {
        marked_in(InterfaceLanguage::En, kind, answer, given)
    }

    fn marked_in(language: InterfaceLanguage, kind: ItemKind, answer: Key, given: &[&str]) -> Grade {
        let given: Vec<String> = given.iter().map(|&text| text.to_owned()).collect();
        mark(&item(kind, answer), &given, phrases(language), |_| Ok::<_, ()>(false)).unwrap()
    }

    #[test]
    fn an_option_is_right_letter_for_letter() {
        let key = || Key::One("Ribosomes".into());
        assert_eq!(marked(ItemKind::Choice, key(), &["Ribosomes"]).verdict, Verdict::Correct);
        let wrong = marked(ItemKind::Choice, key(), &["Ribosome"]);
        assert_eq!((wrong.verdict, wrong.score), (Verdict::Incorrect, 0.0));
        assert!(wrong.feedback.contains("Ribosomes"));
    }

    #[test]
    fn a_gap_takes_a_slip_and_tells_how_it_is_spelt() {
        let grade = marked(ItemKind::Cloze, Key::One("ribosomes".into()), &["ribbosomes"]);
        assert_eq!(grade.verdict, Verdict::Correct);
        assert!(grade.feedback.contains("“ribosomes”"), "{}", grade.feedback);
    }

    #[test]
    fn pairs_count_one_by_one_and_what_is_left_out_is_wrong() {
        let keys = || Key::Each(vec!["makes proteins".into(), "holds the genes".into()]);
        let some = marked(ItemKind::Matching, keys(), &["makes proteins"]);
        assert_eq!((some.verdict, some.score), (Verdict::Partial, 0.5));
        assert_eq!(marked(ItemKind::Matching, keys(), &[]).verdict, Verdict::Incorrect);
        let all = marked(ItemKind::Matching, keys(), &["makes proteins", "holds the genes"]);
        assert_eq!((all.verdict, all.score), (Verdict::Correct, 1.0));
    }

    #[test]
    fn what_is_passed_over_is_wrong_and_told() {
        let grade = marked(ItemKind::TrueFalse, Key::One("true".into()), &[]);
        assert_eq!(grade.verdict, Verdict::Incorrect);
        assert!(grade.feedback.starts_with("Not answered"), "{}", grade.feedback);
    }

    #[test]
    fn what_is_right_is_told_in_the_language_of_the_interface() {
        let told = |kind, key: Key, given: &[&str]| marked_in(InterfaceLanguage::Id, kind, key, given).feedback;
        let key = || Key::One("true".into());
        assert_eq!(told(ItemKind::TrueFalse, key(), &[]), "Tidak dijawab. Yang benar: Benar.");
        assert_eq!(told(ItemKind::TrueFalse, key(), &["true"]), "Jawaban ini benar.");
        let term = Key::One("ribosom".into());
        assert_eq!(told(ItemKind::Cloze, term, &["nukleus"]), "Jawaban ini belum tepat. Yang benar: ribosom.");
        let pairs = Key::Each(vec!["membuat protein".into(), "menyimpan gen".into()]);
        assert_eq!(told(ItemKind::Matching, pairs, &["membuat protein"]), "1 dari 2 pasangan cocok.");
    }
}
