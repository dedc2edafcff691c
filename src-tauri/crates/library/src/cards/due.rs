//! Which cards a day asks for. A day is told by where it begins and ends: its time zone is for others to know.

use std::collections::{BTreeMap, HashSet};

use kernel::{CardId, NoteId, RoomId, Timestamp};
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{CardState, Order};
use crate::{Error, stored};

/// A card that may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The card.
    pub card: CardId,
    /// Its note: of the cards of one note, one is asked a day.
    pub note: NoteId,
    /// When it is due; the epoch for a new one.
    pub due: Timestamp,
}

/// How many cards of a room there are, and how many of them wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Due {
    /// All cards.
    pub cards: u32,
    /// Never asked.
    pub new: u32,
    /// Being learnt, or learnt again.
    pub learning: u32,
    /// Known, and asked again after days.
    pub review: u32,
    /// Of these, due by the end of the day.
    pub due: u32,
    /// Of all, left out until somebody takes them back in.
    pub suspended: u32,
    /// Of all, forgotten again and again.
    pub leeches: u32,
}

/// What is being learnt and due before `end`, the earliest first; what is buried at `now` is left out.
pub fn due_learning(
    connection: &Connection,
    room: RoomId,
    now: Timestamp,
    end: Timestamp,
) -> Result<Vec<Candidate>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT card, note, due FROM cards
         WHERE room = ?1 AND state IN ('learning', 'relearning') AND suspended = 0 AND due < ?2 AND buried_until <= ?3
         ORDER BY due, card",
    )?;
    let rows = query.query_map((room.0, end.0, now.0), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Shows `take` the known cards that are due before `end`, until it says that it has enough. What has been overdue the
/// longest for how well it is known comes first: of two cards the one with more of its stability gone by since its
/// last answer is less likely to be recalled, whatever the parameters of the forgetting curve.
pub fn due_reviews(
    connection: &Connection,
    room: RoomId,
    now: Timestamp,
    end: Timestamp,
    mut take: impl FnMut(Candidate) -> bool,
) -> Result<(), Error> {
    let mut query = connection.prepare_cached(
        "SELECT card, note, due FROM cards
         WHERE room = ?1 AND state = 'review' AND suspended = 0 AND due < ?2 AND buried_until <= ?3
         ORDER BY (?3 - coalesce(last_review, due)) / max(coalesce(stability, 1.0), 0.001) DESC, card",
    )?;
    let mut rows = query.query((room.0, end.0, now.0))?;
    while let Some(row) = rows.next()? {
        if !take(read(row)?) {
            break;
        }
    }
    Ok(())
}

/// Shows `take` the first new card of each note, until it says that it has enough. `shuffle` makes one random order
/// another one.
pub fn new_cards(
    connection: &Connection,
    room: RoomId,
    now: Timestamp,
    order: Order,
    shuffle: i64,
    mut take: impl FnMut(Candidate) -> bool,
) -> Result<(), Error> {
    let by = match order {
        Order::Added => "note",
        // Knuth's multiplicative hash (The Art of Computer Programming 3, 6.4) of the number.
        Order::Random => "((note + ?3) * 2654435761) % 4294967296, note",
    };
    let sql = format!(
        "SELECT min(card), note, 0 FROM cards
         WHERE room = ?1 AND state = 'new' AND suspended = 0 AND due IS NULL AND buried_until <= ?2 AND ?3 = ?3
         GROUP BY note ORDER BY {by}"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let mut rows = query.query((room.0, now.0, shuffle))?;
    while let Some(row) = rows.next()? {
        if !take(read(row)?) {
            break;
        }
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate { card: CardId(row.get(0)?), note: NoteId(row.get(1)?), due: Timestamp(row.get(2)?) })
}

/// How many new cards, and how many known ones, were asked since then.
pub fn introduced(connection: &Connection, room: RoomId, since: Timestamp) -> Result<(u32, u32), Error> {
    let mut query = connection.prepare_cached(
        "SELECT count(DISTINCT iif(was = 'new', card, NULL)), count(DISTINCT iif(was = 'review', card, NULL))
         FROM reviews WHERE room = ? AND time >= ? AND rating IS NOT NULL",
    )?;
    Ok(query.query_row((room.0, since.0), |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The notes of which a card was answered since then.
pub fn seen_since(connection: &Connection, room: RoomId, since: Timestamp) -> Result<HashSet<NoteId>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT DISTINCT c.note FROM reviews r JOIN cards c USING (card)
         WHERE r.room = ? AND r.time >= ? AND r.rating IS NOT NULL",
    )?;
    let rows = query.query_map((room.0, since.0), |row| row.get(0).map(NoteId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many cards are due on each day from `from` until before `until`; a day is that of its times plus `shift`
/// milliseconds, divided by the length of a day.
pub fn load(
    connection: &Connection,
    room: RoomId,
    from: Timestamp,
    until: Timestamp,
    shift: i64,
) -> Result<BTreeMap<i32, u32>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT (due + ?4) / 86400000, count(*) FROM cards
         WHERE room = ?1 AND state IN ('learning', 'relearning', 'review') AND suspended = 0 AND due >= ?2 AND due < ?3
         GROUP BY 1",
    )?;
    let rows = query.query_map((room.0, from.0, until.0, shift), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many cards of a room were never asked.
pub fn count_new(connection: &Connection, room: RoomId) -> Result<u32, Error> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM cards WHERE room = ? AND state = 'new' AND suspended = 0")?
        .query_row([room.0], |row| row.get(0))?)
}

/// When the first of a room's cards that were asked before comes again, whether or not that is over; none where none
/// was asked.
pub fn earliest_due(connection: &Connection, room: RoomId) -> Result<Option<Timestamp>, Error> {
    let earliest: Option<i64> = connection
        .prepare_cached(
            "SELECT min(max(due, buried_until)) FROM cards WHERE room = ? AND state <> 'new' AND suspended = 0",
        )?
        .query_row([room.0], |row| row.get(0))?;
    Ok(earliest.map(Timestamp))
}

/// How much there is, and how much of it is due before `end`.
pub fn waiting(connection: &Connection, room: RoomId, end: Timestamp) -> Result<Due, Error> {
    let mut query = connection.prepare_cached(
        "SELECT state, count(*), sum(due < ?2) FROM cards WHERE room = ?1 AND suspended = 0 GROUP BY state",
    )?;
    let mut rows = query.query((room.0, end.0))?;
    let mut counted = Due::default();
    while let Some(row) = rows.next()? {
        let (count, due): (u32, Option<u32>) = (row.get(1)?, row.get(2)?);
        counted.cards += count;
        match stored::named(row, 0)? {
            CardState::New => counted.new = count,
            CardState::Review => (counted.review, counted.due) = (count, due.unwrap_or(0)),
            CardState::Learning | CardState::Relearning => counted.learning += count,
        }
    }
    (counted.suspended, counted.leeches) = connection
        .prepare_cached("SELECT count(*), sum(leech) FROM cards WHERE room = ? AND suspended = 1")?
        .query_row([room.0], |row| Ok((row.get(0)?, row.get::<_, Option<u32>>(1)?.unwrap_or(0))))?;
    counted.cards += counted.suspended;
    Ok(counted)
}
