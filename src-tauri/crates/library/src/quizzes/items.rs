//! Items: what is asked, and what people have decided about it.

use kernel::{DocumentId, QuizId, QuizItemId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Item, ItemKind};
use crate::stored::{self, Named, is_null};
use crate::{Error, rooms};

/// Whether something may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// It waits for a person's look.
    Draft,
    /// It may be asked.
    Ready,
    /// A person found it unsound.
    Rejected,
}

impl Named for ItemState {
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Draft, "draft"), (Self::Ready, "ready"), (Self::Rejected, "rejected")];
}

/// Why a person rejects an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum RejectReason {
    /// What it takes for right is wrong.
    WrongKey,
    /// More than one option is right.
    Ambiguous,
    /// It can't be understood by itself, or gives its answer away.
    BadWording,
    /// Nobody needs to know it.
    NotWorthAsking,
}

impl RejectReason {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::WrongKey, Self::Ambiguous, Self::BadWording, Self::NotWorthAsking];

    /// As it is stored, and typed.
    pub fn name(self) -> &'static str {
        self.stored_name()
    }
}

impl Named for RejectReason {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::WrongKey, "wrong-key"),
        (Self::Ambiguous, "ambiguous"),
        (Self::BadWording, "bad-wording"),
        (Self::NotWorthAsking, "not-worth-asking"),
    ];
}

/// An item as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct StoredItem {
    /// Its number.
    pub item: QuizItemId,
    /// The room it is about.
    pub room: RoomId,
    /// The document it was made from, while that is there.
    pub document: Option<DocumentId>,
    /// What it asks.
    pub body: Item,
    /// Who made it: `rules`, or the name of a language model.
    pub maker: String,
    /// Whether it may be asked.
    pub state: ItemState,
    /// Why a person rejected it.
    pub reason: Option<RejectReason>,
    /// When it was made.
    pub created: Timestamp,
}

const COLUMNS: &str = "item, room, document, body, maker, state, reason, created";

fn read(row: &Row<'_>) -> rusqlite::Result<StoredItem> {
    Ok(StoredItem {
        item: QuizItemId(row.get(0)?),
        room: RoomId(row.get(1)?),
        document: row.get::<_, Option<i64>>(2)?.map(DocumentId),
        body: stored::from_json(row, 3)?,
        maker: row.get(4)?,
        state: stored::named(row, 5)?,
        reason: if is_null(row, 6)? { None } else { Some(stored::named(row, 6)?) },
        created: Timestamp(row.get(7)?),
    })
}

/// Stores an item that a maker has made, to be asked or looked at first.
pub fn add(
    tx: &Transaction<'_>,
    room: RoomId,
    body: &Item,
    maker: &str,
    state: ItemState,
    now: Timestamp,
) -> Result<QuizItemId, Error> {
    rooms::get(tx, room)?;
    let item = tx
        .prepare_cached(
            "INSERT INTO quiz_items (room, document, kind, body, maker, state, created)
             VALUES (?1, (SELECT document FROM documents WHERE document = ?2), ?3, ?4, ?5, ?6, ?7) RETURNING item",
        )?
        .query_row(
            (
                room.0,
                body.citation.document.0,
                body.kind.name(),
                stored::to_json(body)?,
                maker,
                state.stored_name(),
                now.0,
            ),
            |row| row.get(0),
        )?;
    Ok(QuizItemId(item))
}

/// One item.
pub fn get(connection: &Connection, item: QuizItemId) -> Result<StoredItem, Error> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM quiz_items WHERE item = ?"))?
        .query_row([item.0], read)
        .optional()?
        .ok_or_else(|| Error::not_found("question", item))
}

/// The items of a room in a state, the oldest first.
pub fn list(connection: &Connection, room: RoomId, state: ItemState) -> Result<Vec<StoredItem>, Error> {
    let mut items = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM quiz_items WHERE room = ? AND state = ? ORDER BY item"))?;
    let rows = items.query_map((room.0, state.stored_name()), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An item that may be asked, and the last quiz that asked it.
#[derive(Clone, Debug, PartialEq)]
pub struct Askable {
    /// Its number.
    pub item: QuizItemId,
    /// What it asks.
    pub body: Item,
    /// The last quiz that asked it; none when nobody was asked yet.
    pub last: Option<QuizId>,
}

/// The items of a room that may be asked: first those that nobody was asked yet, then those that were longest ago.
pub fn askable(connection: &Connection, room: RoomId) -> Result<Vec<Askable>, Error> {
    let mut items = connection.prepare_cached(
        "SELECT item, body, (SELECT max(quiz) FROM quiz_questions q WHERE q.item = i.item) AS last
         FROM quiz_items i WHERE room = ? AND state = 'ready' ORDER BY last NULLS FIRST, item",
    )?;
    let rows = items.query_map([room.0], |row| {
        let last = row.get::<_, Option<i64>>(2)?.map(QuizId);
        Ok(Askable { item: QuizItemId(row.get(0)?), body: stored::from_json(row, 1)?, last })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All items of a room, whatever was decided on them.
pub fn all(connection: &Connection, room: RoomId) -> Result<Vec<Item>, Error> {
    let mut items = connection.prepare_cached("SELECT body FROM quiz_items WHERE room = ? ORDER BY item")?;
    let rows = items.query_map([room.0], |row| stored::from_json(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many items of a room wait for a look.
pub fn drafts(connection: &Connection, room: RoomId) -> Result<u32, Error> {
    let mut count = connection.prepare_cached("SELECT count(*) FROM quiz_items WHERE room = ? AND state = 'draft'")?;
    Ok(count.query_row([room.0], |row| row.get(0))?)
}

/// Lets a draft be asked, in other words if a person has changed it.
///
/// # Errors
/// Not found, also when it is no draft any more.
pub fn approve(tx: &Transaction<'_>, item: QuizItemId, changed: Option<&Item>, now: Timestamp) -> Result<(), Error> {
    let body = changed.map(stored::to_json).transpose()?;
    let done = tx
        .prepare_cached(
            "UPDATE quiz_items SET state = 'ready', decided = ?2, body = coalesce(?3, body)
             WHERE item = ?1 AND state = 'draft'",
        )?
        .execute((item.0, now.0, body))?;
    decided(done, item)
}

/// Never asks an item again, whether it was a draft or not; what was answered stays.
///
/// # Errors
/// Not found, also when it was rejected before.
pub fn reject(tx: &Transaction<'_>, item: QuizItemId, reason: RejectReason, now: Timestamp) -> Result<(), Error> {
    let done = tx
        .prepare_cached(
            "UPDATE quiz_items SET state = 'rejected', decided = ?2, reason = ?3 WHERE item = ?1 AND state <> 'rejected'",
        )?
        .execute((item.0, now.0, reason.stored_name()))?;
    decided(done, item)
}

/// Takes a decision back: the item is a draft again, as it stands.
///
/// # Errors
/// Not found, also when nobody has decided on it.
pub fn reopen(tx: &Transaction<'_>, item: QuizItemId) -> Result<(), Error> {
    let done = tx
        .prepare_cached(
            "UPDATE quiz_items SET state = 'draft', decided = NULL, reason = NULL
             WHERE item = ? AND decided IS NOT NULL",
        )?
        .execute([item.0])?;
    decided(done, item)
}

fn decided(done: usize, item: QuizItemId) -> Result<(), Error> {
    if done == 0 { Err(Error::not_found("question to decide on with the number", item)) } else { Ok(()) }
}

/// What people have decided on the items of one maker and kind, in all rooms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Decisions {
    /// Who made them.
    pub maker: String,
    /// How they ask.
    pub kind: ItemKind,
    /// So many were approved, also in other words.
    pub approved: u32,
    /// So many were rejected, by reason.
    pub rejected: Vec<(RejectReason, u32)>,
}

/// What people have decided, by maker and kind.
pub fn decisions(connection: &Connection) -> Result<Vec<Decisions>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT maker, kind, reason, count(*) FROM quiz_items WHERE decided IS NOT NULL
         GROUP BY maker, kind, reason ORDER BY maker, kind, reason",
    )?;
    let mut rows = query.query([])?;
    let mut found: Vec<Decisions> = Vec::new();
    while let Some(row) = rows.next()? {
        let (maker, kind): (String, ItemKind) = (row.get(0)?, stored::named(row, 1)?);
        if found.last().is_none_or(|last| last.maker != maker || last.kind != kind) {
            found.push(Decisions { maker, kind, approved: 0, rejected: Vec::new() });
        }
        let Some(last) = found.last_mut() else { continue };
        if is_null(row, 2)? {
            last.approved = row.get(3)?;
        } else {
            last.rejected.push((stored::named(row, 2)?, row.get(3)?));
        }
    }
    Ok(found)
}
