//! The vector index in the hands of the process in charge: brought up to the library, mended, and kept small and quick.
//!
//! On a thread of its own, so that nobody waits for it but who writes to the index.

use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::{DocumentId, RoomId};
use library::jobs::{JobStage, JobState};
use library::{Connection, documents, jobs, rooms};
use retrieval::{Upkeep, VectorIndex};

use crate::Error;
use crate::charge::LOOK;
use crate::shared::{Shared, log};

/// After the index could not be written to: a full disk, say.
const AGAIN: Duration = Duration::from_secs(30);

/// How often work that can be given up looks whether it is to be.
const GLANCE: Duration = Duration::from_millis(50);

/// Tends the index while this process is in charge.
pub(crate) fn tend_all(shared: &Arc<Shared>) {
    let mut is_reconciled = false;
    let mut has_failed = false;
    let mut next = Instant::now();
    let mut heard = 0;
    while !shared.stop.is_cancelled() {
        let now = Instant::now();
        if now < next {
            // The bell rings for every few passages.
            shared.bell.wait(&mut heard, next - now);
            continue;
        }
        let done = if shared.is_in_charge() { tend(shared, &mut is_reconciled) } else { Ok(()) };
        if let Err(error) = &done {
            log("the vector index could not be brought up to date", error);
        }
        // What failed for damage is mended at the next look; what fails twice waits for something to change.
        let again = if done.is_err() && has_failed { AGAIN } else { LOOK };
        has_failed = done.is_err();
        next = Instant::now() + again;
    }
}

/// Wholly at first, and after somebody could not read it; then what was removed since, and what it needs from time to
/// time.
fn tend(shared: &Shared, is_reconciled: &mut bool) -> Result<(), Error> {
    let index = shared.searched_space()?.index;
    if !*is_reconciled || index.needs_mending(&shared.library)? {
        reconcile(shared, &index)?;
        *is_reconciled = true;
    }
    let removals = shared.library.read(documents::removals)?;
    let Stale { moved, gone } = shared.library.read(|connection| Stale::among(connection, removals))?;
    if !gone.is_empty() {
        shared.runtime.block_on(index.remove_documents(&shared.library, &gone))?;
    }
    for (document, room) in moved {
        put_again(shared, &index, document, room)?;
    }
    keep_up(shared, &index)
}

/// Documents whose rows in the index are of a room that they are not in.
#[derive(Default)]
struct Stale {
    /// Those with vectors in a room, being in another one than before, with that room.
    moved: Vec<(DocumentId, RoomId)>,
    /// Those that are gone or hidden, or are read anew.
    gone: Vec<DocumentId>,
}

impl Stale {
    /// One whose job is about to write its rows is neither: the job does all that is to be done.
    fn among(connection: &Connection, removals: Vec<DocumentId>) -> Result<Self, library::Error> {
        let mut stale = Self::default();
        for document in removals {
            let found = match documents::get(connection, document) {
                Ok(found) => Some(found).filter(|it| it.embedded > 0 && rooms::get(connection, it.room).is_ok()),
                Err(library::Error::NotFound { .. }) => None,
                Err(error) => return Err(error),
            };
            let Some(found) = found else {
                stale.gone.push(document);
                continue;
            };
            let job = jobs::of_document(connection, document)?;
            let is_about_to = job.is_some_and(|job| {
                matches!(job.state, JobState::Queued | JobState::Running)
                    && matches!(job.stage, JobStage::Embedding | JobStage::Indexing)
            });
            if !is_about_to {
                stale.moved.push((document, found.room));
            }
        }
        Ok(stale)
    }
}

/// Writes a document's rows with the room that it is in. What was moved once more meanwhile is done again.
fn put_again(shared: &Shared, index: &VectorIndex, document: DocumentId, room: RoomId) -> Result<(), Error> {
    shared.runtime.block_on(index.put_document(&shared.library, document))?;
    Ok(shared.library.write(|tx| match documents::get(tx, document) {
        Ok(now) if now.room != room => Ok(()),
        _ => documents::cleared(tx, &[document]),
    })?)
}

pub(crate) fn reconcile(shared: &Shared, index: &VectorIndex) -> Result<(), Error> {
    let done = unless_stopped(shared, index.reconcile(&shared.library))?;
    tracing::debug!(?done, "the vector index is up to date");
    Ok(())
}

fn keep_up(shared: &Shared, index: &VectorIndex) -> Result<(), Error> {
    let is_due = match shared.runtime.block_on(index.upkeep())? {
        Upkeep::Nothing => false,
        Upkeep::WhenIdle => !shared.library.read(|connection| jobs::is_pressing(connection, shared.library.now()))?,
        Upkeep::Now => true,
    };
    if is_due {
        unless_stopped(shared, index.keep_up())?;
    }
    Ok(())
}

/// Does what a kill does no harm to; nobody waits at the end for what the next process can do. None when it was given up.
fn unless_stopped<T>(
    shared: &Shared,
    work: impl Future<Output = Result<T, retrieval::Error>>,
) -> Result<Option<T>, Error> {
    shared.runtime.block_on(async {
        let mut work = std::pin::pin!(work);
        while !shared.stop.is_cancelled() {
            if let Ok(done) = tokio::time::timeout(GLANCE, &mut work).await {
                return Ok(Some(done?));
            }
        }
        Ok(None)
    })
}
