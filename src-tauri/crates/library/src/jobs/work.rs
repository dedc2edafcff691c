//! What there is to do, for people: the jobs of all rooms that have not ended well.

use kernel::{Code, DocumentId, JobId, RoomId, Timestamp};
use rusqlite::{Connection, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{JobStage, JobState, ORDER, RANK, found};
use crate::Error;
use crate::stored;

/// A job with what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Work {
    /// The job.
    pub job: JobId,
    /// The document that is imported.
    pub document: DocumentId,
    /// What that is called.
    pub title: String,
    /// The name of its file.
    pub file_name: String,
    /// The document that it is a new edition of.
    pub replaces: Option<DocumentId>,
    /// Its room.
    pub room: RoomId,
    /// That room's name.
    pub room_name: String,
    /// Where the job stands.
    pub state: JobState,
    /// What it is at, or was when it ended.
    pub stage: JobStage,
    /// How often it was started since it last got further.
    pub attempts: u32,
    /// While it waits after a failure that may pass: when it is tried again.
    pub not_before: Option<Timestamp>,
    /// Why it failed, for programs.
    pub code: Option<Code>,
    /// Why it failed or was cancelled, for people.
    pub message: Option<String>,
    /// How many pages the document has, once it was opened.
    pub pages: Option<u32>,
    /// How many of them have been read.
    pub pages_read: u32,
    /// How many passages there are so far.
    pub passages: u32,
    /// How many of them have a vector.
    pub embedded: u32,
    /// Pages that are pictures, or whose letters mean nothing.
    pub to_recognise: u32,
    /// Of these, those that text recognition has been at.
    pub recognised: u32,
    /// When it was queued.
    pub created: Timestamp,
    /// When anything of it last changed.
    pub updated: Timestamp,
}

/// The jobs of all rooms that wait, run, are held, or ended without success and were not [cleared](clear): what runs
/// first, what waits in the order of work, then what is held, and what ended, the last first.
pub fn unfinished(connection: &Connection) -> Result<Vec<Work>, Error> {
    let sql = format!(
        "WITH jobs AS (
             SELECT *, CASE state WHEN 'running' THEN 0 WHEN 'queued' THEN 1 WHEN 'paused' THEN 2 ELSE 3 END AS turn
             FROM main.jobs
             WHERE state IN ('running', 'queued', 'paused') OR (state IN ('failed', 'cancelled') AND cleared IS NULL))
         SELECT j.job, j.document, d.title, d.file_name, d.replaces, d.room, r.name, j.state, j.stage, j.attempts,
             j.not_before, coalesce(j.code, iif(j.state = 'cancelled', d.code, NULL)),
             coalesce(j.message, iif(j.state = 'cancelled', d.message, NULL)), d.pages, d.pages_read, d.passages,
             d.embedded, d.ledger_scanned + d.ledger_garbled, d.recognised, j.created, j.updated
         FROM (SELECT *, row_number() OVER (ORDER BY turn, iif(turn = 3, -updated, NULL), {RANK}, {ORDER}) AS place
               FROM jobs) j
             JOIN documents d USING (document) JOIN rooms r USING (room)
         WHERE r.removed IS NULL ORDER BY place"
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a job out of sight that ended without success; it comes back when it is tried again. False where it has not
/// ended so.
pub fn clear(tx: &Transaction<'_>, job: JobId, now: Timestamp) -> Result<bool, Error> {
    let ended = super::get(tx, job).map(|job| matches!(job.state, JobState::Failed | JobState::Cancelled))?;
    if ended {
        let changed = tx.prepare_cached("UPDATE jobs SET cleared = ? WHERE job = ?")?.execute((now.0, job.0))?;
        found(changed, job)?;
    }
    Ok(ended)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Work> {
    Ok(Work {
        job: JobId(row.get(0)?),
        document: DocumentId(row.get(1)?),
        title: row.get(2)?,
        file_name: row.get(3)?,
        replaces: row.get::<_, Option<i64>>(4)?.map(DocumentId),
        room: RoomId(row.get(5)?),
        room_name: row.get(6)?,
        state: stored::named(row, 7)?,
        stage: stored::named(row, 8)?,
        attempts: row.get(9)?,
        not_before: row.get::<_, Option<i64>>(10)?.map(Timestamp),
        code: stored::code(row, 11)?,
        message: row.get(12)?,
        pages: row.get(13)?,
        pages_read: row.get(14)?,
        passages: row.get(15)?,
        embedded: row.get(16)?,
        to_recognise: row.get(17)?,
        recognised: row.get(18)?,
        created: Timestamp(row.get(19)?),
        updated: Timestamp(row.get(20)?),
    })
}
