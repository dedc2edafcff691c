//! Written by `cargo run --example fit_answerability`; not to be changed by hand.

use super::Model;

/// With the model's cosines.
pub(super) const BY_MEANING: Model = Model {
    weights: [
        4.7794175,
        -0.33516377,
        0.68473345,
        0.49887222,
        2.1655374,
        -0.28215867,
        -0.33845118,
        1.1389229,
        0.5203276,
    ],
    bias: -4.9072394,
};

/// Without them.
pub(super) const BY_WORDS: Model = Model {
    weights: [0.0, 0.0, 1.2967725, 1.0648576, 2.9011848, -1.2124437, -0.29396823, 0.0, 1.3451378],
    bias: -5.2352858,
};
