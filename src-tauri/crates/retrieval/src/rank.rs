//! One ranking from words and meaning.

use crate::question::Question;
use crate::search::Hit;
use crate::words::{fold, stem, words};
use library::passages::StoredPassage;

/// A passage that one of the halves found.
pub(crate) struct Candidate {
    pub(crate) passage: StoredPassage,
    pub(crate) keyword_rank: Option<u32>,
    pub(crate) similarity: Option<f32>,
}

/// What speaks for a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// BM25 as a share of the most that the question allows.
    pub words: f32,
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
    let most: f32 = idf.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let mut hits: Vec<Hit> = candidates
        .into_iter()
        .map(|candidate| {
            let mut counts = vec![0.0f32; question.terms.len()];
            let text = std::iter::once(candidate.passage.text.as_str())
                .chain(candidate.passage.headings.iter().map(String::as_str));
            for (_, word) in text.flat_map(words) {
                let folded = fold(word);
                let stem = stem(&folded);
                if let Some(term) = question.terms.iter().position(|term| term.stem == stem) {
                    counts[term] += 1.0;
                }
            }
            let bm25: f32 = counts.iter().zip(idf).map(|(count, idf)| idf * count / (count + 1.2)).sum();
            let evidence = Evidence { words: bm25 / most };
            Hit {
                score: 1.2 * evidence.words + candidate.similarity.unwrap_or_default(),
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
