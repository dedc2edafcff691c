//! Scans and pictures through the real reading process and the real recognition program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, missing_docs)]

#[path = "../child/mod.rs"]
mod child;
mod pictures;
#[cfg(unix)]
mod program;
mod scans;
mod shelf;
