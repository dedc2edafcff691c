//! The library: one SQLite database, the truth about rooms, documents, pages, passages, vectors, jobs,
//! conversations, annotations, cards and settings. One writer, many readers; what belongs together is one transaction.
//!
//! A module per domain, its tables and migrations beside it. Their functions take a connection (reading) or
//! a transaction (writing), so that callers compose them:
//!
//! ```no_run
//! # fn main() -> Result<(), library::Error> {
//! # let folder = kernel::LibraryFolder::new("/tmp/library");
//! use library::{Library, documents, rooms};
//! let library = Library::open(folder, std::sync::Arc::new(kernel::SystemClock))?;
//! let room = library.write(|tx| rooms::create(tx, "Biology", library.now()))?;
//! let shelf = library.read(|connection| documents::list(connection, room.room))?;
//! # Ok(()) }
//! ```

pub mod annotations;
pub mod backup;
pub mod cards;
pub mod check;
pub mod conversations;
pub mod documents;
pub mod everything;
pub mod jobs;
pub mod locators;
pub mod pages;
pub mod passages;
pub mod quizzes;
pub mod readings;
pub mod rooms;
pub mod settings;
pub mod spending;
pub mod terms;
pub mod thresholds;
pub mod vectors;

mod error;
mod fulltext;
mod order;
mod schema;
mod store;
mod stored;

pub use error::Error;
pub use rusqlite;
pub use rusqlite::{Connection, Transaction};
pub use schema::SCHEMA_VERSION;
pub use store::{Library, Recovered, WriterLock};
