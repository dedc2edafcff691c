use std::collections::HashSet;

use kernel::{DocumentId, RoomId};
use rusqlite::{Connection, Transaction};

use super::{found, get};
use crate::Error;

/// What is left to do once a document's removal is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The document that is gone.
    pub document: DocumentId,
    /// The room it was in.
    pub room: RoomId,
    /// The copy of its file, when no other document uses it any more: to be deleted.
    pub original: Option<Original>,
}

/// The copy of an imported file, as [`crate::Library::original`] names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Original {
    /// BLAKE3 of the file, in hex.
    pub hash: String,
    /// Its format and ending.
    pub format: String,
}

/// Removes a document with its pages, passages, keyword index, vectors, outline and job, and files it for the
/// vector index (see [`removals`]). Conversations keep their citations.
pub fn remove(tx: &Transaction<'_>, document: DocumentId) -> Result<Removed, Error> {
    let gone = get(tx, document)?;
    tx.prepare_cached("DELETE FROM documents WHERE document = ?")?.execute([document.0])?;
    let original = Original { hash: gone.hash, format: gone.format };
    Ok(Removed { document, room: gone.room, original: (!in_use(tx, &original.hash)?).then_some(original) })
}

/// Forgets everything that was read of a document, so that it can be read anew. Its passages are filed for
/// the vector index as those of a removed document are.
pub fn reset(tx: &Transaction<'_>, document: DocumentId) -> Result<(), Error> {
    for sql in [
        "DELETE FROM passages WHERE document = ?",
        "DELETE FROM pages WHERE document = ?",
        "DELETE FROM outlines WHERE document = ?",
        "INSERT OR IGNORE INTO index_removals (document) VALUES (?)",
    ] {
        tx.prepare_cached(sql)?.execute([document.0])?;
    }
    let changed = tx.prepare_cached("UPDATE documents SET pages = NULL WHERE document = ?")?.execute([document.0])?;
    found(changed, document)
}

/// Whether a document of any room was made from the file with this hash.
pub fn in_use(connection: &Connection, hash: &str) -> Result<bool, Error> {
    let used = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM documents WHERE hash = ?)")?
        .query_row([hash], |row| row.get(0))?;
    Ok(used)
}

/// Every copy that some document needs; any other file among the originals is a leftover.
pub fn originals(connection: &Connection) -> Result<HashSet<Original>, Error> {
    let mut originals = connection.prepare_cached("SELECT DISTINCT hash, format FROM documents")?;
    let rows = originals.query_map([], |row| Ok(Original { hash: row.get(0)?, format: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Documents whose rows the vector index must drop: removed ones, and those that are read anew.
pub fn removals(connection: &Connection) -> Result<Vec<DocumentId>, Error> {
    let mut removals = connection.prepare_cached("SELECT document FROM index_removals ORDER BY document")?;
    let rows = removals.query_map([], |row| row.get(0).map(DocumentId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes documents off [`removals`]: the vector index has dropped their rows.
pub fn cleared(tx: &Transaction<'_>, documents: &[DocumentId]) -> Result<(), Error> {
    let mut clear = tx.prepare_cached("DELETE FROM index_removals WHERE document = ?")?;
    for document in documents {
        clear.execute([document.0])?;
    }
    Ok(())
}
