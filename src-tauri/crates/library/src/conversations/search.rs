//! Search through what was asked and answered.

use kernel::{RoomId, Timestamp, TurnId};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::row::{self, Conversation};
use crate::Error;
use crate::fulltext::{TextRun, excerpt, expression, runs, words};

/// A question or an answer that has the words looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Found {
    /// Its conversation.
    pub conversation: Conversation,
    /// Its turn.
    pub turn: TurnId,
    /// When it was asked.
    pub created: Timestamp,
    /// The question.
    pub question: Vec<TextRun>,
    /// The answer where it has the words, or else its beginning.
    pub excerpt: Vec<TextRun>,
}

/// The turns of a room, or of all rooms, that have every word of `query`, the best first. The last word may be the
/// beginning of one, as it is while somebody types.
pub fn search(connection: &Connection, room: Option<RoomId>, query: &str, limit: u32) -> Result<Vec<Found>, Error> {
    let Some(expression) = expression(query) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {}, t.turn, t.created, t.question, t.answer
         FROM turns_fts f JOIN turns t ON t.turn = f.rowid JOIN conversations c USING (conversation)
             JOIN rooms r ON r.room = c.room
         WHERE turns_fts MATCH ?1 AND (?2 IS NULL OR c.room = ?2) AND r.removed IS NULL
         ORDER BY bm25(turns_fts), t.turn DESC LIMIT ?3",
        row::COLUMNS
    );
    let words = words(query);
    let mut turns = connection.prepare_cached(&sql)?;
    let rows = turns.query_map((expression, room.map(|room| room.0), limit), |found| {
        let (question, answer): (String, String) = (found.get(8)?, found.get(9)?);
        Ok(Found {
            conversation: row::read(found)?,
            turn: TurnId(found.get(6)?),
            created: Timestamp(found.get(7)?),
            question: runs(&question, &words),
            excerpt: runs(&excerpt(&answer, &words), &words),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
