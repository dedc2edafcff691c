//! Annotations by their place, and by their words.

use kernel::{DocumentId, RoomId};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::row::{self, Annotation};
use crate::Error;
use crate::fulltext::{TextRun, excerpt, expression, runs, words};

/// Which annotations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "WantedAnnotations")]
pub struct Wanted {
    /// Those of this room.
    pub room: RoomId,
    /// Of these only those of this document.
    pub document: Option<DocumentId>,
    /// Of these only those whose quote or note has every word; the last may be the beginning of one. All of them without
    /// a word.
    pub query: String,
    /// So many at most.
    pub limit: u32,
}

/// An annotation with the words looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename = "FoundAnnotation")]
pub struct Found {
    /// The annotation.
    pub annotation: Annotation,
    /// The quote where it has the words, or else its beginning.
    pub quote: Vec<TextRun>,
    /// The same of the note.
    pub note: Vec<TextRun>,
}

/// The annotations that are wanted: by document and in reading order, or with words to look for, the best first.
pub fn find(connection: &Connection, wanted: &Wanted) -> Result<Vec<Found>, Error> {
    let words = words(&wanted.query);
    let annotations = match expression(&wanted.query) {
        Some(expression) => by_words(connection, wanted, &expression)?,
        None => in_order(connection, wanted)?,
    };
    let runs = |text: &str| runs(&excerpt(text, &words), &words);
    Ok(annotations
        .into_iter()
        .map(|annotation| Found { quote: runs(&annotation.citation.quote), note: runs(&annotation.note), annotation })
        .collect())
}

fn in_order(connection: &Connection, wanted: &Wanted) -> Result<Vec<Annotation>, Error> {
    // Those whose document is gone stand last, by its title.
    let sql = format!(
        "SELECT {} FROM annotations a
         WHERE a.room = ?1 AND (?2 IS NULL OR a.document = ?2) AND {}
         ORDER BY a.document IS NULL, a.document, a.source ->> '$.title', a.page, a.start, a.annotation LIMIT ?3",
        row::COLUMNS,
        row::THERE
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map((wanted.room.0, wanted.document.map(|document| document.0), wanted.limit), row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn by_words(connection: &Connection, wanted: &Wanted, expression: &str) -> Result<Vec<Annotation>, Error> {
    let sql = format!(
        "SELECT {} FROM annotations_fts f JOIN annotations a ON a.annotation = f.rowid
         WHERE annotations_fts MATCH ?4 AND a.room = ?1 AND (?2 IS NULL OR a.document = ?2) AND {}
         ORDER BY bm25(annotations_fts), a.annotation DESC LIMIT ?3",
        row::COLUMNS,
        row::THERE
    );
    let mut query = connection.prepare_cached(&sql)?;
    let document = wanted.document.map(|document| document.0);
    let rows = query.query_map((wanted.room.0, document, wanted.limit, expression), row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
