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

/// Stores a room's threshold in place of the one that it had. Nothing is stored for a room that is gone. The room's
/// revision moves on: what was answered before may be answered otherwise.
pub fn put(tx: &Transaction<'_>, room: RoomId, learned: &Threshold) -> Result<(), Error> {
    let Threshold { threshold, model, passages, questions } = learned;
    tx.prepare_cached(
        "INSERT INTO answer_thresholds SELECT room, ?2, ?3, ?4, ?5 FROM rooms WHERE room = ?1
         ON CONFLICT (room) DO UPDATE SET threshold = excluded.threshold, model = excluded.model,
             passages = excluded.passages, questions = excluded.questions",
    )?
    .execute((room.0, threshold, model, passages, questions))?;
    tx.prepare_cached("UPDATE rooms SET revision = revision + 1 WHERE room = ?")?.execute([room.0])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use kernel::{LibraryFolder, SystemClock};

    use super::*;
    use crate::{Library, rooms};

    #[test]
    fn a_room_has_the_threshold_that_it_learned_last() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock)).unwrap();
        let room = library.write(|tx| rooms::create(tx, "Biology", library.now())).unwrap().room;
        let learned = |threshold| Threshold { threshold, model: "model".into(), passages: 300, questions: 80 };
        for threshold in [0.25, -0.5] {
            library.write(|tx| put(tx, room, &learned(threshold))).unwrap();
            assert_eq!(library.read(|connection| get(connection, room)).unwrap(), Some(learned(threshold)));
        }
        let gone = RoomId(room.0 + 1);
        library.write(|tx| put(tx, gone, &learned(0.1))).unwrap();
        assert_eq!(library.read(|connection| get(connection, gone)).unwrap(), None);
        library.write(|tx| Ok(tx.execute("DELETE FROM rooms", [])?)).unwrap();
        assert_eq!(library.read(|connection| get(connection, room)).unwrap(), None);
    }
}
