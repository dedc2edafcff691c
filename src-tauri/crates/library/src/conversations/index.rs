//! What finds questions and answers by their words: the FTS5 table `turns_fts(question, answer)`, whose rowid is the
//! turn. It holds the texts as [`as_indexed`] leaves them. An answer is taken in when it has ended; a trigger takes out a
//! turn that goes.

use kernel::TurnId;
use rusqlite::{Connection, Transaction};

use crate::Error;
use crate::fulltext::as_indexed;

/// Takes a turn in, in place of what there was of it.
pub(super) fn put(tx: &Transaction<'_>, turn: TurnId, question: &str, answer: &str) -> Result<(), Error> {
    tx.prepare_cached("INSERT OR REPLACE INTO turns_fts (rowid, question, answer) VALUES (?, ?, ?)")?.execute((
        turn.0,
        as_indexed(question),
        as_indexed(answer),
    ))?;
    Ok(())
}

/// What is wrong with the index, a sentence each: turns that are missing in it or stand there with other words, and
/// those that are gone. Whether FTS5's own tables agree with each other is SQLite's to check.
pub(crate) fn problems(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut compared = connection.prepare(
        "SELECT t.question, t.answer, t.state = 'streaming', f.question, f.answer
         FROM turns t LEFT JOIN turns_fts f ON f.rowid = t.turn",
    )?;
    let mut different = 0_u32;
    let mut rows = compared.query([])?;
    while let Some(row) = rows.next()? {
        let (question, answer): (String, String) = (row.get(0)?, row.get(1)?);
        let (indexed_question, indexed_answer): (Option<String>, Option<String>) = (row.get(3)?, row.get(4)?);
        let is_being_written: bool = row.get(2)?;
        let is_same = |indexed: Option<String>, text| indexed.is_some_and(|indexed| indexed == as_indexed(text));
        let agrees = is_same(indexed_question, &question) && (is_being_written || is_same(indexed_answer, &answer));
        different += u32::from(!agrees);
    }
    let gone: u32 = connection.query_row(
        "SELECT count(*) FROM turns_fts_content f LEFT JOIN turns t ON t.turn = f.id WHERE t.turn IS NULL",
        [],
        |row| row.get(0),
    )?;
    let named = [
        (different, "questions with their answers are not in the index of conversations as they were said"),
        (gone, "questions in the index of conversations are gone"),
    ];
    Ok(named.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}.")).collect())
}

/// Makes the index anew from the turns.
pub(crate) fn rebuild(tx: &Transaction<'_>) -> Result<(), Error> {
    // Rows can only be taken out of an index that agrees with its own copy of the texts.
    tx.execute_batch("INSERT INTO turns_fts (turns_fts) VALUES ('rebuild'); DELETE FROM turns_fts;")?;
    let mut turns = tx.prepare("SELECT turn, question, answer FROM turns")?;
    let mut rows = turns.query([])?;
    while let Some(row) = rows.next()? {
        let (question, answer): (String, String) = (row.get(1)?, row.get(2)?);
        put(tx, TurnId(row.get(0)?), &question, &answer)?;
    }
    Ok(())
}
