//! From a dropped file to a searchable document: durable jobs over the reader, the library and retrieval.
//!
//! A job goes through stages: pages are read and can be found by their words as they are committed; then passages
//! get their vectors; then the document enters the vector index. Every step is a transaction of the library, so a
//! process may be killed at any instant and the next one goes on from the last committed page or vector.
//!
//! One process at a time is in charge of the jobs (it holds the library's writer lock); others hand their work over
//! by storing it, and take charge when the first one goes away.

mod add;
mod bell;
mod charge;
mod checkpoint;
mod edition;
mod embedding;
mod error;
mod finish;
mod gentle;
mod index;
mod intake;
mod lease;
mod original;
mod pace;
mod reading;
mod recognising;
mod recognition;
mod recut;
mod reembedding;
mod remark;
mod removal;
mod shared;
mod steer;
mod title;
mod tokens;
mod walk;
mod watch;
mod work;

pub use error::Error;
pub use gentle::{Gentleness, is_discharging};
pub use intake::Intake;
pub use library::documents::Added;
pub use recognition::Recognition;
pub use reembedding::ModelChange;
pub use walk::files;
pub use watch::Event;
