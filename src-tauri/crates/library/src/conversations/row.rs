use kernel::{Citation, ConversationId, RoomId, Timestamp, TurnId};
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Mode, Provenance, Subject};
use crate::stored::{self, Named};

/// A row of questions and answers in a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Conversation {
    /// What names it.
    pub conversation: ConversationId,
    /// The room it is about.
    pub room: RoomId,
    /// What people call it.
    pub title: String,
    /// When it began.
    pub created: Timestamp,
    /// When its last question was asked.
    pub updated: Timestamp,
    /// How many questions it has, along the turns on show.
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
    /// The turn that it goes on from; none for a first question.
    pub parent: Option<TurnId>,
    /// Place in the conversation, from 1.
    pub ordinal: u32,
    /// The turns that go on from the same one, the oldest first: itself, and where the question was asked again or
    /// otherwise.
    pub versions: Vec<TurnId>,
    /// The question as it was asked.
    pub question: String,
    /// The question as it reads without the conversation, where it leaned on it.
    pub standalone_question: Option<String>,
    /// How it was to be answered.
    pub mode: Mode,
    /// What a summary is of.
    pub subject: Option<Subject>,
    /// What on a page the question is about.
    pub about: Option<About>,
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
    /// How it came about, as far as it has; none before its first text, and of answers of an earlier version.
    pub provenance: Option<Provenance>,
}

/// Words on a page that a question is asked about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct About {
    /// The words and where they stand; without a quote it is the page as a whole.
    pub citation: Citation,
    /// What the person wrote beside them. It says what they think, and proves nothing.
    pub note: String,
}

impl Turn {
    /// The question as it reads without the conversation.
    pub fn standalone(&self) -> &str {
        self.standalone_question.as_deref().unwrap_or(&self.question)
    }
}

/// What is known of a turn when it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTurn<'a> {
    /// The question as it was asked.
    pub question: &'a str,
    /// The question as it reads without the conversation, where it leans on it.
    pub standalone_question: Option<&'a str>,
    /// Who is going to answer.
    pub executor: &'a str,
    /// How it is to be answered.
    pub mode: Mode,
    /// What a summary is to be of.
    pub subject: Option<Subject>,
    /// What on a page it is about.
    pub about: Option<&'a About>,
    /// Where it stands.
    pub place: Place,
}

impl<'a> NewTurn<'a> {
    /// A question behind the turns on show.
    pub fn new(question: &'a str, executor: &'a str) -> Self {
        let (mode, place) = (Mode::Plain, Place::Behind);
        Self { question, standalone_question: None, executor, mode, subject: None, about: None, place }
    }
}

/// Where a question stands in its conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind the last turn on show.
    Behind,
    /// Beside a turn: asked again, or otherwise. The other one stays, with what follows it.
    Beside(TurnId),
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

/// The columns of a conversation `c`, for [`read`].
pub(super) const COLUMNS: &str = "c.conversation, c.room, c.title, c.created, c.updated,
        coalesce((SELECT ordinal FROM turns WHERE turn = c.shown), 0)";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Conversation> {
    Ok(Conversation {
        conversation: stored::parsed(row, 0)?,
        room: RoomId(row.get(1)?),
        title: row.get(2)?,
        created: Timestamp(row.get(3)?),
        updated: Timestamp(row.get(4)?),
        turns: row.get(5)?,
    })
}

pub(super) const SELECT_TURN: &str = "SELECT t.turn, t.conversation, t.parent, t.ordinal,
        (SELECT json_group_array(v.turn ORDER BY v.turn) FROM turns v
         WHERE v.conversation = t.conversation AND v.parent IS t.parent),
        t.question, t.standalone_question, t.mode, t.subject, t.answer, t.state, t.answered, t.executor, t.citations,
        t.further, t.degraded, t.created, t.elapsed_ms, t.provenance, t.about
     FROM turns t";

pub(super) fn read_turn(row: &Row<'_>) -> rusqlite::Result<Turn> {
    // What another version has put there is no reason not to show the answer.
    let understood = |column| row.get::<_, Option<String>>(column);
    Ok(Turn {
        turn: TurnId(row.get(0)?),
        conversation: stored::parsed(row, 1)?,
        parent: row.get::<_, Option<i64>>(2)?.map(TurnId),
        ordinal: row.get(3)?,
        versions: stored::from_json(row, 4)?,
        question: row.get(5)?,
        standalone_question: row.get(6)?,
        mode: stored::named(row, 7).unwrap_or_default(),
        subject: understood(8)?.and_then(|json| serde_json::from_str(&json).ok()),
        answer: row.get(9)?,
        state: stored::named(row, 10)?,
        answered: row.get(11)?,
        executor: row.get(12)?,
        citations: stored::from_json(row, 13)?,
        further: stored::from_json(row, 14)?,
        degraded: row.get(15)?,
        created: Timestamp(row.get(16)?),
        elapsed_ms: row.get(17)?,
        provenance: understood(18)?.and_then(|json| serde_json::from_str(&json).ok()),
        about: understood(19)?.and_then(|json| serde_json::from_str(&json).ok()),
    })
}
