//! What the app and the process that reads a package say to each other.

use kernel::Code;
use kernel::child::WirePath;
use serde::{Deserialize, Serialize};

use super::incoming::Incoming;
use crate::cards::exchange::Skipped;

/// What the child is asked to do.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// Read a package; comes first, and once.
    Open {
        package: WirePath,
        /// An empty file of the app's, for the package's database: what a child leaves behind, nobody clears away.
        database: WirePath,
        /// Resident bytes above which the child ends itself.
        memory_bytes: u64,
    },
    /// Send the picture or sound of that name.
    Medium(String),
}

/// What the child answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// What was asked for can't be done.
    Refused { code: Code, why: String },
    /// When the collection was made, in seconds since 1970; its notes follow.
    Opened { made: i64 },
    /// A note.
    Note(Incoming),
    /// A note that can't be taken.
    Skipped(Skipped),
    /// That were all notes.
    End,
    /// A picture or sound, if the package has it.
    Medium(Option<Vec<u8>>),
}
