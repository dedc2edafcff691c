//! Evidence: the sentences of what was found, scored by how well they answer the question.
//!
//! What is looked through are the places of the search and what stands around the best of them ([`gather`]). For each
//! sentence [`features`] say what speaks for it: words and tokens of the question in it, in its neighbours and its
//! place, how the place was found, and whether a term is defined in it that the question doesn't name. Their weighted
//! sum is the logarithm of how likely it is to hold the answer, against the other sentences. The weights are fitted
//! ([`fit`]), never set by hand. Once the best sentences say which term is asked for, those that name it gain.

mod features;
pub mod fit;
mod near;
mod quotable;
mod weights;

use std::collections::{BTreeSet, HashMap, HashSet};

use retrieval::Compared;

pub(crate) use features::Features;
pub(crate) use near::{Near, gather};
pub(crate) use quotable::sentence_text;

use crate::question::Question;
use features::COUNT;
use quotable::{is_prose, is_quotable};

/// Of so many terms the likeliest to be asked for are looked at.
const TERMS: usize = 3;

/// A sentence that may answer the question.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its place among those that were looked through.
    pub(crate) near: usize,
    /// Its place in the passage.
    pub(crate) sentence: usize,
    /// The stems of its content words.
    pub(crate) stems: HashSet<String>,
    /// What speaks for it.
    pub(crate) features: Features,
    /// Whether it names a term that is likely to be asked for.
    pub(crate) names_term: bool,
    /// Logarithm of how likely it is to hold the answer; only differences mean something.
    pub(crate) score: f32,
}

/// Every sentence of `near` that can be quoted, the best first. Without the model's word they are told by theirs.
pub(crate) fn candidates(question: &Question, near: &[Near], compared: Option<&Compared>) -> Vec<Candidate> {
    let weights = if compared.is_some() { &weights::BY_MEANING } else { &weights::BY_WORDS };
    let mut all = unscored(question, near, compared);
    score(&mut all, near, question, weights, weights::FOCUS);
    all
}

/// The same in reading order, without their scores.
fn unscored(question: &Question, near: &[Near], compared: Option<&Compared>) -> Vec<Candidate> {
    let asked: Vec<f32> = compared.iter().flat_map(|it| &it.asked).map(|word| question.weight_of(word)).collect();
    let mut all = Vec::new();
    for (index, place) in near.iter().enumerate().filter(|(_, place)| is_prose(place.passage.kind)) {
        let compared = compared.and_then(|compared| compared.places.get(index));
        let features = features::of_place(question, place, &asked, compared);
        for (sentence, (features, stems)) in features.into_iter().enumerate() {
            if is_quotable(sentence_text(&place.passage, sentence), place.passage.kind) {
                all.push(Candidate { near: index, sentence, stems, features, names_term: false, score: 0.0 });
            }
        }
    }
    all
}

/// Scores the candidates and sorts them, the best first.
fn score(all: &mut [Candidate], near: &[Near], question: &Question, weights: &[f32; COUNT], focus: f32) {
    for one in &mut *all {
        one.score = one.features.numbers().iter().zip(weights).map(|(number, weight)| number * weight).sum();
    }
    let terms = asked_for(all, near, question);
    for one in &mut *all {
        let named = terms.iter().filter(|(term, _)| term.iter().all(|stem| one.stems.contains(stem)));
        let share = named.map(|(_, share)| *share).fold(0.0, f32::max);
        one.names_term = share > 0.0;
        one.score += focus * share;
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
}

/// The terms that are likely to be asked for, as their stems: what the best sentences define and the question doesn't
/// name. Each with how likely the sentences are, together, that define it.
fn asked_for(all: &[Candidate], near: &[Near], question: &Question) -> Vec<(BTreeSet<String>, f32)> {
    let best = all.iter().map(|one| one.score).fold(f32::MIN, f32::max);
    let whole: f32 = all.iter().map(|one| (one.score - best).exp()).sum();
    let mut shares: HashMap<BTreeSet<String>, f32> = HashMap::new();
    for one in all {
        let defined: BTreeSet<BTreeSet<String>> = near[one.near]
            .defined
            .iter()
            .filter(|(sentence, term)| *sentence == one.sentence && !term.iter().all(|stem| question.has(stem)))
            .map(|(_, term)| term.iter().cloned().collect())
            .collect();
        for term in defined {
            *shares.entry(term).or_default() += (one.score - best).exp() / whole;
        }
    }
    let mut shares: Vec<_> = shares.into_iter().collect();
    shares.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
    shares.truncate(TERMS);
    shares
}

/// Puts these sentences first, in this order, as good as the best one: the answer can't do without them.
pub(crate) fn lead_with(candidates: &mut [Candidate], leads: &[(usize, usize)]) {
    let best = candidates.first().map_or(0.0, |best| best.score);
    let mut front = 0;
    for (near, sentence) in leads {
        let at = candidates.iter().position(|one| one.near == *near && one.sentence == *sentence);
        let Some(at) = at.filter(|at| *at >= front) else { continue };
        candidates[front..=at].rotate_right(1);
        candidates[front].score = best;
        front += 1;
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::words;
    use kernel::{DocumentId, PassageId, RoomId};
    use library::passages::StoredPassage;
    use reader::{BlockKind, Sentence, Span};

    /// A passage on page 1 with these sentences.
    pub(crate) fn near(number: i64, headings: &[&str], sentences: &[&str]) -> Near {
        let mut text = String::new();
        let mut cut = Vec::new();
        for sentence in sentences {
            if !text.is_empty() {
                text.push(' ');
            }
            let start = u32::try_from(text.len()).unwrap();
            text.push_str(sentence);
            let end = u32::try_from(text.len()).unwrap();
            let spans = vec![Span { page: 1, start, end }];
            cut.push(Sentence { start, end, spans });
        }
        let passage = StoredPassage {
            passage: PassageId(number),
            document: DocumentId(1),
            room: RoomId(1),
            title: "Cells".into(),
            label_start: None,
            ordinal: 0,
            headings: headings.iter().map(|&heading| heading.to_owned()).collect(),
            kind: BlockKind::Paragraph,
            text,
            sentences: cut,
            page_start: 1,
            page_end: 1,
            tokens: 100,
        };
        Near {
            joined: vec![passage.passage],
            similarity: None,
            rank: 0,
            score: 0.0,
            is_hit: true,
            defined: Vec::new(),
            passage,
        }
    }

    #[test]
    fn the_sentence_that_covers_the_question_is_first() {
        let found = [
            near(1, &["Energy"], &["Energy is stored in many forms.", "Plants need light and water to grow."]),
            near(
                2,
                &["Organelles"],
                &["Mitochondria release the energy of sugar in the cell.", "They have two membranes."],
            ),
        ];
        let question = Question::plain("Which organelles release energy in the cell?");
        let best = candidates(&question, &found, None);
        assert_eq!((best[0].near, best[0].sentence), (1, 0));
        assert!(best[0].features.around > best[0].features.sentence, "the heading has the organelles");
    }

    #[test]
    fn exercises_and_fragments_are_no_evidence() {
        let found = [near(
            1,
            &[],
            &[
                "Which organelle releases energy in a cell?",
                "The ________ releases the cell’s energy.",
                "Energy of a cell Mitochondria Membrane",
                "See below.",
            ],
        )];
        assert!(candidates(&Question::plain("energy of a cell"), &found, None).is_empty());
    }

    #[test]
    fn tables_are_no_evidence() {
        let mut found = [near(1, &[], &["The energy of a cell comes from burning sugar."])];
        let question = Question::plain("What gives a cell its energy?");
        assert_eq!(candidates(&question, &found, None).len(), 1);
        found[0].passage.kind = BlockKind::Table;
        assert!(candidates(&question, &found, None).is_empty());
    }

    #[test]
    fn a_sentence_that_points_back_is_weighed_with_the_one_before() {
        let found =
            [near(1, &[], &["Water passes a membrane towards the salt.", "This is called osmosis by biologists."])];
        let question = Question::plain("water that passes a membrane");
        let best = candidates(&question, &found, None);
        let naming = best.iter().find(|one| one.sentence == 1).unwrap();
        assert!(naming.features.unit > 0.9 && naming.features.sentence < 0.1);
    }

    #[test]
    fn the_term_that_is_described_draws_what_names_it() {
        let mut found = [
            near(1, &[], &["Osmosis moves water through a membrane."]),
            near(2, &[], &["Leaves turn to the light of the day.", "Plants stay firm by osmosis alone."]),
        ];
        let question = Question::plain("water moves through a membrane");
        let second = |found: &[Near]| candidates(&question, found, None)[1].sentence;
        assert_eq!(second(&found), 0);
        found[0].defined.push((0, words::stems("osmosis")));
        assert_eq!(second(&found), 1, "it names the term, though it has no word of the question");
    }
}
