//! What comes after a document's vectors are in the index: text recognition, or the end.

use kernel::Timestamp;
use library::documents::{self, DocumentState};
use library::jobs::{self, Job, JobStage, JobState};
use library::{Transaction, pages};

use crate::{remark, work};

/// Queues the recognition of the pages that wait for it. Without any, or with recognition `missing`, the job is done.
pub(crate) fn after_indexing(
    tx: &Transaction<'_>,
    job: &Job,
    missing: Option<&reader::Error>,
    now: Timestamp,
) -> Result<(), library::Error> {
    if missing.is_some() || pages::to_recognise(tx, job.document, 0, 1)?.is_empty() {
        return done(tx, job, missing, now);
    }
    // What recognition knew when it handed over is still true.
    work::queue_at(tx, job, JobStage::Recognising, job.checkpoint.as_deref(), now)
}

/// Ends the job, with what is to be known of the document.
pub(crate) fn done(
    tx: &Transaction<'_>,
    job: &Job,
    missing: Option<&reader::Error>,
    now: Timestamp,
) -> Result<(), library::Error> {
    jobs::set_state(tx, job.job, JobState::Done, now)?;
    let document = documents::get(tx, job.document)?;
    match remark::about(&document, missing) {
        Some((code, message)) => {
            documents::set_state_because(tx, job.document, DocumentState::Complete, code, &message)
        }
        None => documents::set_state(tx, job.document, DocumentState::Complete),
    }
}
