//! What finds notes by their words: the FTS5 table `notes_fts(front, back, extra, tags)`, whose rowid is the note. A
//! trigger takes out what goes.

use kernel::NoteId;
use rusqlite::{Connection, Transaction};

use crate::Error;
use crate::fulltext::as_indexed;

/// The texts of a note, its tags joined by spaces.
const TEXTS: &str = "n.front, n.back, n.extra,
    (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(n.tags))";

/// Takes a note in, in place of what there was of it.
pub(super) fn put(tx: &Transaction<'_>, note: NoteId, texts: [&str; 4]) -> Result<(), Error> {
    let [front, back, extra, tags] = texts.map(as_indexed);
    tx.prepare_cached("INSERT OR REPLACE INTO notes_fts (rowid, front, back, extra, tags) VALUES (?, ?, ?, ?, ?)")?
        .execute((note.0, front, back, extra, tags))?;
    Ok(())
}

/// What is wrong with the index, a sentence each. Whether FTS5's own tables agree with each other is SQLite's to check.
pub(crate) fn problems(connection: &Connection) -> Result<Vec<String>, Error> {
    let sql = format!(
        "SELECT {TEXTS}, f.front, f.back, f.extra, f.tags FROM notes n LEFT JOIN notes_fts f ON f.rowid = n.note"
    );
    let mut compared = connection.prepare(&sql)?;
    let mut different = 0_u32;
    let mut rows = compared.query([])?;
    while let Some(row) = rows.next()? {
        let mut agrees = true;
        for column in 0..4 {
            let (text, indexed): (String, Option<String>) = (row.get(column)?, row.get(column + 4)?);
            agrees &= indexed.is_some_and(|indexed| indexed == as_indexed(&text));
        }
        different += u32::from(!agrees);
    }
    let gone: u32 = connection.query_row(
        "SELECT count(*) FROM notes_fts_content f LEFT JOIN notes n ON n.note = f.id WHERE n.note IS NULL",
        [],
        |row| row.get(0),
    )?;
    let named = [
        (different, "notes of cards are not in their index as they were written"),
        (gone, "notes of cards in their index are gone"),
    ];
    Ok(named.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}.")).collect())
}

/// Makes the index anew from the notes.
pub(crate) fn rebuild(tx: &Transaction<'_>) -> Result<(), Error> {
    // Rows can only be taken out of an index that agrees with its own copy of the texts.
    tx.execute_batch("INSERT INTO notes_fts (notes_fts) VALUES ('rebuild'); DELETE FROM notes_fts;")?;
    let mut notes = tx.prepare(&format!("SELECT n.note, {TEXTS} FROM notes n"))?;
    let mut rows = notes.query([])?;
    while let Some(row) = rows.next()? {
        let texts: [String; 4] = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
        put(tx, NoteId(row.get(0)?), texts.each_ref().map(String::as_str))?;
    }
    Ok(())
}
