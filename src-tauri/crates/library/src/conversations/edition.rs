//! Answers and the new edition of a document that they cite.

use kernel::{Citation, DocumentId};
use rusqlite::Transaction;

use super::About;
use crate::documents::NewEdition;
use crate::stored;
use crate::{Error, documents};

/// Follows a document to its new edition with all citations of answers, and with what was asked about. Returns how many
/// have lost their words.
pub fn follow_edition(tx: &Transaction<'_>, document: DocumentId) -> Result<u32, Error> {
    let room = documents::get(tx, document)?.room;
    let edition = NewEdition::of(tx, document)?;
    let mut turns = tx.prepare_cached(
        "SELECT turn, citations, further, about FROM turns JOIN conversations USING (conversation) WHERE room = ?",
    )?;
    let mut update =
        tx.prepare_cached("UPDATE turns SET citations = ?, further = ?, about = coalesce(?, about) WHERE turn = ?")?;
    let mut rows = turns.query([room.0])?;
    let mut changed = 0;
    while let Some(row) = rows.next()? {
        let turn: i64 = row.get(0)?;
        let mut lists: [Vec<Citation>; 2] = [stored::from_json(row, 1)?, stored::from_json(row, 2)?];
        let mut about: Option<About> =
            row.get::<_, Option<String>>(3)?.and_then(|json| serde_json::from_str(&json).ok());
        let mut touched = false;
        for citation in lists
            .iter_mut()
            .flatten()
            .chain(about.as_mut().map(|about| &mut about.citation))
            .filter(|citation| edition.is_cited_by(citation))
        {
            edition.follow(citation)?;
            touched = true;
            changed += u32::from(citation.changed);
        }
        if touched {
            let about = about.as_ref().map(stored::to_json).transpose()?;
            update.execute((stored::to_json(&lists[0])?, stored::to_json(&lists[1])?, about, turn))?;
        }
    }
    Ok(changed)
}
