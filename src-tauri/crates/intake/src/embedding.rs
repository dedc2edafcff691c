//! From passages to vectors: in SQLite, which is the truth, then in the vector index.

use std::collections::VecDeque;
use std::time::Instant;

use kernel::PassageId;
use library::documents;
use library::jobs::{self, Job, JobStage};
use library::passages::{self, Unembedded};
use library::vectors;
use retrieval::{MODEL, Pending};

use crate::reading::{Ended, is_ours};
use crate::shared::{AtWork, Shared};
use crate::{Error, finish};

/// Passages of one call of the model and of one transaction.
const CALL: u32 = 64;
/// Calls that are under way at once, so that the model never waits for a commit.
const CALLS: usize = 2;

/// Makes the vectors that are missing, then brings the document into the vector index.
///
/// Ends early, with everything stored so far, when other work goes first: a document that waits to be read, or the one
/// that somebody looks at.
pub(crate) fn embed(shared: &Shared, job: &Job, at_work: &AtWork<'_>) -> Result<Ended, Error> {
    if job.stage == JobStage::Embedding {
        let ended = all_vectors(shared, job, at_work)?;
        if ended == Ended::Stopped {
            return Ok(ended);
        }
    }
    index(shared, job)
}

fn all_vectors(shared: &Shared, job: &Job, at_work: &AtWork<'_>) -> Result<Ended, Error> {
    let mut calls = Calls { shared, job, from: 0, under_way: VecDeque::new() };
    loop {
        while !at_work.is_over() && calls.under_way.len() < CALLS && !makes_way(shared, job)? && calls.start()? {}
        let Some((passages, pending)) = calls.under_way.pop_front() else { break };
        let begun = Instant::now();
        if !store(shared, job, &passages, pending)? {
            return Ok(Ended::Stopped);
        }
        shared.bell.ring();
        shared.gentle.rest(begun.elapsed(), at_work);
    }
    if at_work.is_over()
        || !shared.library.read(|c| Ok(passages::without_vector(c, job.document, MODEL, 0, 1)?.is_empty()))?
    {
        return Ok(Ended::Stopped);
    }
    Ok(Ended::Done)
}

fn makes_way(shared: &Shared, job: &Job) -> Result<bool, Error> {
    let now = shared.library.now();
    Ok(shared.library.read(|connection| jobs::makes_way(connection, job, now))?)
}

/// Calls of the model that have not been answered yet.
struct Calls<'a> {
    shared: &'a Shared,
    job: &'a Job,
    /// The place in the document behind the passages that were handed over.
    from: u32,
    under_way: VecDeque<(Vec<PassageId>, Pending)>,
}

impl Calls<'_> {
    /// Hands the next passages to the model; false when there are none.
    fn start(&mut self) -> Result<bool, Error> {
        let next = self
            .shared
            .library
            .read(|connection| passages::without_vector(connection, self.job.document, MODEL, self.from, CALL))?;
        let Some(last) = next.last() else { return Ok(false) };
        self.from = last.ordinal + 1;
        let embedder = self.shared.vectors.embedder()?;
        let ids = next.iter().map(|passage| passage.passage).collect();
        let texts = next.iter().map(embedded_text).collect();
        self.under_way.push_back((ids, embedder.submit_passages(texts)));
        Ok(true)
    }
}

fn embedded_text(passage: &Unembedded) -> String {
    reader::embedded_text(&passage.title, &passage.headings, &passage.text)
}

/// False when the job is not ours any more.
fn store(shared: &Shared, job: &Job, passages: &[PassageId], pending: Pending) -> Result<bool, Error> {
    let found = pending.wait()?;
    let rows: Vec<_> = passages.iter().copied().zip(&found).collect();
    Ok(shared.library.write(|tx| {
        if !is_ours(tx, job)? {
            return Ok(false);
        }
        vectors::put(tx, MODEL, &rows)?;
        Ok(true)
    })?)
}

/// All of the document's vectors; safe to do again after a kill between it and the last transaction.
fn index(shared: &Shared, job: &Job) -> Result<Ended, Error> {
    let document = shared.library.read(|connection| documents::get(connection, job.document))?;
    if document.embedded > 0 {
        shared.runtime.block_on(shared.vectors.index.put_document(&shared.library, job.document))?;
    }
    shared.library.write(|tx| {
        if !is_ours(tx, job)? {
            return Ok(());
        }
        // The index holds just what the library holds of it; an older wish to take it out has been met by that.
        documents::cleared(tx, &[job.document])?;
        finish::after_indexing(tx, shared, job)
    })?;
    Ok(Ended::Done)
}
