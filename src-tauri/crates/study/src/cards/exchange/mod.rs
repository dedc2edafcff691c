//! Notes on their way in and out: as CSV, as Markdown, and in Anki's packages.

pub mod csv;
pub mod markdown;

mod store;

use std::path::Path;

use kernel::Code;
use library::cards::NewNote;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Error;
pub use store::{Stored, store};

/// Largest file of text that is read, in bytes.
const LARGEST: u64 = 64 << 20;
/// Most notes that a file may hold.
pub(crate) const MOST_NOTES: usize = 200_000;

/// What a file of text holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its notes.
    pub notes: Vec<Placed>,
    /// What of it is none.
    pub skipped: Vec<Skipped>,
}

/// A note and where it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The line that it begins at, or its number in a package, from 1.
    pub place: u32,
    /// The note.
    pub note: NewNote,
}

/// A part of a file that can't become a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Skipped {
    /// The line, or the number in a package, from 1.
    pub place: u32,
    /// Why, for people.
    pub why: String,
}

/// The text of a file.
///
/// # Errors
/// `NotFound`, `Unreadable`, and `Damaged` for what is too long or no UTF-8.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let io = |error: std::io::Error| Error::unreadable(path, Code::of_io(&error), error);
    let length = std::fs::metadata(path).map_err(io)?.len();
    if length > LARGEST {
        let most = LARGEST >> 20;
        return Err(Error::unreadable(path, Code::Invalid, format!("it has more than {most} MB; split it")));
    }
    let bytes = std::fs::read(path).map_err(io)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::unreadable(path, Code::Damaged, "it is no UTF-8 text; save it as UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
