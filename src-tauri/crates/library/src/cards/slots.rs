//! Answers counted by quarter hours.

use kernel::{RoomId, Timestamp};
use rusqlite::{Connection, Transaction};

use super::Rating;
use crate::Error;

/// Length of a slot, in milliseconds.
pub const SLOT_MS: i64 = 900_000;

/// Answers of one kind within a quarter hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When the quarter hour began.
    pub start: Timestamp,
    /// What was asked: `new`, `learning`, `relearning`, `young`, `mature`, or `early` for a known card that was asked
    /// again on the same day.
    pub class: String,
    /// The answer.
    pub rating: Rating,
    /// How many.
    pub answers: u32,
    /// How long they took, in milliseconds.
    pub ms: i64,
}

/// What was answered in a room since then, the earliest first.
pub fn slots(connection: &Connection, room: RoomId, since: Timestamp) -> Result<Vec<Slot>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT slot, class, rating, answers, ms FROM review_slots WHERE room = ? AND slot >= ? ORDER BY slot",
    )?;
    let rows = query.query_map((room.0, since.0.div_euclid(SLOT_MS)), |row| {
        Ok(Slot {
            start: Timestamp(row.get::<_, i64>(0)? * SLOT_MS),
            class: row.get(1)?,
            rating: Rating::of(row.get(2)?).unwrap_or(Rating::Again),
            answers: row.get(3)?,
            ms: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The same, counted from the reviews themselves.
const COUNTED: &str = "SELECT room, time / 900000, CASE WHEN was <> 'review' THEN was
            WHEN coalesce(elapsed_days, 0) = 0 THEN 'early'
            WHEN was_interval < 21 THEN 'young'
            ELSE 'mature' END, rating, count(*), sum(duration_ms)
     FROM reviews WHERE rating IS NOT NULL GROUP BY 1, 2, 3, 4";

/// How many slots differ from the reviews.
pub(crate) fn miscounted(connection: &Connection) -> Result<u32, Error> {
    let stored = "SELECT room, slot, class, rating, answers, ms FROM review_slots";
    let sql = format!(
        "SELECT (SELECT count(*) FROM ({COUNTED} EXCEPT {stored})) + (SELECT count(*) FROM ({stored} EXCEPT {COUNTED}))"
    );
    Ok(connection.query_row(&sql, [], |row| row.get(0))?)
}

/// Counts all of them anew.
pub(crate) fn recount(tx: &Transaction<'_>) -> Result<(), Error> {
    tx.execute("DELETE FROM review_slots", [])?;
    tx.execute(&format!("INSERT INTO review_slots {COUNTED}"), [])?;
    Ok(())
}
