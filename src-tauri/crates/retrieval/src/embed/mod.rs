//! Texts to vectors, on threads of their own.
//!
//! Questions and passages never wait for each other: a question has a session and a thread to itself, so that
//! a search during an import costs a share of the processor and no wait. As many single-threaded sessions as
//! there are cores take one passage after the other. That keeps every core busy while texts are turned into tokens and hidden states into
//! vectors, where one session with two threads leaves one core idle, and no thread spins while it waits.
//!
//! The model is loaded on first use. The passages' sessions are given back when nothing has been asked for in
//! a while; the question's session stays.

mod embedder;
mod files;
mod model;
mod silence;
mod telling;
#[cfg(test)]
mod tests;
mod tokenizer;
mod tokens;

pub(crate) use embedder::first;
pub use embedder::{Embedder, Pending};
pub use files::ModelFiles;
pub(crate) use files::remove_all_but;
use library::vectors::Signs;
pub use model::{DIMENSIONS, Embedded, MAX_TOKENS, MODEL, Vector, environment};
pub use silence::silence_runtime;
pub(crate) use telling::TellingTokens;
pub use tokens::TokenCounter;

/// How near two tokens' meanings are, by the share of numbers whose signs differ: the cosine of the angle that makes
/// that share the most likely one (Charikar, *Similarity estimation techniques from rounding algorithms*, 2002).
pub(crate) fn token_cosine(a: &Signs, b: &Signs) -> f32 {
    let differing: u32 = a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum();
    (std::f32::consts::PI * differing as f32 / DIMENSIONS as f32).cos()
}

/// The cosine of two vectors of length 1.
pub(crate) fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
