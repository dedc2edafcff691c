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
#[cfg(test)]
mod tests;
mod tokens;

pub(crate) use embedder::first;
pub use embedder::{Embedder, Pending};
pub use files::ModelFiles;
pub(crate) use files::remove_all_but;
pub use model::{DIMENSIONS, MAX_TOKENS, MODEL, Vector, environment};
pub use tokens::TokenCounter;

/// The cosine of two vectors of length 1.
pub(crate) fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
