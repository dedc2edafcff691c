//! How the weights of the sentences are found, for any documents.
//!
//! 1. **Questions with known answers.** For each room, questions whose answer is a word or a few: the definitions of a
//!    glossary ask for their terms, the review questions at the end of a section for what completes them. The glossary
//!    and the exercises themselves are no part of the documents in the room.
//! 2. **Right and wrong.** The product's own code searches the room and takes what it found apart into sentences. Right
//!    are those that have every word of the answer, whatever their endings; the others are wrong. A question without
//!    both counts for nothing.
//! 3. **The fit.** The weights maximise the likelihood that a softmax over the sentences' scores picks a right one
//!    (listwise logistic regression with a small pull towards zero), by Adam over all questions. A second set is fitted
//!    without what the model knows, for rooms without vectors.
//! 4. **Focus.** What a sentence gains that names the term asked for is the smallest of some steps for which the most
//!    answers stand in the quotes that [composing](crate::composing) picks.
//!
//! The same library and questions give the same weights. The `fit_evidence` example runs it; what it prints is
//! `weights.rs`. Those in the repository come from three open textbooks (sociology, government, anatomy); what the
//! answers are measured with had no part in it.

use std::collections::HashSet;

use kernel::RoomId;

use super::features::{COUNT, NAMES, OF_WORDS};
use super::{Candidate, score, sentence_text, weights};
use crate::asking::Findings;
use crate::composing::compose;
use crate::{Error, Tutor, words};

/// A question with a known answer.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The room that it is asked in.
    pub room: RoomId,
    /// The question.
    pub question: String,
    /// A word, or a few.
    pub answer: String,
}

/// What a fit came to.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The weights with and without the model's word, in the order of their names.
    pub by_meaning: [f32; COUNT],
    /// See [`Fitted::by_meaning`].
    pub by_words: [f32; COUNT],
    /// What a sentence gains that names the term asked for.
    pub focus: f32,
    /// Questions whose sentences were both right and wrong.
    pub questions: usize,
    /// Share of all questions whose answer stands in the quotes: with what is in use, and with what was fitted.
    pub told: (f32, f32),
}

/// What the weights are called, in their order.
pub fn names() -> [&'static str; COUNT] {
    NAMES
}

/// What a focus may be worth.
const STEPS: [f32; 5] = [0.0, 1.0, 2.0, 3.0, 5.0];

/// A sentence of a question: what speaks for it, and whether it has the answer.
type Example = Vec<([f32; COUNT], bool)>;

/// A question with what its room has on it.
struct Trial {
    findings: Findings,
    answer: HashSet<String>,
}

/// Fits the weights on these questions.
///
/// # Errors
/// Those of the library and of the search.
pub async fn fit(tutor: &Tutor, asked: &[Asked]) -> Result<Fitted, Error> {
    let mut trials = Vec::new();
    for Asked { room, question, answer } in asked {
        let findings = tutor.findings(*room, question).await?;
        trials.push(Trial { findings, answer: words::stems(answer) });
    }
    let examples: Vec<Example> = trials.iter().filter_map(example).collect();
    let by_meaning = fitted(&examples, &[true; COUNT]);
    let by_words = fitted(&examples, &NAMES.map(|name| OF_WORDS.contains(&name)));
    let mut best = (0.0, 0.0);
    for focus in STEPS {
        let told = told(&trials, &by_meaning, focus);
        if told > best.1 {
            best = (focus, told);
        }
    }
    let in_use = told(&trials, &weights::BY_MEANING, weights::FOCUS);
    Ok(Fitted { by_meaning, by_words, focus: best.0, questions: examples.len(), told: (in_use, best.1) })
}

fn example(trial: &Trial) -> Option<Example> {
    let is_right = |one: &Candidate| !trial.answer.is_empty() && trial.answer.is_subset(&one.stems);
    let example: Example =
        trial.findings.candidates.iter().map(|one| (one.features.numbers(), is_right(one))).collect();
    let both = example.iter().any(|(_, right)| *right) && example.iter().any(|(_, right)| !right);
    both.then_some(example)
}

/// The share of the questions whose quotes have every word of the answer, whatever their endings.
fn told(trials: &[Trial], weights: &[f32; COUNT], focus: f32) -> f32 {
    let tells = |trial: &&Trial| {
        let Findings { question, near, candidates, .. } = &trial.findings;
        let mut candidates = candidates.clone();
        score(&mut candidates, near, question, weights, focus);
        let mut said = HashSet::new();
        for statement in compose(question, &candidates, near, |_, _| Some(())) {
            let passage = &near[statement.near].passage;
            said.extend(statement.sentences.flat_map(|sentence| words::stems(sentence_text(passage, sentence))));
        }
        !trial.answer.is_empty() && trial.answer.is_subset(&said)
    };
    trials.iter().filter(tells).count() as f32 / trials.len().max(1) as f32
}

fn fitted(examples: &[Example], used: &[bool; COUNT]) -> [f32; COUNT] {
    // Adam's usual constants; the pull keeps two features that say the same from running apart.
    let (rate, first, second, pull) = (0.05, 0.9_f64, 0.99_f64, 0.002);
    let mut weights = used.map(|used| if used { 1.0_f64 } else { 0.0 });
    let (mut slope, mut square) = ([0.0; COUNT], [0.0; COUNT]);
    for round in 1..=400 {
        let gradient = gradient(examples, &weights);
        for at in (0..COUNT).filter(|at| used[*at]) {
            let gradient = gradient[at] - pull * weights[at];
            slope[at] = first * slope[at] + (1.0 - first) * gradient;
            square[at] = second * square[at] + (1.0 - second) * gradient.powi(2);
            let step = slope[at] / (1.0 - first.powi(round));
            let size = (square[at] / (1.0 - second.powi(round))).sqrt() + 1e-8;
            weights[at] += rate * step / size;
        }
    }
    weights.map(|weight| weight as f32)
}

/// The mean slope of the log-likelihood that a right sentence is picked.
fn gradient(examples: &[Example], weights: &[f64; COUNT]) -> [f64; COUNT] {
    let mut sum = [0.0; COUNT];
    for example in examples {
        let score = |(numbers, _): &([f32; COUNT], bool)| {
            numbers.iter().zip(weights).map(|(number, weight)| f64::from(*number) * weight).sum::<f64>()
        };
        let scores: Vec<f64> = example.iter().map(score).collect();
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let odds: Vec<f64> = scores.iter().map(|score| (score - top).exp()).collect();
        let all: f64 = odds.iter().sum();
        let right: f64 = odds.iter().zip(example).filter(|(_, (_, right))| *right).map(|(odds, _)| odds).sum();
        for (odds, (numbers, is_right)) in odds.iter().zip(example) {
            let pull = if *is_right { odds / right } else { 0.0 } - odds / all;
            for (sum, number) in sum.iter_mut().zip(numbers) {
                *sum += pull * f64::from(*number) / examples.len() as f64;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_right_sentences_from_wrong_ones_gets_the_weight() {
        let sentence = |speaks: f32, noise: f32, right: bool| {
            let mut numbers = [0.0; COUNT];
            (numbers[0], numbers[1]) = (speaks, noise);
            (numbers, right)
        };
        let examples: Vec<Example> = (0..40)
            .map(|n| {
                let noise = |k: u32| (n * 7 + k * 13) as f32 % 10.0 / 10.0;
                vec![sentence(0.9, noise(1), true), sentence(0.2, noise(2), false), sentence(0.3, noise(3), false)]
            })
            .collect();
        let weights = fitted(&examples, &[true; COUNT]);
        assert!(weights[0] > 3.0 && weights[0] > 3.0 * weights[1].abs(), "{weights:?}");
        let mut used = [true; COUNT];
        used[0] = false;
        assert_eq!(fitted(&examples, &used)[0], 0.0);
    }
}
