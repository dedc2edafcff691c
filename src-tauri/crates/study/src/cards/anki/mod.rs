//! Anki's packages of notes (`.apkg`): a ZIP file with an SQLite database and pictures and sounds.
//!
//! Read are the form of today (`collection.anki21b`, compressed by Zstandard, its note types in tables and messages of
//! Protocol Buffers) and both earlier ones (`collection.anki21` and `collection.anki2`, their note types in JSON).
//! What is read is hostile until it has been: sizes are limited, names of the archive never become paths, the
//! database is opened for reading only and none of its views and triggers run. Fields are HTML and become Markdown.
//!
//! Written is the earlier form, which every version of Anki reads.

mod archive;
mod collection;
mod from_html;
mod give;
mod given;
mod kinds;
mod memory;
mod protobuf;
mod take;
mod template;
mod to_html;

pub use archive::Package;
pub use give::give;
pub use take::{Taken, take};
