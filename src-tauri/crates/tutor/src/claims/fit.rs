//! How the verifier's constants are found, and how good it is.
//!
//! 1. **Claims with known answers.** Passages with claims that are true or false by construction: a maker that shares
//!    nothing with the verifier changes a number, a unit, a name, a denial or a direction in a declared place, or takes
//!    what the passage doesn't say (`tests/claim-maker`, where its procedure is written). Its subjects are in two halves.
//! 2. **Signals.** Each claim is held against its passage by the verifier's own code. What an objection rules out is ruled
//!    out; the runs of sentences that are left have signals.
//! 3. **The fit**, on the first half. A logistic regression (a small pull towards zero) of whether the claim is supported,
//!    by the best run of each claim. All supported claims together weigh as much as all others together, those that an
//!    objection has ruled out included. Which run is the best depends on the weights, so both are found in turns.
//! 4. **The border** between supported and not is where balanced accuracy, the mean of the shares of supported claims
//!    that are accepted and of others that are refused, is highest. Of all borders that come within a hundredth of the
//!    best, which is the best by chance, it is the strictest one: a claim that is left out does less harm than one that is
//!    wrong. The same for the share of words that is enough where no model can be asked.
//! 5. **The figure** is measured on the second half, which had no part in the fit nor in the rules.
//!
//! The same claims give the same constants. The `fit_claims` example runs it; what it prints is `weights.rs`.

use retrieval::Retrieval;

use super::verifier::{COUNT, NAMES, Signals};
use super::{Claim, Source, Verifier, weights};

/// A claim about a passage.
#[derive(Clone, Debug)]
pub struct Example {
    /// What stands above the passage.
    pub headings: Vec<String>,
    /// Its sentences.
    pub sentences: Vec<String>,
    /// What is claimed.
    pub claim: String,
    /// Whether the passage supports it.
    pub is_supported: bool,
}

/// What a fit came to.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The weights, in the order of [`names`].
    pub weights: [f32; COUNT],
    /// What makes 0 the border.
    pub bias: f32,
    /// From this share of its words on, a claim is supported where no model can be asked.
    pub by_words: f32,
    /// Balanced accuracy on the examples: of what was fitted, and of words alone.
    pub balanced: (f32, f32),
}

/// What the weights are called, in their order.
pub fn names() -> [&'static str; COUNT] {
    NAMES
}

/// Whether the verifier accepts a claim about a passage, as it is in use.
pub async fn accepts(retrieval: &Retrieval, example: &Example) -> bool {
    let (verifier, claim) = taken_apart(retrieval, example);
    verifier.supports(&claim, &[0]).await.is_ok()
}

fn taken_apart(retrieval: &Retrieval, example: &Example) -> (Verifier, Claim) {
    let source = Source::new(&example.headings, example.sentences.iter().map(String::as_str));
    let claim = Claim { text: example.claim.clone(), ..Claim::default() };
    (Verifier::new(retrieval.clone(), vec![source]), claim)
}

/// A claim with the signals of the sentences that nothing speaks against.
struct Trial {
    runs: Vec<[f32; COUNT]>,
    is_supported: bool,
    /// Its share of what all supported claims, or all others, weigh.
    weight: f64,
}

/// Fits the constants on these examples.
pub async fn fit(retrieval: &Retrieval, examples: &[Example]) -> Fitted {
    let supported = examples.iter().filter(|example| example.is_supported).count();
    let mut trials = Vec::new();
    for example in examples {
        let (verifier, claim) = taken_apart(retrieval, example);
        let (held, _) = verifier.hold(&claim, &[0]);
        let runs = verifier.signals(&claim, &held).await.into_iter().map(Signals::numbers).collect();
        let alike = if example.is_supported { supported } else { examples.len() - supported };
        trials.push(Trial { runs, is_supported: example.is_supported, weight: 0.5 / alike.max(1) as f64 });
    }
    let mut line = (weights::WEIGHTS, 0.0);
    for _ in 0..TURNS {
        let best: Vec<([f32; COUNT], &Trial)> =
            trials.iter().filter_map(|trial| Some((best(trial, &line.0)?, trial))).collect();
        line = regression(&best);
    }
    let score = |trial: &Trial| best(trial, &line.0).map(|run| dot(&run, &line.0));
    let (border, balanced) = border(&trials, score);
    let words = |trial: &Trial| trial.runs.iter().map(|run| run[0]).max_by(f32::total_cmp);
    let (by_words, balanced_by_words) = self::border(&trials, words);
    Fitted { weights: line.0, bias: -border, by_words, balanced: (balanced, balanced_by_words) }
}

/// Turns of choosing runs and fitting weights; after some three nothing changes any more.
const TURNS: usize = 8;
/// Borders whose balanced accuracy differs by no more than this are as good as each other.
const AS_GOOD: f64 = 0.01;

fn dot(signals: &[f32; COUNT], weights: &[f32; COUNT]) -> f32 {
    signals.iter().zip(weights).map(|(signal, weight)| signal * weight).sum()
}

fn best(trial: &Trial, weights: &[f32; COUNT]) -> Option<[f32; COUNT]> {
    trial.runs.iter().copied().max_by(|a, b| dot(a, weights).total_cmp(&dot(b, weights)))
}

/// Logistic regression by Adam.
fn regression(examples: &[([f32; COUNT], &Trial)]) -> ([f32; COUNT], f32) {
    // Adam's usual constants; the pull keeps two signals that say the same from running apart.
    let (rate, first, second, pull) = (0.05, 0.9_f64, 0.99_f64, 0.001);
    let mut line = [0.0_f64; COUNT + 1];
    let (mut slope, mut square) = ([0.0; COUNT + 1], [0.0; COUNT + 1]);
    for round in 1..=1500 {
        let mut gradient = line.map(|weight| -pull * weight);
        gradient[COUNT] = 0.0;
        for (signals, trial) in examples {
            let score: f64 = line[COUNT]
                + signals.iter().zip(&line).map(|(signal, weight)| f64::from(*signal) * weight).sum::<f64>();
            let error = trial.weight * (f64::from(u8::from(trial.is_supported)) - 1.0 / (1.0 + (-score).exp()));
            for (gradient, signal) in gradient.iter_mut().zip(signals.iter().chain(std::iter::once(&1.0))) {
                *gradient += error * f64::from(*signal);
            }
        }
        for at in 0..=COUNT {
            slope[at] = first * slope[at] + (1.0 - first) * gradient[at];
            square[at] = second * square[at] + (1.0 - second) * gradient[at].powi(2);
            let step = slope[at] / (1.0 - first.powi(round));
            let size = (square[at] / (1.0 - second.powi(round))).sqrt() + 1e-8;
            line[at] += rate * step / size;
        }
    }
    let mut weights = [0.0; COUNT];
    for (weight, fitted) in weights.iter_mut().zip(line) {
        *weight = fitted as f32;
    }
    (weights, line[COUNT] as f32)
}

/// The score from which on claims are best accepted, and the balanced accuracy with it. What has no score is refused.
fn border(trials: &[Trial], score: impl Fn(&Trial) -> Option<f32>) -> (f32, f32) {
    let scores: Vec<Option<f32>> = trials.iter().map(score).collect();
    let mut known: Vec<f32> = scores.iter().flatten().copied().collect();
    known.sort_by(f32::total_cmp);
    known.dedup();
    let balanced = |border: f32| {
        let right = trials.iter().zip(&scores);
        let right = right.filter(|(it, score)| it.is_supported == score.is_some_and(|score| score >= border));
        right.map(|(trial, _)| trial.weight).sum::<f64>()
    };
    let all: Vec<(f32, f64)> =
        known.windows(2).map(|two| (two[0] + two[1]) / 2.0).map(|it| (it, balanced(it))).collect();
    let most = all.iter().map(|(_, balanced)| *balanced).fold(0.0, f64::max);
    let strictest = all.iter().rev().find(|(_, it)| most - it <= AS_GOOD);
    strictest.map_or((0.0, 0.0), |(border, balanced)| (*border, *balanced as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_supported_claims_from_others_gets_the_weight_and_the_border_lies_between() {
        let trial = |speaks: f32, noise: f32, is_supported| {
            let mut run = [0.0; COUNT];
            (run[0], run[1]) = (speaks, noise);
            Trial { runs: vec![[0.0; COUNT], run], is_supported, weight: 0.5 / 30.0 }
        };
        let noise = |n: usize| (n * 7 % 10) as f32 / 10.0;
        let trials: Vec<Trial> =
            (0..60).map(|n| trial(if n % 2 == 0 { 0.8 } else { 0.3 }, noise(n), n % 2 == 0)).collect();
        let examples: Vec<_> = trials.iter().map(|trial| (trial.runs[1], trial)).collect();
        let (weights, _) = regression(&examples);
        assert!(weights[0] > 2.0 && weights[0] > 3.0 * weights[1].abs(), "{weights:?}");
        let (border, balanced) = border(&trials, |trial| Some(trial.runs[1][0]));
        assert!((border - 0.55).abs() < 1e-6 && (balanced - 1.0).abs() < 1e-6, "{border} {balanced}");
    }
}
