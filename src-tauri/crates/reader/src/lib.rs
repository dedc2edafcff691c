//! Reads a file into pages of blocks, and pages into passages.
//!
//! A file is hostile until read: it is parsed in a child process with limits. Nothing here knows a database.

mod detect;
mod error;
mod format;
mod formats;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod joiner;
mod model;
mod passages;
mod pdf;
mod sentences;
mod terms;
#[cfg(test)]
mod testing;
mod worker;

pub use detect::{detect, detect_open};
pub use error::Error;
pub use format::{Format, Unit};
pub use joiner::{BlockJoiner, JoinedBlock};
pub use model::*;
pub use passages::{Count, PassageBuilder, embedded_text};
pub use sentences::sentences;
pub use terms::{Term, TermFinder, TermKind};
pub use worker::{Limits, Reading, Renderer, Source, Worker, serve_worker};
