//! What finds annotations by their words: the FTS5 table `annotations_fts(quote, note)`, whose rowid is the annotation.
//! A trigger takes out what goes.

use kernel::AnnotationId;
use rusqlite::{Connection, Transaction};

use crate::Error;
use crate::fulltext::as_indexed;

/// Takes an annotation in, in place of what there was of it.
pub(super) fn put(tx: &Transaction<'_>, annotation: AnnotationId, quote: &str, note: &str) -> Result<(), Error> {
    tx.prepare_cached("INSERT OR REPLACE INTO annotations_fts (rowid, quote, note) VALUES (?, ?, ?)")?.execute((
        annotation.0,
        as_indexed(quote),
        as_indexed(note),
    ))?;
    Ok(())
}

/// What is wrong with the index, a sentence each. Whether FTS5's own tables agree with each other is SQLite's to check.
pub(crate) fn problems(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut compared = connection.prepare(
        "SELECT a.source ->> '$.quote', a.note, f.quote, f.note
         FROM annotations a LEFT JOIN annotations_fts f ON f.rowid = a.annotation",
    )?;
    let mut different = 0_u32;
    let mut rows = compared.query([])?;
    while let Some(row) = rows.next()? {
        let (quote, note): (Option<String>, String) = (row.get(0)?, row.get(1)?);
        let (indexed_quote, indexed_note): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        let is_same = |indexed: Option<String>, text: &str| indexed.is_some_and(|indexed| indexed == as_indexed(text));
        let agrees = is_same(indexed_quote, quote.as_deref().unwrap_or_default()) && is_same(indexed_note, &note);
        different += u32::from(!agrees);
    }
    let gone: u32 = connection.query_row(
        "SELECT count(*) FROM annotations_fts_content f LEFT JOIN annotations a ON a.annotation = f.id
         WHERE a.annotation IS NULL",
        [],
        |row| row.get(0),
    )?;
    let named = [
        (different, "highlights and notes are not in their index as they were written"),
        (gone, "highlights and notes in their index are gone"),
    ];
    Ok(named.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}.")).collect())
}

/// Makes the index anew from the annotations.
pub(crate) fn rebuild(tx: &Transaction<'_>) -> Result<(), Error> {
    // Rows can only be taken out of an index that agrees with its own copy of the texts.
    tx.execute_batch("INSERT INTO annotations_fts (annotations_fts) VALUES ('rebuild'); DELETE FROM annotations_fts;")?;
    let mut annotations = tx.prepare("SELECT annotation, coalesce(source ->> '$.quote', ''), note FROM annotations")?;
    let mut rows = annotations.query([])?;
    while let Some(row) = rows.next()? {
        let (quote, note): (String, String) = (row.get(1)?, row.get(2)?);
        put(tx, AnnotationId(row.get(0)?), &quote, &note)?;
    }
    Ok(())
}
