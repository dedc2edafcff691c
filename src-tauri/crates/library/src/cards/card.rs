use kernel::{CardId, NoteId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Error;
use crate::stored::{self, Named};

/// How well a card is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// Never asked.
    #[default]
    New,
    /// Asked for the first times, minutes apart.
    Learning,
    /// Known, and asked again after days.
    Review,
    /// Forgotten, and asked again after minutes.
    Relearning,
}

impl CardState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Learning, Self::Review, Self::Relearning];

    /// As it is stored and printed.
    pub fn name(self) -> &'static str {
        self.stored_name()
    }

    /// Whether the next time is minutes away rather than days.
    pub fn is_learning(self) -> bool {
        matches!(self, Self::Learning | Self::Relearning)
    }
}

impl Named for CardState {
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::New, "new"), (Self::Learning, "learning"), (Self::Review, "review"), (Self::Relearning, "relearning")];
}

/// One thing that is asked of a note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Card {
    /// Its number.
    pub card: CardId,
    /// What it asks a part of.
    pub note: NoteId,
    /// The note's room.
    pub room: RoomId,
    /// 0 asks for the back, 1 for the front; of a cloze the number of the gap, less one.
    pub ordinal: u16,
    /// How well it is known.
    pub state: CardState,
    /// The learning step that it is at, from 0.
    pub step: u8,
    /// When it is asked next; none while it is new. In review all that matters is the day of study.
    pub due: Option<Timestamp>,
    /// Days between the last review and the next; 0 while it is being learnt.
    pub interval: u32,
    /// Days after which it is recalled with a probability of 90 % (FSRS); none before the first answer.
    pub stability: Option<f64>,
    /// From 1 to 10 (FSRS); none before the first answer.
    pub difficulty: Option<f64>,
    /// When it was last answered.
    pub last_review: Option<Timestamp>,
    /// How often it was answered.
    pub reps: u32,
    /// How often it was forgotten when it had been known.
    pub lapses: u32,
    /// Whether it was forgotten so often that another wording would help more than another review.
    pub leech: bool,
    /// Whether it is left out until somebody takes it back in.
    pub suspended: bool,
    /// It is left out until then.
    pub buried_until: Timestamp,
}

pub(super) const COLUMNS: &str = "c.card, c.note, c.room, c.ordinal, c.state, c.step, c.due, c.interval, c.stability,
        c.difficulty, c.last_review, c.reps, c.lapses, c.leech, c.suspended, c.buried_until";
/// How many columns these are.
pub(super) const COUNT: usize = 16;

/// One card.
pub fn get(connection: &Connection, card: CardId) -> Result<Card, Error> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM cards c WHERE c.card = ?"))?
        .query_row([card.0], read)
        .optional()?
        .ok_or_else(|| Error::not_found("card", card))
}

/// The cards of a note.
pub fn of_note(connection: &Connection, note: NoteId) -> Result<Vec<Card>, Error> {
    let mut query =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM cards c WHERE c.note = ? ORDER BY c.ordinal"))?;
    let rows = query.query_map([note.0], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Leaves a card out, or takes it back in.
pub fn set_suspended(tx: &Transaction<'_>, card: CardId, suspended: bool) -> Result<(), Error> {
    changed(tx.prepare_cached("UPDATE cards SET suspended = ? WHERE card = ?")?.execute((suspended, card.0))?, card)
}

/// Leaves a card out until then: the start of the next day of study.
pub fn bury(tx: &Transaction<'_>, card: CardId, until: Timestamp) -> Result<(), Error> {
    changed(tx.prepare_cached("UPDATE cards SET buried_until = ? WHERE card = ?")?.execute((until.0, card.0))?, card)
}

pub(super) fn changed(rows: usize, card: CardId) -> Result<(), Error> {
    if rows == 0 { Err(Error::not_found("card", card)) } else { Ok(()) }
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Card> {
    Ok(Card {
        card: CardId(row.get(0)?),
        note: NoteId(row.get(1)?),
        room: RoomId(row.get(2)?),
        ordinal: row.get(3)?,
        state: stored::named(row, 4)?,
        step: row.get(5)?,
        due: row.get::<_, Option<i64>>(6)?.map(Timestamp),
        interval: row.get(7)?,
        stability: row.get(8)?,
        difficulty: row.get(9)?,
        last_review: row.get::<_, Option<i64>>(10)?.map(Timestamp),
        reps: row.get(11)?,
        lapses: row.get(12)?,
        leech: row.get(13)?,
        suspended: row.get(14)?,
        buried_until: Timestamp(row.get(15)?),
    })
}
