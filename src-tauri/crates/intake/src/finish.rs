//! What comes after a document's vectors are in the index: text recognition, or the end.

use library::documents::{self, DocumentState};
use library::jobs::{self, Job, JobStage, JobState};
use library::{Transaction, pages};

use crate::remark;
use crate::shared::Shared;

/// Queues the recognition of the pages that wait for it, where it is there; without any the job is done.
pub(crate) fn after_indexing(tx: &Transaction<'_>, shared: &Shared, job: &Job) -> Result<(), library::Error> {
    let waits = !pages::to_recognise(tx, job.document, 0, 1)?.is_empty();
    if !waits || shared.recogniser.recogniser().is_err() {
        return done(tx, shared, job);
    }
    let now = shared.library.now();
    // What recognition knew when it handed over is still true.
    jobs::set_checkpoint(tx, job.job, JobStage::Recognising, job.checkpoint.as_deref(), now)?;
    jobs::set_state(tx, job.job, JobState::Queued, now)?;
    documents::set_state(tx, job.document, DocumentState::Recognising)
}

/// Ends the job, with what is to be known of the document.
pub(crate) fn done(tx: &Transaction<'_>, shared: &Shared, job: &Job) -> Result<(), library::Error> {
    jobs::set_state(tx, job.job, JobState::Done, shared.library.now())?;
    let document = documents::get(tx, job.document)?;
    match remark::about(&document, || shared.recogniser.recogniser().err().map(|error| error.to_string())) {
        Some((code, message)) => {
            documents::set_state_because(tx, job.document, DocumentState::Complete, code, &message)
        }
        None => documents::set_state(tx, job.document, DocumentState::Complete),
    }
}
