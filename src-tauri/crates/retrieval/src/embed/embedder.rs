use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use kernel::{NativeParts, priority};
use tokio::sync::oneshot;

use super::files::ModelFiles;
use super::model::{self, Embedded, Model, Vector};
use super::telling::TellingTokens;
use crate::Error;

/// How long the passages' sessions stay loaded with nothing to do.
const KEEP: Duration = Duration::from_secs(20);

/// Most texts of one call: what one call holds in memory is bounded.
const CALL: usize = 64;

/// The embedding model on its own threads. Clones share them; they end with the last clone, or by [`Embedder::stop`].
#[derive(Clone)]
pub struct Embedder(Arc<Owner>);

/// Ends the threads when the last [`Embedder`] is gone.
struct Owner {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

struct Shared {
    native: NativeParts,
    files: ModelFiles,
    telling: OnceLock<TellingTokens>,
    queues: Mutex<Queues>,
    arrived: Condvar,
}

#[derive(Default)]
struct Queues {
    questions: VecDeque<Asked>,
    passages: VecDeque<Asked>,
    closed: bool,
}

/// A text for one run of the model, and where what it makes of it goes.
struct Asked {
    text: String,
    /// Nobody waits any more when the other end is gone.
    reply: oneshot::Sender<Result<Embedded, Error>>,
}

/// Where what the model makes of a text arrives.
type Reply = oneshot::Receiver<Result<Embedded, Error>>;

/// Which of the two queues a thread serves.
#[derive(Clone, Copy, PartialEq)]
enum Lane {
    Questions,
    Passages,
}

/// Vectors on their way, in the order of their texts.
#[must_use = "the vectors come with `wait`"]
pub struct Pending(Vec<Reply>);

impl Embedder {
    /// Starts the threads: one for questions, `threads` for passages. The model is loaded on first use.
    ///
    /// # Errors
    /// [`Error::PartMissing`] when ONNX Runtime is not in `native`, or a file of the model where it should be.
    pub fn start(native: &NativeParts, files: &ModelFiles, threads: usize) -> Result<Self, Error> {
        model::check(native, files)?;
        let shared = Arc::new(Shared {
            native: native.clone(),
            files: files.clone(),
            telling: OnceLock::new(),
            queues: Mutex::default(),
            arrived: Condvar::new(),
        });
        let owner = Owner { shared: Arc::clone(&shared), threads: Mutex::default() };
        let lanes = std::iter::once(Lane::Questions).chain(std::iter::repeat_n(Lane::Passages, threads.max(1)));
        for lane in lanes {
            let shared = Arc::clone(&shared);
            let thread = std::thread::Builder::new()
                .name("embedder".to_owned())
                .spawn(move || shared.serve(lane))
                .map_err(|error| Error::Model(format!("no thread for it: {error}")))?;
            owner.threads().push(thread);
        }
        Ok(Self(Arc::new(owner)))
    }

    /// The model it runs.
    pub fn files(&self) -> &ModelFiles {
        &self.0.shared.files
    }

    /// Finds the tokens whose vectors the model gives; its tokenizer is read on first use.
    pub(crate) fn telling(&self) -> Result<&TellingTokens, Error> {
        let kept = &self.0.shared.telling;
        match kept.get() {
            Some(telling) => Ok(telling),
            None => {
                let read = TellingTokens::load(self.files())?;
                Ok(kept.get_or_init(|| read))
            }
        }
    }

    /// Ends the threads after the run, or the load, of the model that each is at; whoever waits or asks later gets
    /// [`Error::Stopped`]. To be called before a process ends that may not drop every clone: ONNX Runtime crashes
    /// when the end of the process takes its globals away under a run.
    pub fn stop(&self) {
        self.0.stop();
    }

    /// Loads the question's session, so that the first search does not wait for it.
    pub fn warm(&self) {
        drop(self.0.shared.push(Lane::Questions, String::new()));
    }

    /// The vector of a question. Waits for the model: not for a thread that serves the window, and not inside a
    /// task of the async runtime, where waiting panics.
    pub fn embed_query(&self, question: &str) -> Result<Vector, Error> {
        Ok(first(self.ask(&[question]).wait()?)?.vector)
    }

    /// What the model makes of a few short texts, before any passage that waits.
    pub(crate) fn ask(&self, texts: &[&str]) -> Pending {
        self.enqueue(Lane::Questions, texts.iter().map(|&text| text.to_owned()).collect())
    }

    /// One vector a passage, in their order. Waits for all of them; see [`Pending::wait`].
    pub fn embed_passages(&self, texts: Vec<String>) -> Result<Vec<Vector>, Error> {
        Ok(self.submit_passages(texts).wait()?.into_iter().map(|found| found.vector).collect())
    }

    /// Queues passages; keep two calls under way so that the model never waits for the caller. Calls of
    /// 64 passages are a good size: larger ones are taken, but their memory grows with them.
    pub fn submit_passages(&self, texts: Vec<String>) -> Pending {
        debug_assert!(texts.len() <= CALL, "{} texts in one call", texts.len());
        self.enqueue(Lane::Passages, texts)
    }

    fn enqueue(&self, lane: Lane, texts: Vec<String>) -> Pending {
        Pending(texts.into_iter().map(|text| self.0.shared.push(lane, text)).collect())
    }
}

impl Pending {
    /// Whether all vectors are there, so that [`Pending::wait`] returns at once.
    pub fn is_ready(&self) -> bool {
        self.0.iter().all(|reply| !reply.is_empty() || reply.is_terminated())
    }

    /// Blocks until all vectors are there; in the order of the texts. Inside a task of the async runtime blocking
    /// panics: use [`Pending::ready`] there.
    pub fn wait(self) -> Result<Vec<Embedded>, Error> {
        self.0.into_iter().map(|reply| reply.blocking_recv().unwrap_or(Err(Error::Stopped))).collect()
    }

    /// The same for a task of the async runtime.
    pub async fn ready(self) -> Result<Vec<Embedded>, Error> {
        let mut vectors = Vec::with_capacity(self.0.len());
        for reply in self.0 {
            vectors.push(reply.await.unwrap_or(Err(Error::Stopped))?);
        }
        Ok(vectors)
    }
}

pub(crate) fn first(found: Vec<Embedded>) -> Result<Embedded, Error> {
    found.into_iter().next().ok_or_else(|| Error::Model("it gave no vector".to_owned()))
}

impl Shared {
    fn queues(&self) -> MutexGuard<'_, Queues> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, lane: Lane, text: String) -> Reply {
        let (reply, receiver) = oneshot::channel();
        let mut queues = self.queues();
        if !queues.closed {
            queues.lane(lane).push_back(Asked { text, reply });
        }
        drop(queues);
        self.arrived.notify_all();
        receiver
    }

    /// A thread's life: takes texts of its lane until the embedder is dropped. Nobody waits for a passage.
    fn serve(&self, lane: Lane) {
        if lane == Lane::Passages {
            priority::lower();
        }
        let mut model: Option<Model> = None;
        while let Some(asked) = self.next(lane, &mut model) {
            if asked.reply.is_closed() {
                continue;
            }
            let found = self.loaded(&mut model).and_then(|model| model.embed(&asked.text));
            // The asker may have left meanwhile; then nobody needs it.
            drop(asked.reply.send(found));
        }
    }

    fn loaded<'m>(&self, model: &'m mut Option<Model>) -> Result<&'m mut Model, Error> {
        match model {
            Some(model) => Ok(model),
            None => {
                let started = Instant::now();
                let loaded = Model::load(&self.native, &self.files, 1)
                    .inspect_err(|error| tracing::error!(%error, "the embedding model did not load"))?;
                tracing::debug!(elapsed = ?started.elapsed(), "an embedding session is loaded");
                Ok(model.insert(loaded))
            }
        }
    }

    /// The next text of the lane; none when the embedder was stopped. Gives the passages' model back after a
    /// while without work.
    fn next(&self, lane: Lane, model: &mut Option<Model>) -> Option<Asked> {
        let mut queues = self.queues();
        loop {
            if queues.closed {
                return None;
            }
            if let Some(asked) = queues.lane(lane).pop_front() {
                return Some(asked);
            }
            if lane == Lane::Passages && model.is_some() {
                let (guard, waited) = self.arrived.wait_timeout(queues, KEEP).unwrap_or_else(PoisonError::into_inner);
                queues = guard;
                if waited.timed_out() && queues.passages.is_empty() {
                    *model = None;
                }
            } else {
                queues = self.arrived.wait(queues).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }
}

impl Queues {
    fn lane(&mut self, lane: Lane) -> &mut VecDeque<Asked> {
        match lane {
            Lane::Questions => &mut self.questions,
            Lane::Passages => &mut self.passages,
        }
    }
}

impl Owner {
    fn threads(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        let mut queues = self.shared.queues();
        queues.closed = true;
        queues.questions.clear();
        queues.passages.clear();
        drop(queues);
        self.shared.arrived.notify_all();
        for thread in self.threads().drain(..) {
            // One that panicked has ended as well.
            let _ = thread.join();
        }
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.stop();
    }
}

impl std::fmt::Debug for Embedder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedder").field("files", &self.0.shared.files).finish_non_exhaustive()
    }
}
