//! Notes and the new edition of a document that they were made from.

use kernel::{Citation, DocumentId};
use rusqlite::Transaction;

use crate::Error;
use crate::documents::NewEdition;
use crate::stored;

/// Follows a document to its new edition: a note whose source stands on a page of it points there; the others are
/// marked, so that the person can see whether they are still right. Returns how many are.
pub fn follow_edition(tx: &Transaction<'_>, document: DocumentId) -> Result<u32, Error> {
    let edition = NewEdition::of(tx, document)?;
    let mut notes = tx.prepare_cached("SELECT note, source FROM notes WHERE document = ? AND source IS NOT NULL")?;
    let rows = notes.query_map([document.0], |row| Ok((row.get::<_, i64>(0)?, stored::from_json(row, 1)?)))?;
    let made_from: Vec<(i64, Citation)> = rows.collect::<Result<_, _>>()?;
    let mut update = tx.prepare_cached("UPDATE notes SET source = ?, source_changed = ? WHERE note = ?")?;
    let mut changed = 0;
    for (note, mut source) in made_from {
        edition.follow(&mut source)?;
        update.execute((stored::to_json(&source)?, source.changed, note))?;
        changed += u32::from(source.changed);
    }
    Ok(changed)
}
