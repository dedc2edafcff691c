//! Removed, and back again: what a person removes is hidden first, and cleared away later.

use kernel::{DocumentId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::{LONGEST_NAME, by_name, found, get};
use crate::Error;
use crate::documents::{self, Removed};

/// Removes a room with its documents and conversations for good.
pub fn remove(tx: &Transaction<'_>, room: RoomId) -> Result<Vec<Removed>, Error> {
    let mut removed = Vec::new();
    for document in documents::ids(tx, room)? {
        removed.push(documents::remove(tx, document)?);
    }
    let changed = tx.prepare_cached("DELETE FROM rooms WHERE room = ?")?.execute([room.0])?;
    found(changed, room)?;
    Ok(removed)
}

/// Hides a room with all that is in it, and holds its jobs, until it is [brought back](bring_back) or
/// [removed](remove).
pub fn hide(tx: &Transaction<'_>, room: RoomId, now: Timestamp) -> Result<(), Error> {
    get(tx, room)?;
    // The name is free for another room meanwhile.
    tx.prepare_cached("UPDATE rooms SET removed = ?1, folded = char(0) || room WHERE room = ?2")?
        .execute((now.0, room.0))?;
    hold_jobs(tx, room, now)
}

/// Brings a hidden room back, under another name where its own has been given away. Its documents' jobs go on.
pub fn bring_back(tx: &Transaction<'_>, room: RoomId, now: Timestamp) -> Result<(), Error> {
    let name: String = tx
        .prepare_cached("SELECT name FROM rooms WHERE room = ? AND removed IS NOT NULL AND name <> ''")?
        .query_row([room.0], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Error::not_found("room", room))?;
    let mut free = name.clone();
    let mut number = 2;
    while by_name(tx, &free)?.is_some() {
        let end = format!(" ({number})");
        let kept: String = name.chars().take(LONGEST_NAME - end.len()).collect();
        free = kept + &end;
        number += 1;
    }
    tx.prepare_cached("UPDATE rooms SET removed = NULL, name = ?, folded = ? WHERE room = ?")?.execute((
        &free,
        free.to_lowercase(),
        room.0,
    ))?;
    release_jobs(tx, room, now)
}

/// Moves a document out of its room to where no search and no list finds it, and holds its job, until it is
/// [returned](return_document) or the place, which comes back, is [removed](remove).
pub fn hide_document(tx: &Transaction<'_>, document: DocumentId, now: Timestamp) -> Result<RoomId, Error> {
    let room = documents::get(tx, document)?.room;
    let hidden = RoomId(
        tx.prepare_cached("INSERT INTO rooms (name, folded, hue, created, removed) VALUES ('', ?1, 0, ?2, ?2)")?
            .insert((format!("\0document {document}"), now.0))?,
    );
    // A new edition on its way goes with it.
    tx.prepare_cached("UPDATE documents SET room = ?1, came_from = ?2 WHERE document = ?3 OR replaces = ?3")?
        .execute((hidden.0, room.0, document.0))?;
    // Rows of the vector index name the room they were made in.
    tx.prepare_cached("INSERT OR IGNORE INTO index_removals (document) VALUES (?)")?.execute([document.0])?;
    hold_jobs(tx, hidden, now)?;
    Ok(hidden)
}

/// Moves a hidden document back to its room; its job goes on. False when that has got the same file meanwhile: then
/// the hidden one stays where it is.
pub fn return_document(tx: &Transaction<'_>, document: DocumentId, now: Timestamp) -> Result<bool, Error> {
    let from: Option<(i64, i64)> = tx
        .prepare_cached("SELECT room, came_from FROM documents WHERE document = ? AND came_from IS NOT NULL")?
        .query_row([document.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((hidden, room)) = from else { return Err(Error::not_found("removed document", document)) };
    get(tx, RoomId(room))?;
    if documents::by_hash(tx, RoomId(room), &documents::get(tx, document)?.hash)?.is_some() {
        return Ok(false);
    }
    tx.prepare_cached("UPDATE documents SET room = ?, came_from = NULL WHERE room = ?")?.execute((room, hidden))?;
    tx.prepare_cached("DELETE FROM rooms WHERE room = ?")?.execute([hidden])?;
    let own = "document = ?1 OR document IN (SELECT document FROM documents WHERE replaces = ?1)";
    release_jobs_of(tx, own, document.0, now)?;
    // The vector index drops what it held of the document when it is hidden.
    tx.prepare_cached(
        "UPDATE jobs SET state = 'queued', stage = 'indexing', attempts = 0, updated = ?2
         WHERE state = 'done' AND document = ?1",
    )?
    .execute((document.0, now.0))?;
    Ok(true)
}

/// Every hidden room, with the places of hidden documents.
pub fn hidden(connection: &Connection) -> Result<Vec<RoomId>, Error> {
    let mut rooms = connection.prepare_cached("SELECT room FROM rooms WHERE removed IS NOT NULL ORDER BY room")?;
    let rows = rooms.query_map([], |row| row.get(0).map(RoomId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const IN_ROOM: &str = "document IN (SELECT document FROM documents WHERE room = ?1)";

/// Nobody works on what is hidden. The document's state stays: it says which jobs go on afterwards.
fn hold_jobs(tx: &Transaction<'_>, room: RoomId, now: Timestamp) -> Result<(), Error> {
    let sql = format!(
        "UPDATE jobs SET state = 'paused', owner = NULL, leased_until = NULL, updated = ?2
         WHERE state IN ('queued', 'running') AND {IN_ROOM}"
    );
    tx.prepare_cached(&sql)?.execute((room.0, now.0))?;
    Ok(())
}

fn release_jobs(tx: &Transaction<'_>, room: RoomId, now: Timestamp) -> Result<(), Error> {
    release_jobs_of(tx, IN_ROOM, room.0, now)
}

fn release_jobs_of(tx: &Transaction<'_>, which: &str, of: i64, now: Timestamp) -> Result<(), Error> {
    let sql = format!(
        "UPDATE jobs SET state = 'queued', not_before = NULL, updated = ?2
         WHERE state = 'paused' AND ({which})
             AND (SELECT state FROM documents d WHERE d.document = jobs.document) <> 'paused'"
    );
    tx.prepare_cached(&sql)?.execute((of, now.0))?;
    Ok(())
}
