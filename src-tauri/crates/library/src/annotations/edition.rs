//! Annotations and the new edition of the document that they are on.

use kernel::{Citation, DocumentId};
use rusqlite::Transaction;

use crate::Error;
use crate::documents::NewEdition;
use crate::stored;

/// Follows a document to its new edition: a highlight whose words stand on a page of it goes there, the others are
/// marked. A note about a page stays with the page of that number. Returns how many are marked.
pub fn follow_edition(tx: &Transaction<'_>, document: DocumentId) -> Result<u32, Error> {
    let edition = NewEdition::of(tx, document)?;
    let mut annotations = tx.prepare_cached("SELECT annotation, source, page FROM annotations WHERE document = ?")?;
    let rows = annotations.query_map([document.0], |row| {
        Ok((row.get::<_, i64>(0)?, stored::from_json(row, 1)?, row.get::<_, u32>(2)?))
    })?;
    let marked: Vec<(i64, Citation, u32)> = rows.collect::<Result<_, _>>()?;
    let mut update = tx.prepare_cached(
        "UPDATE annotations SET source = ?, page = ?, start = coalesce(?, start) WHERE annotation = ?",
    )?;
    let mut changed = 0;
    for (annotation, mut source, page) in marked {
        let (page, start) = if source.quote.is_empty() {
            source.changed = !edition.has(page);
            (page, None)
        } else {
            edition.follow_from(&mut source, page)?.map_or((page, None), |(page, start)| (page, Some(start)))
        };
        update.execute((stored::to_json(&source)?, page, start, annotation))?;
        changed += u32::from(source.changed);
    }
    Ok(changed)
}
