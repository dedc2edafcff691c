//! Studying: what a person knows of their documents, and what they should look at next.
//!
//! [`grading`] holds an answer in somebody's own words against a reference; [`cards`] come back when they are due.

pub mod cards;
mod error;
pub mod grading;

pub use error::Error;
