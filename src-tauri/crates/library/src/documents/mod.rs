//! Documents of a room: what they are, how far they have been read, and what could be read of them.

mod edition;
mod following;
mod moving;
mod outline;
mod removal;
mod row;
mod sections;
mod shelf;

use kernel::{Code, DocumentId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::Error;
use crate::stored::Named;
pub use edition::{edition_of, take_place};
pub(crate) use following::NewEdition;
pub use outline::{derive_outline, outline, outline_is_derived, set_outline};
pub use removal::{Original, Removed, cleared, in_use, originals, removals, remove, reset};
pub use row::{Added, Document, DocumentState, Ledger, NewDocument};
pub use sections::{section, section_starts};
pub use shelf::{in_order, place, rename, set_opened, tag};

/// Adds a document, queued. A file whose hash the room already has is not added: its document comes back.
pub fn add(tx: &Transaction<'_>, new: &NewDocument, now: Timestamp) -> Result<Added, Error> {
    if let Some(document) = by_hash(tx, new.room, &new.hash)? {
        return Ok(Added { document, duplicate: true });
    }
    crate::rooms::get(tx, new.room)?;
    let position = shelf::of(new.room).first(tx)?;
    tx.prepare_cached(
        "INSERT INTO documents (room, title, file_name, source, hash, format, bytes, state, added, replaces, position)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute((
        new.room.0,
        &new.title,
        &new.file_name,
        &new.source,
        &new.hash,
        &new.format,
        new.bytes.cast_signed(),
        DocumentState::Queued.stored_name(),
        now.0,
        new.replaces.map(|document| document.0),
        position,
    ))?;
    Ok(Added { document: DocumentId(tx.last_insert_rowid()), duplicate: false })
}

/// The documents of a room, oldest first, without new editions that are still being read. One query, nothing is
/// counted: cheap enough for every refresh.
pub fn list(connection: &Connection, room: RoomId) -> Result<Vec<Document>, Error> {
    let sql = format!("{} WHERE room = ? AND replaces IS NULL ORDER BY document", row::SELECT);
    let mut documents = connection.prepare_cached(&sql)?;
    let rows = documents.query_map([room.0], row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// New editions of a room's documents that are being read.
pub fn editions(connection: &Connection, room: RoomId) -> Result<Vec<Document>, Error> {
    let sql = format!("{} WHERE room = ? AND replaces IS NOT NULL ORDER BY document", row::SELECT);
    let mut documents = connection.prepare_cached(&sql)?;
    let rows = documents.query_map([room.0], row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The numbers of a room's documents, new editions included, oldest first.
pub fn ids(connection: &Connection, room: RoomId) -> Result<Vec<DocumentId>, Error> {
    let sql = "SELECT document FROM documents WHERE room = ? ORDER BY document";
    let mut documents = connection.prepare_cached(sql)?;
    let rows = documents.query_map([room.0], |row| row.get(0).map(DocumentId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One document.
pub fn get(connection: &Connection, document: DocumentId) -> Result<Document, Error> {
    connection
        .prepare_cached(&format!("{} WHERE document = ?", row::SELECT))?
        .query_row([document.0], row::read)
        .optional()?
        .ok_or_else(|| Error::not_found("document", document))
}

/// The document of the room that has this file.
pub fn by_hash(connection: &Connection, room: RoomId, hash: &str) -> Result<Option<DocumentId>, Error> {
    let found = connection
        .prepare_cached("SELECT document FROM documents WHERE room = ? AND hash = ?")?
        .query_row((room.0, hash), |row| row.get(0).map(DocumentId))
        .optional()?;
    Ok(found)
}

/// Sets the title that the file gives itself. One that a person gave stays.
pub fn set_title(tx: &Transaction<'_>, document: DocumentId, title: &str) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE documents SET title = iif(named, title, ?) WHERE document = ?")?
        .execute((title, document.0))?;
    found(changed, document)
}

/// Sets the languages of text recognition, by Tesseract's names joined by "+"; none to have them found out.
pub fn set_languages(tx: &Transaction<'_>, document: DocumentId, languages: Option<&str>) -> Result<(), Error> {
    let changed =
        tx.prepare_cached("UPDATE documents SET languages = ? WHERE document = ?")?.execute((languages, document.0))?;
    found(changed, document)
}

/// Sets how many pages the document has.
pub fn set_pages(tx: &Transaction<'_>, document: DocumentId, pages: u32) -> Result<(), Error> {
    let changed =
        tx.prepare_cached("UPDATE documents SET pages = ? WHERE document = ?")?.execute((pages, document.0))?;
    found(changed, document)
}

/// Sets the state; an earlier code and message are forgotten.
pub fn set_state(tx: &Transaction<'_>, document: DocumentId, state: DocumentState) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE documents SET state = ?, code = NULL, message = NULL WHERE document = ?")?
        .execute((state.stored_name(), document.0))?;
    found(changed, document)
}

/// Sets the state and why it is so: the reason of a failure, or what a person should know of a document that
/// is otherwise complete.
pub fn set_state_because(
    tx: &Transaction<'_>,
    document: DocumentId,
    state: DocumentState,
    code: Code,
    message: &str,
) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE documents SET state = ?, code = ?, message = ? WHERE document = ?")?
        .execute((state.stored_name(), code.name(), message, document.0))?;
    found(changed, document)
}

fn found(changed: usize, document: DocumentId) -> Result<(), Error> {
    match changed {
        0 => Err(Error::not_found("document", document)),
        _ => Ok(()),
    }
}
