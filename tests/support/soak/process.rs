//! The app's parts put together in this process, as the window has them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use intake::{Event, Intake};
use kernel::{DocumentId, LibraryFolder, NativeParts, RoomId, SystemClock};
use library::documents::DocumentState;
use library::{Library, rooms};
use reader::{Limits, Worker};
use retrieval::{Embedder, MODEL, ModelFiles, Retrieval, Spaces, VectorIndex};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::app;

/// Longest that anything may take to come in.
const PATIENCE: Duration = Duration::from_secs(120);

/// A library with a room, and a process in charge of it: this one.
pub(super) struct Process {
    pub(super) library: Library,
    pub(super) room: RoomId,
    pub(super) intake: Intake,
    pub(super) runtime: Runtime,
    events: Receiver<Event>,
    embedder: Embedder,
    exact_up_to: usize,
    folder: TempDir,
}

impl Process {
    /// With an approximate index of more than `exact_up_to` passages.
    pub(super) fn start(exact_up_to: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let native = NativeParts::new(app::native_parts());
        let library = Library::open(LibraryFolder::new(folder.path().join("library")), Arc::new(SystemClock)).unwrap();
        let room = library.write(|tx| rooms::create(tx, "Books", library.now())).unwrap().room;
        let embedder = Embedder::start(&native, &ModelFiles::built_in(&native), 2).unwrap();
        let worker = Worker {
            program: app::executable(),
            args: vec![OsString::from("--worker")],
            native,
            limits: Limits::default(),
        };
        let runtime = Runtime::new().unwrap();
        let index = VectorIndex::open_exact_up_to(library.folder(), MODEL, exact_up_to);
        let spaces = Spaces::only(Ok(embedder.clone()), index);
        let intake = Intake::new(library.clone(), worker, spaces, runtime.handle().clone());
        let events = intake.watch();
        intake.start().unwrap();
        Self { library, room, intake, runtime, events, embedder, exact_up_to, folder }
    }

    pub(super) fn data(&self) -> PathBuf {
        self.library.folder().root().to_owned()
    }

    /// The vector index as another process opens it.
    pub(super) fn index(&self) -> VectorIndex {
        VectorIndex::open_exact_up_to(self.library.folder(), MODEL, self.exact_up_to)
    }

    /// Search by an index that was opened elsewhere.
    pub(super) fn retrieval(&self, index: VectorIndex) -> Retrieval {
        Retrieval::new(self.library.clone(), Spaces::only(Ok(self.embedder.clone()), index))
    }

    /// Takes texts in and waits until all are complete.
    pub(super) fn import(&self, texts: &[String]) -> Vec<DocumentId> {
        let add = |(number, text): (usize, &String)| self.begin(&format!("{number}.md"), text.as_bytes());
        let added: Vec<DocumentId> = texts.iter().enumerate().map(add).collect();
        self.wait_for(&added);
        added
    }

    /// Begins to take a file in.
    pub(super) fn begin(&self, name: &str, content: &[u8]) -> DocumentId {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        self.intake.add(self.room, &path, None).unwrap().document
    }

    /// Waits until documents are complete that nobody has waited for yet.
    pub(super) fn wait_for(&self, documents: &[DocumentId]) {
        let mut waiting = documents.to_vec();
        while !waiting.is_empty() {
            let Event::Changed { document, .. } = self.events.recv_timeout(PATIENCE).unwrap() else { continue };
            assert_ne!(document.state, DocumentState::Failed, "{document:?}");
            if document.state == DocumentState::Complete {
                waiting.retain(|waiting| *waiting != document.document);
            }
        }
    }
}

/// Every file in a folder, with its size in bytes.
pub(super) fn files(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        // What is cleared away while we look is gone.
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(found) if found.is_dir() => folders.push(entry.path()),
                Ok(found) => files.push((entry.path(), found.len())),
                Err(_) => {}
            }
        }
    }
    files.sort();
    files
}
