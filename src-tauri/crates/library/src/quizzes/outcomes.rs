use kernel::{DocumentId, RoomId, Timestamp};
use rusqlite::Connection;

use crate::Error;

/// How a question was last answered, and where it is proven.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The document.
    pub document: DocumentId,
    /// Its page, or the part that a viewer shows where the format has no pages.
    pub page: u32,
    /// What the answer was worth, 0 to 1: by the person's own word where they have appealed.
    pub score: f32,
    /// When it was given.
    pub at: Timestamp,
}

/// How each item of a room was answered the last time. An item whose document has moved here since is one of this room,
/// wherever the quiz was held.
pub fn outcomes(connection: &Connection, room: RoomId) -> Result<Vec<Outcome>, Error> {
    // SQLite takes the other columns from the row that has the maximum.
    let mut query = connection.prepare_cached(
        "SELECT asked ->> '$.citation.document',
            coalesce(asked ->> '$.citation.page', asked ->> '$.citation.locator.part'),
            CASE appeal WHEN 'correct' THEN 1.0 WHEN 'partial' THEN 0.5 WHEN 'incorrect' THEN 0.0 ELSE score END,
            max(answered)
         FROM quiz_questions q JOIN quizzes USING (quiz)
         WHERE coalesce((SELECT i.room FROM quiz_items i WHERE i.item = q.item), room) = ? AND verdict IS NOT NULL
         GROUP BY coalesce(item, -quiz * 1000 - ordinal)",
    )?;
    let rows = query.query_map([room.0], |row| {
        Ok(Outcome {
            document: DocumentId(row.get(0)?),
            page: row.get::<_, Option<u32>>(1)?.unwrap_or(1),
            score: row.get(2)?,
            at: Timestamp(row.get(3)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When questions of a room were answered from a moment on, the oldest first.
pub fn answered_since(connection: &Connection, room: RoomId, moment: Timestamp) -> Result<Vec<Timestamp>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT answered FROM quiz_questions JOIN quizzes USING (quiz) WHERE answered >= ? AND room = ?
         ORDER BY answered",
    )?;
    let rows = query.query_map((moment.0, room.0), |row| row.get(0).map(Timestamp))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
