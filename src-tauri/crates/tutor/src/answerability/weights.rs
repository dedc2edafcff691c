//! Written by `cargo run --example fit_answerability`; not to be changed by hand.

use super::Model;

/// With the model's cosines.
pub(super) const BY_MEANING: Model = Model {
    weights: [2.6439462, 3.158072, 1.2023119, 2.0045176, 0.7801196, -0.24842113, -0.719849, -0.099378936, 0.5444686],
    bias: -5.495706,
};

/// Without them.
pub(super) const BY_WORDS: Model = Model {
    weights: [0.0, 0.0, 1.7176379, 1.8862771, 2.1456854, -1.2815015, -0.7226803, 0.0, 1.5746748],
    bias: -5.5812397,
};
