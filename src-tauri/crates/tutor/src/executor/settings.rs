//! What a step asks of an executor.

use llm_chain::options::{Opt, OptDiscriminants, Options};

/// Most tokens of the answer, where that is said.
pub(super) fn most_tokens(options: &Options) -> Option<u32> {
    match options.get(OptDiscriminants::MaxTokens) {
        Some(Opt::MaxTokens(most)) => Some(u32::try_from(*most).unwrap_or(u32::MAX)),
        _ => None,
    }
}

/// How random the choice of words is, where that is said.
pub(super) fn temperature(options: &Options) -> Option<f32> {
    match options.get(OptDiscriminants::Temperature) {
        Some(Opt::Temperature(temperature)) => Some(*temperature),
        _ => None,
    }
}
