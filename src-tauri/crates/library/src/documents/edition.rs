//! A new edition of a document: read beside the old one, then put in its place.

use kernel::DocumentId;
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::removal::{Original, in_use};
use super::{Removed, get};
use crate::{Error, check};

/// The new edition of a document that is being read.
pub fn edition_of(connection: &Connection, document: DocumentId) -> Result<Option<DocumentId>, Error> {
    let edition = connection
        .prepare_cached("SELECT document FROM documents WHERE replaces = ?")?
        .query_row([document.0], |row| row.get(0).map(DocumentId))
        .optional()?;
    Ok(edition)
}

/// Gives the pages, outline and file of a new edition to the document that it replaces, whose number comes back with
/// what is left to delete. The edition is a document no more; the title stays. Passages are still those of the old
/// edition, to be cut anew in the same transaction; its terms are gone with its pages.
pub fn take_place(tx: &Transaction<'_>, edition: DocumentId) -> Result<(DocumentId, Removed), Error> {
    let new = get(tx, edition)?;
    let document = new.replaces.ok_or_else(|| Error::not_found("the document replaced by", edition))?;
    let old = get(tx, document)?;
    for table in ["pages", "outlines"] {
        tx.execute(&format!("DELETE FROM {table} WHERE document = ?"), [document.0])?;
        tx.execute(&format!("UPDATE {table} SET document = ? WHERE document = ?"), [document.0, edition.0])?;
    }
    // Gone before its file is taken over: no room has the same file twice.
    tx.execute("DELETE FROM documents WHERE document = ?", [edition.0])?;
    tx.execute(
        "UPDATE documents SET file_name = ?, source = ?, hash = ?, format = ?, bytes = ?, pages = ? WHERE document = ?",
        (&new.file_name, &new.source, &new.hash, &new.format, new.bytes.cast_signed(), new.pages, document.0),
    )?;
    check::recount(tx, Some(document))?;
    let original = Original { hash: old.hash, format: old.format };
    let original = (!in_use(tx, &original.hash)?).then_some(original);
    Ok((document, Removed { document: edition, room: new.room, original }))
}
