//! A new edition of a document, from being read to taking its place.

use kernel::{Code, DocumentId};
use library::documents::{self, Document, Removed};
use library::jobs::{self, Job, JobKind, JobStage};
use library::{Transaction, annotations, cards, conversations, quizzes};

use crate::reading::{Ended, is_ours};
use crate::shared::Shared;
use crate::tokens::Tokens;
use crate::{Error, recut, removal, work};

/// Puts a new edition, every page of which is stored, in the place of the old one. What says the same keeps its
/// vector; the rest is embedded next.
pub(crate) fn take_place(shared: &Shared, job: &Job, of: DocumentId, tokens: &mut Tokens) -> Result<Ended, Error> {
    let title = shared.library.read(|connection| documents::get(connection, of))?.title;
    let cut = recut::cut(shared, job.document, &title, tokens)?;
    let done = shared.library.write(|tx| {
        if !is_ours(tx, job)? {
            return Ok(None);
        }
        let (document, removed) = documents::take_place(tx, job.document)?;
        let recut = recut::store(tx, document, &cut)?;
        let changed = conversations::follow_edition(tx, document)?
            + quizzes::follow_edition(tx, document)?
            + cards::follow_edition(tx, document)?
            + annotations::follow_edition(tx, document)?;
        tracing::info!(document = document.0, ?recut, changed, "a new edition is in place");
        let now = shared.library.now();
        let job = jobs::enqueue(tx, document, JobKind::Import, 0, now)?;
        work::queue_at(tx, &jobs::get(tx, job)?, JobStage::Embedding, None, now)?;
        Ok(Some(removed))
    })?;
    let Some(removed) = done else { return Ok(Ended::Stopped) };
    removal::discard_copy(shared, &removed);
    Ok(Ended::Done)
}

/// Drops a new edition that can't be read; the old one stays as it was, and says so.
pub(crate) fn give_up(
    tx: &Transaction<'_>,
    edition: &Document,
    code: Code,
    why: &str,
) -> Result<Removed, library::Error> {
    if let Some(of) = edition.replaces {
        let old = documents::get(tx, of)?;
        let message = format!("The new edition could not take its place, and the old one is kept. {why}");
        documents::set_state_because(tx, of, old.state, code, &message)?;
    }
    documents::remove(tx, edition.document)
}
