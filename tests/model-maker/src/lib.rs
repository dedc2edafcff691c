//! Language models made to measure, for tests and measurements: GGUF files of the llama architecture with random
//! weights.
//!
//! They say nothing that makes sense, but everything around the sense is real: llama.cpp loads them, counts their
//! tokens, keeps their cache and samples from them. The vocabulary is the 256 bytes, so they can write any text, and
//! the ends of turns.

mod gguf;
mod model;
mod vocabulary;
mod weights;

pub mod broken;

pub use model::{CHATML, Model};
pub use vocabulary::TurnTokens;
pub use weights::Precision;
