use kernel::{Code, Coded};
use rusqlite::Transaction;

use super::{Report, check};
use crate::annotations::index as annotations_index;
use crate::cards::index as notes_index;
use crate::conversations::index as conversations_index;
use crate::{Error, Library, cards};

/// Puts right what can be: rows that refer to nothing go, counts and indexes are made anew from the rows they
/// are about. What is still wrong afterwards stands in the report; pages that the disk has damaged can only
/// come back from a backup.
pub fn repair(library: &Library) -> Result<Report, Error> {
    let before = check(library)?;
    if before.problems.is_empty() {
        return Ok(before);
    }
    let (repaired, beyond) = match library.write(put_right) {
        Ok(repaired) => (repaired, None),
        Err(error) if error.code() == Code::Corrupt => (Vec::new(), Some(error.to_string())),
        Err(error) => return Err(error),
    };
    let mut after = check(library)?;
    after.repaired = repaired;
    after.problems.extend(beyond);
    Ok(after)
}

fn put_right(tx: &Transaction<'_>) -> Result<Vec<String>, Error> {
    let mut repaired = Vec::new();
    let mut done = |count: usize, what: &str| {
        if count > 0 {
            repaired.push(format!("{count} {what}."));
        }
    };
    // The indexes first: removing a row from an index that lacks it would damage it further.
    tx.execute_batch("INSERT INTO passages_fts (passages_fts) VALUES ('rebuild'); REINDEX;")?;
    tx.execute_batch("INSERT INTO terms_fts (terms_fts) VALUES ('rebuild');")?;
    conversations_index::rebuild(tx)?;
    annotations_index::rebuild(tx)?;
    notes_index::rebuild(tx)?;
    // What is the person's work stays without the document that it was made from.
    for (table, what) in [
        ("notes", "notes lost a document that is gone"),
        ("annotations", "highlights and notes on pages lost a document that is gone"),
    ] {
        let sql = format!("UPDATE {table} SET document = NULL WHERE document NOT IN (SELECT document FROM documents)");
        done(tx.execute(&sql, [])?, what);
    }
    done(orphans(tx)?, "rows that referred to nothing were removed");
    done(
        tx.execute("DELETE FROM passages WHERE passage NOT IN (SELECT passage FROM passage_texts)", [])?,
        "passages without text were removed",
    );
    done(
        tx.execute("DELETE FROM vectors WHERE length(vector) <> 1536", [])?,
        "vectors of the wrong length were removed",
    );
    done(
        tx.execute("DELETE FROM token_signs WHERE length(signs) % 48 <> 0", [])?,
        "passages lost tokens of the wrong length",
    );
    done(super::recount(tx, None)?, "documents were counted anew");
    let slots = cards::slots_miscounted(tx)?;
    cards::recount_slots(tx)?;
    done(slots as usize, "quarter hours of study were counted anew");
    repaired.push("The indexes were made anew.".into());
    Ok(repaired)
}

/// Removes rows whose parent is gone, until none is left.
fn orphans(tx: &Transaction<'_>) -> Result<usize, Error> {
    let mut removed = 0;
    loop {
        let mut found: Vec<(String, Option<i64>)> = Vec::new();
        tx.pragma_query(None, "foreign_key_check", |row| {
            found.push((row.get(0)?, row.get(1)?));
            Ok(())
        })?;
        let mut gone = 0;
        for (table, rowid) in found {
            gone += match rowid {
                Some(rowid) => tx.execute(&format!("DELETE FROM \"{table}\" WHERE rowid = ?"), [rowid])?,
                // The tables without row numbers.
                None => tx.execute(
                    match table.as_str() {
                        "note_media" => {
                            "DELETE FROM note_media WHERE note NOT IN (SELECT note FROM notes)
                                OR hash NOT IN (SELECT hash FROM media)"
                        }
                        "review_slots" => "DELETE FROM review_slots WHERE room NOT IN (SELECT room FROM rooms)",
                        _ => "DELETE FROM outlines WHERE document NOT IN (SELECT document FROM documents)",
                    },
                    [],
                )?,
            };
        }
        if gone == 0 {
            return Ok(removed);
        }
        removed += gone;
    }
}
