//! One job, from being taken to whatever became of it.

use std::time::{Duration, Instant};

use kernel::{Code, Coded};
use library::documents::{self, Document, DocumentState};
use library::jobs::{self, Job, JobStage, JobState};

use crate::Error;
use crate::reading::{self, Ended};
use crate::shared::{AtWork, Shared, log};

/// What may work the next time is tried so often.
const ATTEMPTS: u32 = 3;
/// Before the second attempt; doubled for each further one.
const BACK_OFF: Duration = Duration::from_millis(500);

/// Jobs that failed in a way that may pass, and when they are tried again. They stay marked as running: after a
/// kill they are queued again like every other.
#[derive(Default)]
pub(crate) struct Later(Vec<(Instant, Job)>);

impl Later {
    fn put(&mut self, job: &Job, after: Duration) {
        self.0.push((Instant::now() + after, job.clone()));
    }

    /// Queues again those that are due.
    pub(crate) fn wake(&mut self, shared: &Shared) {
        let now = Instant::now();
        let due: Vec<Job> = self.0.extract_if(.., |(at, _)| *at <= now).map(|(_, job)| job).collect();
        for job in due {
            if let Err(error) = release(shared, &job) {
                log("a job could not be queued again", &error);
                self.put(&job, BACK_OFF);
            }
        }
    }

    /// Until the next of them is due, but not longer than `most`.
    pub(crate) fn at_most(&self, most: Duration) -> Duration {
        let next = self.0.iter().map(|(at, _)| at.saturating_duration_since(Instant::now())).min();
        next.unwrap_or(most).min(most)
    }
}

/// Takes the job that is next in line, if this process is in charge and there is one.
pub(crate) fn next(shared: &Shared, stages: &[JobStage]) -> Option<Job> {
    if !shared.is_in_charge() {
        return None;
    }
    let taken = take(shared, stages);
    taken.unwrap_or_else(|error| {
        log("the queue could not be read", &error);
        None
    })
}

fn take(shared: &Shared, stages: &[JobStage]) -> Result<Option<Job>, Error> {
    let queued = shared.library.read(|connection| jobs::list(connection, JobState::Queued))?;
    // Looked at first without a lock: nearly always there is nothing.
    if !queued.iter().any(|job| stages.contains(&job.stage)) {
        return Ok(None);
    }
    Ok(shared.library.write(|tx| {
        let job = jobs::next_of(tx, stages, shared.library.now())?;
        if let Some(job) = &job {
            let state = match job.stage {
                JobStage::Reading => DocumentState::Reading,
                JobStage::Embedding | JobStage::Indexing => DocumentState::Embedding,
            };
            documents::set_state(tx, job.document, state)?;
        }
        Ok(job)
    })?)
}

/// Does a job that was taken.
pub(crate) fn run(
    shared: &Shared,
    job: &Job,
    later: &mut Later,
    work: impl FnOnce(&AtWork<'_>) -> Result<Ended, Error>,
) {
    shared.bell.ring();
    let at_work = shared.at_work(job.document);
    let settled = match work(&at_work) {
        Ok(Ended::Done) => Ok(()),
        Ok(Ended::Stopped) => release(shared, job),
        Err(error) if error.code() == Code::Cancelled || shared.stop.is_cancelled() => release(shared, job),
        Err(error) => fail(shared, job, &error, later),
    };
    if let Err(error) = settled {
        log("a job's end could not be stored", &error);
        later.put(job, BACK_OFF);
    }
    shared.bell.ring();
}

/// Puts a job back that was not finished, unless the person wants it otherwise.
fn release(shared: &Shared, job: &Job) -> Result<(), Error> {
    Ok(shared.library.write(|tx| {
        if reading::is_ours(tx, job)? {
            jobs::set_state(tx, job.job, JobState::Queued, shared.library.now())?;
        }
        Ok(())
    })?)
}

/// Tries again later what may pass; the rest failed, with the reason.
fn fail(shared: &Shared, job: &Job, error: &Error, later: &mut Later) -> Result<(), Error> {
    let now = shared.library.read(|connection| jobs::get(connection, job.job));
    let attempts = now.map_or(job.attempts, |now| now.attempts);
    let again = may_pass(error.code()) && attempts < ATTEMPTS;
    tracing::warn!(document = job.document.0, code = error.code().name(), attempts, again, "a job failed");
    if again {
        later.put(job, BACK_OFF * (1 << attempts.saturating_sub(1)));
        return Ok(());
    }
    if error.code() == Code::Encrypted {
        shared.forget_password(job.document);
    }
    Ok(shared.library.write(|tx| {
        if !reading::is_ours(tx, job)? {
            return Ok(());
        }
        let message = message(shared, &documents::get(tx, job.document)?, error);
        jobs::set_failed(tx, job.job, error.code(), &message, shared.library.now())?;
        documents::set_state_because(tx, job.document, DocumentState::Failed, error.code(), &message)
    })?)
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
