//! Items and the new edition of the document that they are about.

use kernel::DocumentId;
use rusqlite::Transaction;

use super::Item;
use crate::Error;
use crate::documents::NewEdition;
use crate::stored;

/// Follows a document to its new edition with its items and what was asked of them. An item whose words are gone is
/// marked as changed, and is a draft again: nobody knows whether it is still right. Returns how many these are.
pub fn follow_edition(tx: &Transaction<'_>, document: DocumentId) -> Result<u32, Error> {
    let edition = NewEdition::of(tx, document)?;
    let mut items = tx.prepare_cached("SELECT item, body FROM quiz_items WHERE document = ?")?;
    let mut update = tx.prepare_cached(
        "UPDATE quiz_items SET body = ?1, state = iif(?2 AND state = 'ready', 'draft', state) WHERE item = ?3",
    )?;
    let mut rows = items.query([document.0])?;
    let mut changed = 0;
    while let Some(row) = rows.next()? {
        let mut body: Item = stored::from_json(row, 1)?;
        let has_changed = follow(&edition, &mut body)?;
        changed += u32::from(has_changed);
        update.execute((stored::to_json(&body)?, has_changed, row.get::<_, i64>(0)?))?;
    }
    drop(rows);
    let mut asked =
        tx.prepare_cached("SELECT quiz, ordinal, asked FROM quiz_questions WHERE asked ->> '$.citation.document' = ?")?;
    let mut update = tx.prepare_cached("UPDATE quiz_questions SET asked = ? WHERE quiz = ? AND ordinal = ?")?;
    let mut rows = asked.query([document.0])?;
    while let Some(row) = rows.next()? {
        let mut body: Item = stored::from_json(row, 2)?;
        follow(&edition, &mut body)?;
        update.execute((stored::to_json(&body)?, row.get::<_, i64>(0)?, row.get::<_, u32>(1)?))?;
    }
    Ok(changed)
}

/// Whether one of its proofs has lost its words.
fn follow(edition: &NewEdition<'_>, body: &mut Item) -> Result<bool, Error> {
    let mut changed = false;
    for citation in [&mut body.citation].into_iter().chain(&mut body.further) {
        edition.follow(citation)?;
        changed |= citation.changed;
    }
    Ok(changed)
}
