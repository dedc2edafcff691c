use kernel::{CardId, ReviewId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::card::{self, Card, CardState};
use crate::Error;
use crate::stored::{self, Named};

/// How an answer went, as the person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Not known.
    Again,
    /// Known with effort.
    Hard,
    /// Known.
    Good,
    /// Known at once.
    Easy,
}

impl Rating {
    /// All of them, from 1 to 4.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// From 1 to 4, as FSRS and Anki count.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The rating of a number from 1 to 4.
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|rating| rating.number() == number)
    }

    /// As it is printed and typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }
}

/// What kind of event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// The person answered.
    Answer,
    /// The person set the day on which the card is due, or had it forgotten.
    Manual,
    /// The card came from elsewhere with what was known of it.
    Imported,
}

impl Named for ReviewKind {
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Answer, "answer"), (Self::Manual, "manual"), (Self::Imported, "imported")];
}

/// An event of a card: what was answered, and what it left the card as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Review {
    /// Its number; 0 before it is stored.
    pub review: ReviewId,
    /// Its card.
    pub card: CardId,
    /// When.
    pub time: Timestamp,
    /// What kind of event it is.
    pub kind: ReviewKind,
    /// The answer; none where nothing was answered.
    pub rating: Option<Rating>,
    /// How long the answer took.
    pub duration_ms: u32,
    /// The card's state before.
    pub was: CardState,
    /// The card's interval before, in days.
    pub was_interval: u32,
    /// Days of study since the answer before; none at the first one.
    pub elapsed_days: Option<u32>,
    /// The state after.
    pub state: CardState,
    /// The learning step after.
    pub step: u8,
    /// When the card is due after it.
    pub due: Option<Timestamp>,
    /// The interval after, in days.
    pub interval: u32,
    /// After.
    pub stability: Option<f64>,
    /// After.
    pub difficulty: Option<f64>,
    /// Whether it made the card a leech, which suspends it.
    pub leech: bool,
}

impl Review {
    /// An event that answers nothing and leaves a card new, to begin one from.
    pub fn blank(card: CardId, time: Timestamp, kind: ReviewKind) -> Self {
        Self {
            review: ReviewId(0),
            card,
            time,
            kind,
            rating: None,
            duration_ms: 0,
            was: CardState::New,
            was_interval: 0,
            elapsed_days: None,
            state: CardState::New,
            step: 0,
            due: None,
            interval: 0,
            stability: None,
            difficulty: None,
            leech: false,
        }
    }
}

const SELECT: &str = "SELECT r.review, r.card, r.time, r.kind, r.rating, r.duration_ms, r.was, r.was_interval,
        r.elapsed_days, r.state, r.step, r.due, r.interval, r.stability, r.difficulty, r.leech
     FROM reviews r";

/// Stores an event and leaves the card as it says.
///
/// # Errors
/// `NotFound` where there is no such card.
pub fn append(tx: &Transaction<'_>, event: &Review) -> Result<ReviewId, Error> {
    let room = card::get(tx, event.card)?.room;
    let review = insert(tx, room, event)?;
    tx.prepare_cached(
        "UPDATE cards SET state = ?2, step = ?3, due = ?4, interval = ?5, stability = ?6, difficulty = ?7,
             last_review = CASE WHEN ?12 THEN ?9 ELSE last_review END, reps = reps + ?8, lapses = lapses + ?10,
             leech = leech OR ?11, suspended = suspended OR ?11
         WHERE card = ?1",
    )?
    .execute((
        event.card.0,
        event.state.stored_name(),
        event.step,
        event.due.map(|due| due.0),
        event.interval,
        event.stability,
        event.difficulty,
        event.rating.is_some(),
        event.time.0,
        is_lapse(event),
        event.leech,
        tells_the_last_answer(event),
    ))?;
    Ok(review)
}

fn insert(tx: &Transaction<'_>, room: RoomId, event: &Review) -> Result<ReviewId, Error> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO reviews (card, room, time, kind, rating, duration_ms, was, was_interval, elapsed_days, state,
             step, due, interval, stability, difficulty, leech)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    let review = insert.insert((
        event.card.0,
        room.0,
        event.time.0,
        event.kind.stored_name(),
        event.rating.map(Rating::number),
        event.duration_ms,
        event.was.stored_name(),
        event.was_interval,
        event.elapsed_days,
        event.state.stored_name(),
        event.step,
        event.due.map(|due| due.0),
        event.interval,
        event.stability,
        event.difficulty,
        event.leech,
    ))?;
    Ok(ReviewId(review))
}

/// An answer, or what came from elsewhere, where it was answered.
fn tells_the_last_answer(event: &Review) -> bool {
    event.rating.is_some() || event.kind == ReviewKind::Imported
}

/// A known card was forgotten.
fn is_lapse(event: &Review) -> bool {
    event.rating == Some(Rating::Again) && event.was == CardState::Review
}

/// The last event of a room, or of a card, that a person can take back: what came from elsewhere stays.
pub fn last_event(connection: &Connection, room: RoomId) -> Result<Option<Review>, Error> {
    let sql = format!("{SELECT} WHERE r.room = ? AND r.kind <> 'imported' ORDER BY r.review DESC LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row([room.0], read).optional()?)
}

/// Takes an event back, which must be the last one of its card: the card is what it was before.
///
/// # Errors
/// `NotFound` where there is no such event, `Invalid` where another one has followed.
pub fn take_back(tx: &Transaction<'_>, review: ReviewId) -> Result<Card, Error> {
    let event = tx
        .prepare_cached(&format!("{SELECT} WHERE r.review = ?"))?
        .query_row([review.0], read)
        .optional()?
        .ok_or_else(|| Error::not_found("review", review))?;
    if history(tx, event.card)?.last().map(|last| last.review) != Some(review) {
        return Err(Error::Invalid("This card was answered again since: take that back first.".into()));
    }
    tx.prepare_cached("DELETE FROM reviews WHERE review = ?")?.execute([review.0])?;
    if event.leech {
        tx.prepare_cached("UPDATE cards SET suspended = 0 WHERE card = ?")?.execute([event.card.0])?;
    }
    rebuild(tx, event.card)
}

/// Makes a card anew from its events. What isn't told by them (suspended, buried) stays.
pub fn rebuild(tx: &Transaction<'_>, card: CardId) -> Result<Card, Error> {
    let events = history(tx, card)?;
    let last = events.last();
    let rows = tx
        .prepare_cached(
            "UPDATE cards SET state = ?2, step = ?3, due = ?4, interval = ?5, stability = ?6, difficulty = ?7,
                 last_review = ?8, reps = ?9, lapses = ?10, leech = ?11
             WHERE card = ?1",
        )?
        .execute((
            card.0,
            last.map_or(CardState::New, |last| last.state).stored_name(),
            last.map_or(0, |last| last.step),
            last.and_then(|last| last.due).map(|due| due.0),
            last.map_or(0, |last| last.interval),
            last.and_then(|last| last.stability),
            last.and_then(|last| last.difficulty),
            events.iter().rfind(|event| tells_the_last_answer(event)).map(|event| event.time.0),
            events.iter().filter(|event| event.rating.is_some()).count() as i64,
            events.iter().filter(|event| is_lapse(event)).count() as i64,
            events.iter().any(|event| event.leech),
        ))?;
    card::changed(rows, card)?;
    card::get(tx, card)
}

/// The events of a card, the oldest first.
pub fn history(connection: &Connection, card: CardId) -> Result<Vec<Review>, Error> {
    let mut query = connection.prepare_cached(&format!("{SELECT} WHERE r.card = ? ORDER BY r.review"))?;
    let rows = query.query_map([card.0], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The events of all cards of a room, those of a card together and in order.
pub fn histories(connection: &Connection, room: RoomId) -> Result<Vec<Review>, Error> {
    let mut query = connection.prepare_cached(&format!("{SELECT} WHERE r.room = ? ORDER BY r.card, r.review"))?;
    let rows = query.query_map([room.0], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Review> {
    Ok(Review {
        review: ReviewId(row.get(0)?),
        card: CardId(row.get(1)?),
        time: Timestamp(row.get(2)?),
        kind: stored::named(row, 3)?,
        rating: row.get::<_, Option<u8>>(4)?.and_then(Rating::of),
        duration_ms: row.get(5)?,
        was: stored::named(row, 6)?,
        was_interval: row.get(7)?,
        elapsed_days: row.get(8)?,
        state: stored::named(row, 9)?,
        step: row.get(10)?,
        due: row.get::<_, Option<i64>>(11)?.map(Timestamp),
        interval: row.get(12)?,
        stability: row.get(13)?,
        difficulty: row.get(14)?,
        leech: row.get(15)?,
    })
}
