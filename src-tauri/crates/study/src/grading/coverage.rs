//! How much of a reference's words an answer has, in meaning.

use std::collections::HashSet;
use std::ops::Range;

use retrieval::{Retrieval, fold, stem};

use super::Answered;
use super::calibration::{self, Scale};
use super::telling::telling;

/// What a word counts that the question has given away.
const GIVEN: f32 = 0.5;

/// A word of the reference.
#[derive(Clone, Debug)]
struct Said {
    /// Where it stands, in bytes.
    at: Range<usize>,
    weight: f32,
    /// How near the nearest word of the answer comes to it, 0 to 1.
    near: f32,
    /// The same of each of the answer's sentences.
    by_sentence: Vec<f32>,
}

/// What an answer has of each word of a reference.
pub(super) struct Coverage {
    words: Vec<Said>,
    by_meaning: bool,
    /// Whether the answer has no word that tells something: the nearest of nothing is no likeness.
    is_of_nothing: bool,
}

/// What an answer has of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    /// From 0 to 1, by the weight of its words.
    pub(super) covered: f32,
    /// The weight of all its words.
    pub(super) weight: f32,
    /// The sentence of the answer that has most of it.
    pub(super) sentence: Option<usize>,
}

impl Coverage {
    /// Compares by meaning, or by words alone where the model can't be asked.
    pub(super) async fn of(retrieval: &Retrieval, answered: Answered<'_>, sentences: &[&str]) -> Self {
        let Answered { question, reference, answer } = answered;
        let (given, said) = (stems(question), stems(answer));
        let is_of_nothing = said.is_empty();
        let weight = |word: &str| if given.contains(&stem_of(word)) { GIVEN } else { 1.0 };
        let mut texts = vec![answer];
        texts.extend(sentences);
        if let Ok(like) = retrieval.likeness(reference, &texts).await
            && let Some((whole, by_sentence)) = like.split_first()
        {
            let said = |(at, (word, near)): (usize, &(Range<usize>, f32))| Said {
                at: word.clone(),
                weight: weight(&reference[word.clone()]),
                near: *near,
                by_sentence: by_sentence.iter().filter_map(|like| Some(like.tokens.get(at)?.1)).collect(),
            };
            let words = whole.tokens.iter().enumerate().map(said).collect();
            return Self { words, by_meaning: true, is_of_nothing };
        }
        let by_sentence: Vec<HashSet<String>> = sentences.iter().map(|sentence| stems(sentence)).collect();
        let share = |has: bool| if has { 1.0 } else { 0.0 };
        let words = telling(reference).map(|(at, word)| {
            let stem = stem_of(word);
            Said {
                at,
                weight: weight(word),
                near: share(said.contains(&stem)),
                by_sentence: by_sentence.iter().map(|stems| share(stems.contains(&stem))).collect(),
            }
        });
        Self { words: words.collect(), by_meaning: false, is_of_nothing }
    }

    /// Whether the model compared them, and not their letters alone.
    pub(super) fn is_by_meaning(&self) -> bool {
        self.by_meaning
    }

    /// What this share of a point is worth.
    pub(super) fn worth(&self, share: Share, scale: &Scale) -> f32 {
        if self.is_of_nothing { 0.0 } else { scale.score(share.covered) }
    }

    /// How its shares become scores.
    pub(super) fn scale(&self) -> &'static Scale {
        if self.by_meaning { &calibration::BY_MEANING } else { &calibration::BY_WORDS }
    }

    /// What the answer has of these bytes of the reference.
    pub(super) fn of_point(&self, point: Range<usize>) -> Share {
        let words: Vec<&Said> = self.words.iter().filter(|word| point.contains(&word.at.start)).collect();
        let weight: f32 = words.iter().map(|word| word.weight).sum();
        let mean = |near: &dyn Fn(&Said) -> f32| {
            words.iter().map(|word| word.weight * near(word)).sum::<f32>() / weight.max(f32::MIN_POSITIVE)
        };
        let sentences = words.first().map_or(0, |word| word.by_sentence.len());
        let of_sentence = |at: usize| mean(&|word: &Said| word.by_sentence.get(at).copied().unwrap_or(0.0));
        let sentence = (0..sentences).max_by(|a, b| of_sentence(*a).total_cmp(&of_sentence(*b)));
        Share { covered: mean(&|word: &Said| word.near), weight, sentence }
    }

    /// What the answer has of the whole reference.
    pub(super) fn whole(&self) -> f32 {
        self.of_point(0..usize::MAX).covered
    }
}

fn stem_of(word: &str) -> String {
    stem(&fold(word)).into_owned()
}

fn stems(text: &str) -> HashSet<String> {
    telling(text).map(|(_, word)| stem_of(word)).collect()
}
