//! One ranking from words, meaning and structure.
//!
//! A passage's score is a weighted sum of seven kinds of evidence, each on a scale of its own that does not
//! depend on how many candidates there are, so that scores of different questions can be compared:
//!
//! - `words`: BM25 (k1 1.2, b 0.75; headings count as text) as a share of the most the question allows,
//! - `meaning`: the cosine of the question's vector and the passage's,
//! - `coverage`: the share of the question's terms that stand in it at all,
//! - `sentence`: the largest share of the question's terms that stands in one sentence,
//! - `near`: the share of neighbours in the question that stand near each other in the passage,
//! - `tokens`: how near each token of the question comes to its nearest in the passage ([`tokens`]),
//! - `section`: what the words of the best passages of the same section say ([`section`]).
//!
//! Terms weigh by rarity (inverse document frequency). BM25 and the cosine say what a passage is about;
//! sentence, nearness and tokens tell the passage that says it from those that only mention it, and the section tells
//! the place that is about it from a chance remark elsewhere.
//!
//! What is shown is chosen from this ranking by [`choose`]: passages that continue each other as one, those that say
//! the same once, and not one section's passages alone.
//!
//! # Where the weights come from
//!
//! From [`crate::fit`], never by hand and from no one's questions: it takes any library, makes questions out of
//! the documents' own sentences, and fits the weights to find the sentences' passages again. The weights below
//! were fitted on four manuals about a programming language (two books, a reference, a tool's manual; 1,198 questions)
//! and checked on a textbook of another subject.

mod choose;
mod scale;
pub(crate) mod section;
mod tokens;

use library::passages::StoredPassage;
use library::vectors::Signs;

use crate::explain::Part;
use crate::question::Question;
pub(crate) use choose::{REPEATED, choose};
pub(crate) use scale::{Scale, sentences_by_marks};
pub(crate) use tokens::nearness as token_nearness;

/// How many kinds of evidence there are.
pub(crate) const KINDS: usize = 7;

/// How much each kind of evidence counts, in the order of [`Evidence::numbers`]; their sum is 1.
pub(crate) const WEIGHTS: [f32; KINDS] = [0.049, 0.197, 0.060, 0.261, 0.105, 0.233, 0.095];

/// What each is called, by programs and by people, in the same order.
const NAMES: [(&str, &str); KINDS] = [
    ("words", "Words of the question, the rarer the more"),
    ("meaning", "Closeness in meaning"),
    ("coverage", "Share of the question that stands here"),
    ("sentence", "One sentence with much of the question"),
    ("near", "Words that stand together as in the question"),
    ("tokens", "Words that mean what those of the question mean"),
    ("section", "A section whose other passages fit as well"),
];

/// A passage that one of the halves found.
pub(crate) struct Candidate {
    pub(crate) passage: StoredPassage,
    pub(crate) keyword_rank: Option<u32>,
    pub(crate) similarity: Option<f32>,
    /// Its tokens; empty where it has none.
    pub(crate) tokens: Vec<Signs>,
}

/// A candidate with what speaks for it.
pub(crate) struct Ranked {
    pub(crate) passage: StoredPassage,
    pub(crate) keyword_rank: Option<u32>,
    pub(crate) similarity: Option<f32>,
    pub(crate) evidence: Evidence,
    pub(crate) score: f32,
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
    /// How near the question's tokens come to those of the passage; 0 where there are none.
    pub tokens: f32,
    /// What the words of the best passages of its section say, itself included.
    pub section: f32,
}

impl Evidence {
    /// Its parts, as the weights are ordered.
    pub fn numbers(&self) -> [f32; KINDS] {
        [self.words, self.meaning, self.coverage, self.sentence, self.near, self.tokens, self.section]
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

/// Scores the candidates; the best first. `asked` are the question's tokens.
pub(crate) fn rank(question: &Question, idf: &[f32], asked: &[Signs], candidates: Vec<Candidate>) -> Vec<Ranked> {
    let scale = Scale::new(question, idf);
    let mut ranked: Vec<Ranked> = candidates
        .into_iter()
        .map(|Candidate { passage, keyword_rank, similarity, tokens }| {
            let sentences = passage.sentences.iter().map(|sentence| sentence.start as usize..sentence.end as usize);
            let evidence = Evidence {
                meaning: similarity.unwrap_or_default().max(0.0),
                tokens: token_nearness(asked, &tokens),
                ..scale.evidence(&passage.headings, &passage.text, sentences)
            };
            Ranked { passage, keyword_rank, similarity, evidence, score: 0.0 }
        })
        .collect();
    let sections = section::means(ranked.iter().map(|one| (section::of(&one.passage), one.evidence.words)));
    for (one, section) in ranked.iter_mut().zip(sections) {
        one.evidence.section = section;
        one.score = one.evidence.score();
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.passage.cmp(&b.passage.passage)));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_share_one() {
        assert!((WEIGHTS.iter().sum::<f32>() - 1.0).abs() < 2e-3);
    }

    #[test]
    fn rare_terms_weigh_more() {
        let idf = idf(&[1, 50, 100], 100);
        assert!(idf[0] > idf[1] && idf[1] > idf[2] && idf[2] > 0.0);
    }
}
