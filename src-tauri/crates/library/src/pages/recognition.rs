//! Pages that are pictures, and what text recognition makes of them.

use kernel::DocumentId;
use reader::Page;
use rusqlite::{Connection, Transaction};

use super::blobs;
use crate::Error;
use crate::stored;

/// Up to `limit` pages that wait for text recognition: those from `near` on first, then those before it.
pub fn to_recognise(connection: &Connection, document: DocumentId, near: u32, limit: u32) -> Result<Vec<u32>, Error> {
    let mut pages = connection.prepare_cached(
        "SELECT number FROM pages
         WHERE document = ?1 AND status IN ('scanned', 'garbled') AND confidence IS NULL
         ORDER BY number < ?2, number LIMIT ?3",
    )?;
    let rows = pages.query_map((document.0, near, limit), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every document with pages that wait for text recognition.
pub fn documents_to_recognise(connection: &Connection) -> Result<Vec<DocumentId>, Error> {
    let mut documents = connection.prepare_cached(
        "SELECT DISTINCT document FROM pages
         WHERE status IN ('scanned', 'garbled') AND confidence IS NULL ORDER BY document",
    )?;
    let rows = documents.query_map([], |row| row.get(0).map(DocumentId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stores what was recognised on a page in place of what stood there; its number, label, size and status stay.
pub fn recognised(tx: &Transaction<'_>, document: DocumentId, page: &Page) -> Result<(), Error> {
    let changed = tx
        .prepare_cached(
            "UPDATE pages SET text = ?, blocks = ?, words = ?, emphasis = ?, lines = x'00', confidence = ?
             WHERE document = ? AND number = ?",
        )?
        .execute((
            &page.text,
            stored::to_postcard(&page.blocks)?,
            blobs::pack(&page.words)?,
            stored::to_postcard(&page.emphasis)?,
            page.confidence.unwrap_or(0.0),
            document.0,
            page.number,
        ))?;
    match changed {
        0 => Err(Error::not_found("page", format!("{} of document {document}", page.number))),
        _ => Ok(()),
    }
}

/// Has every recognised page wait for recognition again, in another language for instance. Its text stays until then.
/// Returns how many there are.
pub fn forget_recognised(tx: &Transaction<'_>, document: DocumentId) -> Result<u32, Error> {
    let changed = tx
        .prepare_cached("UPDATE pages SET confidence = NULL WHERE document = ? AND confidence IS NOT NULL")?
        .execute([document.0])?;
    Ok(u32::try_from(changed).unwrap_or(u32::MAX))
}
