//! What the index should hold, as far as the library's own modules don't say it.

use kernel::{DocumentId, PassageId, RoomId};
use library::Connection;

use super::rows::Key;
use crate::embed::Vector;

/// Every passage that has a vector of a model.
pub(super) fn keys(connection: &Connection, model: &str) -> Result<Vec<Key>, library::Error> {
    let mut query = connection.prepare_cached(
        "SELECT p.passage, p.document, p.room, p.ordinal, p.kinds
         FROM vectors v JOIN passages p ON p.passage = v.passage WHERE v.model = ?",
    )?;
    let rows = query.query_map([model], |row| {
        Ok(Key {
            passage: PassageId(row.get(0)?),
            document: DocumentId(row.get(1)?),
            room: RoomId(row.get(2)?),
            ordinal: row.get(3)?,
            kinds: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The vectors of single passages by a model; none for one without.
pub(crate) fn vectors(
    connection: &Connection,
    model: &str,
    passages: &[PassageId],
) -> Result<Vec<Option<Vector>>, library::Error> {
    let mut query = connection.prepare_cached("SELECT vector FROM vectors WHERE passage = ? AND model = ?")?;
    passages
        .iter()
        .map(|passage| {
            let mut rows = query.query((passage.0, model))?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            let (numbers, _) = row.get_ref(0)?.as_blob().unwrap_or_default().as_chunks::<4>();
            let numbers: Option<Vector> =
                numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect::<Vec<_>>().try_into().ok();
            Ok(numbers)
        })
        .collect()
}
