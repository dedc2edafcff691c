//! Studying: what a person knows of their documents, and what they should look at next.
//!
//! [`grading`] holds an answer in somebody's own words against a reference. [`quiz`] makes questions about documents,
//! each with its proof, and lets none through that the documents don't bear out.

mod error;
pub mod grading;
pub mod quiz;

pub use error::Error;
