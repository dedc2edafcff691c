use kernel::RoomId;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::ItemKind;
use crate::Error;
use crate::stored;

/// How answers of one kind went, in the quizzes of a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Statistics {
    /// How it was asked.
    pub kind: ItemKind,
    /// Answers that have a grade.
    pub answered: u32,
    /// So many count as right, by the person's own word where they have appealed.
    pub correct: u32,
    /// As partly right.
    pub partial: u32,
    /// As wrong.
    pub incorrect: u32,
    /// The app could not tell, and the person has not said.
    pub unsure: u32,
    /// The person has said otherwise than the app.
    pub appealed: u32,
}

/// How the answers in a room went, by kind; kinds without an answer are left out.
pub fn statistics(connection: &Connection, room: RoomId) -> Result<Vec<Statistics>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT asked ->> 'kind', count(*),
            count(*) FILTER (WHERE coalesce(appeal, verdict) = 'correct'),
            count(*) FILTER (WHERE coalesce(appeal, verdict) = 'partial'),
            count(*) FILTER (WHERE coalesce(appeal, verdict) = 'incorrect'),
            count(*) FILTER (WHERE coalesce(appeal, verdict) = 'unsure'),
            count(*) FILTER (WHERE appeal <> verdict)
         FROM quiz_questions JOIN quizzes USING (quiz)
         WHERE room = ? AND verdict IS NOT NULL GROUP BY 1 ORDER BY 1",
    )?;
    let rows = query.query_map([room.0], |row| {
        Ok(Statistics {
            kind: stored::named(row, 0)?,
            answered: row.get(1)?,
            correct: row.get(2)?,
            partial: row.get(3)?,
            incorrect: row.get(4)?,
            unsure: row.get(5)?,
            appealed: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
