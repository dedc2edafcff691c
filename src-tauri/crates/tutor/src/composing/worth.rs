//! What a run of sentences is worth to an answer.
//!
//! Nobody knows which sentence holds the answer; the scores say how likely each is to. What a run of neighbouring
//! sentences is worth is how likely the answer stands in what it adds to the quotes. Half of it is the likelihood of its
//! sentences. The other half goes by their words: what a sentence is likely to answer with are its words beyond the
//! question's, and a word that many likely sentences have is worth quoting once, wherever it stands. This is the maximum
//! coverage problem with a budget, and the greedy choice by worth for its length its usual approximation (Khuller, Moss
//! and Naor, *The budgeted maximum coverage problem*, 1999; for summaries Takamura and Okumura, 2009).
//!
//! Words count by the form that they stand in: the form in which most of the likely sentences have a term is worth more
//! than its plural in a single one.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use library::passages::StoredPassage;

use super::points_back;
use crate::evidence::{Candidate, Near, sentence_text};
use crate::question::Question;
use crate::words;

/// Most sentences of a run; longer quotes come of runs that meet.
const LONGEST: usize = 4;
/// How much its length counts against a run: 0 would quote the longest, 1 the densest. With the questions of three open
/// textbooks (sociology, government, anatomy) 0.5 to 1 quote the answer about as often, 0 and no coverage less often.
const BY_LENGTH: f32 = 0.7;
/// A sentence this much less likely to hold the answer than the best one, as the logarithm of the odds, adds nothing
/// that anybody asked for. With the same questions 10 leaves a tenth of the words unsaid, and so some answers.
const FAR: f32 = 14.0;
/// Two sentences whose words beyond the question's are the same to this share say the same.
const SAME: f32 = 0.75;

/// Neighbouring sentences that can be quoted as one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// Their passage's place among those that were looked through.
    pub(super) near: usize,
    /// Their places in the passage.
    pub(super) sentences: Range<usize>,
}

/// A sentence as an answer weighs it.
struct Sentence {
    /// How likely it is to hold the answer.
    likelihood: f32,
    /// The words that it has beyond the question's.
    adds: BTreeSet<usize>,
    /// All its words.
    length: usize,
    /// Whether it can be quoted for its own sake, and not as a neighbour of the best one alone.
    is_about: bool,
    is_quoted: bool,
    /// Whether what is quoted says the same.
    repeats: bool,
}

/// What every sentence, and every word, is worth beside what is quoted already.
pub(super) struct Worth {
    sentences: HashMap<(usize, usize), Sentence>,
    words: Vec<f32>,
}

impl Worth {
    pub(super) fn new(question: &Question, candidates: &[Candidate], near: &[Near]) -> Self {
        let best = candidates.first().map_or(0.0, |best| best.score);
        let whole: f32 = candidates.iter().map(|one| (one.score - best).exp()).sum();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut words = Vec::new();
        let mut sentences = HashMap::new();
        for one in candidates {
            let text = sentence_text(&near[one.near].passage, one.sentence);
            let adds: BTreeSet<usize> = words::content(text)
                .into_iter()
                .filter(|word| !question.has(&word.stem))
                .map(|word| {
                    let next = known.len();
                    *known.entry(word.word).or_insert(next)
                })
                .collect();
            words.resize(known.len(), 0.0);
            let likelihood = (one.score - best).exp() / whole;
            adds.iter().for_each(|word| words[*word] += likelihood / adds.len() as f32);
            let is_about = one.score > best - FAR && (one.names_term || one.features.unit > 0.0);
            let length = text.split_whitespace().count();
            let sentence = Sentence { likelihood, adds, length, is_about, is_quoted: false, repeats: false };
            sentences.insert((one.near, one.sentence), sentence);
        }
        Self { sentences, words }
    }

    /// Every run of these passages: of sentences that can be quoted, on one page, not opening with what points back.
    pub(super) fn runs(&self, near: &[Near]) -> Vec<Run> {
        let mut runs = Vec::new();
        for (near, Near { passage, .. }) in near.iter().enumerate() {
            let count = passage.sentences.len();
            for start in (0..count).filter(|start| !points_back(sentence_text(passage, *start))) {
                for end in start + 1..=count.min(start + LONGEST) {
                    let is_quotable = self.sentences.contains_key(&(near, end - 1));
                    if !is_quotable || (end - start > 1 && !is_on_one_page(passage, start..end)) {
                        break;
                    }
                    runs.push(Run { near, sentences: start..end });
                }
            }
        }
        runs
    }

    fn of<'a>(&'a self, run: &'a Run) -> impl Iterator<Item = &'a Sentence> {
        run.sentences.clone().filter_map(|sentence| self.sentences.get(&(run.near, sentence)))
    }

    /// The words of a run that are not quoted yet.
    pub(super) fn length(&self, run: &Run) -> usize {
        self.of(run).filter(|sentence| !sentence.is_quoted).map(|sentence| sentence.length).sum()
    }

    pub(super) fn is_quoted(&self, near: usize, sentence: usize) -> bool {
        self.sentences.get(&(near, sentence)).is_some_and(|sentence| sentence.is_quoted)
    }

    /// What a run adds to what is quoted, for its length. None when it adds nothing, or, behind the `first`, what has nothing
    /// to do with the question.
    pub(super) fn for_length(&self, run: &Run, first: bool) -> Option<f32> {
        let new = || self.of(run).filter(|sentence| !sentence.is_quoted && !sentence.repeats);
        if new().next().is_none() || !new().all(|sentence| first || sentence.is_about) {
            return None;
        }
        let mut adds: Vec<usize> = new().flat_map(|sentence| &sentence.adds).copied().collect();
        adds.sort_unstable();
        adds.dedup();
        let by_words: f32 = adds.into_iter().map(|word| self.words[word]).sum();
        let by_sentences: f32 = new().map(|sentence| sentence.likelihood).sum();
        Some(0.5 * (by_words + by_sentences) / (self.length(run).max(1) as f32).powf(BY_LENGTH))
    }

    /// From now on the run is quoted: its words are worth nothing any more, nor is what says the same.
    pub(super) fn quote(&mut self, run: &Run) {
        for at in run.sentences.clone() {
            let Some(quoted) = self.sentences.get_mut(&(run.near, at)) else { continue };
            quoted.is_quoted = true;
            let said = quoted.adds.clone();
            said.iter().for_each(|word| self.words[*word] = 0.0);
            for other in self.sentences.values_mut() {
                let smaller = said.len().min(other.adds.len());
                let shared = other.adds.intersection(&said).count();
                other.repeats |= other.adds.is_empty() || shared as f32 > SAME * smaller as f32;
            }
        }
    }
}

/// Whether neighbouring sentences stand on one page, over the end of which no quote goes.
pub(super) fn is_on_one_page(passage: &StoredPassage, sentences: Range<usize>) -> bool {
    let mut pages =
        passage.sentences.get(sentences).into_iter().flatten().flat_map(|it| &it.spans).map(|span| span.page);
    let first = pages.next();
    pages.all(|page| Some(page) == first)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evidence::{candidates, tests::near};

    fn worth(question: &str, found: &[Near]) -> (Worth, Vec<Run>) {
        let question = Question::plain(question);
        let worth = Worth::new(&question, &candidates(&question, found, None), found);
        let runs = worth.runs(found);
        (worth, runs)
    }

    #[test]
    fn a_run_opens_with_no_word_that_points_back_and_stays_on_its_page() {
        let sentences = [
            "Osmosis moves water through a membrane.",
            "It evens out the salt of both sides.",
            "Cells of plants stay firm by osmosis.",
        ];
        let mut found = [near(1, &[], &sentences)];
        found[0].passage.sentences[2].spans[0].page = 2;
        let (_, runs) = worth("water membrane", &found);
        let sentences: Vec<_> = runs.into_iter().map(|run| run.sentences).collect();
        assert_eq!(sentences, [0..1, 0..2, 2..3]);
    }

    #[test]
    fn a_word_is_worth_quoting_once() {
        let found = [
            near(1, &[], &["Osmosis moves water through a membrane."]),
            near(2, &[], &["Water passes a membrane by osmosis."]),
        ];
        let (mut worth, runs) = worth("Where does water meet a membrane?", &found);
        let before = worth.for_length(&runs[1], false).unwrap();
        worth.quote(&runs[0]);
        assert!(worth.for_length(&runs[1], false).unwrap() < before);
        assert_eq!(worth.for_length(&runs[0], false), None, "it is quoted");
    }

    #[test]
    fn what_says_the_same_is_worth_nothing_beside_it() {
        let found = [
            near(1, &[], &["Osmosis moves water through a membrane."]),
            near(2, &[], &["Through a membrane osmosis moves water."]),
        ];
        let (mut worth, runs) = worth("Where does water meet a membrane?", &found);
        worth.quote(&runs[1]);
        assert_eq!(worth.for_length(&runs[0], false), None);
    }
}
