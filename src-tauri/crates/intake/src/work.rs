//! One job, from being taken to whatever became of it.

use kernel::{Code, Coded, Timestamp};
use library::Transaction;
use library::documents::{self, Document, DocumentState};
use library::jobs::{self, Job, JobStage, JobState};

use crate::reading::{self, Ended};
use crate::shared::{AtWork, Shared, log};
use crate::{Error, edition};

/// What may work the next time is tried so often.
const ATTEMPTS: u32 = 3;
/// Milliseconds before the second attempt; doubled for each further one.
const BACK_OFF_MS: i64 = 500;
/// Milliseconds after which a job that is marked as run here, and is not, is stray.
const STRAY_MS: i64 = 30_000;

/// Takes the job that is next in line, if this process is in charge and there is one.
pub(crate) fn next(shared: &Shared, stages: &[JobStage]) -> Option<Job> {
    if !shared.is_in_charge() {
        return None;
    }
    take(shared, stages).unwrap_or_else(|error| {
        log("the queue could not be read", &error);
        None
    })
}

fn take(shared: &Shared, stages: &[JobStage]) -> Result<Option<Job>, Error> {
    let now = shared.library.now();
    // Looked at first without a lock: nearly always there is nothing.
    if shared.library.read(|connection| jobs::due(connection, stages, now))?.is_none() {
        return Ok(None);
    }
    Ok(shared.library.write(|tx| {
        let job = jobs::next(tx, stages, &shared.owner, now)?;
        if let Some(job) = &job {
            documents::set_state(tx, job.document, state_at(job.stage))?;
        }
        Ok(job)
    })?)
}

/// Queues again what is marked as running and is not: jobs of a process whose lease has run out, and those whose end
/// could not be stored here.
pub(crate) fn reclaim(shared: &Shared) {
    if !shared.is_in_charge() {
        return;
    }
    let now = shared.library.now();
    let reclaimed = shared.library.read(|connection| jobs::list(connection, JobState::Running)).and_then(|running| {
        let is_stray = |job: &&Job| {
            let is_own = job.owner.as_deref() == Some(shared.owner.as_str());
            is_own && now.0 - job.updated.0 > STRAY_MS && !shared.is_at_work(job.document)
        };
        let stray: Vec<_> = running.iter().filter(is_stray).map(|job| job.job).collect();
        let others = running.iter().any(|job| job.owner.as_deref() != Some(shared.owner.as_str()));
        if stray.is_empty() && !others {
            return Ok(());
        }
        shared.library.write(|tx| {
            for job in stray {
                jobs::release(tx, job, now)?;
            }
            jobs::expire(tx, now).map(drop)
        })
    });
    if let Err(error) = reclaimed {
        log("jobs that nobody is at could not be queued again", &error);
    }
}

/// Queues a job at a stage, with what it needs to go on from there.
pub(crate) fn queue_at(
    tx: &Transaction<'_>,
    job: &Job,
    stage: JobStage,
    checkpoint: Option<&[u8]>,
    now: Timestamp,
) -> Result<(), library::Error> {
    jobs::set_checkpoint(tx, job.job, stage, checkpoint, now)?;
    jobs::set_state(tx, job.job, JobState::Queued, now)?;
    let state = match stage {
        JobStage::Reading => DocumentState::Queued,
        stage => state_at(stage),
    };
    documents::set_state(tx, job.document, state)
}

/// What a document is while its job is at this stage.
fn state_at(stage: JobStage) -> DocumentState {
    match stage {
        JobStage::Reading => DocumentState::Reading,
        JobStage::Embedding | JobStage::Indexing => DocumentState::Embedding,
        JobStage::Recognising => DocumentState::Recognising,
    }
}

/// Does a job that was taken.
pub(crate) fn run(shared: &Shared, job: &Job, work: impl FnOnce(&AtWork<'_>) -> Result<Ended, Error>) {
    shared.bell.ring();
    let at_work = shared.at_work(job.document);
    let settled = match work(&at_work) {
        Ok(Ended::Done) => Ok(()),
        Ok(Ended::Stopped) => release(shared, job),
        Err(error) if error.code() == Code::Cancelled || shared.stop.is_cancelled() => release(shared, job),
        Err(error) => fail(shared, job, &error),
    };
    if let Err(error) = settled {
        // It stays marked as running, and is queued again when this process, or the next one, takes charge.
        log("a job's end could not be stored", &error);
    }
    shared.bell.ring();
}

/// Puts a job back that was not finished, unless the person wants it otherwise.
fn release(shared: &Shared, job: &Job) -> Result<(), Error> {
    Ok(shared.library.write(|tx| {
        if reading::is_ours(tx, job)? {
            jobs::release(tx, job.job, shared.library.now())?;
        }
        Ok(())
    })?)
}

/// Tries again later what may pass; the rest failed, with the reason.
fn fail(shared: &Shared, job: &Job, error: &Error) -> Result<(), Error> {
    let now = shared.library.now();
    let attempts = shared.library.read(|c| jobs::get(c, job.job)).map_or(job.attempts, |job| job.attempts);
    let again = may_pass(error.code()) && attempts < ATTEMPTS;
    tracing::warn!(document = job.document.0, code = error.code().name(), attempts, again, "a job failed");
    if error.code() == Code::Encrypted {
        shared.forget_password(job.document);
    }
    let leftover = shared.library.write(|tx| {
        if !reading::is_ours(tx, job)? {
            return Ok(None);
        }
        if again {
            let wait = BACK_OFF_MS << attempts.saturating_sub(1).min(10);
            jobs::put_off(tx, job.job, Timestamp(now.0 + wait), now)?;
            return Ok(None);
        }
        let document = documents::get(tx, job.document)?;
        let message = message(shared, &document, error);
        if document.replaces.is_some() {
            return edition::give_up(tx, &document, error.code(), &message).map(Some);
        }
        jobs::set_failed(tx, job.job, error.code(), &message, now)?;
        // Without the text of its scans a document is what it was before.
        let is_recognising = job.stage == JobStage::Recognising;
        let state = if is_recognising { DocumentState::Complete } else { DocumentState::Failed };
        documents::set_state_because(tx, job.document, state, error.code(), &message)?;
        Ok(None)
    })?;
    if let Some(removed) = leftover {
        crate::removal::discard_copy(shared, &removed);
    }
    Ok(())
}

/// Failures of the moment; the rest would come again.
fn may_pass(code: Code) -> bool {
    matches!(code, Code::ReaderCrashed | Code::Busy | Code::Internal)
}

/// The message names the person's own file, not the library's copy of it.
fn message(shared: &Shared, document: &Document, error: &Error) -> String {
    let copy = reading::original(shared, document).display().to_string();
    let theirs = document.source.as_deref().unwrap_or(&document.file_name);
    error.to_string().replace(&copy, theirs)
}
