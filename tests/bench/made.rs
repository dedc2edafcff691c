//! Documents that nobody has imported.

use std::hash::{DefaultHasher, Hash, Hasher};

use kernel::{DocumentId, RoomId, Timestamp};
use library::documents::{self, NewDocument};
use library::{Error, Transaction};

/// Adds a document of a format, with nothing in it yet. No two of a room may have the same title.
pub(crate) fn document(
    tx: &Transaction<'_>,
    room: RoomId,
    title: &str,
    format: &str,
    now: Timestamp,
) -> Result<DocumentId, Error> {
    let new = NewDocument {
        room,
        title: title.to_owned(),
        file_name: format!("{title}.{format}"),
        source: None,
        hash: hash(title),
        format: format.to_owned(),
        bytes: 1_000_000,
        replaces: None,
    };
    Ok(documents::add(tx, &new, now)?.document)
}

/// What stands for the hash of its file.
pub(crate) fn hash(title: &str) -> String {
    let mut hasher = DefaultHasher::new();
    title.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
