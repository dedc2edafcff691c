use kernel::{DocumentId, RoomId, Timestamp};
use rusqlite::Connection;

use crate::Error;

/// The places that the answers of a room cite: document and page, or the part that a viewer shows where the format has
/// no pages. A place once for each answer.
pub fn cited(connection: &Connection, room: RoomId) -> Result<Vec<(DocumentId, u32)>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT DISTINCT turn, c.value ->> '$.document',
            coalesce(c.value ->> '$.page', c.value ->> '$.locator.part', 1)
         FROM conversations JOIN turns USING (conversation) JOIN json_each(turns.citations) c
         WHERE room = ? AND answered",
    )?;
    let rows = query.query_map([room.0], |row| Ok((DocumentId(row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When questions were asked in a room from a moment on, the oldest first.
pub fn asked_since(connection: &Connection, room: RoomId, moment: Timestamp) -> Result<Vec<Timestamp>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT t.created FROM turns t JOIN conversations USING (conversation) WHERE t.created >= ? AND room = ?
         ORDER BY t.created",
    )?;
    let rows = query.query_map((moment.0, room.0), |row| row.get(0).map(Timestamp))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
