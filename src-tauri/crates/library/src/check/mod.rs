//! Is the library sound? And what can be put right.

mod repair;

use kernel::{Code, Coded, DocumentId};
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::annotations::index as annotations_index;
use crate::cards::index as notes_index;
use crate::conversations::index as conversations_index;
use crate::{Error, Library, cards, documents};
pub use repair::repair;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Report {
    /// What is wrong, a sentence each; empty when the library is sound.
    pub problems: Vec<String>,
    /// What was put right before this check, a sentence each.
    pub repaired: Vec<String>,
    /// Rows of each kind.
    pub counts: Counts,
}

/// How much there is in a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "LibraryCounts")]
pub struct Counts {
    /// Rooms.
    pub rooms: u32,
    /// Documents.
    pub documents: u32,
    /// Pages that have been read.
    pub pages: u32,
    /// Passages.
    pub passages: u32,
    /// Passages in the keyword index.
    pub indexed: u32,
    /// Passages that can be found by their meaning.
    pub vectors: u32,
    /// Conversations.
    pub conversations: u32,
    /// Turns.
    pub turns: u32,
    /// Jobs, whatever their state.
    pub jobs: u32,
    /// Notes that cards are made of.
    #[serde(default)]
    pub notes: u32,
    /// Cards.
    #[serde(default)]
    pub cards: u32,
    /// Highlights, and notes on pages.
    #[serde(default)]
    pub annotations: u32,
}

/// The counts that a document keeps of its rows, and how they are counted; `d` is the document.
const COUNTED: [(&str, &str); 9] = [
    ("pages_read", "SELECT count(*) FROM pages WHERE document = d.document"),
    ("passages", "SELECT count(*) FROM passages WHERE document = d.document"),
    (
        "embedded",
        "SELECT count(*) FROM vectors v JOIN passages p USING (passage)
         WHERE p.document = d.document AND v.model = (SELECT model FROM searched_model)",
    ),
    ("recognised", "SELECT count(confidence) FROM pages WHERE document = d.document"),
    ("ledger_text", "SELECT count(*) FROM pages WHERE document = d.document AND status = 'text'"),
    ("ledger_scanned", "SELECT count(*) FROM pages WHERE document = d.document AND status = 'scanned'"),
    ("ledger_garbled", "SELECT count(*) FROM pages WHERE document = d.document AND status = 'garbled'"),
    ("ledger_empty", "SELECT count(*) FROM pages WHERE document = d.document AND status = 'empty'"),
    ("ledger_unreadable", "SELECT count(*) FROM pages WHERE document = d.document AND status = 'unreadable'"),
];

/// Documents whose counts differ from their rows.
fn miscounted() -> String {
    let differs: Vec<_> = COUNTED.iter().map(|(column, count)| format!("{column} <> ({count})")).collect();
    format!("SELECT document FROM documents d WHERE {}", differs.join(" OR "))
}

/// Counts the rows of a document anew, or of all that were miscounted. Returns how many documents that were.
pub(crate) fn recount(tx: &Transaction<'_>, document: Option<DocumentId>) -> Result<usize, Error> {
    let counts: Vec<_> = COUNTED.iter().map(|(column, count)| format!("{column} = ({count})")).collect();
    let update = format!("UPDATE documents AS d SET {} WHERE document", counts.join(", "));
    Ok(match document {
        Some(document) => tx.execute(&format!("{update} = ?"), [document.0])?,
        None => tx.execute(&format!("{update} IN ({})", miscounted()), [])?,
    })
}

/// Checks the database's pages, the references between tables, the keyword index against the passages and those of the
/// conversations, annotations and notes against their rows, the counts (those of study too), and that the copy of every
/// file is there. Takes a moment: it reads everything.
pub fn check(library: &Library) -> Result<Report, Error> {
    let mut report = Report::default();
    let found = library.read(|connection| {
        let mut problems = structure(connection)?;
        problems.extend(references(connection)?);
        problems.extend(contents(connection)?);
        problems.extend(conversations_index::problems(connection)?);
        problems.extend(annotations_index::problems(connection)?);
        problems.extend(notes_index::problems(connection)?);
        Ok((problems, counts(connection)?))
    });
    match found {
        Ok((problems, counts)) => {
            report.problems = problems;
            report.counts = counts;
        }
        // So damaged that it can't even be asked: that is the finding.
        Err(error) if error.code() == Code::Corrupt => {
            report.problems.push(error.to_string());
            return Ok(report);
        }
        Err(error) => return Err(error),
    }
    if library.writable() {
        report.problems.extend(keyword_index(library)?);
    }
    report.problems.extend(missing_originals(library)?);
    Ok(report)
}

/// How much there is.
pub fn counts(connection: &Connection) -> Result<Counts, Error> {
    let count = |table: &str| -> rusqlite::Result<u32> {
        connection.prepare_cached(&format!("SELECT count(*) FROM {table}"))?.query_row([], |row| row.get(0))
    };
    Ok(Counts {
        rooms: count("rooms")?,
        documents: count("documents")?,
        pages: count("pages")?,
        passages: count("passages")?,
        // The rows of the index itself; passages_fts would count those of its content table.
        indexed: count("passages_fts_docsize")?,
        vectors: count("vectors WHERE model = (SELECT model FROM searched_model)")?,
        conversations: count("conversations")?,
        turns: count("turns")?,
        jobs: count("jobs")?,
        notes: count("notes")?,
        cards: count("cards")?,
        annotations: count("annotations WHERE removed IS NULL")?,
    })
}

/// What SQLite itself finds wrong with the database, a sentence each.
pub(crate) fn structure(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut problems = Vec::new();
    // FTS5 notes that its index was changed by another connection when it is queried, not when it is checked;
    // without a query the check holds an old table of contents against the new index.
    let mut indexes = connection.prepare("SELECT name FROM pragma_table_list WHERE type = 'virtual'")?;
    for index in indexes.query_map([], |row| row.get::<_, String>(0))? {
        connection.execute_batch(&format!("SELECT rowid FROM {} LIMIT 1", index?))?;
    }
    connection.pragma_query(None, "integrity_check", |row| {
        let line: String = row.get(0)?;
        if line != "ok" {
            problems.push(format!("The database is damaged: {line}."));
        }
        Ok(())
    })?;
    Ok(problems)
}

fn references(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut problems = Vec::new();
    connection.pragma_query(None, "foreign_key_check", |row| {
        let (table, rowid, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let rowid = rowid.map_or_else(|| "?".into(), |rowid| rowid.to_string());
        problems.push(format!("Row {rowid} of {table} refers to a row of {parent} that is gone."));
        Ok(())
    })?;
    Ok(problems)
}

fn contents(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut problems = Vec::new();
    let mut miscounted = connection.prepare(&miscounted())?;
    for document in miscounted.query_map([], |row| row.get::<_, i64>(0))? {
        problems.push(format!("The counts of document {} differ from its pages and passages.", document?));
    }
    for (sql, what) in [
        (
            "SELECT count(*) FROM passages p LEFT JOIN passage_texts t USING (passage) WHERE t.passage IS NULL",
            "passages have no text",
        ),
        (
            "SELECT count(*) FROM passage_texts t LEFT JOIN passages_fts_docsize f ON f.id = t.passage
             WHERE f.id IS NULL",
            "passages are not in the keyword index",
        ),
        (
            "SELECT count(*) FROM passages_fts_docsize f LEFT JOIN passage_texts t ON f.id = t.passage
             WHERE t.passage IS NULL",
            "passages in the keyword index are gone",
        ),
        ("SELECT count(*) FROM vectors WHERE length(vector) <> 1536", "vectors have the wrong length"),
        ("SELECT count(*) FROM token_signs WHERE length(signs) % 48 <> 0", "passages have tokens of the wrong length"),
    ] {
        let count: u32 = connection.query_row(sql, [], |row| row.get(0))?;
        if count > 0 {
            problems.push(format!("{count} {what}."));
        }
    }
    let slots = cards::slots_miscounted(connection)?;
    if slots > 0 {
        problems.push(format!("{slots} counts of a quarter hour of study differ from its reviews."));
    }
    Ok(problems)
}

/// FTS5 compares its index with the text by an insert that inserts nothing.
fn keyword_index(library: &Library) -> Result<Option<String>, Error> {
    let compared = library.write(|tx| {
        tx.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)", [])?;
        tx.execute("INSERT INTO terms_fts (terms_fts, rank) VALUES ('integrity-check', 1)", [])?;
        Ok(())
    });
    match compared {
        Ok(()) => Ok(None),
        Err(error) if error.code() == Code::Corrupt => {
            Ok(Some("The keyword index differs from the passages or terms.".into()))
        }
        Err(error) => Err(error),
    }
}

fn missing_originals(library: &Library) -> Result<Vec<String>, Error> {
    let mut missing: Vec<String> = library
        .read(documents::originals)?
        .into_iter()
        .map(|original| library.original(&original.hash, &original.format))
        .filter(|path| !path.is_file())
        .map(|path| format!("The file {} is missing: its pages can't be shown.", path.display()))
        .collect();
    missing.sort_unstable();
    Ok(missing)
}
