//! Written by `cargo run --example fit_answerability`; not to be changed by hand.

use super::Model;

/// With the model's cosines.
pub(super) const BY_MEANING: Model = Model {
    weights: [2.479115, 3.3587377, 1.5164937, 1.7063032, 0.35738656, -0.2355242, -0.41830876, -0.09407356, 0.5379106],
    bias: -5.445692,
};

/// Without them.
pub(super) const BY_WORDS: Model = Model {
    weights: [0.0, 0.0, 2.1257393, 1.5705492, 1.693257, -1.2512708, -0.43707913, 0.0, 1.559909],
    bias: -5.4688387,
};
