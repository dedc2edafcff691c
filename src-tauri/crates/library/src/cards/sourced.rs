use kernel::{DocumentId, RoomId, Timestamp};
use rusqlite::Connection;

use crate::Error;

/// A card whose note was made from words of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sourced {
    /// The document.
    pub document: DocumentId,
    /// Its page, or the part that a viewer shows where the format has no pages.
    pub page: u32,
    /// When it is asked next; none while it is new.
    pub due: Option<Timestamp>,
    /// Stability and difficulty of its memory (FSRS); none before the first answer.
    pub memory: Option<(f64, f64)>,
    /// When it was last answered.
    pub last_review: Option<Timestamp>,
}

/// The cards of a room that were made from its documents; those that are left out as well.
pub fn sourced(connection: &Connection, room: RoomId) -> Result<Vec<Sourced>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT n.document, coalesce(n.source ->> '$.page', n.source ->> '$.locator.part', 1), c.due, c.stability,
            c.difficulty, c.last_review
         FROM cards c JOIN notes n USING (note) WHERE c.room = ? AND n.document IS NOT NULL AND n.source IS NOT NULL",
    )?;
    let rows = query.query_map([room.0], |row| {
        let memory = row.get::<_, Option<f64>>(3)?.zip(row.get::<_, Option<f64>>(4)?);
        let time = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp));
        Ok(Sourced {
            document: DocumentId(row.get(0)?),
            page: row.get(1)?,
            due: time(2)?,
            memory,
            last_review: time(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
