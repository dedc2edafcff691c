//! The whole library in one file, and back.
//!
//! A backup is a ZIP archive of stored (uncompressed) members, so that any tool can look into it:
//!
//! | member | what it is |
//! |---|---|
//! | `mimetype` | the first one: tells a backup from any other archive |
//! | `originals/HASH.FORMAT` | the copy of an imported file, named by its BLAKE3 hash |
//! | `library.sqlite` | the database as of one moment, vectors included |
//! | `manifest.json` | what is in it, with the size and the BLAKE3 hash of each member |
//!
//! The vector index and the logs are not in it: the index comes back by itself from the database.

mod archive;
mod create;
mod error;
mod folders;
mod last;
mod manifest;
mod restore;
mod snapshot;
mod swap;
mod unpacked;

use serde::{Deserialize, Serialize};
use specta::Type;

pub use create::{Made, create};
pub use error::BackupError;
pub use last::{LastBackup, last};
pub use restore::{Restored, restore};
pub(crate) use swap::settled;

/// What is being done to a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupStep {
    /// The database is copied as of one moment.
    Snapshot,
    /// Everything is put into the file.
    Packing,
    /// What was written is read back and compared.
    Verifying,
    /// The backup is unpacked beside the library, each member compared with its hash.
    Unpacking,
    /// The unpacked library is checked, and brought to the present schema.
    Checking,
    /// The unpacked library takes the place of the old one.
    Replacing,
}

/// How far a backup or its restoring is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupProgress {
    /// What is being done.
    pub step: BackupStep,
    /// Bytes done in this step; renames when replacing.
    #[specta(type = f64)]
    pub done: u64,
    /// Of so many; 0 where that is not known.
    #[specta(type = f64)]
    pub total: u64,
}

/// Hears how far it is; called on the caller's thread, many times a second.
pub type Listener<'a> = &'a mut dyn FnMut(BackupProgress);
