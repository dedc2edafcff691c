use kernel::{Citation, ConversationId, Timestamp, TurnId};
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::Provenance;
use super::index;
use super::row::{self, NewTurn, Outcome, Place, Turn, TurnState};
use crate::Error;
use crate::stored::{self, Named};

/// The turns of a conversation that are on show, in order: each with the one that it goes on from before it.
pub fn turns(connection: &Connection, conversation: ConversationId) -> Result<Vec<Turn>, Error> {
    last_turns(connection, conversation, u32::MAX)
}

/// The last of them, at most `most`.
pub fn last_turns(connection: &Connection, conversation: ConversationId, most: u32) -> Result<Vec<Turn>, Error> {
    let shown: Option<i64> = connection
        .prepare_cached("SELECT shown FROM conversations WHERE conversation = ?")?
        .query_row([conversation.to_string()], |row| row.get(0))
        .optional()?
        .flatten();
    shown.map_or(Ok(Vec::new()), |shown| path(connection, TurnId(shown), most))
}

/// The turns that lead to one, in order, without itself: the last of them, at most `most`.
pub fn turns_before(connection: &Connection, turn: TurnId, most: u32) -> Result<Vec<Turn>, Error> {
    let parent: Option<i64> = connection
        .prepare_cached("SELECT parent FROM turns WHERE turn = ?")?
        .query_row([turn.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("turn", turn))?;
    parent.map_or(Ok(Vec::new()), |parent| path(connection, TurnId(parent), most))
}

/// A turn behind those that lead to it, at most `most` in all.
fn path(connection: &Connection, turn: TurnId, most: u32) -> Result<Vec<Turn>, Error> {
    let sql = format!(
        "WITH RECURSIVE path (turn, parent, more) AS (
             SELECT turn, parent, ?2 - 1 FROM turns WHERE turn = ?1 AND ?2 > 0
             UNION ALL
             SELECT before.turn, before.parent, more - 1 FROM turns before JOIN path ON before.turn = path.parent
             WHERE more > 0
         )
         {} WHERE t.turn IN (SELECT turn FROM path) ORDER BY t.ordinal",
        row::SELECT_TURN
    );
    let mut turns = connection.prepare_cached(&sql)?;
    let rows = turns.query_map((turn.0, most), row::read_turn)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One turn.
pub fn turn(connection: &Connection, turn: TurnId) -> Result<Turn, Error> {
    connection
        .prepare_cached(&format!("{} WHERE t.turn = ?", row::SELECT_TURN))?
        .query_row([turn.0], row::read_turn)
        .optional()?
        .ok_or_else(|| Error::not_found("turn", turn))
}

/// Asks a question in a conversation; its answer is streaming from now on, and it is the last turn on show.
///
/// # Errors
/// Not found without the conversation, or without the turn in it that it is to stand beside.
pub fn begin_turn(
    tx: &Transaction<'_>,
    conversation: ConversationId,
    new: &NewTurn<'_>,
    now: Timestamp,
) -> Result<TurnId, Error> {
    let parent = parent(tx, conversation, new.place)?;
    let question = new.question;
    let turn = tx
        .prepare_cached(
            "INSERT INTO turns (conversation, parent, ordinal, question, standalone_question, mode, subject, about,
                 state, executor, created)
             VALUES (?1, ?2, (SELECT coalesce(max(ordinal), 0) + 1 FROM turns WHERE turn = ?2), ?3, ?4, ?5, ?6,
                 ?7, 'streaming', ?8, ?9)",
        )?
        .insert((
            conversation.to_string(),
            parent.map(|parent| parent.0),
            question,
            new.standalone_question,
            new.mode.stored_name(),
            new.subject.as_ref().map(stored::to_json).transpose()?,
            new.about.map(stored::to_json).transpose()?,
            new.executor,
            now.0,
        ))?;
    let turn = TurnId(turn);
    index::put(tx, turn, question, "")?;
    let changed = tx
        .prepare_cached("UPDATE conversations SET updated = ?, shown = ? WHERE conversation = ?")?
        .execute((now.0, turn.0, conversation.to_string()))?;
    super::found(changed, conversation)?;
    Ok(turn)
}

/// The turn that a question goes on from.
fn parent(tx: &Transaction<'_>, conversation: ConversationId, place: Place) -> Result<Option<TurnId>, Error> {
    let (sql, beside) = match place {
        Place::Behind => ("SELECT shown FROM conversations WHERE conversation = ?1 AND ?2 IS NULL", None),
        Place::Beside(turn) => ("SELECT parent FROM turns WHERE conversation = ?1 AND turn = ?2", Some(turn)),
    };
    let parent: Option<Option<i64>> = tx
        .prepare_cached(sql)?
        .query_row((conversation.to_string(), beside.map(|turn| turn.0)), |row| row.get(0))
        .optional()?;
    match (parent, beside) {
        (Some(parent), _) => Ok(parent.map(TurnId)),
        (None, Some(turn)) => Err(Error::not_found("turn", turn)),
        (None, None) => Err(Error::not_found("conversation", conversation)),
    }
}

/// Shows a turn, what leads to it, and the newest of what follows it.
pub fn show(tx: &Transaction<'_>, turn: TurnId) -> Result<(), Error> {
    let changed = tx
        .prepare_cached(
            "WITH RECURSIVE path (turn) AS (
                 VALUES (?1)
                 UNION ALL
                 SELECT (SELECT max(next.turn) FROM turns next WHERE next.parent = path.turn)
                 FROM path WHERE path.turn IS NOT NULL
             )
             UPDATE conversations SET shown = (SELECT max(turn) FROM path)
             WHERE conversation = (SELECT conversation FROM turns WHERE turn = ?1)",
        )?
        .execute([turn.0])?;
    found(changed, turn)
}

/// Notes who answers in the end, where it is another than the turn was begun for.
pub fn set_executor(tx: &Transaction<'_>, turn: TurnId, executor: &str) -> Result<(), Error> {
    let changed = tx.prepare_cached("UPDATE turns SET executor = ? WHERE turn = ?")?.execute((executor, turn.0))?;
    found(changed, turn)
}

/// Notes the question as it reads without the conversation.
pub fn set_standalone_question(tx: &Transaction<'_>, turn: TurnId, question: Option<&str>) -> Result<(), Error> {
    let changed =
        tx.prepare_cached("UPDATE turns SET standalone_question = ? WHERE turn = ?")?.execute((question, turn.0))?;
    found(changed, turn)
}

/// Adds text to a streaming answer, with all the proof it has and how it came about so far, so that a kill loses little
/// of it.
pub fn append(
    tx: &Transaction<'_>,
    turn: TurnId,
    text: &str,
    citations: &[Citation],
    provenance: &Provenance,
) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE turns SET answer = answer || ?, citations = ?, provenance = ? WHERE turn = ?")?
        .execute((text, stored::to_json(citations)?, stored::to_json(provenance)?, turn.0))?;
    found(changed, turn)
}

/// Stores the whole answer.
pub fn complete(tx: &Transaction<'_>, turn: TurnId, outcome: &Outcome<'_>) -> Result<(), Error> {
    end(tx, turn, TurnState::Complete, outcome)
}

/// Stores what there was of the answer when a person stopped it.
pub fn stop(tx: &Transaction<'_>, turn: TurnId, outcome: &Outcome<'_>) -> Result<(), Error> {
    end(tx, turn, TurnState::Stopped, outcome)
}

/// Stores what there was of the answer, or the reason for people, when the executor failed.
pub fn fail(tx: &Transaction<'_>, turn: TurnId, outcome: &Outcome<'_>) -> Result<(), Error> {
    end(tx, turn, TurnState::Failed, outcome)
}

/// Stops the answers that a killed process was writing. Returns how many there were.
/// For the holder of the writer lock, when it starts.
pub fn recover(tx: &Transaction<'_>) -> Result<u32, Error> {
    let mut stop = tx.prepare_cached(
        "UPDATE turns SET state = 'stopped' WHERE state = 'streaming' RETURNING turn, question, answer",
    )?;
    let rows = stop.query_map([], |row| Ok((TurnId(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    let stopped: Vec<(TurnId, String, String)> = rows.collect::<Result<_, _>>()?;
    for (turn, question, answer) in &stopped {
        index::put(tx, *turn, question, answer)?;
    }
    Ok(u32::try_from(stopped.len()).unwrap_or(u32::MAX))
}

fn end(tx: &Transaction<'_>, turn: TurnId, state: TurnState, outcome: &Outcome<'_>) -> Result<(), Error> {
    let changed = tx
        .prepare_cached(
            "UPDATE turns SET state = ?, answer = ?, answered = ?, citations = ?, further = ?, degraded = ?,
                elapsed_ms = ?, provenance = ?
             WHERE turn = ?",
        )?
        .execute((
            state.stored_name(),
            outcome.answer,
            outcome.answered,
            stored::to_json(outcome.citations)?,
            stored::to_json(outcome.further)?,
            outcome.degraded,
            outcome.elapsed_ms,
            outcome.provenance.map(stored::to_json).transpose()?,
            turn.0,
        ))?;
    found(changed, turn)?;
    let question: String =
        tx.prepare_cached("SELECT question FROM turns WHERE turn = ?")?.query_row([turn.0], |row| row.get(0))?;
    index::put(tx, turn, &question, outcome.answer)
}

fn found(changed: usize, turn: TurnId) -> Result<(), Error> {
    match changed {
        0 => Err(Error::not_found("turn", turn)),
        _ => Ok(()),
    }
}
