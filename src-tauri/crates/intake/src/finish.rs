//! What comes after a document's vectors are in the index: text recognition, or the end.

use kernel::Timestamp;
use library::documents::{self, DocumentState};
use library::jobs::{self, Job, JobStage, JobState};
use library::{Transaction, pages};

use crate::remark;

/// Queues the recognition of the pages that wait for it; without any the job is done.
pub(crate) fn after_indexing(tx: &Transaction<'_>, job: &Job, now: Timestamp) -> Result<(), library::Error> {
    if pages::to_recognise(tx, job.document, 0, 1)?.is_empty() {
        return done(tx, job, now);
    }
    jobs::set_checkpoint(tx, job.job, JobStage::Recognising, None, now)?;
    jobs::set_state(tx, job.job, JobState::Queued, now)?;
    documents::set_state(tx, job.document, DocumentState::Recognising)
}

/// Ends the job, with what is to be known of the document.
pub(crate) fn done(tx: &Transaction<'_>, job: &Job, now: Timestamp) -> Result<(), library::Error> {
    jobs::set_state(tx, job.job, JobState::Done, now)?;
    let document = documents::get(tx, job.document)?;
    match remark::about(&document) {
        Some((code, message)) => {
            documents::set_state_because(tx, job.document, DocumentState::Complete, code, &message)
        }
        None => documents::set_state(tx, job.document, DocumentState::Complete),
    }
}
