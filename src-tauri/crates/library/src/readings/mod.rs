//! Reading: which pages somebody has looked at, and for how long.

use kernel::{DocumentId, RoomId, Timestamp};
use rusqlite::{Connection, Transaction};

use crate::Error;

/// A look at a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The document.
    pub document: DocumentId,
    /// Its page, from 1; the part as a viewer shows it where the format has no pages.
    pub page: u32,
    /// When it began.
    pub begun: Timestamp,
    /// How long it was, in milliseconds.
    pub ms: u32,
}

/// Stores a look at a page. Nothing is stored for a document that is gone.
pub fn add(tx: &Transaction<'_>, reading: Reading) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO readings (document, page, begun, ms) SELECT document, ?2, ?3, ?4 FROM documents WHERE document = ?1",
    )?
    .execute((reading.document.0, reading.page, reading.begun.0, reading.ms))?;
    Ok(())
}

/// How long each page of a room's documents was looked at altogether, in milliseconds; pages that nobody has seen are
/// left out.
pub fn of_room(connection: &Connection, room: RoomId) -> Result<Vec<(DocumentId, u32, i64)>, Error> {
    let mut pages = connection.prepare_cached(
        "SELECT document, page, sum(ms) FROM readings JOIN documents USING (document) WHERE room = ?
         GROUP BY document, page",
    )?;
    let rows = pages.query_map([room.0], |row| Ok((DocumentId(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// When somebody has read in a room from a moment on, and for how long, in milliseconds; the oldest first.
pub fn since(connection: &Connection, room: RoomId, moment: Timestamp) -> Result<Vec<(Timestamp, u32)>, Error> {
    let mut readings = connection.prepare_cached(
        "SELECT begun, ms FROM readings JOIN documents USING (document) WHERE begun >= ? AND room = ? ORDER BY begun",
    )?;
    let rows = readings.query_map((moment.0, room.0), |row| Ok((Timestamp(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
