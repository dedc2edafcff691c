//! Passages, the unit of search, with the keyword index over them.
//!
//! The keyword index is the FTS5 table `passages_fts(headings, text)`; its rowid is the passage. Triggers keep
//! it true. It takes in the text as it is, but for scripts without spaces between words, whose runs are [parted
//! into pairs](pairs): a question has to be parted alike. A search of one room joins the narrow table `passages`, which has the room on each row:
//!
//! ```sql
//! SELECT f.rowid, bm25(passages_fts, 2.0, 1.0) AS score
//! FROM passages_fts f JOIN passages p ON p.passage = f.rowid
//! WHERE passages_fts MATCH ?1 AND p.room = ?2
//! ORDER BY score LIMIT ?3
//! ```

mod kinds;
mod recut;
mod row;
mod unspaced;

use kernel::{DocumentId, PassageId};
use reader::Passage;
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::Error;
use crate::stored::{self, Named};
pub use kinds::Kind;
pub(crate) use kinds::{mark_definitions, unmark_definitions};
pub use recut::{Recut, recut};
pub use row::{StoredPassage, Unembedded};
pub(crate) use unspaced::parted;
pub use unspaced::{is_unspaced, pairs};

/// Stores passages of a document; they can be searched by keyword once the transaction is committed.
/// Their numbers come back in the same order.
pub fn insert(tx: &Transaction<'_>, document: DocumentId, passages: &[Passage]) -> Result<Vec<PassageId>, Error> {
    let room: i64 = tx
        .prepare_cached("SELECT room FROM documents WHERE document = ?")?
        .query_row([document.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("document", document))?;
    let mut narrow = tx.prepare_cached(
        "INSERT INTO passages (document, room, ordinal, kind, kinds, page_start, page_end, tokens)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut wide = tx.prepare_cached(
        "INSERT INTO passage_texts (passage, headings, text, sentences, headings_parted, text_parted)
             VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    let mut ids = Vec::with_capacity(passages.len());
    for passage in passages {
        let id = narrow.insert((
            document.0,
            room,
            passage.ordinal,
            passage.kind.stored_name(),
            kinds::bits(&passage.kinds),
            passage.page_start,
            passage.page_end,
            passage.tokens,
        ))?;
        let headings = row::join_headings(&passage.headings);
        let sentences = stored::to_postcard(&passage.sentences)?;
        wide.execute((id, &headings, &passage.text, sentences, parted(&headings), parted(&passage.text)))?;
        ids.push(PassageId(id));
    }
    let first = passages.iter().map(|passage| passage.page_start).min();
    let last = passages.iter().map(|passage| passage.page_end).max();
    if let (Some(first), Some(last)) = (first, last) {
        mark_definitions(tx, document, first, last)?;
    }
    Ok(ids)
}

/// The passages with these numbers, in this order; one that is gone is left out.
pub fn get(connection: &Connection, passages: &[PassageId]) -> Result<Vec<StoredPassage>, Error> {
    let mut query = connection.prepare_cached(&format!("{} WHERE p.passage = ?", row::SELECT))?;
    let mut found = Vec::with_capacity(passages.len());
    for passage in passages {
        found.extend(query.query_row([passage.0], row::read).optional()?);
    }
    Ok(found)
}

/// A passage with up to `before` and `after` passages around it in its document, in order; empty when it is gone.
pub fn neighbours(
    connection: &Connection,
    passage: PassageId,
    before: u32,
    after: u32,
) -> Result<Vec<StoredPassage>, Error> {
    let place: Option<(i64, i64)> = connection
        .prepare_cached("SELECT document, ordinal FROM passages WHERE passage = ?")?
        .query_row([passage.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((document, ordinal)) = place else {
        return Ok(Vec::new());
    };
    let from = ordinal - i64::from(before);
    between(connection, DocumentId(document), from, ordinal + i64::from(after))
}

/// Up to `limit` passages of a document in order, beginning with the place `from`.
pub fn of_document(
    connection: &Connection,
    document: DocumentId,
    from: u32,
    limit: u32,
) -> Result<Vec<StoredPassage>, Error> {
    let from = i64::from(from);
    between(connection, document, from, from + i64::from(limit) - 1)
}

/// The passages of a document that touch a page, in order.
pub fn on_page(connection: &Connection, document: DocumentId, page: u32) -> Result<Vec<StoredPassage>, Error> {
    let sql =
        format!("{} WHERE p.document = ?1 AND p.page_start <= ?2 AND p.page_end >= ?2 ORDER BY p.ordinal", row::SELECT);
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map((document.0, page), row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A passage's place in its document, and what it stands under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headed {
    /// Place in the document, from 0.
    pub ordinal: u32,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
}

/// The places of the first `limit` passages of a document that begin on a page or behind it, in order.
pub fn headed(connection: &Connection, document: DocumentId, page: u32, limit: u32) -> Result<Vec<Headed>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT p.ordinal, t.headings FROM passages p JOIN passage_texts t ON t.passage = p.passage
         WHERE p.document = ? AND p.page_start >= ? ORDER BY p.ordinal LIMIT ?",
    )?;
    let rows = query.query_map((document.0, page, limit), |row| {
        Ok(Headed { ordinal: row.get(0)?, headings: row::split_headings(row.get_ref(1)?.as_str()?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The document that a passage is of; none when it is gone.
pub fn document_of(connection: &Connection, passage: PassageId) -> Result<Option<DocumentId>, Error> {
    let document = connection
        .prepare_cached("SELECT document FROM passages WHERE passage = ?")?
        .query_row([passage.0], |row| row.get(0).map(DocumentId))
        .optional()?;
    Ok(document)
}

/// Whether a word, in some form of it, stands in any passage of the library.
pub fn hold_word(connection: &Connection, word: &str) -> Result<bool, Error> {
    let quoted = format!("\"{}\"", word.replace('"', "\"\""));
    let found = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM passages_fts WHERE passages_fts MATCH ?)")?
        .query_row([quoted], |row| row.get(0))?;
    Ok(found)
}

/// How many passages a document has.
pub fn count(connection: &Connection, document: DocumentId) -> Result<u32, Error> {
    let count = connection
        .prepare_cached("SELECT count(*) FROM passages WHERE document = ?")?
        .query_row([document.0], |row| row.get(0))?;
    Ok(count)
}

/// The place that the next passage of a document takes: one after the last.
pub fn next_ordinal(connection: &Connection, document: DocumentId) -> Result<u32, Error> {
    let next = connection
        .prepare_cached("SELECT coalesce(max(ordinal) + 1, 0) FROM passages WHERE document = ?")?
        .query_row([document.0], |row| row.get(0))?;
    Ok(next)
}

/// Up to `limit` passages of a document, in order, that have no vector of this model, beginning with the place `from`:
/// who takes one part after the other doesn't pass over all those before it each time.
pub fn without_vector(
    connection: &Connection,
    document: DocumentId,
    model: &str,
    from: u32,
    limit: u32,
) -> Result<Vec<Unembedded>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT p.passage, d.title, t.headings, t.text, p.tokens, p.ordinal
         FROM passages p
         JOIN documents d ON d.document = p.document
         JOIN passage_texts t ON t.passage = p.passage
         LEFT JOIN vectors v ON v.passage = p.passage AND v.model = ?2
         WHERE p.document = ?1 AND p.ordinal >= ?3 AND v.passage IS NULL
         ORDER BY p.ordinal LIMIT ?4",
    )?;
    let rows = query.query_map((document.0, model, from, limit), |row| {
        Ok(Unembedded {
            passage: PassageId(row.get(0)?),
            title: row.get(1)?,
            headings: row::split_headings(row.get_ref(2)?.as_str()?),
            text: row.get(3)?,
            tokens: row.get(4)?,
            ordinal: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn between(connection: &Connection, document: DocumentId, first: i64, last: i64) -> Result<Vec<StoredPassage>, Error> {
    let sql = format!("{} WHERE p.document = ? AND p.ordinal BETWEEN ? AND ? ORDER BY p.ordinal", row::SELECT);
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map((document.0, first, last), row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
