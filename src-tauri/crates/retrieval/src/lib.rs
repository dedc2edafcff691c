//! From a question to the passages that answer it: embedder, vector index, keyword index, one ranking.
//!
//! [`Retrieval::search`] is the way in; a [`Scope`] says which part of the library it looks into, and
//! [`Hit::explain`] why it found what it found. Its two halves can each be absent: without the native parts or the
//! vectors it ranks by words alone and says so.

pub mod cache;
mod embed;
mod error;
mod explain;
mod facets;
pub mod fit;
mod index;
mod keyword;
mod likeness;
mod meanings;
mod question;
mod rank;
mod scope;
#[cfg(test)]
mod scope_tests;
mod search;
#[cfg(test)]
mod search_tests;
mod sentences;
mod space;
#[cfg(test)]
mod testing;
mod words;

pub use embed::{
    DIMENSIONS, Embedded, Embedder, MAX_TOKENS, MODEL, ModelFiles, Pending, TokenCounter, Vector, environment,
    silence_runtime,
};
pub use error::Error;
pub use explain::{Explanation, Part};
pub use facets::sides;
pub use index::{Differences, Reconciled, Upkeep, VectorIndex};
pub use library::passages::Kind;
pub use likeness::Likeness;
pub use meanings::Meaning;
pub use question::{Question, Term};
pub use rank::Evidence;
pub use scope::{Filter, Scope};
pub use search::{EmbeddedQuestion, Hit, Hits, Retrieval};
pub use sentences::{Compared, ComparedPlace};
pub use space::{EmbeddingSpace, Spaces};
pub use words::{fold, is_stop_word, stem, words};
