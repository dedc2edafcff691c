//! Anki's packages of notes (`.apkg`): a ZIP file with an SQLite database and pictures and sounds.
//!
//! Read are the form of today (`collection.anki21b`, compressed by Zstandard, its note types in tables and messages of
//! Protocol Buffers) and both earlier ones (`collection.anki21` and `collection.anki2`, their note types in JSON).
//! What is read is hostile until it has been: a child process with limits reads it ([`Worker`], [`serve`]), sizes are
//! limited, names of the archive never become paths, the database is opened for reading only and none of its views and
//! triggers run. Fields are HTML and become Markdown. What comes back are notes, their cards and answers, and pictures
//! and sounds as they are asked for.
//!
//! Written is the earlier form, which every version of Anki reads.

mod archive;
mod collection;
mod from_html;
mod give;
mod given;
mod incoming;
mod kinds;
mod memory;
mod package;
mod protobuf;
mod protocol;
mod serve;
mod take;
mod template;
mod to_html;

pub use give::give;
pub use package::{Package, Worker};
pub use serve::serve;
pub use take::{Taken, take};

/// Reads a package on a thread of this process, over the same messages.
#[cfg(test)]
pub(in crate::cards) fn read_here(path: &std::path::Path) -> Result<Package, crate::Error> {
    let broken = |error: std::io::Error| crate::Error::unreadable(path, kernel::Code::Internal, error);
    let (requests, asked) = std::io::pipe().map_err(broken)?;
    let (answered, replies) = std::io::pipe().map_err(broken)?;
    std::thread::spawn(move || serve::serve_over(requests, replies));
    let child = kernel::child::Child::over(asked, answered).map_err(broken)?;
    Package::read(path, child, 0, &kernel::Cancel::new())
}
