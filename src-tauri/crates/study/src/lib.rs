//! Studying: what a person knows of their documents, and what they should look at next.
//!
//! [`taking`] a quiz: what is answered is stored and graded; [`grading`] holds an answer in somebody's own words against a
//! reference; [`experience`] is what decisions on drafts say about the next ones.

mod draw;
mod error;
pub mod experience;
pub mod grading;
pub mod taking;

pub use error::Error;
