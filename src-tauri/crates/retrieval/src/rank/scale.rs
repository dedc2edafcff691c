//! What the words of a passage say for it.

use std::ops::Range;

use super::Evidence;
use crate::question::Question;
use crate::words::{fold, is_single_unspaced, stem, words};

const K1: f32 = 1.2;
const B: f32 = 0.75;

/// Words of a passage of ordinary length, headings included; BM25 asks how long a passage is for its kind.
const ORDINARY_LENGTH: f32 = 130.0;

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

    /// All evidence that the passage's own words give.
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
            coverage: counts.iter().zip(self.idf).filter(|(count, _)| **count > 0.0).map(|(_, idf)| idf).sum::<f32>()
                / self.total,
            sentence: self.best_sentence(&places, sentences),
            near: self.nearness(&places),
            ..Evidence::default()
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
}
