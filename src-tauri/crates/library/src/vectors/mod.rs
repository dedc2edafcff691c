//! The passages' vectors: the truth that the vector index is made from.

mod model;
mod tokens;

use std::ops::Range;

use kernel::{DocumentId, PassageId, RoomId};
use rusqlite::types::FromSqlError;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use crate::Error;
pub use model::{forget_others, next_document, searched_model, switch, switch_now};
pub use tokens::{Embedded, Signs, put_embedded, tokens};

/// Numbers in a vector.
pub const DIMENSIONS: usize = 384;

/// The direction of a passage's meaning, of length 1.
pub type Vector = [f32; DIMENSIONS];

/// A vector with what the vector index keeps beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredVector {
    /// The passage it is of.
    pub passage: PassageId,
    /// That passage's document.
    pub document: DocumentId,
    /// That document's room.
    pub room: RoomId,
    /// The passage's place in the document, from 0.
    pub ordinal: u32,
    /// What the passage holds, a [bit](crate::passages::Kind::bit) each.
    pub kinds: u32,
    /// The vector.
    pub vector: Vector,
}

/// How many vectors a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The document.
    pub document: DocumentId,
    /// Its room.
    pub room: RoomId,
    /// How many of its passages have a vector of the model asked for.
    pub vectors: u32,
}

const SELECT: &str = "SELECT v.passage, p.document, p.room, v.vector, p.ordinal, p.kinds
     FROM vectors v JOIN passages p ON p.passage = v.passage";

/// Stores vectors of a model, in place of those of this model that the passages had. A passage that was removed in the
/// meantime is passed over. Returns how many were stored. The first model that gives any is the one that is searched.
pub fn put(tx: &Transaction<'_>, model: &str, vectors: &[(PassageId, &Vector)]) -> Result<u32, Error> {
    tx.prepare_cached("INSERT OR IGNORE INTO searched_model VALUES (1, ?)")?.execute([model])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO vectors (passage, document, model, vector)
         SELECT passage, document, ?2, ?3 FROM passages WHERE passage = ?1
         ON CONFLICT (passage, model) DO UPDATE SET vector = excluded.vector",
    )?;
    let mut stored = 0;
    let mut blob = Vec::with_capacity(4 * DIMENSIONS);
    for (passage, vector) in vectors {
        blob.clear();
        blob.extend(vector.iter().flat_map(|number| number.to_le_bytes()));
        if insert.execute((passage.0, model, &blob))? > 0 {
            stored += 1;
        }
    }
    Ok(stored)
}

/// Up to `limit` vectors of a model in the order of their passages, beginning after `after` (`PassageId(0)`
/// for the first): to build the index anew.
pub fn iter(connection: &Connection, model: &str, after: PassageId, limit: u32) -> Result<Vec<StoredVector>, Error> {
    let sql = format!("{SELECT} WHERE v.model = ? AND v.passage > ? ORDER BY v.passage LIMIT ?");
    let mut vectors = connection.prepare_cached(&sql)?;
    let rows = vectors.query_map((model, after.0, limit), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The vectors of the passages at these places of a document, in their order: to add it to the index part by part.
pub fn of_document(
    connection: &Connection,
    model: &str,
    document: DocumentId,
    places: Range<u32>,
) -> Result<Vec<StoredVector>, Error> {
    let sql = format!(
        "{SELECT} WHERE v.model = ? AND p.document = ? AND p.ordinal >= ? AND p.ordinal < ? ORDER BY p.ordinal"
    );
    let mut vectors = connection.prepare_cached(&sql)?;
    let rows = vectors.query_map((model, document.0, places.start, places.end), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The vectors of these passages by a model, in their order; none for one without.
pub fn of_passages(
    connection: &Connection,
    model: &str,
    passages: &[PassageId],
) -> Result<Vec<Option<StoredVector>>, Error> {
    let sql = format!("{SELECT} WHERE v.passage = ? AND v.model = ?");
    let mut vector = connection.prepare_cached(&sql)?;
    let found = passages.iter().map(|passage| vector.query_row((passage.0, model), read).optional());
    Ok(found.collect::<Result<_, _>>()?)
}

/// How many vectors of a model each document has; those without any are left out.
pub fn counts(connection: &Connection, model: &str) -> Result<Vec<Count>, Error> {
    let mut counts = connection.prepare_cached(
        "SELECT p.document, p.room, count(*) FROM passages p JOIN vectors v ON v.passage = p.passage
         WHERE v.model = ? GROUP BY p.document ORDER BY p.document",
    )?;
    let rows = counts.query_map([model], |row| {
        Ok(Count { document: DocumentId(row.get(0)?), room: RoomId(row.get(1)?), vectors: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many vectors of a model there are.
pub fn count(connection: &Connection, model: &str) -> Result<u32, Error> {
    let count = connection
        .prepare_cached("SELECT count(*) FROM vectors WHERE model = ?")?
        .query_row([model], |row| row.get(0))?;
    Ok(count)
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredVector> {
    let blob = row.get_ref(3)?.as_blob()?;
    let (numbers, rest) = blob.as_chunks::<4>();
    if numbers.len() != DIMENSIONS || !rest.is_empty() {
        let size = FromSqlError::InvalidBlobSize { expected_size: 4 * DIMENSIONS, blob_size: blob.len() };
        let kind = rusqlite::types::Type::Blob;
        return Err(rusqlite::Error::FromSqlConversionFailure(3, kind, Box::new(size)));
    }
    let mut vector = [0.0; DIMENSIONS];
    for (number, bytes) in vector.iter_mut().zip(numbers) {
        *number = f32::from_le_bytes(*bytes);
    }
    Ok(StoredVector {
        passage: PassageId(row.get(0)?),
        document: DocumentId(row.get(1)?),
        room: RoomId(row.get(2)?),
        ordinal: row.get(4)?,
        kinds: row.get(5)?,
        vector,
    })
}
