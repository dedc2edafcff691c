use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use kernel::{Cancel, Coded, DocumentId, RoomId, Timestamp};
use library::jobs::{self, Job};
use library::{Library, WriterLock};
use reader::Worker;
use retrieval::{EmbeddingSpace, Pending, Spaces};
use tokio::runtime::Handle;

use crate::bell::Bell;
use crate::gentle::Gentle;
use crate::recognition::Found;
use crate::{Error, original, reembedding, removal, steer};

/// How long a process that works beside the one in charge may be silent, in milliseconds.
const LEASE_MS: i64 = 60_000;

/// What the threads of the intake and the person's wishes share.
pub(crate) struct Shared {
    pub(crate) library: Library,
    pub(crate) worker: Worker,
    pub(crate) spaces: Spaces,
    /// The model on its way into memory.
    warming: Mutex<Option<Pending>>,
    pub(crate) runtime: Handle,
    pub(crate) bell: Bell,
    pub(crate) gentle: Gentle,
    pub(crate) recogniser: Found,
    /// Names this intake on the jobs that it runs.
    pub(crate) owner: String,
    /// Set when the intake ends.
    pub(crate) stop: Cancel,
    /// Held by one process at a time: it runs the jobs and writes the vector index.
    lock: Mutex<Option<WriterLock>>,
    /// Never stored: gone when the process ends.
    passwords: Mutex<HashMap<DocumentId, String>>,
    /// The documents that this process is at work on.
    at_work: Mutex<HashMap<DocumentId, Cancel>>,
    /// Why the change to another embedding model could not go on.
    reembedding_failure: Mutex<Option<String>>,
    /// The page that a person looks at.
    looked_at: Mutex<Option<(DocumentId, u32)>>,
    /// What this process has hidden, and clears away when it ends.
    hidden: Mutex<Vec<RoomId>>,
}

impl Shared {
    pub(crate) fn new(library: Library, worker: Worker, spaces: Spaces, runtime: Handle) -> Self {
        Self {
            library,
            worker,
            spaces,
            warming: Mutex::default(),
            runtime,
            bell: Bell::default(),
            gentle: Gentle::default(),
            recogniser: Found::default(),
            owner: owner(),
            stop: Cancel::new(),
            lock: Mutex::default(),
            passwords: Mutex::default(),
            at_work: Mutex::default(),
            reembedding_failure: Mutex::default(),
            looked_at: Mutex::default(),
            hidden: Mutex::default(),
        }
    }

    /// Whether this process runs the jobs.
    pub(crate) fn is_in_charge(&self) -> bool {
        held(&self.lock).is_some()
    }

    /// Takes charge if nobody else has it, and queues again what a killed process left running.
    pub(crate) fn take_charge(&self) -> Result<bool, Error> {
        let mut lock = held(&self.lock);
        if lock.is_some() {
            return Ok(true);
        }
        let Some(taken) = WriterLock::try_acquire(self.library.folder())? else { return Ok(false) };
        let recovered = self.library.recover(&taken)?;
        removal::clear_abandoned(self)?;
        reembedding::give_up_missing(self)?;
        steer::retry_mended(self)?;
        tracing::info!(?recovered, "this process runs the imports");
        original::sweep(&self.library);
        *lock = Some(taken);
        drop(lock);
        self.bell.ring();
        Ok(true)
    }

    /// Lets another process take over.
    pub(crate) fn leave_charge(&self) {
        *held(&self.lock) = None;
    }

    /// Whether other work should go before this job, which runs.
    pub(crate) fn makes_way(&self, job: &Job) -> Result<bool, Error> {
        let now = self.library.now();
        Ok(self.library.read(|connection| jobs::makes_way(connection, job, now))?)
    }

    /// The vectors that the library is searched by now.
    pub(crate) fn searched_space(&self) -> Result<EmbeddingSpace, Error> {
        Ok(self.library.read(|connection| self.spaces.searched(connection).cloned())?)
    }

    /// Has the model loaded before the first passages come, without waiting for it.
    pub(crate) fn warm(&self) {
        // A batch for each of the passages' sessions; nobody looks at the result.
        const TEXTS: usize = 8;
        if let Ok(EmbeddingSpace { embedder: Ok(embedder), .. }) = self.searched_space() {
            *held(&self.warming) = Some(embedder.submit_passages(vec![String::new(); TEXTS]));
        }
    }

    /// Until when a job that begins now is leased to a process that is not in charge.
    pub(crate) fn lease_end(&self) -> Timestamp {
        Timestamp(self.library.now().0 + LEASE_MS)
    }

    pub(crate) fn looked_at(&self) -> Option<(DocumentId, u32)> {
        *held(&self.looked_at)
    }

    pub(crate) fn look_at(&self, place: Option<(DocumentId, u32)>) {
        *held(&self.looked_at) = place;
    }

    pub(crate) fn reembedding_failure(&self) -> Option<String> {
        held(&self.reembedding_failure).clone()
    }

    pub(crate) fn set_reembedding_failure(&self, why: Option<String>) {
        *held(&self.reembedding_failure) = why;
    }

    pub(crate) fn hides(&self, room: RoomId) {
        held(&self.hidden).push(room);
    }

    pub(crate) fn hidden(&self) -> Vec<RoomId> {
        held(&self.hidden).clone()
    }

    /// Whether this process is at work on a document.
    pub(crate) fn is_at_work(&self, document: DocumentId) -> bool {
        held(&self.at_work).contains_key(&document)
    }

    pub(crate) fn password(&self, document: DocumentId) -> Option<String> {
        held(&self.passwords).get(&document).cloned()
    }

    pub(crate) fn remember_password(&self, document: DocumentId, password: String) {
        held(&self.passwords).insert(document, password);
    }

    pub(crate) fn forget_password(&self, document: DocumentId) {
        held(&self.passwords).remove(&document);
    }

    /// Marks a document as being worked on here, until the mark is dropped.
    pub(crate) fn at_work(&self, document: DocumentId) -> AtWork<'_> {
        let cancel = Cancel::new();
        held(&self.at_work).insert(document, cancel.clone());
        AtWork { shared: self, document, cancel }
    }

    /// Stops the work on a document at its next step; what is committed stays.
    pub(crate) fn interrupt(&self, document: DocumentId) {
        if let Some(cancel) = held(&self.at_work).get(&document) {
            cancel.cancel();
        }
        self.bell.ring();
    }

    /// Ends all work at its next step.
    pub(crate) fn shut_down(&self) {
        self.stop.cancel();
        for cancel in held(&self.at_work).values() {
            cancel.cancel();
        }
        self.bell.ring();
    }
}

/// A name that no other intake has, in this process or another.
fn owner() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let started = std::time::UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
    format!("{}-{started}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A document that is being worked on.
pub(crate) struct AtWork<'a> {
    shared: &'a Shared,
    document: DocumentId,
    pub(crate) cancel: Cancel,
}

impl AtWork<'_> {
    /// Whether to stop at the next step: the person, or the end of the intake, wants it.
    pub(crate) fn is_over(&self) -> bool {
        self.cancel.is_cancelled() || self.shared.stop.is_cancelled()
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        held(&self.shared.at_work).remove(&self.document);
    }
}

/// A panic elsewhere leaves these maps whole: they are changed in one step.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Logs what a thread has to go on from; the text of a document is never in it.
pub(crate) fn log(what: &str, error: &(impl Coded + ?Sized)) {
    tracing::warn!(code = error.code().name(), %error, "{what}");
}
