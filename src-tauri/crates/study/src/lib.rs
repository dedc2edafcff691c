//! Studying: what a person knows of their documents, and what they should look at next.
//!
//! [`quiz`] makes questions about documents, each with its proof, and lets none through that the documents don't bear
//! out; [`taking`] a quiz stores what is answered and grades it; [`grading`] holds an answer in somebody's own words
//! against a reference; what people decide on drafts says how sure the
//! next ones are (`experience`); [`cards`] come back when
//! they are due; [`progress`] is what all of that says about each part of a document.

mod blocking;
pub mod cards;
mod error;
mod experience;
pub mod grading;
mod phrases;
pub mod progress;
pub mod quiz;
pub mod taking;

pub use error::Error;
