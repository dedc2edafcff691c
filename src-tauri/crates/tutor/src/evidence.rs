//! Evidence: the sentences of the found passages, scored by how well they answer the question.
//!
//! A sentence is scored by the share of the question's weight that it covers alone and together with its
//! neighbours and headings, by whether it defines what is asked for, by the rank of its passage, and, once the
//! model has been asked about the best of them, by its similarity to the question.

use std::collections::HashSet;

use library::passages::StoredPassage;
use reader::BlockKind;

use crate::question::Question;
use crate::{composing, prose, words};

/// How many of the best sentences the model is asked about.
pub(crate) const COMPARED: usize = 8;

/// Longer sentences are tables or lists that were not cut.
const LONGEST: usize = 900;

/// A passage that the search found.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    /// What was found.
    pub(crate) passage: StoredPassage,
    /// Cosine of its vector and the question's, where the passage has a vector.
    pub(crate) similarity: Option<f32>,
}

/// A sentence that may answer the question.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its passage's place among those found.
    pub(crate) near: usize,
    /// Its place in the passage.
    pub(crate) sentence: usize,
    /// Its words.
    pub(crate) text: String,
    /// The stems of its content words.
    pub(crate) stems: HashSet<String>,
    /// Share of the question's weight in it.
    pub(crate) coverage: f32,
    /// The same for it, its two neighbours and half of what the headings alone have.
    pub(crate) window: f32,
    /// Cosine to the question, for the best ones.
    pub(crate) similarity: Option<f32>,
    /// How well it answers; only the order and the ratios mean something.
    pub(crate) score: f32,
}

/// Every sentence of `near` that can be quoted, the best first.
pub(crate) fn candidates(question: &Question, near: &[Near]) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = near
        .iter()
        .enumerate()
        .filter(|(_, found)| is_prose(found.passage.kind))
        .flat_map(|(index, found)| of_passage(question, index, found))
        .collect();
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    all
}

/// Takes the model's word on the best candidates into account and sorts them again.
pub(crate) fn compare(candidates: &mut [Candidate], similarities: &[f32]) {
    for (candidate, similarity) in candidates.iter_mut().zip(similarities) {
        candidate.similarity = Some(*similarity);
        candidate.score += SIMILARITY * similarity;
    }
    let compared = similarities.len().min(candidates.len());
    candidates[..compared].sort_by(|a, b| b.score.total_cmp(&a.score));
    // What the model was not asked about stays behind what it was asked about.
    let last = candidates[..compared].last().map_or(f32::MAX, |last| last.score);
    for candidate in &mut candidates[compared..] {
        candidate.score = candidate.score.min(last);
    }
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

// What each sign is worth. Set by hand, coverage and similarity alike and the rest well below them.
const COVERAGE: f32 = 1.0;
const WINDOW: f32 = 0.4;
const DEFINITION: f32 = 0.08;
const PASSAGE: f32 = 0.5;
const RANK: f32 = 0.1;
const LEAD: f32 = 0.03;
const BADLY: f32 = 0.12;
/// A sentence of more words than this is no short sentence.
const LONG_WORDS: usize = 60;
const SIMILARITY: f32 = 1.0;

fn of_passage(question: &Question, near: usize, found: &Near) -> Vec<Candidate> {
    let passage = &found.passage;
    let headings = words::stems(&passage.headings.join(" "));
    let texts: Vec<&str> = (0..passage.sentences.len()).map(|sentence| sentence_text(passage, sentence)).collect();
    let stems: Vec<HashSet<String>> = texts.iter().map(|text| words::stems(text)).collect();
    let base = PASSAGE * found.similarity.unwrap_or(0.0) + RANK / (1.0 + near as f32);
    texts
        .iter()
        .enumerate()
        .filter(|(_, text)| quotable(text, passage.kind))
        .map(|(sentence, text)| {
            let around = sentence.saturating_sub(1)..(sentence + 2).min(stems.len());
            let coverage = question.coverage(|stem| stems[sentence].contains(stem));
            let nearby = question.coverage(|stem| stems[around.clone()].iter().any(|set| set.contains(stem)));
            let headed = question
                .coverage(|stem| headings.contains(stem) || stems[around.clone()].iter().any(|set| set.contains(stem)));
            let window = 0.5 * (nearby + headed);
            let lead = if sentence == 0 { LEAD } else { 0.0 };
            let badly = if reads_badly(text) { BADLY } else { 0.0 };
            let definition = if defines(text) { DEFINITION } else { 0.0 };
            Candidate {
                near,
                sentence,
                text: (*text).to_owned(),
                stems: stems[sentence].clone(),
                coverage,
                window,
                similarity: None,
                score: COVERAGE * coverage + WINDOW * window + definition + lead + base - badly,
            }
        })
        .collect()
}

/// Cells of a table, program text and formulas have no sentences to quote.
fn is_prose(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Caption)
}

/// What is good evidence but reads badly alone: the words under a figure, a list without full stops, a sentence
/// that takes up the one before ("However, …").
fn reads_badly(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches(',');
    let second = words.next().unwrap_or_default();
    let caption = matches!(first.to_lowercase().as_str(), "figure" | "table" | "fig." | "box")
        && second.starts_with(|c: char| c.is_ascii_digit());
    caption || composing::is_joint(&first.to_lowercase()) || words.nth(LONG_WORDS).is_some()
}

/// The words of one sentence of a passage.
pub(crate) fn sentence_text(passage: &StoredPassage, sentence: usize) -> &str {
    passage
        .sentences
        .get(sentence)
        .and_then(|found| passage.text.get(found.start as usize..found.end as usize))
        .unwrap_or("")
}

/// Whether a sentence can be shown as a statement: enough letters, no question itself (an exercise), and a whole
/// sentence. Outside of lists, what has no full stop is the cell of a table or a heading that was taken for text.
fn quotable(text: &str, kind: BlockKind) -> bool {
    let whole = kind == BlockKind::List || prose::ends_whole(text);
    prose::tells(text) && text.len() <= LONGEST && whole && !prose::asks(text) && !text.contains("____")
}

/// "X is a …", "X refers to …", "… is called X": the ways in which textbooks say what something is.
fn defines(text: &str) -> bool {
    const PATTERNS: [&str; 16] = [
        " is a ",
        " is an ",
        " is the ",
        " are the ",
        " refers to ",
        " refer to ",
        " is defined as ",
        " are defined as ",
        " is called ",
        " are called ",
        " called ",
        " known as ",
        " means ",
        " is when ",
        " describes ",
        " (or ",
    ];
    let folded = text.to_lowercase();
    PATTERNS.iter().any(|pattern| folded.contains(pattern))
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use kernel::{DocumentId, PassageId, RoomId};
    use reader::{Sentence, Span};

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
        Near { passage, similarity: None }
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
        let best = candidates(&question, &found);
        assert!(best[0].text.starts_with("Mitochondria"));
        assert!(best[0].window > best[0].coverage, "the heading has the organelles");
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
        assert!(candidates(&Question::plain("energy of a cell"), &found).is_empty());
    }

    #[test]
    fn tables_are_no_evidence_and_captions_come_behind_sentences() {
        let caption = "Figure 3.1 The energy of a cell comes from sugar.";
        let mut found = [near(1, &[], &[caption, "The energy of a cell comes from burning sugar."])];
        let question = Question::plain("What gives a cell its energy?");
        assert!(candidates(&question, &found)[1].text.starts_with("Figure"));
        found[0].passage.kind = BlockKind::Table;
        assert!(candidates(&question, &found).is_empty());
    }

    #[test]
    fn the_models_word_reorders_only_what_it_was_asked_about() {
        let found = [near(
            1,
            &[],
            &["Cells burn sugar for their energy.", "Energy is what cells need most.", "Energy of a cell is energy."],
        )];
        let mut best = candidates(&Question::plain("energy of cells"), &found);
        let second = best[1].text.clone();
        compare(&mut best, &[0.1, 0.9]);
        assert_eq!(best[0].text, second);
        assert!(best[2].score <= best[1].score);
    }
}
