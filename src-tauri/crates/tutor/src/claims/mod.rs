//! Claims: what a language model says, taken apart and held against the passages it was given.

mod check;
mod markers;
mod negation;
mod numbers;
mod opposites;
mod split;
mod tokens;

pub(crate) use check::{Held, Objection, Source};
pub(crate) use split::{Claim, Claims, Lead};
