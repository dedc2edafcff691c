//! Reads a file into pages of blocks, and pages into passages.
//!
//! A file is hostile until read: it is parsed in a child process with limits. Nothing here knows a database.

mod model;

pub use model::*;
