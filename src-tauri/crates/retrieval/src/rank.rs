//! One ranking from words and meaning.
//!
//! A passage's score is a weighted sum of five kinds of evidence, each on a scale of its own that does not
//! depend on the other candidates, so that scores of different questions can be compared:
//!
//! - `words`: BM25 (k1 1.2, b 0.75; headings count as text) as a share of the most the question allows,
//! - `meaning`: the cosine of the question's vector and the passage's,
//! - `coverage`: the share of the question's terms that stand in it at all,
//! - `sentence`: the largest share of the question's terms that stands in one sentence,
//! - `near`: the share of neighbours in the question that stand near each other in the passage.
//!
//! Terms weigh by rarity (inverse document frequency). BM25 and the cosine say what a passage is about;
//! sentence and nearness tell the passage that says it from those that only mention it.
//!
//! # Where the weights come from
//!
//! From [`crate::fit`], never by hand and from no one's questions: it takes any library, makes questions out of
//! the documents' own sentences, and fits the weights to find the sentences' passages again. The weights below
//! were fitted on the manuals of two programming languages and checked on a textbook of another subject.

use std::ops::Range;

use library::passages::StoredPassage;

use crate::explain::Part;
use crate::question::Question;
use crate::search::Hit;
use crate::words::{fold, is_single_unspaced, stem, words};

/// How many kinds of evidence there are.
pub(crate) const KINDS: usize = 5;

/// How much each kind of evidence counts, in the order of [`Evidence::numbers`]; their sum is 1.
pub(crate) const WEIGHTS: [f32; KINDS] = [0.220, 0.389, 0.178, 0.132, 0.081];

/// What each is called, by programs and by people, in the same order.
const NAMES: [(&str, &str); KINDS] = [
    ("words", "Words of the question, the rarer the more"),
    ("meaning", "Closeness in meaning"),
    ("coverage", "Share of the question that stands here"),
    ("sentence", "One sentence with much of the question"),
    ("near", "Words that stand together as in the question"),
];

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Words of a passage of ordinary length, headings included; BM25 asks how long a passage is for its kind.
const ORDINARY_LENGTH: f32 = 130.0;

/// A passage that one of the halves found.
pub(crate) struct Candidate {
    pub(crate) passage: StoredPassage,
    pub(crate) keyword_rank: Option<u32>,
    pub(crate) similarity: Option<f32>,
}

/// What speaks for a passage; each from 0 (nothing) to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// BM25 as a share of the most that the question allows.
    pub words: f32,
    /// Cosine of the vectors; 0 where there is none.
    pub meaning: f32,
    /// Share of the question, by rarity, that stands in the passage or its headings.
    pub coverage: f32,
    /// Share of the question, by rarity, in the passage's best sentence.
    pub sentence: f32,
    /// Share of the question's neighbouring terms that stand near each other here.
    pub near: f32,
}

impl Evidence {
    /// Its parts, as the weights are ordered.
    pub fn numbers(&self) -> [f32; KINDS] {
        [self.words, self.meaning, self.coverage, self.sentence, self.near]
    }

    /// Each kind with its weight and what it adds to the score; their sum is the score.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let parts = self.numbers().into_iter().zip(WEIGHTS).zip(NAMES);
        parts.map(|((value, weight), (name, label))| Part { name, label, value, weight, adds: value * weight })
    }

    fn score(&self) -> f32 {
        let parts = self.numbers();
        parts.iter().zip(WEIGHTS).map(|(part, weight)| part * weight).sum()
    }
}

/// How much each term says: the rarer, the more.
pub(crate) fn idf(frequencies: &[u32], passages: u32) -> Vec<f32> {
    let passages = passages as f32;
    frequencies
        .iter()
        .map(|&found| {
            let found = found as f32;
            (1.0 + (passages - found + 0.5).max(0.0) / (found + 0.5)).ln()
        })
        .collect()
}

/// Scores the candidates; the best first.
pub(crate) fn rank(question: &Question, idf: &[f32], candidates: Vec<Candidate>) -> Vec<Hit> {
    let scale = Scale::new(question, idf);
    let mut hits: Vec<Hit> = candidates
        .into_iter()
        .map(|candidate| {
            let evidence = Evidence {
                meaning: candidate.similarity.unwrap_or_default().max(0.0),
                ..scale.evidence(
                    &candidate.passage.headings,
                    &candidate.passage.text,
                    candidate.passage.sentences.iter().map(|sentence| sentence.start as usize..sentence.end as usize),
                )
            };
            Hit {
                score: evidence.score(),
                keyword_rank: candidate.keyword_rank,
                similarity: candidate.similarity,
                passage: candidate.passage,
                evidence,
            }
        })
        .collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.passage.cmp(&b.passage.passage)));
    hits
}

/// Sentences of a text that nobody has taken apart yet, by their full stops alone.
pub(crate) fn sentences_by_marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive(". ").map(move |sentence| {
        start += sentence.len();
        start - sentence.len()..start
    })
}

/// A question's terms with their weights, ready to be held against passages.
pub(crate) struct Scale<'a> {
    question: &'a Question,
    idf: &'a [f32],
    total: f32,
    /// First letters of the stems: a word that begins otherwise need not be stemmed. Stemming leaves the
    /// first letter of a word as it is.
    initials: Vec<char>,
    /// A term may stand inside of a word: a single letter of a script without spaces.
    within: bool,
}

impl<'a> Scale<'a> {
    pub(crate) fn new(question: &'a Question, idf: &'a [f32]) -> Self {
        Self {
            question,
            idf,
            total: idf.iter().sum::<f32>().max(f32::MIN_POSITIVE),
            initials: question.terms.iter().filter_map(|term| term.stem.chars().next()).collect(),
            within: question.terms.iter().any(|term| is_single_unspaced(&term.word)),
        }
    }

    /// All evidence but that of the vectors.
    pub(crate) fn evidence(
        &self,
        headings: &[String],
        text: &str,
        sentences: impl Iterator<Item = Range<usize>>,
    ) -> Evidence {
        let mut counts = vec![0.0_f32; self.question.terms.len()];
        let mut length = 0_usize;
        for (_, word) in headings.iter().flat_map(|heading| words(heading)) {
            length += 1;
            if let Some(term) = self.term(word) {
                counts[term] += 1.0;
            }
        }
        // Where each term stands in the text: (place among its words, first byte).
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        let mut place = 0;
        for (range, word) in words(text) {
            if let Some(term) = self.term(word) {
                counts[term] += 1.0;
                places.push((term, place, range.start));
            }
            place += 1;
        }
        length += place;
        Evidence {
            words: self.bm25(&counts, length),
            meaning: 0.0,
            coverage: counts.iter().zip(self.idf).filter(|(count, _)| **count > 0.0).map(|(_, idf)| idf).sum::<f32>()
                / self.total,
            sentence: self.best_sentence(&places, sentences),
            near: self.nearness(&places),
        }
    }

    fn term(&self, word: &str) -> Option<usize> {
        let folded = fold(word);
        let initial = folded.chars().next()?;
        if !self.within && !self.initials.contains(&initial) {
            return None;
        }
        let stem = stem(&folded);
        self.question.terms.iter().position(|term| term.fits(&folded, &stem))
    }

    fn bm25(&self, counts: &[f32], length: usize) -> f32 {
        let longer = 1.0 - B + B * length as f32 / ORDINARY_LENGTH;
        let sum: f32 = counts.iter().zip(self.idf).map(|(count, idf)| idf * count / (count + K1 * longer)).sum();
        sum / self.total
    }

    fn best_sentence(&self, places: &[(usize, usize, usize)], sentences: impl Iterator<Item = Range<usize>>) -> f32 {
        let mut best = 0.0_f32;
        let mut rest = places;
        let mut here = vec![false; self.idf.len()];
        for sentence in sentences {
            let before = rest.partition_point(|(_, _, byte)| *byte < sentence.start);
            let inside = rest.partition_point(|(_, _, byte)| *byte < sentence.end);
            here.fill(false);
            for (term, _, _) in &rest[before..inside.max(before)] {
                here[*term] = true;
            }
            let share = here.iter().zip(self.idf).filter(|(here, _)| **here).map(|(_, idf)| idf);
            best = best.max(share.sum());
            rest = &rest[inside..];
        }
        best / self.total
    }

    fn nearness(&self, places: &[(usize, usize, usize)]) -> f32 {
        let (mut found, mut possible) = (0.0, 0.0);
        for term in 1..self.idf.len() {
            let weight = self.idf[term - 1].min(self.idf[term]);
            possible += weight;
            let of = |term: usize| places.iter().filter(move |(found, _, _)| *found == term);
            let distance = of(term - 1).flat_map(|(_, a, _)| of(term).map(move |(_, b, _)| a.abs_diff(*b))).min();
            found += weight
                * match distance {
                    Some(0..=2) => 1.0,
                    Some(3..=5) => 0.6,
                    Some(6..=12) => 0.3,
                    _ => 0.0,
                };
        }
        if possible > 0.0 { found / possible } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(question: &str, headings: &[&str], text: &str) -> Evidence {
        let question = Question::new(question);
        let idf = vec![1.0; question.terms.len()];
        let headings: Vec<String> = headings.iter().map(ToString::to_string).collect();
        Scale::new(&question, &idf).evidence(&headings, text, sentences_by_marks(text))
    }

    #[test]
    fn a_sentence_that_says_all_beats_two_that_share_it() {
        let question = "hippocampus stores memories";
        let one = evidence(question, &[], "The hippocampus stores a memory. It rained.");
        let two = evidence(question, &[], "The hippocampus rained. It stores a memory.");
        assert_eq!(one.sentence, 1.0);
        assert!(two.sentence < 0.7);
        assert!(one.near > two.near);
        assert_eq!(one.words, two.words);
    }

    #[test]
    fn headings_count_as_words() {
        let with = evidence("sleep stages", &["Stages of Sleep"], "There are four.");
        assert!(with.words > 0.0);
        assert_eq!(with.sentence, 0.0);
    }

    #[test]
    fn all_evidence_lies_between_nothing_and_one() {
        let nothing = evidence("quantum", &[], "The hippocampus stores memories.");
        assert_eq!(nothing, Evidence::default());
        let all = evidence("sleep sleep sleep", &["Sleep"], &"Sleep. ".repeat(50));
        assert!(all.numbers().iter().all(|part| (0.0..=1.0).contains(part)));
    }

    #[test]
    fn the_weights_share_one() {
        assert!((WEIGHTS.iter().sum::<f32>() - 1.0).abs() < 1e-3);
    }

    #[test]
    fn rare_terms_weigh_more() {
        let idf = idf(&[1, 50, 100], 100);
        assert!(idf[0] > idf[1] && idf[1] > idf[2] && idf[2] > 0.0);
    }
}
