use kernel::{Citation, ConversationId, Timestamp, TurnId};
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::row::{self, NewTurn, Outcome, Turn, TurnState};
use crate::Error;
use crate::stored::{self, Named};

/// The turns of a conversation, in order.
pub fn turns(connection: &Connection, conversation: ConversationId) -> Result<Vec<Turn>, Error> {
    let sql = format!("{} WHERE conversation = ? ORDER BY ordinal", row::SELECT_TURN);
    let mut turns = connection.prepare_cached(&sql)?;
    let rows = turns.query_map([conversation.0], row::read_turn)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One turn.
pub fn turn(connection: &Connection, turn: TurnId) -> Result<Turn, Error> {
    connection
        .prepare_cached(&format!("{} WHERE turn = ?", row::SELECT_TURN))?
        .query_row([turn.0], row::read_turn)
        .optional()?
        .ok_or_else(|| Error::not_found("turn", turn))
}

/// Asks the next question of a conversation; its answer is streaming from now on.
pub fn begin_turn(
    tx: &Transaction<'_>,
    conversation: ConversationId,
    new: &NewTurn<'_>,
    now: Timestamp,
) -> Result<TurnId, Error> {
    let changed = tx
        .prepare_cached("UPDATE conversations SET updated = ? WHERE conversation = ?")?
        .execute((now.0, conversation.0))?;
    super::found(changed, conversation)?;
    let turn = tx
        .prepare_cached(
            "INSERT INTO turns (conversation, ordinal, question, standalone_question, state, executor, created)
             VALUES (?1, (SELECT coalesce(max(ordinal), 0) + 1 FROM turns WHERE conversation = ?1),
                 ?2, ?3, 'streaming', ?4, ?5)",
        )?
        .insert((conversation.0, new.question, new.standalone_question, new.executor, now.0))?;
    Ok(TurnId(turn))
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

/// Adds text to a streaming answer, with all the proof it has so far, so that a kill loses little of it.
pub fn append(tx: &Transaction<'_>, turn: TurnId, text: &str, citations: &[Citation]) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE turns SET answer = answer || ?, citations = ? WHERE turn = ?")?
        .execute((text, stored::to_json(citations)?, turn.0))?;
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
    let stopped = tx.prepare_cached("UPDATE turns SET state = 'stopped' WHERE state = 'streaming'")?.execute([])?;
    Ok(u32::try_from(stopped).unwrap_or(u32::MAX))
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
    found(changed, turn)
}

fn found(changed: usize, turn: TurnId) -> Result<(), Error> {
    match changed {
        0 => Err(Error::not_found("turn", turn)),
        _ => Ok(()),
    }
}
