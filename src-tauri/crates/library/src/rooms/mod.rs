//! Rooms: a subject and its documents.

mod removal;

use kernel::{RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Error;
use crate::order::Ordered;
pub use removal::{bring_back, hidden, hide, hide_document, remove, return_document};

/// A subject and its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Room {
    /// Its number.
    pub room: RoomId,
    /// Its name; no other room has it.
    pub name: String,
    /// Its colour, in degrees of the colour circle.
    pub hue: u16,
    /// How many documents it has.
    pub documents: u32,
    /// How many passages they have.
    pub passages: u32,
    /// When it was made.
    pub created: Timestamp,
}

/// A name is read at the side of the window.
const LONGEST_NAME: usize = 120;

const SELECT: &str = "SELECT r.room, r.name, r.hue, count(d.document), coalesce(sum(d.passages), 0), r.created
     FROM rooms r LEFT JOIN documents d ON d.room = r.room AND d.replaces IS NULL";

/// Makes a room. The name must differ from every other by more than case; the colour is chosen to stand apart
/// from the others.
pub fn create(tx: &Transaction<'_>, name: &str, now: Timestamp) -> Result<Room, Error> {
    let name = free_name(tx, name, None)?;
    let hues: Vec<u16> = tx
        .prepare_cached("SELECT hue FROM rooms WHERE removed IS NULL")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let position = rail().last(tx)?;
    tx.prepare_cached("INSERT INTO rooms (name, folded, hue, created, position) VALUES (?, ?, ?, ?, ?)")?.execute((
        &name,
        name.to_lowercase(),
        distant_hue(&hues),
        now.0,
        position,
    ))?;
    get(tx, RoomId(tx.last_insert_rowid()))
}

/// All rooms, in the order that the person gave them; a new one is the last.
pub fn list(connection: &Connection) -> Result<Vec<Room>, Error> {
    let sql = format!("{SELECT} WHERE r.removed IS NULL GROUP BY r.room ORDER BY r.position, r.room");
    let mut rooms = connection.prepare_cached(&sql)?;
    Ok(rooms.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// One room.
pub fn get(connection: &Connection, room: RoomId) -> Result<Room, Error> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE r.room = ? AND r.removed IS NULL GROUP BY r.room"))?
        .query_row([room.0], read)
        .optional()?
        .ok_or_else(|| Error::not_found("room", room))
}

/// A number that every change of what can be found in the room moves on; 0 when there is no such room.
pub fn revision(connection: &Connection, room: RoomId) -> Result<i64, Error> {
    let revision = connection
        .prepare_cached("SELECT revision FROM rooms WHERE room = ?")?
        .query_row([room.0], |row| row.get(0))
        .optional()?;
    Ok(revision.unwrap_or_default())
}

/// The room of that name, however it is cased.
pub fn by_name(connection: &Connection, name: &str) -> Result<Option<Room>, Error> {
    let found = connection
        .prepare_cached(&format!("{SELECT} WHERE r.folded = ? AND r.removed IS NULL GROUP BY r.room"))?
        .query_row([tidy(name).to_lowercase()], read)
        .optional()?;
    Ok(found)
}

/// Gives a room another name.
pub fn rename(tx: &Transaction<'_>, room: RoomId, name: &str) -> Result<(), Error> {
    let name = free_name(tx, name, Some(room))?;
    let changed = tx.prepare_cached("UPDATE rooms SET name = ?, folded = ? WHERE room = ?")?.execute((
        &name,
        name.to_lowercase(),
        room.0,
    ))?;
    found(changed, room)
}

/// Puts a room before another one, or behind all without one.
pub fn place(tx: &Transaction<'_>, room: RoomId, before: Option<RoomId>) -> Result<(), Error> {
    get(tx, room)?;
    rail().place(tx, room.0, before.map(|before| before.0))
}

/// The rooms as a list that the person orders.
fn rail() -> Ordered {
    Ordered { table: "rooms", key: "room", which: "removed IS NULL".into(), ties: "ASC" }
}

/// Gives a room another colour, in degrees; whole turns are taken off.
pub fn set_hue(tx: &Transaction<'_>, room: RoomId, hue: u16) -> Result<(), Error> {
    let changed = tx.prepare_cached("UPDATE rooms SET hue = ? WHERE room = ?")?.execute((hue % 360, room.0))?;
    found(changed, room)
}

fn found(changed: usize, room: RoomId) -> Result<(), Error> {
    match changed {
        0 => Err(Error::not_found("room", room)),
        _ => Ok(()),
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Room> {
    Ok(Room {
        room: RoomId(row.get(0)?),
        name: row.get(1)?,
        hue: row.get(2)?,
        documents: row.get(3)?,
        passages: row.get(4)?,
        created: Timestamp(row.get(5)?),
    })
}

fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn free_name(tx: &Transaction<'_>, name: &str, own: Option<RoomId>) -> Result<String, Error> {
    let name = tidy(name);
    if name.is_empty() {
        return Err(Error::Invalid("A room needs a name.".into()));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::Invalid(format!("The name of a room can have at most {LONGEST_NAME} characters.")));
    }
    match by_name(tx, &name)? {
        Some(other) if Some(other.room) != own => {
            Err(Error::Invalid(format!("There is already a room called “{}”. Choose another name.", other.name)))
        }
        _ => Ok(name),
    }
}

/// The middle of the widest gap between the hues in use.
fn distant_hue(used: &[u16]) -> u16 {
    const FIRST: u16 = 220;
    let mut used: Vec<u16> = used.iter().map(|hue| hue % 360).collect();
    used.sort_unstable();
    let (Some(first), Some(last)) = (used.first(), used.last()) else {
        return FIRST;
    };
    let around = (first + 360 - last, *last);
    let between = used.windows(2).map(|pair| (pair[1] - pair[0], pair[0]));
    let (gap, start) = between.chain([around]).max_by_key(|(gap, _)| *gap).unwrap_or(around);
    (start + gap / 2) % 360
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_new_room_has_a_colour_of_its_own() {
        let mut hues = Vec::new();
        for _ in 0..8 {
            hues.push(distant_hue(&hues));
        }
        assert_eq!(hues[..4], [220, 40, 310, 130]);
        hues.sort_unstable();
        let closest = hues.windows(2).map(|pair| pair[1] - pair[0]).min();
        assert_eq!(closest, Some(45));
    }
}
