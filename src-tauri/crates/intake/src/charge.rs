//! The threads that do the work while this process is in charge of it.

use std::sync::Arc;
use std::time::Duration;

use library::jobs::JobStage;

use crate::reembedding::Reembedding;
use crate::shared::{Shared, log};
use crate::tokens::Tokens;
use crate::{embedding, reading, recognising, recognition, work};

/// How often a process looks by itself whether another one has handed work over, or has gone away.
pub(crate) const LOOK: Duration = Duration::from_millis(500);

/// Reads documents, one after the other.
pub(crate) fn read_all(shared: &Arc<Shared>) {
    let mut tokens = Tokens::new(shared.worker.native.clone());
    let mut heard = 0;
    while !shared.stop.is_cancelled() {
        if !shared.is_in_charge()
            && let Err(error) = shared.take_charge()
        {
            log("the writer lock could not be taken", &error);
        }
        match work::next(shared, &[JobStage::Reading]) {
            Some(job) => {
                // The model is loaded while the document is read: it will be needed right after.
                shared.warm();
                tokens.load();
                work::run(shared, &job, |at_work| reading::read(shared, &job, at_work, &mut tokens));
            }
            None => {
                work::reclaim(shared);
                shared.bell.wait(&mut heard, LOOK);
            }
        }
    }
}

/// Embeds documents once all that wait are read, and with another model when no document waits.
pub(crate) fn embed_all(shared: &Arc<Shared>) {
    let mut reembedding = Reembedding::default();
    let mut heard = 0;
    while !shared.stop.is_cancelled() {
        match work::next(shared, &[JobStage::Embedding, JobStage::Indexing]) {
            Some(job) => work::run(shared, &job, |at_work| embedding::embed(shared, &job, at_work)),
            None if reembedding.step(shared) => {}
            None => shared.bell.wait(&mut heard, LOOK),
        }
    }
}

/// Recognises the text of scans when nothing else is to be done.
pub(crate) fn recognise_all(shared: &Arc<Shared>) {
    let mut tokens = Tokens::new(shared.worker.native.clone());
    let mut is_waiting_queued = false;
    let mut heard = 0;
    while !shared.stop.is_cancelled() {
        if shared.is_in_charge() && !is_waiting_queued {
            is_waiting_queued = recognition::queue_waiting(shared).is_ok();
        }
        match work::next(shared, &[JobStage::Recognising]) {
            Some(job) => {
                tokens.load();
                work::run(shared, &job, |at_work| recognising::recognise(shared, &job, at_work, &mut tokens));
            }
            None => shared.bell.wait(&mut heard, LOOK),
        }
    }
}
