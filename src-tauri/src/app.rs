//! What the window and the command line are both made of: the open library and everything that works on it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;

use intake::Intake;
use kernel::{Cancel, Code, LibraryFolder, NativeParts, RoomId, SystemClock, Timestamp};
use library::Library;
use library::conversations::{self, Measures};
use library::jobs::{self, JobState};
use reader::{Limits, Renderer, Worker};
use retrieval::{Differences, Retrieval, Spaces};
use study::cards::anki;
use tokio::runtime::{Builder, Handle, Runtime};
use tutor::Tutor;

use crate::fault::Fault;
use crate::{executors, model};

/// The open library with all that works on it. Nothing runs by itself until the intake is
/// [started](Intake::start).
pub(crate) struct App {
    /// The truth.
    pub(crate) library: Library,
    /// From a question to passages.
    pub(crate) retrieval: Retrieval,
    /// From a question to an answer.
    pub(crate) tutor: Tutor,
    /// From a file to passages.
    pub(crate) intake: Intake,
    spaces: Spaces,
    /// Pictures of pages.
    pub(crate) renderer: Renderer,
    /// Where PDFium, ONNX Runtime and the model lie.
    pub(crate) native: NativeParts,
    runtime: Runtime,
    /// Ends what is learned in the background.
    closing: Cancel,
}

/// Names Tesseract's program where it lies at no usual place.
const RECOGNISER: &str = "SMART_STUDY_ROOM_TESSERACT";

/// So far back answers are measured: 30 days.
const MEASURED_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Threads that drive the vector index and the answers; the heavy work has threads of its own.
const RUNTIME_THREADS: usize = 2;

impl App {
    /// Opens the library in `folder`. A missing native part is no error here: what needs it says so when it is used.
    ///
    /// # Errors
    /// Those of [`Library::open`].
    pub(crate) fn open(folder: LibraryFolder, native: NativeParts) -> Result<Self, Fault> {
        let library = Library::open(folder, Arc::new(SystemClock))?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(RUNTIME_THREADS)
            .thread_name("runtime")
            .enable_all()
            .build()
            .map_err(|error| Fault::new(Code::Internal, format!("The app could not be started: {error}.")))?;
        let threads = available_parallelism().map_or(1, usize::from);
        let spaces = Spaces::open(&library, &native, &model::wanted(&library, &native)?, threads)?;
        let retrieval = Retrieval::new(library.clone(), spaces.clone());
        let tutor = Tutor::new(library.clone(), retrieval.clone())?;
        let worker = worker(native.clone());
        let renderer = worker.renderer();
        let mut intake = Intake::new(library.clone(), worker, spaces.clone(), runtime.handle().clone());
        if let Some(place) = std::env::var_os(RECOGNISER) {
            intake = intake.with_recogniser(PathBuf::from(place));
        }
        let closing = Cancel::new();
        let app = Self { library, retrieval, tutor, intake, spaces, renderer, native, runtime, closing };
        executors::restore(&app);
        Ok(app)
    }

    /// Drives what is asynchronous.
    pub(crate) fn runtime(&self) -> &Handle {
        self.runtime.handle()
    }

    /// Loads the model and opens the index in the background, so that the first question does not wait for them.
    pub(crate) fn warm(&self) {
        let retrieval = self.retrieval.clone();
        self.runtime.spawn(async move { retrieval.warm().await });
    }

    /// Learns how sure an answer must be in a room, if its text has changed and nothing is on its way in.
    pub(crate) fn learn(&self, room: RoomId) {
        let learned = self
            .is_importing()
            .map(|busy| if busy { Ok(false) } else { self.runtime.block_on(self.tutor.learn(room, &self.closing)) });
        match learned {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, %room, "how sure an answer must be was not learned"),
            Err(fault) => tracing::warn!(reason = fault.message, "the jobs can't be read"),
        }
    }

    /// How answering has gone in the last 30 days.
    ///
    /// # Errors
    /// Those of the library.
    pub(crate) fn answer_measures(&self) -> Result<Measures, library::Error> {
        let since = Timestamp(self.library.now().0 - MEASURED_MS);
        self.library.read(|connection| conversations::measures(connection, since))
    }

    /// How many rows the vector index has; none when it can't be read.
    pub(crate) fn index_rows(&self) -> Option<u64> {
        self.runtime.block_on(self.retrieval.space().ok()?.index.rows()).ok()
    }

    /// In what the vector index differs from the library, row by row.
    ///
    /// # Errors
    /// When one of them can't be read.
    pub(crate) fn index_differences(&self) -> Result<Differences, retrieval::Error> {
        let index = self.retrieval.space()?.index;
        self.runtime.block_on(index.compare(&self.library))
    }

    /// After something was looked for: makes the vector index anew if it could not be read and no other process is
    /// there to do so.
    pub(crate) fn mend_index(&self) {
        if let Err(error) = self.intake.mend_index() {
            tracing::warn!(%error, "the vector index could not be mended");
        }
    }

    /// Whether passages can be found by their meaning.
    pub(crate) fn can_embed(&self) -> bool {
        self.retrieval.space().is_ok_and(|space| space.embedder.is_ok())
    }

    /// Whether a document is on its way in, so that the stores may rightly differ.
    pub(crate) fn is_importing(&self) -> Result<bool, Fault> {
        let waiting = self.library.read(|connection| {
            Ok(!jobs::list(connection, JobState::Running)?.is_empty()
                || !jobs::list(connection, JobState::Queued)?.is_empty())
        })?;
        Ok(waiting)
    }

    /// Stops all work at its next step and waits until it is stored.
    pub(crate) fn close(&self) {
        self.closing.cancel();
        self.intake.stop();
        self.spaces.stop();
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.close();
    }
}

/// This very executable, as the process that reads files.
fn worker(native: NativeParts) -> Worker {
    Worker { program: this_program(), args: vec![OsString::from("--worker")], native, limits: Limits::default() }
}

/// This very executable, as the process that reads packages of cards.
pub(crate) fn packages() -> anki::Worker {
    anki::Worker { program: this_program(), args: vec![OsString::from("--package")] }
}

/// This very executable.
pub(crate) fn this_program() -> PathBuf {
    std::env::current_exe().unwrap_or_else(|_| PathBuf::from("smart-study-room"))
}
