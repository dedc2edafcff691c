//! Annotations: what a person marked on pages, with what they wrote beside it.
//!
//! An annotation is a highlight of exact words with an optional note, or a note about a page as a whole. It belongs to
//! the person: it follows its words to a new edition of the document or is marked, and stays when the document goes.
//! Removing one only hides it until [`clear_removed`], so that taking the removal back is exact.

mod cite;
mod edition;
mod find;
pub(crate) mod index;
mod row;

use kernel::{AnnotationId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::stored::{self, Named};
use crate::{Error, documents};
pub use cite::{LONGEST_QUOTE, Selection, cite};
pub use edition::follow_edition;
pub use find::{Found, Wanted, find};
pub use row::{Annotation, Colour, NewAnnotation};

/// Longest note, in bytes.
const LONGEST_NOTE: usize = 64 << 10;

/// Marks words, or writes a note about a page.
///
/// # Errors
/// `NotFound` without the document or the page; `Invalid` where the page has other words there, and where the words or
/// the note are too many.
pub fn add(tx: &Transaction<'_>, new: &NewAnnotation, now: Timestamp) -> Result<Annotation, Error> {
    let room = documents::get(tx, new.on.document)?.room;
    let note = accepted(&new.note)?;
    let cited = cite::cited(tx, &new.on)?;
    let annotation = AnnotationId(
        tx.prepare_cached(
            "INSERT INTO annotations (room, document, source, page, start, colour, note, created, updated)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
        )?
        .insert((
            room.0,
            new.on.document.0,
            stored::to_json(&cited.citation)?,
            new.on.page,
            cited.start,
            new.colour.stored_name(),
            &note,
            now.0,
        ))?,
    );
    index::put(tx, annotation, &cited.citation.quote, &note)?;
    get(tx, annotation)
}

/// Gives an annotation another colour and note.
///
/// # Errors
/// `NotFound` without it; `Invalid` where the note is too long.
pub fn edit(
    tx: &Transaction<'_>,
    annotation: AnnotationId,
    colour: Colour,
    note: &str,
    now: Timestamp,
) -> Result<Annotation, Error> {
    let note = accepted(note)?;
    let changed = tx
        .prepare_cached(
            "UPDATE annotations SET colour = ?, note = ?, updated = ? WHERE annotation = ? AND removed IS NULL",
        )?
        .execute((colour.stored_name(), &note, now.0, annotation.0))?;
    found(changed, annotation)?;
    let edited = get(tx, annotation)?;
    index::put(tx, annotation, &edited.citation.quote, &note)?;
    Ok(edited)
}

/// Removes an annotation, until it is [brought back](bring_back) or [cleared away](clear_removed).
pub fn remove(tx: &Transaction<'_>, annotation: AnnotationId, now: Timestamp) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE annotations SET removed = ? WHERE annotation = ? AND removed IS NULL")?
        .execute((now.0, annotation.0))?;
    found(changed, annotation)
}

/// Brings a removed annotation back as it was, at the place where its words stand by now.
pub fn bring_back(tx: &Transaction<'_>, annotation: AnnotationId) -> Result<Annotation, Error> {
    let changed =
        tx.prepare_cached("UPDATE annotations SET removed = NULL WHERE annotation = ?")?.execute([annotation.0])?;
    found(changed, annotation)?;
    get(tx, annotation)
}

/// Clears away for good what was removed before a moment. Returns how many these were.
pub fn clear_removed(tx: &Transaction<'_>, before: Timestamp) -> Result<usize, Error> {
    Ok(tx.prepare_cached("DELETE FROM annotations WHERE removed < ?")?.execute([before.0])?)
}

/// One annotation that is not removed.
pub fn get(connection: &Connection, annotation: AnnotationId) -> Result<Annotation, Error> {
    connection
        .prepare_cached(&format!(
            "SELECT {} FROM annotations a WHERE a.annotation = ? AND {}",
            row::COLUMNS,
            row::THERE
        ))?
        .query_row([annotation.0], row::read)
        .optional()?
        .ok_or_else(|| Error::not_found("highlight or note", annotation))
}

fn accepted(note: &str) -> Result<String, Error> {
    let note = note.replace("\r\n", "\n").trim().to_owned();
    if note.len() > LONGEST_NOTE {
        let most = LONGEST_NOTE >> 10;
        return Err(Error::Invalid(format!("A note can have up to {most} KB. Shorten it.")));
    }
    Ok(note)
}

fn found(changed: usize, annotation: AnnotationId) -> Result<(), Error> {
    match changed {
        0 => Err(Error::not_found("highlight or note", annotation)),
        _ => Ok(()),
    }
}
