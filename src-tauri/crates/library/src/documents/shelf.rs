//! What a person does to put their documents in order: titles, tags, and which stands where.

use kernel::{DocumentId, RoomId, Timestamp};
use rusqlite::{Connection, Transaction};

use super::{Document, found, get, moving, row};
use crate::order::Ordered;
use crate::{Error, rooms, stored};

/// A title is read on a card.
const LONGEST_TITLE: usize = 200;
/// Most tags of a document, and the longest.
const MOST_TAGS: usize = 20;
const LONGEST_TAG: usize = 40;

/// The documents of a room by the person's own order, without new editions that are still being read.
pub fn in_order(connection: &Connection, room: RoomId) -> Result<Vec<Document>, Error> {
    let sql = format!("{} WHERE room = ? AND replaces IS NULL ORDER BY position, document DESC", row::SELECT);
    let mut documents = connection.prepare_cached(&sql)?;
    let rows = documents.query_map([room.0], row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Gives a document the title that a person chose; what its file says of itself changes it no more.
///
/// # Errors
/// `Invalid` for a title of nothing or one that is too long.
pub fn rename(tx: &Transaction<'_>, document: DocumentId, title: &str) -> Result<Document, Error> {
    let title = one_line(title);
    if title.is_empty() {
        return Err(Error::Invalid("A document needs a title.".into()));
    }
    if title.chars().count() > LONGEST_TITLE {
        return Err(Error::Invalid(format!("A title can have at most {LONGEST_TITLE} characters. Shorten it.")));
    }
    let changed = tx
        .prepare_cached("UPDATE documents SET title = ?, named = 1 WHERE document = ?")?
        .execute((title, document.0))?;
    found(changed, document)?;
    get(tx, document)
}

/// Gives a document these tags in place of those that it had.
///
/// # Errors
/// `Invalid` where they are too many, or one is too long.
pub fn tag(tx: &Transaction<'_>, document: DocumentId, tags: &[String]) -> Result<Document, Error> {
    let changed = tx
        .prepare_cached("UPDATE documents SET tags = ? WHERE document = ?")?
        .execute((stored::to_json(&tidy_tags(tags)?)?, document.0))?;
    found(changed, document)?;
    get(tx, document)
}

/// Puts a document before another one of a room, or behind all of them without one. From another room it comes with
/// everything that hangs on it: passages, highlights, cards, questions. Quizzes that were taken and conversations stay in
/// the room where they were held.
///
/// # Errors
/// `Duplicate` where the room has the same file; `NotFound` without the room, or without `before` in it.
pub fn place(
    tx: &Transaction<'_>,
    document: DocumentId,
    room: RoomId,
    before: Option<DocumentId>,
    now: Timestamp,
) -> Result<Document, Error> {
    let moved = get(tx, document)?;
    rooms::get(tx, room)?;
    // What is hidden, and a new edition that nobody sees, has no place of its own.
    if rooms::get(tx, moved.room).is_err() || moved.replaces.is_some() {
        return Err(Error::not_found("document", document));
    }
    if moved.room != room {
        moving::to_room(tx, &moved, room, now)?;
    }
    of(room).place(tx, document.0, before.map(|before| before.0))?;
    get(tx, document)
}

/// Somebody comes to read a document. Nothing happens where it is gone.
pub fn set_opened(tx: &Transaction<'_>, document: DocumentId, now: Timestamp) -> Result<(), Error> {
    tx.prepare_cached("UPDATE documents SET opened = ? WHERE document = ?")?.execute((now.0, document.0))?;
    Ok(())
}

/// The documents of a room as a list that the person orders. The newer of two in one place stands first.
pub(super) fn of(room: RoomId) -> Ordered {
    Ordered { table: "documents", key: "document", which: format!("room = {room} AND replaces IS NULL"), ties: "DESC" }
}

fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each once, however it is cased, in the order that they came.
fn tidy_tags(tags: &[String]) -> Result<Vec<String>, Error> {
    let mut tidy: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| one_line(tag)).filter(|tag| !tag.is_empty()) {
        if !tidy.iter().any(|other| other.to_lowercase() == tag.to_lowercase()) {
            tidy.push(tag);
        }
    }
    if tidy.len() > MOST_TAGS || tidy.iter().any(|tag| tag.chars().count() > LONGEST_TAG) {
        return Err(Error::Invalid(format!(
            "A document can have up to {MOST_TAGS} tags of up to {LONGEST_TAG} characters. Leave some out, or shorten \
             them."
        )));
    }
    Ok(tidy)
}
