//! From the start of the process to a library that can be used, beside the window that loads meanwhile.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Weak};
use std::time::Instant;

use intake::Event as Change;
use kernel::{Code, LibraryFolder, RoomId};
use library::documents::DocumentState;
use tauri::{AppHandle, Manager};
use tauri_specta::Event as _;

use crate::app::App;
use crate::events::{DocumentChanged, DocumentRemoved, RoomsChanged, StatusChanged};
use crate::fault::Fault;
use crate::long_work::{Batch, Stage};
use crate::state::Shell;
use crate::taskbar::Taskbar;
use crate::{commands, logging, places};

/// The folder that was asked for at the start, if one was.
pub(crate) struct AskedFolder(pub(crate) Option<PathBuf>);

impl AskedFolder {
    /// Where the library is to be.
    pub(crate) fn find(&self) -> Result<LibraryFolder, Fault> {
        places::library_folder(self.0.clone())
    }
}

/// Opens the library on a thread of its own; then tells the window of all that happens in it, until the app closes.
pub(crate) fn open_library(window: &AppHandle, folder: Result<LibraryFolder, Fault>) {
    let opening = std::thread::Builder::new().name("library".into()).spawn({
        let window = window.clone();
        move || match folder.and_then(|folder| open(&window, folder)) {
            Ok(app) => {
                // Listens before anybody reads, so that nothing falls in between.
                let changes = app.intake.watch();
                settle(&window, Ok(Arc::clone(&app)));
                commands::settings::apply_stored(&window, &app);
                if let Err(error) = app.intake.start() {
                    tracing::error!(%error, "imports stand still");
                }
                app.warm();
                let learner = Learner { app: Arc::downgrade(&app), at_work: Arc::default() };
                drop(app);
                tell_of_changes(&window, &changes, &learner);
            }
            Err(fault) => settle(&window, Err(fault)),
        }
    });
    if let Err(error) = opening {
        let message = format!("The library can't be opened: {error}. Close other programs and start the app again.");
        settle(window, Err(Fault::new(Code::Internal, message)));
    }
}

fn open(window: &AppHandle, folder: LibraryFolder) -> Result<Arc<App>, Fault> {
    let logs = folder.logs();
    let app = App::open(folder, places::native_parts()).map_err(no_library)?;
    let shell = window.state::<Shell>();
    // Only now: a folder that is no library stays as it was found. A library that is opened again goes on with the log.
    if !shell.has_log() {
        match logging::to_folder(&logs) {
            Ok(guard) => shell.keep_log(guard),
            Err(error) => tracing::warn!(%error, "no log is written"),
        }
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "the window has its library");
    shell.start.reached("the library is open");
    shell.start.log();
    Ok(Arc::new(app))
}

/// To the window, "not found" is something that was removed; a folder that can't be made or entered is another matter.
fn no_library(fault: Fault) -> Fault {
    let code = if fault.code == Code::NotFound { Code::Unreadable } else { fault.code };
    Fault { code, ..fault }
}

fn settle(window: &AppHandle, opened: Result<Arc<App>, Fault>) {
    if let Err(fault) = &opened {
        tracing::error!(code = fault.code.name(), "the library could not be opened");
    }
    window.state::<Shell>().opened(opened);
    let _ = StatusChanged.emit(window);
}

/// Has rooms learned whose documents are complete, one at a time, on a thread that keeps nobody waiting.
struct Learner {
    app: Weak<App>,
    at_work: Arc<AtomicBool>,
}

impl Learner {
    fn room_is_complete(&self, room: RoomId) {
        // Whoever is at work leaves the others for the next change, or the next start of the app.
        if self.at_work.swap(true, Ordering::AcqRel) {
            return;
        }
        let (app, at_work) = (Weak::clone(&self.app), Arc::clone(&self.at_work));
        let begun = std::thread::Builder::new().name("learning".into()).spawn(move || {
            if let Some(app) = app.upgrade() {
                app.learn(room);
            }
            at_work.store(false, Ordering::Release);
        });
        if let Err(error) = begun {
            self.at_work.store(false, Ordering::Release);
            tracing::warn!(%error, "no thread to learn on");
        }
    }
}

/// Shows on the taskbar how far all of it is, and tells when a long wait is over.
fn follow(window: &AppHandle, change: &Change, batch: &mut Batch, taskbar: &mut Taskbar) {
    let now = Instant::now();
    let ended = match change {
        Change::Changed { document, .. } => batch.moved(document.document, Stage::of(document), now),
        Change::Removed { document, .. } => batch.moved(*document, Stage::Left, now),
        Change::Rooms => return,
    };
    taskbar.show(window, batch.share(), now);
    if let Some(Err(error)) = ended.map(|ended| ended.emit(window)) {
        tracing::warn!(%error, "the window could not be told of the end of work");
    }
}

fn tell_of_changes(window: &AppHandle, changes: &Receiver<Change>, learner: &Learner) {
    let mut batch = Batch::default();
    let mut taskbar = Taskbar::default();
    for change in changes {
        follow(window, &change, &mut batch, &mut taskbar);
        if let Change::Changed { document, .. } = &change
            && document.state == DocumentState::Complete
        {
            learner.room_is_complete(document.room);
        }
        let told = match change {
            Change::Changed { document, eta_ms } => DocumentChanged { document: *document, eta_ms }.emit(window),
            Change::Removed { document, room } => {
                window.state::<Shell>().pages.forget(document);
                DocumentRemoved { document, room }.emit(window)
            }
            Change::Rooms => RoomsChanged.emit(window),
        };
        if let Err(error) = told {
            tracing::warn!(%error, "the window could not be told of a change");
        }
    }
}
