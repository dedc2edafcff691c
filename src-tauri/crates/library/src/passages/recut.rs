//! A document's passages cut anew, after some of its pages have changed.

use std::collections::{HashMap, VecDeque};

use kernel::{DocumentId, PassageId};
use reader::Passage;
use rusqlite::Transaction;

use super::{insert, kinds, row};
use crate::Error;
use crate::stored::{self, Named};

/// What became of the passages of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recut {
    /// Have the words they had; number and vector stay.
    pub kept: u32,
    /// Are new.
    pub added: u32,
    /// Are gone.
    pub removed: u32,
}

/// Puts `passages` in place of those of a document. One with the headings and words of an old passage is that
/// passage, wherever it stands now: it keeps its number, and so its vector. Which of them define a term is told anew by
/// [`terms::replace`](crate::terms::replace).
pub fn recut(tx: &Transaction<'_>, document: DocumentId, passages: &[Passage]) -> Result<Recut, Error> {
    let mut old = by_words(tx, document)?;
    let mut done = Recut::default();
    // Places are unique, so the old ones make room first.
    tx.prepare_cached("UPDATE passages SET ordinal = -1 - ordinal WHERE document = ?")?.execute([document.0])?;
    let mut new = Vec::new();
    for passage in passages {
        let words = (row::join_headings(&passage.headings), passage.text.clone());
        match old.get_mut(&words).and_then(VecDeque::pop_front) {
            Some(kept) => {
                place(tx, kept, passage)?;
                done.kept += 1;
            }
            None => new.push(passage.clone()),
        }
    }
    let mut remove = tx.prepare_cached("DELETE FROM passages WHERE passage = ?")?;
    for gone in old.into_values().flatten() {
        remove.execute([gone.0])?;
        done.removed += 1;
    }
    insert(tx, document, &new)?;
    done.added = u32::try_from(new.len()).unwrap_or(u32::MAX);
    Ok(done)
}

type Words = (String, String);

fn by_words(tx: &Transaction<'_>, document: DocumentId) -> Result<HashMap<Words, VecDeque<PassageId>>, Error> {
    let mut query = tx.prepare_cached(
        "SELECT passage, headings, text FROM passages JOIN passage_texts USING (passage)
         WHERE document = ? ORDER BY ordinal",
    )?;
    let mut rows = query.query([document.0])?;
    let mut found: HashMap<Words, VecDeque<PassageId>> = HashMap::new();
    while let Some(row) = rows.next()? {
        found.entry((row.get(1)?, row.get(2)?)).or_default().push_back(PassageId(row.get(0)?));
    }
    Ok(found)
}

/// The same words at another place.
fn place(tx: &Transaction<'_>, id: PassageId, passage: &Passage) -> Result<(), Error> {
    tx.prepare_cached(
        "UPDATE passages SET ordinal = ?, kind = ?, kinds = ?, page_start = ?, page_end = ?, tokens = ?
         WHERE passage = ?",
    )?
    .execute((
        passage.ordinal,
        passage.kind.stored_name(),
        kinds::bits(&passage.kinds),
        passage.page_start,
        passage.page_end,
        passage.tokens,
        id.0,
    ))?;
    // The keyword index is written again with the row, so only where something changes.
    tx.prepare_cached("UPDATE passage_texts SET sentences = ?1 WHERE passage = ?2 AND sentences <> ?1")?
        .execute((stored::to_postcard(&passage.sentences)?, id.0))?;
    Ok(())
}
