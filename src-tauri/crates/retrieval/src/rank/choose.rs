//! From a ranking of passages to what a person is shown.
//!
//! - **Neighbours are joined.** A found passage that continues one that is shown already, under the same headings, is
//!   shown with it: what was cut for the index is whole again.
//! - **Near-duplicates are folded.** The same text in two editions, or a summary that repeats a paragraph, takes one
//!   place.
//! - **Sections take turns.** Each further passage of the same [part](Place) of a document loses [`REPEATED`], so that a
//!   place which says nearly as much about the question is not hidden behind five passages of one section.

use std::collections::BTreeSet;

use library::passages::StoredPassage;

use super::Ranked;
use super::section::Place;
use crate::search::Hit;
use crate::words::{fold, words};

/// What a passage loses for each of the same part that is shown already. Chosen by [`crate::fit`] as the weights are.
pub(crate) const REPEATED: f32 = 0.12;

/// Passages, and pages, that are joined at most: a place stays one that is seen at a glance.
const JOINED: usize = 3;
const PAGES: u32 = 3;

/// The share of all their words that two near-duplicates have in common.
const ALIKE: f32 = 0.9;

/// The `k` best places.
pub(crate) fn choose(mut ranked: Vec<Ranked>, k: usize) -> Vec<Hit> {
    let mut chosen: Vec<(Hit, Vocabulary)> = Vec::new();
    let mut shown: Vec<Place> = Vec::new();
    while let Some((at, lost)) = best(&ranked, &shown) {
        let next = ranked.remove(at);
        if let Some((hit, _)) = chosen.iter_mut().find(|(hit, _)| continues(hit, &next.passage)) {
            hit.joined.push(next.passage.passage);
            hit.passage.join(next.passage);
            continue;
        }
        let vocabulary = Vocabulary::of(&next.passage.text);
        if let Some((hit, _)) = chosen.iter_mut().find(|(_, other)| vocabulary.is_like(other)) {
            hit.copies.push(next.passage.passage);
            continue;
        }
        if chosen.len() == k {
            break;
        }
        shown.extend(Place::of(&next.passage));
        chosen.push((hit(next, lost), vocabulary));
    }
    chosen.into_iter().map(|(hit, _)| hit).collect()
}

/// The place of the best one that is left, and what it loses to those that are shown.
fn best(ranked: &[Ranked], shown: &[Place]) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for (at, one) in ranked.iter().enumerate() {
        let left = |(at, lost): (usize, f32)| ranked[at].score - lost;
        // The rest, sorted as they are, can't come before it even if they lose nothing.
        if best.is_some_and(|best| left(best) >= one.score) {
            break;
        }
        let lost = REPEATED * shown.iter().filter(|place| place.is_near(&one.passage)).count() as f32;
        if best.is_none_or(|best| one.score - lost > left(best)) {
            best = Some((at, lost));
        }
    }
    best
}

fn hit(ranked: Ranked, lost: f32) -> Hit {
    Hit {
        score: ranked.score - lost,
        keyword_rank: ranked.keyword_rank,
        similarity: ranked.similarity,
        evidence: ranked.evidence,
        repeats: lost,
        joined: vec![ranked.passage.passage],
        copies: Vec::new(),
        passage: ranked.passage,
    }
}

/// Whether a passage stands right before or behind what a hit shows, and both are still one place.
fn continues(hit: &Hit, passage: &StoredPassage) -> bool {
    let shown = &hit.passage;
    let joined = u32::try_from(hit.joined.len()).unwrap_or(u32::MAX);
    let is_neighbour =
        passage.ordinal + 1 == shown.ordinal || shown.ordinal.checked_add(joined) == Some(passage.ordinal);
    is_neighbour
        && hit.joined.len() < JOINED
        && passage.document == shown.document
        && passage.headings == shown.headings
        && passage.page_end.max(shown.page_end) - passage.page_start.min(shown.page_start) < PAGES
}

/// The different words of a text, and its numbers by themselves.
struct Vocabulary {
    words: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

impl Vocabulary {
    fn of(text: &str) -> Self {
        let has_digit = |word: &String| word.contains(|letter: char| letter.is_ascii_digit());
        let (numbers, words) = words(text).map(|(_, word)| fold(word).into_owned()).partition(has_digit);
        Self { words, numbers }
    }

    /// Nearly all the words are the same, and all the numbers: two rows of a table, or two exercises, differ by these.
    fn is_like(&self, other: &Self) -> bool {
        let common = self.words.intersection(&other.words).count();
        let all = self.words.len() + other.words.len() - common;
        self.numbers == other.numbers && common as f32 >= ALIKE * all as f32
    }
}

#[cfg(test)]
mod tests {
    use kernel::{PassageId, RoomId};
    use reader::{BlockKind, Sentence};

    use super::*;
    use crate::rank::Evidence;

    fn found(number: u32, heading: &str, text: &str, score: f32) -> Ranked {
        let end = u32::try_from(text.len()).unwrap_or_default();
        let passage = StoredPassage {
            passage: PassageId(i64::from(number)),
            document: kernel::DocumentId(1),
            room: RoomId(1),
            title: "Mind".to_owned(),
            label_start: None,
            ordinal: number,
            headings: vec!["Mind".to_owned(), heading.to_owned()],
            kind: BlockKind::Paragraph,
            text: text.to_owned(),
            sentences: vec![Sentence { start: 0, end, spans: Vec::new() }],
            page_start: number,
            page_end: number,
            tokens: 5,
        };
        Ranked { passage, keyword_rank: None, similarity: None, evidence: Evidence::default(), score }
    }

    fn numbers(hits: &[Hit]) -> Vec<i64> {
        hits.iter().map(|hit| hit.passage.passage.0).collect()
    }

    #[test]
    fn a_passage_and_the_one_that_goes_on_after_it_are_one_place() {
        let ranked = vec![
            found(5, "Sleep", "Dreams come late.", 0.9),
            found(9, "Sleep", "Owls hunt.", 0.8),
            found(6, "Sleep", "They are vivid.", 0.7),
            found(4, "Sleep", "Night falls.", 0.6),
            found(7, "Memory", "What is kept.", 0.5),
        ];
        let hits = choose(ranked, 9);
        assert_eq!(numbers(&hits), [5, 9, 7]);
        let place = &hits[0].passage;
        assert_eq!(place.text, "Night falls.\nDreams come late.\nThey are vivid.");
        assert_eq!((place.ordinal, place.page_start, place.page_end, place.tokens), (4, 4, 6, 15));
        for (sentence, text) in place.sentences.iter().zip(["Night falls.", "Dreams come late.", "They are vivid."]) {
            assert_eq!(&place.text[sentence.start as usize..sentence.end as usize], text);
        }
        assert_eq!(hits[0].joined.len(), 3);
    }

    #[test]
    fn what_is_joined_stays_within_three_pages() {
        let hits = choose((1..9).map(|n| found(n, "Sleep", &format!("Line {n}."), 1.0 - n as f32 / 99.0)).collect(), 9);
        assert!(hits.iter().all(|hit| hit.passage.page_end - hit.passage.page_start < 3), "{:?}", numbers(&hits));
        assert_eq!(hits.iter().map(|hit| hit.joined.len()).sum::<usize>(), 8, "nothing is lost");
    }

    #[test]
    fn the_same_text_in_two_places_is_shown_once_and_other_numbers_are_another_text() {
        let text = "Sleep has stages that follow each other through the whole night, in the order 1, 2 and 3.";
        let ranked = vec![
            found(1, "Sleep", text, 0.9),
            found(8, "Summary", &text.replace("follow each", "follow  EACH"), 0.8),
            found(16, "Errata", &text.replace('3', "4"), 0.7),
        ];
        let hits = choose(ranked, 9);
        assert_eq!(numbers(&hits), [1, 16]);
        assert_eq!(hits[0].copies, [PassageId(8)]);
    }

    #[test]
    fn a_section_that_is_shown_lets_another_one_come_first() {
        let score = |lead: f32| 0.5 + lead * REPEATED;
        let ranked = vec![
            found(1, "Sleep", "One.", score(3.0)),
            found(5, "Sleep", "Two.", score(2.5)),
            found(9, "Sleep", "Three.", score(0.5)),
            found(20, "Memory", "Four.", score(0.0)),
        ];
        let hits = choose(ranked, 3);
        assert_eq!(numbers(&hits), [1, 5, 20]);
        assert!((hits[1].repeats - REPEATED).abs() < 1e-6 && hits[2].repeats == 0.0);
        assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
    }

    #[test]
    fn far_apart_under_one_heading_is_another_part() {
        let ranked = vec![
            found(1, "Sleep", "One.", 0.9),
            found(40, "Sleep", "Two.", 0.9 - REPEATED / 2.0),
            found(70, "Memory", "Three.", 0.9 - 0.6 * REPEATED),
        ];
        assert_eq!(numbers(&choose(ranked, 3)), [1, 40, 70]);
    }
}
