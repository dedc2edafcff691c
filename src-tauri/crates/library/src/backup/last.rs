//! When the library was last backed up.

use std::path::Path;

use kernel::Timestamp;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Error, Library, settings};

/// Where it stands among the library's settings.
const KEY: &str = "last_backup";

/// A backup that was made and verified. Whether it is still there is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LastBackup {
    /// When it was done.
    pub at: Timestamp,
    /// The file.
    pub file: String,
    /// Its size.
    #[specta(type = f64)]
    pub bytes: u64,
}

/// The last backup of the library; none before the first.
pub fn last(connection: &Connection) -> Result<Option<LastBackup>, Error> {
    settings::get(connection, KEY)
}

/// The backup is there, whether or not this can be stored: a library on a disk that is only read may be backed up too.
pub(super) fn remember(library: &Library, file: &Path, bytes: u64) {
    let backup = LastBackup { at: library.now(), file: file.display().to_string(), bytes };
    if library.writable()
        && let Err(error) = library.write(|tx| settings::set(tx, KEY, &backup))
    {
        tracing::warn!(%error, "when the library was backed up could not be stored");
    }
}
