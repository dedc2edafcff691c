//! A document on its way to another room, with all that hangs on it.

use kernel::{RoomId, Timestamp};
use rusqlite::Transaction;

use super::{Document, by_hash, edition_of, get};
use crate::jobs::{self, JobStage, JobState};
use crate::{Error, rooms};

/// Moves a document into another room, with a new edition of it that is being read. Its passages follow by themselves.
pub(super) fn to_room(tx: &Transaction<'_>, document: &Document, room: RoomId, now: Timestamp) -> Result<(), Error> {
    let edition = edition_of(tx, document.document)?.map(|edition| get(tx, edition)).transpose()?;
    for file in std::iter::once(document).chain(&edition) {
        if let Some(there) = by_hash(tx, room, &file.hash)? {
            let (room, there) = (rooms::get(tx, room)?.name, get(tx, there)?.title);
            return Err(Error::SameFile { file: file.file_name.clone(), room, there });
        }
    }
    tx.prepare_cached("UPDATE documents SET room = ?1 WHERE document = ?2 OR replaces = ?2")?
        .execute((room.0, document.document.0))?;
    theirs(tx, document, room)?;
    // Rows of the vector index name the room that they were made in.
    tx.prepare_cached("INSERT OR IGNORE INTO index_removals (document) VALUES (?)")?.execute([document.document.0])?;
    // Whoever is just writing them there has read the old room: the job is done again from its last step.
    let job = jobs::of_document(tx, document.document)?.filter(|job| job.state == JobState::Running);
    if let Some(job) = job.filter(|job| matches!(job.stage, JobStage::Embedding | JobStage::Indexing)) {
        jobs::release(tx, job.job, now)?;
    }
    Ok(())
}

/// What the person made of the document goes with it. A quiz that was taken, and a conversation, may be about several
/// documents: they stay, and what they say of this one can be read there.
fn theirs(tx: &Transaction<'_>, document: &Document, room: RoomId) -> Result<(), Error> {
    let values = (room.0, document.document.0);
    tx.prepare_cached("UPDATE annotations SET room = ?1 WHERE document = ?2")?.execute(values)?;
    tx.prepare_cached("UPDATE quiz_items SET room = ?1 WHERE document = ?2")?.execute(values)?;
    // A room has no two notes of one name. Where the other room has the same note, this one gets a name of its own.
    tx.prepare_cached(
        "UPDATE notes SET guid = lower(hex(randomblob(10)))
         WHERE document = ?2 AND EXISTS (SELECT 1 FROM notes n WHERE n.room = ?1 AND n.guid = notes.guid)",
    )?
    .execute(values)?;
    tx.prepare_cached("UPDATE notes SET room = ?1 WHERE document = ?2")?.execute(values)?;
    const NOTES: &str = "SELECT note FROM notes WHERE document = ?2";
    tx.prepare_cached(&format!("UPDATE cards SET room = ?1 WHERE note IN ({NOTES})"))?.execute(values)?;
    tx.prepare_cached(&format!(
        "UPDATE reviews SET room = ?1 WHERE card IN (SELECT card FROM cards WHERE note IN ({NOTES}))"
    ))?
    .execute(values)?;
    Ok(())
}
