//! Written by `cargo run --example fit_evidence`; not to be changed by hand.

use super::features::COUNT;

/// With the model's cosines.
pub(super) const BY_MEANING: [f32; COUNT] =
    [1.267, 0.639, 1.952, 3.188, 1.971, 2.445, 0.731, 1.585, -0.378, -0.772, 2.569, 2.472, 1.993, 1.575, -0.880];

/// Without them.
pub(super) const BY_WORDS: [f32; COUNT] =
    [2.107, 2.104, 3.047, 0.000, 0.000, 0.000, 1.228, 2.378, -0.301, -0.500, 2.574, 0.000, 0.000, 2.200, -1.553];

/// What a sentence gains that names the term which the best sentences define.
pub(super) const FOCUS: f32 = 2.0;
