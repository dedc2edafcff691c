//! The verifier: which of some passages support a claim, and in which sentences.

use std::ops::Range;

use retrieval::Retrieval;

use super::check::{Held, Objection, Source};
use super::split::Claim;
use super::tokens::{Token, tokens};
use super::weights;

/// How many runs of sentences the model is asked about.
const COMPARED: usize = 3;
/// A claim with this share of its words in a run of sentences is told by them: what is wrong about it an objection says.
const ENTIRELY: f32 = 0.97;
/// Program text, formulas and rows of tables are copied or wrong.
const COPIED: f32 = 0.9;
/// What is said against a claim counts where at least this share of its words stands.
const LEAST: f32 = 0.35;

/// Passages, taken apart, that claims are held against.
pub(crate) struct Verifier {
    retrieval: Retrieval,
    sources: Vec<Source>,
}

/// What is wrong with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unsupported {
    /// What speaks against it, where a passage says something like it.
    pub(crate) objection: Option<Objection>,
}

/// Sentences that support a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Support {
    /// The place of their passage.
    pub(crate) source: usize,
    /// Which of its sentences.
    pub(crate) sentences: Range<usize>,
}

/// What speaks for a run of sentences as the proof of a claim, each from 0 to 1 but the last.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Signals {
    /// The share of the claim's words, by weight, that stands there.
    pub(super) coverage: f32,
    /// How near the two are in meaning (cosine).
    pub(super) similarity: f32,
    /// How near the claim's words come to words of the run, on average; those that stand there count as 1.
    pub(super) words: f32,
    /// The same of the two words that come least near.
    pub(super) weakest: f32,
    /// Sentences more than one.
    pub(super) further: f32,
}

/// How many signals there are.
pub(super) const COUNT: usize = 5;

/// What they are called, in their order.
pub(super) const NAMES: [&str; COUNT] = ["coverage", "similarity", "words", "weakest", "further"];

impl Signals {
    pub(super) fn numbers(self) -> [f32; COUNT] {
        [self.coverage, self.similarity, self.words, self.weakest, self.further]
    }

    /// Above 0 where the run supports the claim rather than not.
    fn score(self) -> f32 {
        weights::BIAS + self.numbers().iter().zip(weights::WEIGHTS).map(|(signal, weight)| signal * weight).sum::<f32>()
    }
}

impl Verifier {
    pub(crate) fn new(retrieval: Retrieval, sources: Vec<Source>) -> Self {
        Self { retrieval, sources }
    }

    /// How many passages there are.
    pub(crate) fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether all words of `text` that tell something stand in the passages or in `beside`.
    pub(crate) fn has_words_of(&self, text: &str, beside: &str) -> bool {
        let beside = tokens(beside);
        let stands = |token: &Token| {
            beside.iter().any(|it| it.stem == token.stem) || self.sources.iter().any(|source| source.has(&token.stem))
        };
        tokens(text).iter().filter(|token| token.tells).all(stands)
    }

    /// What supports a claim in these passages, the best first.
    ///
    /// Where no model can be asked, words alone tell.
    pub(crate) async fn supports(&self, claim: &Claim, among: &[usize]) -> Result<Vec<Support>, Unsupported> {
        let (held, objection) = self.hold(claim, among);
        let unsupported = Unsupported { objection };
        let support = |(source, held): &(usize, Held)| Support { source: *source, sentences: held.sentences.clone() };
        let by_words = |enough: f32| {
            let found: Vec<Support> = held.iter().filter(|(_, held)| held.coverage >= enough).map(support).collect();
            if found.is_empty() { Err(unsupported) } else { Ok(found) }
        };
        if claim.verbatim {
            return by_words(COPIED);
        }
        if held.is_empty() || by_words(ENTIRELY).is_ok() {
            return by_words(ENTIRELY);
        }
        let signals = self.signals(claim, &held).await;
        if signals.is_empty() {
            return by_words(weights::BY_WORDS);
        }
        let mut scored: Vec<(f32, &(usize, Held))> = signals.into_iter().map(Signals::score).zip(&held).collect();
        scored.retain(|(score, _)| *score >= 0.0);
        scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        if scored.is_empty() {
            Err(unsupported)
        } else {
            Ok(scored.into_iter().map(|(_, held)| support(held)).collect())
        }
    }

    /// The runs of sentences that nothing speaks against, the best first, and what speaks against the others.
    pub(super) fn hold(&self, claim: &Claim, among: &[usize]) -> (Vec<(usize, Held)>, Option<Objection>) {
        let sources = among.iter().filter_map(|at| Some((*at, self.sources.get(*at)?)));
        let mut held: Vec<(usize, Held)> = sources
            .flat_map(|(at, source)| source.hold(&claim.text).into_iter().take(COMPARED).map(move |held| (at, held)))
            .collect();
        held.sort_by(|(_, a), (_, b)| b.worth().total_cmp(&a.worth()));
        let against = held.iter().find(|(_, held)| held.objection.is_some() && held.coverage >= LEAST);
        let objection = against.and_then(|(_, held)| held.objection);
        held.retain(|(_, held)| held.objection.is_none());
        (held, objection)
    }

    /// The signals of the first of these runs; of none without the model.
    pub(super) async fn signals(&self, claim: &Claim, held: &[(usize, Held)]) -> Vec<Signals> {
        let held = &held[..held.len().min(COMPARED)];
        let texts: Vec<String> =
            held.iter().filter_map(|(at, held)| Some(self.sources.get(*at)?.text(held.sentences.clone()))).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let Ok(like) = self.retrieval.likeness(&claim.text, &texts).await else { return Vec::new() };
        let signals = held.iter().zip(like).map(|((at, held), like)| {
            let source = &self.sources[*at];
            let mut words: Vec<f32> = Vec::new();
            let mut last = None;
            for (word, near) in like.tokens {
                let stands = claim.text.get(word.clone()).is_some_and(|word| source.says(held.sentences.clone(), word));
                let near = if stands { 1.0 } else { near };
                // The tokens of one word are one word.
                match (last == Some(word.start), words.last_mut()) {
                    (true, Some(known)) => *known = (*known + near) / 2.0,
                    _ => words.push(near),
                }
                last = Some(word.start);
            }
            let mean = |words: &[f32]| words.iter().sum::<f32>() / words.len().max(1) as f32;
            let average = mean(&words);
            words.sort_by(f32::total_cmp);
            Signals {
                coverage: held.coverage,
                similarity: like.whole,
                words: average,
                weakest: mean(&words[..words.len().min(2)]),
                further: (held.sentences.len() - 1) as f32,
            }
        });
        signals.collect()
    }
}
