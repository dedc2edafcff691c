//! From a file to pages and passages that can be found by their words.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use library::documents::{self, Document};
use library::jobs::{self, Job, JobStage, JobState};
use library::{Transaction, pages, passages, terms};
use reader::{Opened, Page, Passage, Reading, Source, Term};

use crate::checkpoint::Checkpoint;
use crate::shared::{AtWork, Shared};
use crate::tokens::Tokens;
use crate::{Error, edition, title, work};

/// Pages of one transaction, unless they take longer than [`BATCH_TIME`].
const BATCH_PAGES: usize = 16;
/// The first one is smaller: a document can be searched as soon as its first pages are there.
const FIRST_BATCH_PAGES: usize = 4;
const BATCH_TIME: Duration = Duration::from_millis(100);
/// Pages that the child may be ahead of the library; what is held in memory is bounded by it.
const AHEAD: usize = 2 * BATCH_PAGES;

/// How a piece of work ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All of it is stored.
    Done,
    /// Somebody wants it stopped; what is stored is stored.
    Stopped,
}

/// Reads the pages that are not stored yet.
pub(crate) fn read(shared: &Shared, job: &Job, at_work: &AtWork<'_>, tokens: &mut Tokens) -> Result<Ended, Error> {
    let document = shared.library.read(|connection| documents::get(connection, job.document))?;
    let kept = match job.checkpoint.as_deref() {
        None => None,
        Some(stored) => match Checkpoint::decode(stored) {
            Some(checkpoint) => Some(checkpoint),
            None => return start_over(shared, job),
        },
    };
    let source = Source { path: original(shared, &document), password: shared.password(job.document) };
    let from_page = kept.as_ref().map_or(1, |checkpoint| checkpoint.next_page);
    let started = Instant::now();
    let reading = shared.worker.read(&source, from_page, &at_work.cancel)?;
    let opened = reading.opened().clone();
    let title = match &kept {
        Some(_) => document.title,
        None => {
            let title = opened.title.as_deref().and_then(title::of_metadata).unwrap_or(document.title);
            if !describe(shared, job, &title, &opened)? {
                return Ok(Ended::Stopped);
            }
            title
        }
    };
    tracing::debug!(document = job.document.0, from_page, pages = opened.pages, elapsed = ?started.elapsed(), "opened");
    let checkpoint = kept.unwrap_or_else(|| Checkpoint::start(&title));
    let is_edition = document.replaces.is_some();
    let ended = Store { shared, job, at_work, tokens: &mut *tokens, checkpoint, is_edition }.all(reading);
    tracing::debug!(document = job.document.0, elapsed = ?started.elapsed(), ended = ?ended.as_ref().ok(), "read");
    match document.replaces {
        Some(of) if matches!(ended, Ok(Ended::Done)) => edition::take_place(shared, job, of, tokens),
        _ => ended,
    }
}

/// The library's copy of the document.
pub(crate) fn original(shared: &Shared, document: &Document) -> PathBuf {
    shared.library.original(&document.hash, &document.format)
}

/// Stores what the opened file says about itself. False when the job is not ours any more.
fn describe(shared: &Shared, job: &Job, title: &str, opened: &Opened) -> Result<bool, Error> {
    Ok(shared.library.write(|tx| {
        if !is_ours(tx, job)? {
            return Ok(false);
        }
        documents::set_title(tx, job.document, title)?;
        documents::set_pages(tx, job.document, opened.pages)?;
        documents::set_outline(tx, job.document, &opened.outline)?;
        Ok(true)
    })?)
}

/// The state of another version can't be gone on from: the few seconds of reading are spent again.
fn start_over(shared: &Shared, job: &Job) -> Result<Ended, Error> {
    tracing::info!(document = job.document.0, "reading starts over: its state was stored by another version");
    shared.library.write(|tx| {
        if is_ours(tx, job)? {
            documents::reset(tx, job.document)?;
            jobs::set_checkpoint(tx, job.job, JobStage::Reading, None, shared.library.now())?;
        }
        Ok(())
    })?;
    Ok(Ended::Stopped)
}

/// Whether the job still stands as this process left it: not paused, cancelled, removed or taken over by anybody
/// meanwhile.
pub(crate) fn is_ours(tx: &Transaction<'_>, job: &Job) -> Result<bool, library::Error> {
    let now = jobs::of_document(tx, job.document)?;
    Ok(now.is_some_and(|now| now.job == job.job && now.state == JobState::Running && now.owner == job.owner))
}

/// Takes pages as they come and commits them, batch by batch.
struct Store<'a> {
    shared: &'a Shared,
    job: &'a Job,
    at_work: &'a AtWork<'a>,
    tokens: &'a mut Tokens,
    checkpoint: Checkpoint,
    /// Passages of a new edition are cut when it takes the place of the old one.
    is_edition: bool,
}

/// Pages that were received together.
#[derive(Default)]
struct Batch {
    pages: Vec<Page>,
    /// Why no more pages come, if it is not the end of the document.
    error: Option<reader::Error>,
    last: bool,
}

impl Store<'_> {
    fn all(mut self, reading: Reading) -> Result<Ended, Error> {
        let (send, pages) = sync_channel(AHEAD);
        std::thread::scope(|scope| {
            // Pages are fetched on a thread of their own, so that the child never waits for a commit.
            let fetching = move || {
                for page in reading {
                    if send.send(page).is_err() {
                        break;
                    }
                }
            };
            std::thread::Builder::new().name("pages".into()).spawn_scoped(scope, fetching).map_err(Error::Start)?;
            let ended = self.store(&pages);
            if !matches!(ended, Ok(Ended::Done)) {
                // The child may be in the middle of a slow page: nobody waits for it.
                self.at_work.cancel.cancel();
            }
            drop(pages);
            ended
        })
    }

    fn store(&mut self, pages: &Receiver<Result<Page, reader::Error>>) -> Result<Ended, Error> {
        let mut size = FIRST_BATCH_PAGES;
        loop {
            let batch = receive(pages, size);
            size = BATCH_PAGES;
            if self.at_work.is_over() {
                return Ok(Ended::Stopped);
            }
            if !self.commit(&batch)? {
                return Ok(Ended::Stopped);
            }
            self.shared.bell.ring();
            if let Some(error) = batch.error {
                return Err(error.into());
            }
            if batch.last {
                return Ok(Ended::Done);
            }
            if self.shared.makes_way(self.job)? {
                return Ok(Ended::Stopped);
            }
        }
    }

    /// Pages, passages, keyword index, terms and the place to go on from: all of them or none. False when the job is not
    /// ours any more.
    fn commit(&mut self, batch: &Batch) -> Result<bool, Error> {
        let mut found: Vec<Passage> = Vec::new();
        let mut defined: Vec<Term> = Vec::new();
        let mut count = |text: &str| self.tokens.count(text);
        for page in &batch.pages {
            if !self.is_edition {
                found.extend(self.checkpoint.builder.push(page, &mut count));
                defined.extend(self.checkpoint.terms.push(page));
            }
            self.checkpoint.next_page = page.number + 1;
        }
        let is_complete = batch.last && batch.error.is_none() && !self.is_edition;
        if is_complete {
            found.extend(self.checkpoint.builder.finish(&mut count));
            defined.extend(self.checkpoint.terms.finish());
        }
        let checkpoint = self.checkpoint.encode().map_err(|e| Error::Checkpoint(e.to_string()))?;
        let (document, now) = (self.job.document, self.shared.library.now());
        let first = batch.pages.first().map(|page| page.number);
        Ok(self.shared.library.write(|tx| {
            // Pages that somebody else has stored meanwhile would be stored twice.
            let follows =
                first.is_none_or(|first| pages::last(tx, document).is_ok_and(|last| last.unwrap_or(0) < first));
            if !is_ours(tx, self.job)? || !follows {
                return Ok(false);
            }
            for page in &batch.pages {
                pages::insert(tx, document, page)?;
            }
            passages::insert(tx, document, &found)?;
            terms::insert(tx, document, &defined)?;
            if is_complete {
                documents::derive_outline(tx, document)?;
                work::queue_at(tx, self.job, JobStage::Embedding, None, now)?;
            } else {
                jobs::set_checkpoint(tx, self.job.job, JobStage::Reading, Some(&checkpoint), now)?;
            }
            Ok(true)
        })?)
    }
}

/// The next pages: as many as asked for, or those of [`BATCH_TIME`] if the document is slow, but at least one.
fn receive(pages: &Receiver<Result<Page, reader::Error>>, size: usize) -> Batch {
    let mut batch = Batch::default();
    let mut until = None;
    while batch.pages.len() < size {
        let next = match until {
            None => pages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(until) => pages.recv_timeout(Instant::saturating_duration_since(&until, Instant::now())),
        };
        match next {
            Ok(Ok(page)) => batch.pages.push(page),
            Ok(Err(error)) => {
                batch.error = Some(error);
                batch.last = true;
                break;
            }
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => {
                batch.last = true;
                break;
            }
        }
        until.get_or_insert_with(|| Instant::now() + BATCH_TIME);
    }
    batch
}
