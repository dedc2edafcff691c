//! Claims: what a language model says, taken apart and held against the passages it was given.

mod alignment;
mod check;
mod clauses;
pub mod fit;
mod markers;
mod numbers;
mod opposites;
mod split;
mod synonyms;
mod tokens;
mod units;
mod verifier;
mod weights;

pub use check::{Held, Objection, Source};
pub use opposites::are_opposites;
pub(crate) use split::{Claim, Claims, Lead};
pub(crate) use verifier::{Support, Unsupported, Verifier};
