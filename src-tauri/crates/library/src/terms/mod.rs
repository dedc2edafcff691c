//! The terms that documents define, and where: what "Where is X defined?" is answered from.
//!
//! A term is looked up as the keyword index folds words: case, marks over letters and endings make no difference.
//! Terms go with their page.

use kernel::{DocumentId, RoomId};
use reader::{Span, Term, TermKind};
use rusqlite::{Connection, Row, Transaction};
use serde::{Deserialize, Serialize};

use crate::stored::{self, Named};
use crate::{Error, passages};

/// A term of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredTerm {
    /// The document that defines it.
    pub document: DocumentId,
    /// What it is, and where it is defined.
    pub term: Term,
}

impl Named for TermKind {
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Glossary, "glossary"), (Self::Emphasised, "emphasised"), (Self::Sentence, "sentence")];
}

const SELECT: &str = "SELECT t.document, t.name, t.page, t.start, t.end, t.definition, t.spans, t.kind, t.strength,
        t.heading
     FROM terms t";

/// Strength from which a place is a definition: in what is less sure, the verb alone may stand in any sentence.
pub const SURE: u8 = 42;

/// Stores terms of pages that are stored already, or are in the same transaction. The passages that they stand in are
/// [marked](crate::passages::Kind::Definition).
pub fn insert(tx: &Transaction<'_>, document: DocumentId, terms: &[Term]) -> Result<(), Error> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO terms
            (document, page, start, end, name, key, words, definition, spans, kind, strength, heading)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for term in terms {
        let key = key(&term.name);
        insert.execute((
            document.0,
            term.span.page,
            term.span.start,
            term.span.end,
            &term.name,
            &key,
            words(&key).count() as i64,
            &term.definition,
            stored::to_postcard(&term.spans)?,
            term.kind.stored_name(),
            term.strength,
            &term.heading,
        ))?;
    }
    let pages = || terms.iter().map(|term| term.span.page);
    if let (Some(first), Some(last)) = (pages().min(), pages().max()) {
        passages::mark_definitions(tx, document, first, last)?;
    }
    Ok(())
}

/// Puts terms in place of those of a document, after its pages have changed.
pub fn replace(tx: &Transaction<'_>, document: DocumentId, terms: &[Term]) -> Result<(), Error> {
    tx.prepare_cached("DELETE FROM terms WHERE document = ?")?.execute([document.0])?;
    passages::unmark_definitions(tx, document)?;
    insert(tx, document, terms)
}

/// Where the documents of a room define `name`: the surest places first. Strengths within the same five say the
/// same: of such places the first in the document is the one that introduces the term.
pub fn find(connection: &Connection, room: RoomId, name: &str) -> Result<Vec<StoredTerm>, Error> {
    let Some((phrase, count)) = phrase(name) else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "{SELECT} JOIN terms_fts f ON f.rowid = t.term JOIN documents d ON d.document = t.document
         WHERE terms_fts MATCH ? AND d.room = ? AND t.words = ?
         ORDER BY t.strength / 5 DESC, t.document, t.page, t.start"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map((phrase, room.0, count), read)?;
    same_terms(name, rows)
}

/// Where one document defines `name`, as [`find`].
pub fn find_in(connection: &Connection, document: DocumentId, name: &str) -> Result<Vec<StoredTerm>, Error> {
    let Some((phrase, count)) = phrase(name) else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "{SELECT} JOIN terms_fts f ON f.rowid = t.term
         WHERE terms_fts MATCH ? AND t.document = ? AND t.words = ?
         ORDER BY t.strength / 5 DESC, t.page, t.start"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map((phrase, document.0, count), read)?;
    same_terms(name, rows)
}

/// Up to `limit` terms of a room whose definitions have every one of `words`, the best match first (BM25).
pub fn described(connection: &Connection, room: RoomId, words: &[&str], limit: u32) -> Result<Vec<StoredTerm>, Error> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    let sql = format!(
        "{SELECT} JOIN terms_fts f ON f.rowid = t.term JOIN documents d ON d.document = t.document
         WHERE terms_fts MATCH ? AND d.room = ?
         ORDER BY bm25(terms_fts, 0.0, 1.0), t.strength DESC, t.term LIMIT ?"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let matched = format!("definition : ({})", all.join(" AND "));
    let rows = query.query_map((matched, room.0, limit), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The terms that stand on the pages `first..=last` of a document and are at least so sure, in reading order.
pub fn on_pages(
    connection: &Connection,
    document: DocumentId,
    first: u32,
    last: u32,
    strength: u8,
) -> Result<Vec<StoredTerm>, Error> {
    let sql = format!(
        "{SELECT} WHERE t.document = ? AND t.page BETWEEN ? AND ? AND t.strength >= ? ORDER BY t.page, t.start"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map((document.0, first, last, strength), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many terms a document has.
pub fn count(connection: &Connection, document: DocumentId) -> Result<u32, Error> {
    let count = connection
        .prepare_cached("SELECT count(*) FROM terms WHERE document = ?")?
        .query_row([document.0], |row| row.get(0))?;
    Ok(count)
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredTerm> {
    Ok(StoredTerm {
        document: DocumentId(row.get(0)?),
        term: Term {
            name: row.get(1)?,
            span: Span { page: row.get(2)?, start: row.get(3)?, end: row.get(4)? },
            definition: row.get(5)?,
            spans: stored::from_postcard(row, 6)?,
            kind: stored::named(row, 7)?,
            strength: row.get(8)?,
            heading: row.get(9)?,
        },
    })
}

/// Those that are the term itself: its stem also stands for other words ("behavior" and "behaviorism").
fn same_terms(name: &str, found: impl Iterator<Item = rusqlite::Result<StoredTerm>>) -> Result<Vec<StoredTerm>, Error> {
    let asked = key(name);
    let mut same = Vec::new();
    for term in found {
        let term = term?;
        let own = key(&term.term.name);
        if words(&asked).zip(words(&own)).all(|(asked, own)| same_word(asked, own)) {
            same.push(term);
        }
    }
    Ok(same)
}

/// Whether two words of one stem differ by an ending of inflection alone, or by marks over letters.
fn same_word(a: &str, b: &str) -> bool {
    const ENDINGS: [&str; 10] = ["", "s", "es", "y", "ies", "e", "ed", "ing", "en", "n"];
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let alike = |(a, b): &(char, char)| a == b || !a.is_ascii() || !b.is_ascii();
    let common = a.chars().zip(b.chars()).take_while(alike).count();
    let rest = |word: &str| word.chars().skip(common).collect::<String>();
    let (a, b) = (rest(&a), rest(&b));
    ENDINGS.contains(&a.as_str()) && ENDINGS.contains(&b.as_str())
}

/// The name without what it has in brackets: "rapid eye movement (REM) sleep" is found without its "REM".
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut open = 0_u32;
    for letter in name.chars() {
        match letter {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ if open == 0 => key.push(letter),
            _ => {}
        }
    }
    if words(&key).next().is_some() { key.trim().to_owned() } else { name.to_owned() }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The query for terms that begin with the words of `name`, and how many words these are; none without a word.
fn phrase(name: &str) -> Option<(String, i64)> {
    let key = key(name);
    let count = words(&key).count() as i64;
    (count > 0).then(|| (format!("key : ^ {}", quoted(&words(&key).collect::<Vec<_>>().join(" "))), count))
}

fn quoted(phrase: &str) -> String {
    format!("\"{}\"", phrase.replace('"', "\"\""))
}
