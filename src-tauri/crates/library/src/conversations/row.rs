use kernel::{Citation, ConversationId, RoomId, Timestamp, TurnId};
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Provenance;
use crate::stored::{self, Named};

/// A row of questions and answers in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Conversation {
    /// Its number.
    pub conversation: ConversationId,
    /// The room it is about.
    pub room: RoomId,
    /// What people call it.
    pub title: String,
    /// When it began.
    pub created: Timestamp,
    /// When its last question was asked.
    pub updated: Timestamp,
    /// How many questions it has.
    pub turns: u32,
}

/// How far an answer has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TurnState {
    /// Being written.
    Streaming,
    /// Whole.
    Complete,
    /// Ended early, by a person or with the process.
    Stopped,
    /// The executor could not answer; the answer is what it got to.
    Failed,
}

impl Named for TurnState {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Streaming, "streaming"),
        (Self::Complete, "complete"),
        (Self::Stopped, "stopped"),
        (Self::Failed, "failed"),
    ];
}

/// One question with its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Turn {
    /// Its number.
    pub turn: TurnId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// Place in the conversation, from 1.
    pub ordinal: u32,
    /// The question as it was asked.
    pub question: String,
    /// The question as it reads without the conversation, where it leaned on it.
    pub standalone_question: Option<String>,
    /// The answer so far, with markers such as [1] for its citations.
    pub answer: String,
    /// How far it has come.
    pub state: TurnState,
    /// Whether the room answers the question.
    pub answered: bool,
    /// Who wrote the answer.
    pub executor: String,
    /// The proof; [1] is the first. Stays readable when its document was removed.
    pub citations: Vec<Citation>,
    /// Passages worth reading next, or the nearest ones when nothing answers.
    pub further: Vec<Citation>,
    /// Why the search behind it could not do all it can, if so; for people.
    pub degraded: Option<String>,
    /// When it was asked.
    pub created: Timestamp,
    /// How long the answer took.
    pub elapsed_ms: Option<u32>,
    /// How it came about; none while it is being written, and of answers of an earlier version.
    pub provenance: Option<Provenance>,
}

/// What is known of a turn when it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTurn<'a> {
    /// The question as it was asked.
    pub question: &'a str,
    /// The question as it reads without the conversation, where it leans on it.
    pub standalone_question: Option<&'a str>,
    /// Who is going to answer.
    pub executor: &'a str,
}

/// What an answer came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome<'a> {
    /// The answer, in place of what was appended.
    pub answer: &'a str,
    /// Whether the room answers the question.
    pub answered: bool,
    /// The proof.
    pub citations: &'a [Citation],
    /// Passages worth reading next, or the nearest ones.
    pub further: &'a [Citation],
    /// Why the search behind it could not do all it can, if so.
    pub degraded: Option<&'a str>,
    /// How long it took.
    pub elapsed_ms: u32,
    /// How it came about.
    pub provenance: Option<&'a Provenance>,
}

pub(super) const SELECT: &str = "SELECT conversation, room, title, created, updated,
        (SELECT count(*) FROM turns t WHERE t.conversation = c.conversation)
     FROM conversations c";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    Ok(Conversation {
        conversation: ConversationId(row.get(0)?),
        room: RoomId(row.get(1)?),
        title: row.get(2)?,
        created: Timestamp(row.get(3)?),
        updated: Timestamp(row.get(4)?),
        turns: row.get(5)?,
    })
}

pub(super) const SELECT_TURN: &str =
    "SELECT turn, conversation, ordinal, question, standalone_question, answer, state, answered, executor,
        citations, further, degraded, created, elapsed_ms, provenance
     FROM turns";

pub(super) fn read_turn(row: &Row<'_>) -> rusqlite::Result<Turn> {
    Ok(Turn {
        turn: TurnId(row.get(0)?),
        conversation: ConversationId(row.get(1)?),
        ordinal: row.get(2)?,
        question: row.get(3)?,
        standalone_question: row.get(4)?,
        answer: row.get(5)?,
        state: stored::named(row, 6)?,
        answered: row.get(7)?,
        executor: row.get(8)?,
        citations: stored::from_json(row, 9)?,
        further: stored::from_json(row, 10)?,
        degraded: row.get(11)?,
        created: Timestamp(row.get(12)?),
        elapsed_ms: row.get(13)?,
        // That of another version is no reason not to show the answer.
        provenance: row.get::<_, Option<String>>(14)?.and_then(|json| serde_json::from_str(&json).ok()),
    })
}
