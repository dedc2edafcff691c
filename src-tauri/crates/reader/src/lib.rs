//! Reads a file into pages of blocks, and pages into passages.
//!
//! A file is hostile until read: it is parsed in a child process with limits. Nothing here knows a database.

mod detect;
mod emphasis;
mod error;
mod find;
mod format;
mod formats;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod joiner;
mod model;
mod ocr;
mod passages;
mod pdf;
mod picture;
mod sentences;
mod terms;
#[cfg(test)]
mod testing;
mod worker;

pub use detect::{detect, detect_open};
pub use error::Error;
pub use find::Phrase;
pub use format::{Format, Unit};
pub use joiner::{BlockJoiner, JoinedBlock};
pub use model::*;
pub use ocr::{Language, Recogniser, RecognitionLimits, Scan, SpokenLanguages};
pub use passages::{Count, PassageBuilder, embedded_text};
pub use sentences::sentences;
pub use terms::{Term, TermFinder, TermKind};
pub use worker::{Limits, Reading, Renderer, Source, Worker, serve_worker};
