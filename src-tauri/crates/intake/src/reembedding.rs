//! From one embedding model to another: a second index beside the first, which takes over when it is complete.
//!
//! How far it has come is in the library itself (the passages that have no vector of the other model yet), so it goes
//! on after a kill where it stopped, and what is imported, changed or removed meanwhile needs no care of its own: it
//! is imported with the model that is searched, and is here one document more, or less, to do.

use std::time::{Duration, Instant};

use library::jobs::{self, JobStage, JobState};
use library::{documents, vectors};
use retrieval::EmbeddingSpace;
use serde::Serialize;
use specta::Type;

use crate::embedding::Embedding;
use crate::shared::{Shared, log};
use crate::{Error, work};

/// After a failure.
const AGAIN: Duration = Duration::from_secs(30);
/// Old vectors that are deleted in one transaction.
const DELETED: u32 = 2_000;

/// What the thread knows of the change.
#[derive(Default)]
pub(crate) struct Reembedding {
    is_settled: bool,
    not_before: Option<Instant>,
}

impl Reembedding {
    /// Does the next piece, if there is one and nothing else is to be done. False when there was nothing to do.
    pub(crate) fn step(&mut self, shared: &Shared) -> bool {
        // Once settled there is nothing to ask the library for: which models a process knows never changes.
        if self.is_settled || !shared.is_in_charge() || self.not_before.is_some_and(|at| Instant::now() < at) {
            return false;
        }
        let done = self.next_piece(shared);
        self.not_before = done.is_err().then(|| Instant::now() + AGAIN);
        shared.set_reembedding_failure(done.as_ref().err().map(ToString::to_string));
        done.unwrap_or_else(|error| {
            log("the library could not be brought to another embedding model", &error);
            false
        })
    }

    fn next_piece(&mut self, shared: &Shared) -> Result<bool, Error> {
        let spaces = &shared.spaces;
        let Some(next) = shared.library.read(|connection| Ok(spaces.next(connection)?.cloned()))? else {
            return self.settle(shared);
        };
        let Some(document) = shared.library.read(|c| vectors::next_document(c, next.model()))? else {
            return switch(shared, &next).map(|()| true);
        };
        let embedding = Embedding {
            shared,
            space: &next,
            document,
            is_over: &|| shared.stop.is_cancelled(),
            makes_way: &|| is_other_work(shared),
            is_ours: &|_| Ok(true),
        };
        embedding.all()?;
        Ok(!is_other_work(shared)?)
    }

    /// Has the library keep the model that it is searched by, and deletes what those before it have left behind.
    fn settle(&mut self, shared: &Shared) -> Result<bool, Error> {
        let model = shared.library.read(vectors::searched_model)?;
        let Some(model) = model else { return Ok(false) };
        let deleted = shared.library.write(|tx| vectors::forget_others(tx, &model, DELETED))?;
        if deleted == 0 {
            shared.spaces.settle(&shared.library)?;
            self.is_settled = true;
        }
        Ok(deleted > 0)
    }
}

/// Whether documents wait for what everything else makes way for, or are at it.
fn is_other_work(shared: &Shared) -> Result<bool, Error> {
    let now = shared.library.now();
    Ok(shared.library.read(|connection| jobs::is_pressing(connection, now))?)
}

/// The second index is filled before anybody looks at it; then one transaction changes over, unless a passage without
/// a vector has come meanwhile.
fn switch(shared: &Shared, next: &EmbeddingSpace) -> Result<(), Error> {
    let done = shared.runtime.block_on(async {
        let done = next.index.reconcile(&shared.library).await?;
        next.index.keep_up().await.map(|()| done)
    })?;
    let switched = shared.library.write(|tx| vectors::switch(tx, next.model()))?;
    tracing::info!(?done, switched, model = next.model(), "the library is searched by another embedding model");
    Ok(())
}

/// Where the model that the vectors were made with is gone, nothing is found by them any more, so that there is
/// nothing to wait for: the wanted model takes over at once, and the documents are embedded anew.
pub(crate) fn give_up_missing(shared: &Shared) -> Result<(), Error> {
    let spaces = &shared.spaces;
    let (searched, next) = shared
        .library
        .read(|connection| Ok((spaces.searched(connection)?.clone(), spaces.next(connection)?.cloned())))?;
    let Some(next) = next.filter(|next| searched.embedder.is_err() && next.embedder.is_ok()) else { return Ok(()) };
    let now = shared.library.now();
    Ok(shared.library.write(|tx| {
        vectors::switch_now(tx, next.model())?;
        for job in jobs::list(tx, JobState::Done)? {
            let document = documents::get(tx, job.document)?;
            if document.embedded < document.passages {
                work::queue_at(tx, &job, JobStage::Embedding, None, now)?;
            }
        }
        Ok(())
    })?)
}

/// How far a library is on its way to another embedding model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ModelChange {
    /// The model that it is still searched by.
    pub from: String,
    /// The model that is to follow.
    pub to: String,
    /// Passages that have a vector of it.
    pub embedded: u32,
    /// Of so many.
    pub passages: u32,
    /// Why it could not go on, if so; it is tried again after a while.
    pub message: Option<String>,
}

/// None when the library is searched by the model that is wanted.
pub(crate) fn change(shared: &Shared) -> Result<Option<ModelChange>, Error> {
    Ok(shared.library.read(|connection| {
        let spaces = &shared.spaces;
        let Some(next) = spaces.next(connection)? else { return Ok(None) };
        Ok(Some(ModelChange {
            from: spaces.searched(connection)?.model().to_owned(),
            to: next.model().to_owned(),
            embedded: vectors::count(connection, next.model())?,
            passages: library::check::counts(connection)?.passages,
            message: shared.reembedding_failure(),
        }))
    })?)
}
