//! The real app in a real window: what a person does on the first day, and what has to be there on the second.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod annotations;
mod backup;
mod bad_files;
mod cards;
mod carrying;
mod change;
mod conversations;
mod desk;
mod executors;
mod first_day;
mod looks;
mod model;
mod overview;
mod plants;
mod progress;
mod quizzes;
mod reopen;
mod safety;
mod screens;
mod search;
mod shell;
mod text;
