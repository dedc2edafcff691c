//! Durable jobs: what there is to do, how far it has come, and what went wrong.

mod row;
mod work;

use kernel::{Code, DocumentId, JobId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::Error;
use crate::stored::Named;
pub use row::{Job, JobKind, JobStage, JobState};
pub use work::{Work, clear, unfinished};

/// Which work goes first: what makes a document searchable, then what finds it by its meaning, text recognition last.
/// Nothing of a later rank begins while something of an earlier one waits or runs. An index has the same expression.
const RANK: &str = "CASE stage WHEN 'reading' THEN 0 WHEN 'recognising' THEN 2 ELSE 1 END";

/// The order within a rank: the higher priority, what is nearly done, the older job.
const ORDER: &str = "priority DESC, stage <> 'indexing', created, job";

/// Queued, and not put off beyond `now`, which is the parameter ?1.
const DUE: &str = "state = 'queued' AND (not_before IS NULL OR not_before <= ?1)";

/// The earliest rank that waits or runs; NULL when nothing does. The index gives it without a look at the others.
fn earliest_rank() -> String {
    let first = |which: &str| format!("(SELECT {RANK} AS rank FROM jobs WHERE {which} ORDER BY {RANK} LIMIT 1)");
    let (running, due) = (first("state = 'running'"), first(DUE));
    format!("SELECT min(rank) FROM (SELECT * FROM {running} UNION ALL SELECT * FROM {due})")
}

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
                 priority = excluded.priority, checkpoint = NULL, attempts = 0, code = NULL, message = NULL,
                 owner = NULL, leased_until = NULL, not_before = NULL, cleared = NULL,
                 created = excluded.created, updated = excluded.updated
             RETURNING job",
        )?
        .query_row((document.0, kind.stored_name(), priority, now.0), |row| row.get(0))?;
    Ok(JobId(job))
}

/// Takes the job in one of these stages that is next in line and marks it as run by `owner`, one attempt more; none
/// when nothing is due, or work of an earlier rank goes first.
pub fn next(tx: &Transaction<'_>, stages: &[JobStage], owner: &str, now: Timestamp) -> Result<Option<Job>, Error> {
    let Some(job) = due(tx, stages, now)? else { return Ok(None) };
    let sql = format!(
        "UPDATE jobs SET state = 'running', attempts = attempts + 1, owner = ?, leased_until = NULL,
             not_before = NULL, updated = ?
         WHERE job = ? RETURNING {}",
        row::COLUMNS
    );
    Ok(Some(tx.prepare_cached(&sql)?.query_row((owner, now.0, job.0), row::read)?))
}

/// The job that [`next`] would take.
pub fn due(connection: &Connection, stages: &[JobStage], now: Timestamp) -> Result<Option<JobId>, Error> {
    Ok(connection.prepare_cached(&first_of(stages))?.query_row([now.0], |row| row.get(0).map(JobId)).optional()?)
}

fn first_of(stages: &[JobStage]) -> String {
    let stages: Vec<_> = stages.iter().map(|stage| format!("'{}'", stage.stored_name())).collect();
    let (earliest, stages) = (earliest_rank(), stages.join(", "));
    format!(
        "SELECT job FROM jobs WHERE {DUE} AND {RANK} = ({earliest}) AND stage IN ({stages}) ORDER BY {ORDER} LIMIT 1"
    )
}

/// Whether other work should go before this job, which runs: it makes way for an earlier rank, and for a higher
/// priority in its own.
pub fn makes_way(connection: &Connection, job: &Job, now: Timestamp) -> Result<bool, Error> {
    Ok(connection.prepare_cached(&is_other_first())?.query_row((now.0, job.job.0), |row| row.get(0))?)
}

fn is_other_first() -> String {
    let earliest = earliest_rank();
    format!(
        "WITH own AS (SELECT {RANK} AS rank, priority FROM jobs WHERE job = ?2)
         SELECT coalesce(({earliest}) < (SELECT rank FROM own), 0) OR EXISTS (
             SELECT 1 FROM jobs
             WHERE {DUE} AND {RANK} = (SELECT rank FROM own) AND priority > (SELECT priority FROM own))"
    )
}

/// Whether work waits or runs that somebody waits for: anything but text recognition.
pub fn is_pressing(connection: &Connection, now: Timestamp) -> Result<bool, Error> {
    let sql = format!("SELECT coalesce(({}) < 2, 0)", earliest_rank());
    Ok(connection.prepare_cached(&sql)?.query_row([now.0], |row| row.get(0))?)
}

/// Has a job run in a process that does not hold the writer lock, from the state it is in; unless [`renew`]ed, it is
/// taken from there after `until`.
pub fn lease(tx: &Transaction<'_>, job: JobId, owner: &str, until: Timestamp, now: Timestamp) -> Result<(), Error> {
    set_state(tx, job, JobState::Running, now)?;
    tx.prepare_cached("UPDATE jobs SET owner = ?, leased_until = ?, attempts = attempts + 1 WHERE job = ?")?
        .execute((owner, until.0, job.0))?;
    Ok(())
}

/// Prolongs the leases of a process.
pub fn renew(tx: &Transaction<'_>, owner: &str, until: Timestamp) -> Result<(), Error> {
    tx.prepare_cached("UPDATE jobs SET leased_until = ? WHERE owner = ? AND leased_until IS NOT NULL")?
        .execute((until.0, owner))?;
    Ok(())
}

/// Queues again the jobs whose lease has run out. Returns how many there were.
pub fn expire(tx: &Transaction<'_>, now: Timestamp) -> Result<u32, Error> {
    requeue(tx, "leased_until < ?1", now)
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
    let sql = format!("SELECT {} FROM jobs WHERE state = ? ORDER BY {RANK}, {ORDER}", row::COLUMNS);
    let mut jobs = connection.prepare_cached(&sql)?;
    let rows = jobs.query_map([state.stored_name()], row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sets the state; stage and checkpoint stay, an earlier code and message are forgotten.
pub fn set_state(tx: &Transaction<'_>, job: JobId, state: JobState, now: Timestamp) -> Result<(), Error> {
    let changed = tx
        .prepare_cached(
            "UPDATE jobs SET state = ?, code = NULL, message = NULL, owner = NULL, leased_until = NULL,
                 not_before = NULL, cleared = NULL, updated = ?
             WHERE job = ?",
        )?
        .execute((state.stored_name(), now.0, job.0))?;
    found(changed, job)
}

/// Puts a job back that was not finished, as if this attempt had not been.
pub fn release(tx: &Transaction<'_>, job: JobId, now: Timestamp) -> Result<(), Error> {
    set_state(tx, job, JobState::Queued, now)?;
    tx.prepare_cached("UPDATE jobs SET attempts = max(attempts - 1, 0) WHERE job = ?")?.execute([job.0])?;
    Ok(())
}

/// Queues a job again that failed in a way that may pass.
pub fn put_off(tx: &Transaction<'_>, job: JobId, until: Timestamp, now: Timestamp) -> Result<(), Error> {
    set_state(tx, job, JobState::Queued, now)?;
    tx.prepare_cached("UPDATE jobs SET not_before = ? WHERE job = ?")?.execute((until.0, job.0))?;
    Ok(())
}

/// Marks the job as failed, and why.
pub fn set_failed(tx: &Transaction<'_>, job: JobId, code: Code, message: &str, now: Timestamp) -> Result<(), Error> {
    let changed = tx
        .prepare_cached(
            "UPDATE jobs SET state = 'failed', code = ?, message = ?, owner = NULL, leased_until = NULL,
                 cleared = NULL, updated = ?
             WHERE job = ?",
        )?
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

/// Gives the document that a person looks at the way before all others; none takes it back.
pub fn prefer(tx: &Transaction<'_>, document: Option<DocumentId>) -> Result<(), Error> {
    let document = document.map(|document| document.0);
    tx.prepare_cached("UPDATE jobs SET priority = (document IS ?1) WHERE priority <> (document IS ?1)")?
        .execute([document])?;
    Ok(())
}

/// Queues again what a killed process had running; paused jobs stay paused. Returns how many there were.
/// For the holder of the writer lock, before it runs anything.
pub fn recover(tx: &Transaction<'_>, now: Timestamp) -> Result<u32, Error> {
    requeue(tx, "leased_until IS NULL OR leased_until < ?1", now)
}

fn requeue(tx: &Transaction<'_>, which: &str, now: Timestamp) -> Result<u32, Error> {
    let sql = format!(
        "UPDATE jobs SET state = 'queued', owner = NULL, leased_until = NULL, updated = ?1
         WHERE state = 'running' AND ({which})"
    );
    let found = tx.prepare_cached(&sql)?.execute([now.0])?;
    Ok(u32::try_from(found).unwrap_or(u32::MAX))
}

fn found(changed: usize, job: JobId) -> Result<(), Error> {
    match changed {
        0 => Err(Error::not_found("job", job)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::schema;

    /// Each step that SQLite takes for a query.
    fn plan(connection: &Connection, sql: &str, values: usize) -> Vec<String> {
        let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps: Result<_, _> = explained
            .query_map(rusqlite::params_from_iter(vec![0; values]), |row| row.get("detail"))
            .unwrap()
            .collect();
        steps.unwrap()
    }

    #[test]
    fn the_next_job_is_found_without_a_look_at_all_that_wait() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        let (first, other) = (first_of(&[JobStage::Reading]), is_other_first());
        for (sql, values) in [(first, 1), (other, 2)] {
            let steps = plan(&connection, &sql, values);
            assert!(steps.iter().any(|step| step.contains("USING INDEX jobs_in_line")), "{steps:#?}");
            let looks_at_all = |step: &&String| step.starts_with("SCAN jobs") || step.contains("TEMP B-TREE");
            assert_eq!(steps.iter().find(looks_at_all), None, "{steps:#?}");
        }
    }
}
