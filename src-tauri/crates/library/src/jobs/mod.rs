//! Durable jobs: what there is to do, how far it has come, and what went wrong.

mod row;

use kernel::{Code, DocumentId, JobId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::Error;
use crate::stored::Named;
pub use row::{Job, JobKind, JobStage, JobState};

/// The order of work: what makes a document searchable first, what is nearly done next; then the higher
/// priority, then the older job.
const ORDER: &str = "CASE stage WHEN 'reading' THEN 0 WHEN 'indexing' THEN 1 ELSE 2 END, priority DESC, created, job";

/// Queues a job for a document, from the start. A job of this kind that the document already has is queued
/// again as if it were new.
pub fn enqueue(
    tx: &Transaction<'_>,
    document: DocumentId,
    kind: JobKind,
    priority: i32,
    now: Timestamp,
) -> Result<JobId, Error> {
    crate::documents::get(tx, document)?;
    let job = tx
        .prepare_cached(
            "INSERT INTO jobs (document, kind, state, stage, priority, attempts, created, updated)
             VALUES (?1, ?2, 'queued', 'reading', ?3, 0, ?4, ?4)
             ON CONFLICT (document, kind) DO UPDATE SET state = 'queued', stage = 'reading',
                 priority = excluded.priority, checkpoint = NULL, attempts = 0, code = NULL,
                 message = NULL, created = excluded.created, updated = excluded.updated
             RETURNING job",
        )?
        .query_row((document.0, kind.stored_name(), priority, now.0), |row| row.get(0))?;
    Ok(JobId(job))
}

/// Takes the next queued job and marks it running, one attempt more; none when nothing is queued.
pub fn next(tx: &Transaction<'_>, now: Timestamp) -> Result<Option<Job>, Error> {
    next_of(tx, &[JobStage::Reading, JobStage::Embedding, JobStage::Indexing], now)
}

/// As [`next`], among the jobs in these stages: for one that reads beside another that embeds.
pub fn next_of(tx: &Transaction<'_>, stages: &[JobStage], now: Timestamp) -> Result<Option<Job>, Error> {
    let wanted = |stage: JobStage| stages.contains(&stage).then(|| stage.stored_name());
    let sql = format!(
        "UPDATE jobs SET state = 'running', attempts = attempts + 1, updated = ?
         WHERE job = (SELECT job FROM jobs WHERE state = 'queued' AND stage IN (?, ?, ?) ORDER BY {ORDER} LIMIT 1)
         RETURNING {}",
        row::COLUMNS
    );
    let job = tx
        .prepare_cached(&sql)?
        .query_row(
            (now.0, wanted(JobStage::Reading), wanted(JobStage::Embedding), wanted(JobStage::Indexing)),
            row::read,
        )
        .optional()?;
    Ok(job)
}

/// One job.
pub fn get(connection: &Connection, job: JobId) -> Result<Job, Error> {
    let sql = format!("SELECT {} FROM jobs WHERE job = ?", row::COLUMNS);
    connection
        .prepare_cached(&sql)?
        .query_row([job.0], row::read)
        .optional()?
        .ok_or_else(|| Error::not_found("job", job))
}

/// The job that imports a document, in whatever state it is.
pub fn of_document(connection: &Connection, document: DocumentId) -> Result<Option<Job>, Error> {
    let sql = format!("SELECT {} FROM jobs WHERE document = ? AND kind = ?", row::COLUMNS);
    let job = connection
        .prepare_cached(&sql)?
        .query_row((document.0, JobKind::Import.stored_name()), row::read)
        .optional()?;
    Ok(job)
}

/// All jobs in a state, in the order of work.
pub fn list(connection: &Connection, state: JobState) -> Result<Vec<Job>, Error> {
    let sql = format!("SELECT {} FROM jobs WHERE state = ? ORDER BY {ORDER}", row::COLUMNS);
    let mut jobs = connection.prepare_cached(&sql)?;
    let rows = jobs.query_map([state.stored_name()], row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets the state; stage and checkpoint stay, an earlier code and message are forgotten.
pub fn set_state(tx: &Transaction<'_>, job: JobId, state: JobState, now: Timestamp) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE jobs SET state = ?, code = NULL, message = NULL, updated = ? WHERE job = ?")?
        .execute((state.stored_name(), now.0, job.0))?;
    found(changed, job)
}

/// Marks the job as failed, and why.
pub fn set_failed(tx: &Transaction<'_>, job: JobId, code: Code, message: &str, now: Timestamp) -> Result<(), Error> {
    let changed = tx
        .prepare_cached("UPDATE jobs SET state = 'failed', code = ?, message = ?, updated = ? WHERE job = ?")?
        .execute((code.name(), message, now.0, job.0))?;
    found(changed, job)
}

/// Sets the stage and what the job needs to go on from here, in the transaction that stores what it has done.
/// It got further, so attempts count from 1 again: a job that many starts can't bring further stands out.
pub fn set_checkpoint(
    tx: &Transaction<'_>,
    job: JobId,
    stage: JobStage,
    checkpoint: Option<&[u8]>,
    now: Timestamp,
) -> Result<(), Error> {
    let changed = tx
        .prepare_cached(
            "UPDATE jobs SET stage = ?, checkpoint = ?, attempts = min(attempts, 1), updated = ?
             WHERE job = ?",
        )?
        .execute((stage.stored_name(), checkpoint, now.0, job.0))?;
    found(changed, job)
}

/// Sets the priority: the higher goes first among those of one stage.
pub fn set_priority(tx: &Transaction<'_>, job: JobId, priority: i32) -> Result<(), Error> {
    let changed = tx.prepare_cached("UPDATE jobs SET priority = ? WHERE job = ?")?.execute((priority, job.0))?;
    found(changed, job)
}

/// Queues again what a killed process had running; paused jobs stay paused. Returns how many there were.
/// For the holder of the writer lock, before it runs anything.
pub fn recover(tx: &Transaction<'_>, now: Timestamp) -> Result<u32, Error> {
    let found =
        tx.prepare_cached("UPDATE jobs SET state = 'queued', updated = ? WHERE state = 'running'")?.execute([now.0])?;
    Ok(u32::try_from(found).unwrap_or(u32::MAX))
}

fn found(changed: usize, job: JobId) -> Result<(), Error> {
    match changed {
        0 => Err(Error::not_found("job", job)),
        _ => Ok(()),
    }
}
