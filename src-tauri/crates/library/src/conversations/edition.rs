//! Answers and the new edition of a document that they cite.

use kernel::{Citation, DocumentId};
use rusqlite::Transaction;

use crate::stored;
use crate::{Error, documents, pages};

/// Follows a document to its new edition: a citation whose words stand on a page of it points there, the page that is
/// nearest to the old one; the others keep their place and are marked as changed. Returns how many are.
pub fn follow_edition(tx: &Transaction<'_>, document: DocumentId) -> Result<u32, Error> {
    let room = documents::get(tx, document)?.room;
    let texts = texts(tx, document)?;
    let mut turns = tx.prepare_cached(
        "SELECT turn, citations, further FROM turns JOIN conversations USING (conversation) WHERE room = ?",
    )?;
    let mut update = tx.prepare_cached("UPDATE turns SET citations = ?, further = ? WHERE turn = ?")?;
    let mut rows = turns.query([room.0])?;
    let mut changed = 0;
    while let Some(row) = rows.next()? {
        let turn: i64 = row.get(0)?;
        let mut lists: [Vec<Citation>; 2] = [stored::from_json(row, 1)?, stored::from_json(row, 2)?];
        let mut touched = false;
        for citation in lists.iter_mut().flatten().filter(|citation| citation.document == document) {
            follow(tx, citation, &texts)?;
            touched = true;
            changed += u32::from(citation.changed);
        }
        if touched {
            update.execute((stored::to_json(&lists[0])?, stored::to_json(&lists[1])?, turn))?;
        }
    }
    Ok(changed)
}

/// The text of every page.
pub(crate) fn texts(tx: &Transaction<'_>, document: DocumentId) -> Result<Vec<(u32, String)>, Error> {
    let mut pages = tx.prepare_cached("SELECT number, text FROM pages WHERE document = ? ORDER BY number")?;
    let rows = pages.query_map([document.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Has one citation point to where its words stand now, or marks it as changed. A quote stands on one page.
pub(crate) fn follow(tx: &Transaction<'_>, citation: &mut Citation, texts: &[(u32, String)]) -> Result<(), Error> {
    let old = citation.page.unwrap_or(1);
    let quote = citation.quote.as_str();
    let places = texts.iter().filter_map(|(number, text)| Some((*number, text.find(quote)?)));
    let Some((number, start)) = places.min_by_key(|(number, _)| number.abs_diff(old)) else {
        citation.changed = true;
        return Ok(());
    };
    let page = pages::get(tx, citation.document, number)?;
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    citation.boxes = page.boxes(offset(start), offset(start + quote.len()));
    citation.page = Some(number);
    citation.label = page.label;
    citation.changed = false;
    Ok(())
}
