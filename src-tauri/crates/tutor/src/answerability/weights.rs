//! Written by `cargo run --example fit_answerability`; not to be changed by hand.

use super::Model;

/// With the model's cosines.
pub(super) const BY_MEANING: Model =
    Model { weights: [2.137, 2.959, 1.15, 0.712, -0.057, -0.298, 0.529, 1.279, 0.316], bias: -4.606 };

/// Without them.
pub(super) const BY_WORDS: Model =
    Model { weights: [0.0, 0.0, 2.845, 1.165, 0.644, -1.186, 0.548, 0.0, 1.338], bias: -5.17 };
