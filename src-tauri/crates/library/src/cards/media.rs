use kernel::NoteId;
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::note;
use crate::Error;

/// Largest picture or sound, in bytes.
const LARGEST: usize = 32 << 20;
/// Longest name, in bytes.
const LONGEST_NAME: usize = 255;

/// A picture or sound of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Medium {
    /// As the note's text calls it.
    pub name: String,
    /// BLAKE3 of what is in it, in hex.
    pub hash: String,
}

/// Keeps a picture or sound for a note, in place of the one of that name. What several notes have is kept once.
///
/// # Errors
/// `Invalid` for one that is too large, or has a name that is none.
pub fn attach(tx: &Transaction<'_>, to: NoteId, name: &str, bytes: &[u8]) -> Result<(), Error> {
    note::note(tx, to)?;
    if name.is_empty() || name.len() > LONGEST_NAME || name.contains(['/', '\\', '\0']) {
        return Err(Error::Invalid(format!("\u{201c}{name}\u{201d} is no name of a file.")));
    }
    if bytes.len() > LARGEST {
        let most = LARGEST >> 20;
        return Err(Error::Invalid(format!("The file {name} of a note is larger than {most} MB. Make it smaller.")));
    }
    let hash = blake3::hash(bytes).to_hex();
    let hash = hash.as_str();
    tx.prepare_cached("INSERT OR IGNORE INTO media (hash, bytes) VALUES (?, ?)")?.execute((hash, bytes))?;
    // Not replaced in place: what was there before goes when nobody else has it.
    tx.prepare_cached("DELETE FROM note_media WHERE note = ? AND name = ? AND hash <> ?")?
        .execute((to.0, name, hash))?;
    tx.prepare_cached("INSERT OR IGNORE INTO note_media (note, name, hash) VALUES (?, ?, ?)")?
        .execute((to.0, name, hash))?;
    Ok(())
}

/// The pictures and sounds of a note, by name.
pub fn media_of(connection: &Connection, note: NoteId) -> Result<Vec<Medium>, Error> {
    let mut query = connection.prepare_cached("SELECT name, hash FROM note_media WHERE note = ? ORDER BY name")?;
    let rows = query.query_map([note.0], |row| Ok(Medium { name: row.get(0)?, hash: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is in a picture or sound; none where no note has it.
pub fn medium(connection: &Connection, hash: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(connection
        .prepare_cached("SELECT bytes FROM media WHERE hash = ?")?
        .query_row([hash], |row| row.get(0))
        .optional()?)
}
