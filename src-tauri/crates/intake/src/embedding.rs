//! From passages to vectors: in SQLite, which is the truth, then in the vector index.

use std::collections::VecDeque;
use std::time::Instant;

use kernel::{DocumentId, PassageId};
use library::documents;
use library::jobs::{Job, JobStage};
use library::passages::{self, Unembedded};
use library::{Transaction, vectors};
use retrieval::{EmbeddingSpace, Pending};

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
    let space = shared.searched_space()?;
    if job.stage == JobStage::Embedding {
        let embedding = Embedding {
            shared,
            space: &space,
            document: job.document,
            is_over: &|| at_work.is_over(),
            makes_way: &|| shared.makes_way(job),
            is_ours: &|tx| is_ours(tx, job),
        };
        if embedding.all()? == Ended::Stopped {
            return Ok(Ended::Stopped);
        }
    }
    index(shared, job, &space)
}

/// The vectors of a document by one model, for as long as nobody wants it stopped and nothing else goes first.
pub(crate) struct Embedding<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) space: &'a EmbeddingSpace,
    pub(crate) document: DocumentId,
    pub(crate) is_over: &'a dyn Fn() -> bool,
    pub(crate) makes_way: &'a dyn Fn() -> Result<bool, Error>,
    /// Asked in the transaction that stores: whether this process is still the one to do it.
    pub(crate) is_ours: &'a dyn Fn(&Transaction<'_>) -> Result<bool, library::Error>,
}

/// A call of the model that has not been answered yet.
type Call = (Vec<PassageId>, Pending);

impl Embedding<'_> {
    pub(crate) fn all(&self) -> Result<Ended, Error> {
        let mut under_way = VecDeque::new();
        // The place in the document behind the passages that were handed over.
        let mut from = 0;
        loop {
            while !(self.is_over)() && under_way.len() < CALLS && !(self.makes_way)()? {
                match self.start(&mut from)? {
                    Some(call) => under_way.push_back(call),
                    None => break,
                }
            }
            let Some(call) = under_way.pop_front() else { break };
            let begun = Instant::now();
            if !self.store(call)? {
                return Ok(Ended::Stopped);
            }
            self.shared.bell.ring();
            self.shared.gentle.rest(begun.elapsed(), self.is_over);
        }
        let is_done = !(self.is_over)() && self.missing(0, 1)?.is_empty();
        Ok(if is_done { Ended::Done } else { Ended::Stopped })
    }

    /// Hands the next passages to the model; none when there are none.
    fn start(&self, from: &mut u32) -> Result<Option<Call>, Error> {
        let next = self.missing(*from, CALL)?;
        let Some(last) = next.last() else { return Ok(None) };
        *from = last.ordinal + 1;
        let embedder = self.space.embedder.as_ref().map_err(Clone::clone)?;
        let ids = next.iter().map(|passage| passage.passage).collect();
        let texts = next.iter().map(embedded_text).collect();
        Ok(Some((ids, embedder.submit_passages(texts))))
    }

    fn missing(&self, from: u32, limit: u32) -> Result<Vec<Unembedded>, Error> {
        Ok(self.shared.library.read(|c| passages::without_vector(c, self.document, self.space.model(), from, limit))?)
    }

    /// False when the work is not ours any more.
    fn store(&self, (passages, pending): Call) -> Result<bool, Error> {
        let found = pending.wait()?;
        let rows: Vec<_> = passages.into_iter().zip(&found).collect();
        Ok(self.shared.library.write(|tx| {
            if !(self.is_ours)(tx)? {
                return Ok(false);
            }
            vectors::put_embedded(tx, self.space.model(), &rows)?;
            Ok(true)
        })?)
    }
}

fn embedded_text(passage: &Unembedded) -> String {
    reader::embedded_text(&passage.title, &passage.headings, &passage.text)
}

/// All of the document's vectors; safe to do again after a kill between it and the last transaction.
fn index(shared: &Shared, job: &Job, space: &EmbeddingSpace) -> Result<Ended, Error> {
    let document = shared.library.read(|connection| documents::get(connection, job.document))?;
    if document.embedded > 0 {
        shared.runtime.block_on(space.index.put_document(&shared.library, job.document))?;
    }
    // Asked for before the transaction: it may have to start the program first.
    let recogniser = shared.recogniser.recogniser();
    shared.library.write(|tx| {
        if !is_ours(tx, job)? {
            return Ok(());
        }
        // The index holds just what the library holds of it; an older wish to take it out has been met by that.
        documents::cleared(tx, &[job.document])?;
        finish::after_indexing(tx, job, recogniser.err().as_deref(), shared.library.now())
    })?;
    Ok(Ended::Done)
}
