use kernel::DocumentId;
use reader::OutlineItem;
use rusqlite::{Connection, Transaction};

use crate::Error;

/// Replaces the table of contents.
pub fn set_outline(tx: &Transaction<'_>, document: DocumentId, items: &[OutlineItem]) -> Result<(), Error> {
    tx.prepare_cached("DELETE FROM outlines WHERE document = ?")?.execute([document.0])?;
    let mut insert =
        tx.prepare_cached("INSERT INTO outlines (document, ordinal, level, title, page) VALUES (?, ?, ?, ?, ?)")?;
    for (ordinal, item) in (0_i64..).zip(items) {
        insert.execute((document.0, ordinal, item.level, &item.title, item.page))?;
    }
    Ok(())
}

/// The table of contents, in order; empty when the file carries none.
pub fn outline(connection: &Connection, document: DocumentId) -> Result<Vec<OutlineItem>, Error> {
    let mut items =
        connection.prepare_cached("SELECT level, title, page FROM outlines WHERE document = ? ORDER BY ordinal")?;
    let rows = items
        .query_map([document.0], |row| Ok(OutlineItem { level: row.get(0)?, title: row.get(1)?, page: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
