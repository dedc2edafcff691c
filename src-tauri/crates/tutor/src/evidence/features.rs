//! What speaks for a sentence.

use std::collections::HashSet;

use retrieval::ComparedPlace;

use super::near::Near;
use super::quotable::{sentence_text, unit_start};
use crate::question::Question;
use crate::words;

/// How many kinds of evidence there are.
pub(crate) const COUNT: usize = 15;

/// What each is called, in the order of [`Features::numbers`].
pub(crate) const NAMES: [&str; COUNT] = [
    "sentence",
    "unit",
    "around",
    "tokens",
    "rare tokens",
    "tokens around",
    "score",
    "rank",
    "long",
    "points back",
    "defines",
    "meaning",
    "tokens of the place",
    "place",
    "beside",
];

/// Those that are known without the model.
pub(crate) const OF_WORDS: [&str; 10] =
    ["sentence", "unit", "around", "score", "rank", "long", "points back", "defines", "place", "beside"];

/// Sentences of more words than this are long.
const LONG: usize = 40;

/// What speaks for a sentence; shares of the question are by the weight of its words, 0 to 1. A unit is the sentence
/// with the one before it where it points back.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Features {
    /// Share of the question in the sentence.
    pub(crate) sentence: f32,
    /// In its unit.
    pub(crate) unit: f32,
    /// In the sentence, its two neighbours and the headings.
    pub(crate) around: f32,
    /// How near the question's tokens come to those of the unit, all alike.
    pub(crate) tokens: f32,
    /// The same, each token by the weight of its word.
    pub(crate) rare_tokens: f32,
    /// The same for the sentence and its neighbours.
    pub(crate) tokens_around: f32,
    /// What the search made of the hit that it stands in or near.
    pub(crate) score: f32,
    /// One over the place of that hit, from 1.
    pub(crate) rank: f32,
    /// How much longer it is than [`LONG`] words, as a share of that.
    pub(crate) long: f32,
    /// 1 when it points back.
    pub(crate) points_back: f32,
    /// The share of a term that is defined in it which the question doesn't have: the name of what it describes.
    pub(crate) defines: f32,
    /// Cosine of the place and the question.
    pub(crate) meaning: f32,
    /// [`Self::rare_tokens`] of the whole place.
    pub(crate) tokens_of_place: f32,
    /// Share of the question in the whole place and its headings.
    pub(crate) place: f32,
    /// 1 when the place was not found itself, but stands beside what was.
    pub(crate) beside: f32,
}

impl Features {
    /// Its parts, in the order of [`NAMES`].
    pub(crate) fn numbers(&self) -> [f32; COUNT] {
        [
            self.sentence,
            self.unit,
            self.around,
            self.tokens,
            self.rare_tokens,
            self.tokens_around,
            self.score,
            self.rank,
            self.long,
            self.points_back,
            self.defines,
            self.meaning,
            self.tokens_of_place,
            self.place,
            self.beside,
        ]
    }
}

/// The features of each sentence of a place, with the stems of its words. `asked` are the weights of the question's
/// tokens, which `compared` compares with the place.
pub(super) fn of_place(
    question: &Question,
    near: &Near,
    asked: &[f32],
    compared: Option<&ComparedPlace>,
) -> Vec<(Features, HashSet<String>)> {
    let passage = &near.passage;
    let headings = words::stems(&passage.headings.join(" "));
    let texts: Vec<&str> = (0..passage.sentences.len()).map(|sentence| sentence_text(passage, sentence)).collect();
    let stems: Vec<HashSet<String>> = texts.iter().map(|text| words::stems(text)).collect();
    let nothing = ComparedPlace::default();
    let tokens = Tokens { asked, sentences: &compared.unwrap_or(&nothing).sentences };
    let share = |within: &[HashSet<String>], headings: &HashSet<String>| {
        question.coverage(|stem| headings.contains(stem) || within.iter().any(|stems| stems.contains(stem)))
    };
    let none = HashSet::new();
    let place = share(&stems, &headings);
    let tokens_of_place = tokens.nearness(0, texts.len(), true);
    let of_sentence = |at: usize| {
        let start = unit_start(passage, at).unwrap_or(at);
        let (before, behind) = (at.saturating_sub(1), (at + 2).min(stems.len()));
        let length = texts[at].split_whitespace().count();
        let defined = near.defined.iter().filter(|(sentence, _)| *sentence == at);
        let new = defined
            .map(|(_, term)| term.iter().filter(|stem| !question.has(stem)).count() as f32 / term.len().max(1) as f32);
        Features {
            sentence: share(&stems[at..=at], &none),
            unit: share(&stems[start..=at], &none),
            around: share(&stems[before..behind], &headings),
            tokens: tokens.nearness(start, at + 1, false),
            rare_tokens: tokens.nearness(start, at + 1, true),
            tokens_around: tokens.nearness(before, behind, true),
            score: near.score,
            rank: 1.0 / (1.0 + near.rank as f32),
            long: length.saturating_sub(LONG) as f32 / LONG as f32,
            points_back: if start < at { 1.0 } else { 0.0 },
            defines: new.fold(0.0, f32::max),
            meaning: compared.and_then(|compared| compared.similarity).or(near.similarity).unwrap_or(0.0),
            tokens_of_place,
            place,
            beside: if near.is_hit { 0.0 } else { 1.0 },
        }
    };
    (0..texts.len()).map(of_sentence).zip(stems.clone()).collect()
}

/// How near sentences of a place come to each token of the question, and what each token weighs.
struct Tokens<'a> {
    asked: &'a [f32],
    sentences: &'a [Vec<f32>],
}

impl Tokens<'_> {
    /// The mean, over the question's tokens, of the nearest in some sentences; by weight, or all alike.
    fn nearness(&self, from: usize, to: usize, by_weight: bool) -> f32 {
        let sentences = self.sentences.get(from..to.min(self.sentences.len())).unwrap_or_default();
        let (mut sum, mut whole) = (0.0, 0.0);
        for (at, weight) in self.asked.iter().enumerate() {
            let weight = if by_weight { *weight } else { 1.0 };
            let nearest = sentences.iter().filter_map(|sentence| sentence.get(at)).copied().fold(0.0, f32::max);
            sum += weight * nearest;
            whole += weight;
        }
        if whole > 0.0 { sum / whole } else { 0.0 }
    }
}
