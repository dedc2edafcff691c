//! What a person may want of an import: pause, resume, cancel, try again, remove.

use std::fs;

use kernel::{Code, DocumentId, RoomId};
use library::documents::{self, DocumentState, Removed};
use library::jobs::{self, Job, JobStage, JobState};
use library::{Library, Transaction, rooms};

use crate::Error;
use crate::shared::{Shared, log};

/// Holds an import until it is resumed; what is stored stays and can be searched.
pub(crate) fn pause(shared: &Shared, document: DocumentId) -> Result<(), Error> {
    change(shared, document, "paused", |tx, job| {
        let can = matches!(job.state, JobState::Queued | JobState::Running);
        if can {
            jobs::set_state(tx, job.job, JobState::Paused, shared.library.now())?;
            documents::set_state(tx, document, DocumentState::Paused)?;
        }
        Ok(can)
    })
}

/// Goes on with an import that was held.
pub(crate) fn resume(shared: &Shared, document: DocumentId) -> Result<(), Error> {
    change(shared, document, "resumed", |tx, job| {
        let can = job.state == JobState::Paused;
        if can {
            requeue(shared, tx, job, JobState::Queued)?;
        }
        Ok(can)
    })
}

/// Gives an import up; what is stored stays and can be searched.
pub(crate) fn cancel(shared: &Shared, document: DocumentId) -> Result<(), Error> {
    change(shared, document, "cancelled", |tx, job| {
        let can = matches!(job.state, JobState::Queued | JobState::Running | JobState::Paused | JobState::Failed);
        if can {
            jobs::set_state(tx, job.job, JobState::Cancelled, shared.library.now())?;
            let now = documents::get(tx, document)?;
            let message = format!(
                "The import of {} was cancelled after {} pages. They can be searched; try again to go on from there, \
                 or remove the document.",
                now.file_name, now.pages_read
            );
            documents::set_state_because(tx, document, DocumentState::Failed, Code::Cancelled, &message)?;
        }
        Ok(can)
    })
}

/// Tries a failed or cancelled import again, from where it stopped. `first` is what the job is then.
pub(crate) fn retry(shared: &Shared, document: DocumentId, first: JobState) -> Result<(), Error> {
    change(shared, document, "tried again", |tx, job| {
        let can = matches!(job.state, JobState::Failed | JobState::Cancelled | JobState::Paused);
        if can {
            requeue(shared, tx, job, first)?;
        }
        Ok(can)
    })
}

/// Tries again what failed for want of something that is there now: a native part, or space on the disk.
pub(crate) fn retry_mended(shared: &Shared) -> Result<(), Error> {
    let parts_are_there = |job: &Job| match job.stage {
        JobStage::Reading => shared.worker.native.pdfium().is_file(),
        JobStage::Embedding | JobStage::Indexing => shared.vectors.embedder.is_ok(),
    };
    Ok(shared.library.write(|tx| {
        for job in jobs::list(tx, JobState::Failed)? {
            let mended = match job.code {
                Some(Code::NativePartMissing) => parts_are_there(&job),
                // Whether there is enough shows when it is tried.
                Some(Code::NoSpace) => true,
                _ => false,
            };
            if mended {
                requeue(shared, tx, &job, JobState::Queued)?;
            }
        }
        Ok(())
    })?)
}

fn requeue(shared: &Shared, tx: &Transaction<'_>, job: &Job, first: JobState) -> Result<(), library::Error> {
    let now = shared.library.now();
    jobs::set_state(tx, job.job, first, now)?;
    // It begins to count attempts anew.
    jobs::set_checkpoint(tx, job.job, job.stage, job.checkpoint.as_deref(), now)?;
    let state = match job.stage {
        JobStage::Reading => DocumentState::Queued,
        JobStage::Embedding | JobStage::Indexing => DocumentState::Embedding,
    };
    documents::set_state(tx, job.document, state)
}

fn change(
    shared: &Shared,
    document: DocumentId,
    asked: &'static str,
    change: impl FnOnce(&Transaction<'_>, &Job) -> Result<bool, library::Error>,
) -> Result<(), Error> {
    let refused = shared.library.write(|tx| {
        let title = documents::get(tx, document)?.title;
        let job = jobs::of_document(tx, document)?;
        let done = job.as_ref().map(|job| change(tx, job)).transpose()?.unwrap_or(false);
        let state = job.map_or("complete", |job| name(job.state));
        Ok((!done).then_some(Error::WrongState { title, asked, state }))
    })?;
    shared.interrupt(document);
    refused.map_or(Ok(()), Err)
}

fn name(state: JobState) -> &'static str {
    match state {
        JobState::Queued => "waiting",
        JobState::Running => "being imported",
        JobState::Paused => "paused",
        JobState::Done => "complete",
        JobState::Failed => "failed",
        JobState::Cancelled => "cancelled",
    }
}

/// Removes a document with everything made from it, also while it is being imported.
pub(crate) fn remove(shared: &Shared, document: DocumentId) -> Result<Removed, Error> {
    let removed = shared.library.write(|tx| documents::remove(tx, document))?;
    forget(shared, &removed);
    Ok(removed)
}

/// Removes a room with its documents and conversations.
pub(crate) fn remove_room(shared: &Shared, room: RoomId) -> Result<Vec<Removed>, Error> {
    let removed = shared.library.write(|tx| rooms::remove(tx, room))?;
    for removed in &removed {
        forget(shared, removed);
    }
    Ok(removed)
}

fn forget(shared: &Shared, removed: &Removed) {
    shared.forget_password(removed.document);
    shared.interrupt(removed.document);
    if let Err(error) = discard(&shared.library, removed) {
        // The copy is only a leftover now; nothing else depends on it.
        log("the copy of a removed document could not be deleted", &error);
    }
}

/// Deletes the copy unless a document came to need it meanwhile: nobody can add one while this transaction is open.
fn discard(library: &Library, removed: &Removed) -> Result<(), Error> {
    let Some(original) = &removed.original else { return Ok(()) };
    let path = library.original(&original.hash, &original.format);
    let deleted =
        library.write(|tx| Ok(if documents::in_use(tx, &original.hash)? { Ok(()) } else { fs::remove_file(&path) }))?;
    match deleted {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(Error::Unreadable { path, source }),
        _ => Ok(()),
    }
}
