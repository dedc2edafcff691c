//! Logistic regression over standardised inputs, by gradient descent until it stands still.

use tutor::answerability::INPUTS;

const COUNT: usize = INPUTS.len();
/// Weight of the L2 penalty, of all samples together.
const PENALTY: f32 = 1.0;

/// A question's signals and whether its room answers it.
pub(crate) struct Sample {
    pub(crate) inputs: [f32; COUNT],
    pub(crate) answerable: bool,
}

/// The model over the inputs as they are.
pub(crate) struct Fitted {
    pub(crate) weights: [f32; COUNT],
    pub(crate) bias: f32,
}

impl Fitted {
    pub(crate) fn score(&self, inputs: &[f32; COUNT]) -> f32 {
        self.bias + self.weights.iter().zip(inputs).map(|(weight, input)| weight * input).sum::<f32>()
    }
}

/// Fits the inputs that are `used`; both classes weigh the same.
pub(crate) fn fit(samples: &[Sample], used: &[bool; COUNT]) -> Fitted {
    let count = samples.len() as f32;
    let mut mean = [0.0f32; COUNT];
    let mut deviation = [0.0f32; COUNT];
    for at in 0..COUNT {
        mean[at] = samples.iter().map(|sample| sample.inputs[at]).sum::<f32>() / count;
        let square = samples.iter().map(|sample| (sample.inputs[at] - mean[at]).powi(2)).sum::<f32>();
        deviation[at] = (square / count).sqrt().max(1e-6);
    }
    let answerable = samples.iter().filter(|sample| sample.answerable).count() as f32;
    let (yes, no) = (0.5 * count / answerable, 0.5 * count / (count - answerable));
    let mut weights = [0.0f32; COUNT];
    let mut bias = 0.0f32;
    for _ in 0..5000 {
        let mut slope = [0.0f32; COUNT];
        let mut level = 0.0f32;
        for sample in samples {
            let z: f32 = (0..COUNT)
                .filter(|at| used[*at])
                .map(|at| weights[at] * (sample.inputs[at] - mean[at]) / deviation[at])
                .sum();
            let guess = 1.0 / (1.0 + (-(z + bias)).exp());
            let (truth, weight) = if sample.answerable { (1.0, yes) } else { (0.0, no) };
            let error = weight * (guess - truth);
            level += error;
            for at in (0..COUNT).filter(|at| used[*at]) {
                slope[at] += error * (sample.inputs[at] - mean[at]) / deviation[at];
            }
        }
        bias -= level / count;
        for at in (0..COUNT).filter(|at| used[*at]) {
            weights[at] -= (slope[at] + PENALTY * weights[at]) / count;
        }
    }
    for at in 0..COUNT {
        weights[at] /= deviation[at];
        bias -= weights[at] * mean[at];
    }
    Fitted { weights, bias }
}
