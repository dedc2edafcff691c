//! What a person may want of an import: pause, resume, cancel, try again, look at it first.

use kernel::{Code, DocumentId, JobId, RoomId};
use library::Transaction;
use library::documents::{self, Document, DocumentState};
use library::jobs::{self, Job, JobStage, JobState};

use crate::shared::Shared;
use crate::{Error, removal, work};

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
            requeue(shared, tx, job)?;
        }
        Ok(can)
    })
}

/// Gives an import up; what is stored stays and can be searched. Where a new edition is being read, that is given up
/// and the old one stays.
pub(crate) fn cancel(shared: &Shared, document: DocumentId) -> Result<(), Error> {
    if let Some(edition) = shared.library.read(|connection| documents::edition_of(connection, document))? {
        return removal::remove(shared, edition).map(drop);
    }
    change(shared, document, "cancelled", |tx, job| {
        let can = matches!(job.state, JobState::Queued | JobState::Running | JobState::Paused | JobState::Failed);
        if can {
            jobs::set_state(tx, job.job, JobState::Cancelled, shared.library.now())?;
            let now = documents::get(tx, document)?;
            let name = &now.file_name;
            let (state, message) = if job.stage == JobStage::Recognising {
                let message = format!(
                    "Recognising the text of {name} was stopped after {} pages. Everything else is there; have it \
                     recognised again to go on.",
                    now.ledger.recognised
                );
                (DocumentState::Complete, message)
            } else {
                let message = format!(
                    "The import of {name} was cancelled after {} pages. They can be searched; try again to go on from \
                     there, or remove the document.",
                    now.pages_read
                );
                (DocumentState::Failed, message)
            };
            documents::set_state_because(tx, document, state, Code::Cancelled, &message)?;
        }
        Ok(can)
    })
}

/// Tries a failed or cancelled import again, from where it stopped, by this process if it is to be read `here`.
pub(crate) fn retry(shared: &Shared, document: DocumentId, here: bool) -> Result<(), Error> {
    change(shared, document, "tried again", |tx, job| {
        let can = matches!(job.state, JobState::Failed | JobState::Cancelled | JobState::Paused);
        if can {
            requeue(shared, tx, job)?;
            if here {
                jobs::lease(tx, job.job, &shared.owner, shared.lease_end(), shared.library.now())?;
            }
        }
        Ok(can)
    })
}

/// Puts a document where the person wants it, in its room or another one. The vector index follows.
pub(crate) fn place(
    shared: &Shared,
    document: DocumentId,
    room: RoomId,
    before: Option<DocumentId>,
) -> Result<Document, Error> {
    let (from, placed) = shared.library.write(|tx| {
        let from = documents::get(tx, document)?.room;
        Ok((from, documents::place(tx, document, room, before, shared.library.now())?))
    })?;
    if from != room {
        shared.interrupt(document);
    }
    Ok(placed)
}

/// Puts an import out of sight that ended without success. What was read stays; a document of which nothing was read is
/// removed with it, and can be brought back. Whether it was.
pub(crate) fn clear(shared: &Shared, job: JobId) -> Result<bool, Error> {
    let (document, cleared, state) = shared.library.write(|tx| {
        let state = jobs::get(tx, job)?;
        Ok((documents::get(tx, state.document)?, jobs::clear(tx, job, shared.library.now())?, state.state))
    })?;
    if !cleared {
        return Err(Error::WrongState { title: document.title, asked: "cleared", state: name(state) });
    }
    let is_empty = document.pages_read == 0;
    if is_empty {
        removal::hide(shared, document.document)?;
    }
    Ok(is_empty)
}

/// Has a document go before all others, its page `page` first: somebody looks at it.
pub(crate) fn look_at(shared: &Shared, place: Option<(DocumentId, u32)>) -> Result<(), Error> {
    let before = shared.looked_at();
    shared.look_at(place);
    let document = |place: Option<(DocumentId, u32)>| place.map(|(document, _)| document);
    if document(before) != document(place) && shared.library.writable() {
        shared.library.write(|tx| jobs::prefer(tx, document(place)))?;
        shared.bell.ring();
    }
    Ok(())
}

/// Tries again what failed for want of something that is there now: a native part, or space on the disk.
pub(crate) fn retry_mended(shared: &Shared) -> Result<(), Error> {
    let can_embed = shared.searched_space()?.embedder.is_ok();
    let parts_are_there = |job: &Job| match job.stage {
        JobStage::Reading => shared.worker.native.pdfium().is_file(),
        JobStage::Embedding | JobStage::Indexing => can_embed,
        JobStage::Recognising => true,
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
                requeue(shared, tx, &job)?;
            }
        }
        Ok(())
    })?)
}

fn requeue(shared: &Shared, tx: &Transaction<'_>, job: &Job) -> Result<(), library::Error> {
    work::queue_at(tx, job, job.stage, job.checkpoint.as_deref(), shared.library.now())
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
