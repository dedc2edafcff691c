//! How sure an answer must be, room by room, and what that was learned from.

use kernel::RoomId;
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::Error;

/// A room's threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// What the score of a question must exceed to be answered.
    pub threshold: f32,
    /// The model whose vectors it was made with.
    pub model: String,
    /// How many passages the room had.
    pub passages: u32,
    /// How many questions were made of them.
    pub questions: u32,
}

/// The threshold of a room; none before one was learned.
pub fn get(connection: &Connection, room: RoomId) -> Result<Option<Threshold>, Error> {
    let found = connection
        .prepare_cached("SELECT threshold, model, passages, questions FROM answer_thresholds WHERE room = ?")?
        .query_row([room.0], |row| {
            let (threshold, model) = (row.get(0)?, row.get(1)?);
            Ok(Threshold { threshold, model, passages: row.get(2)?, questions: row.get(3)? })
        })
        .optional()?;
    Ok(found)
}

/// Stores a room's threshold in place of the one that it had. Nothing is stored for a room that is gone.
pub fn put(tx: &Transaction<'_>, room: RoomId, learned: &Threshold) -> Result<(), Error> {
    let Threshold { threshold, model, passages, questions } = learned;
    tx.prepare_cached(
        "INSERT INTO answer_thresholds SELECT room, ?2, ?3, ?4, ?5 FROM rooms WHERE room = ?1
         ON CONFLICT (room) DO UPDATE SET threshold = excluded.threshold, model = excluded.model,
             passages = excluded.passages, questions = excluded.questions",
    )?
    .execute((room.0, threshold, model, passages, questions))?;
    Ok(())
}
