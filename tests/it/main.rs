//! The app's command line, driven from outside as a person or a script drives it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

#[cfg(target_os = "linux")]
mod attacks;
mod backups;
mod bad_input;
mod cards;
mod contract;
mod duplicates;
mod editions;
mod executors;
mod folders;
mod grading;
mod index;
mod locators;
mod models;
mod notes;
mod passwords;
mod processes;
mod questions;
mod quizzes;
mod recognition;
mod soak;
mod usage;

use acceptance::shelf as cli;
