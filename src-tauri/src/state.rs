//! What the window's commands share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{Cancel, Code, TurnId};
use library::readings;
use tokio::sync::watch;
use tracing_appender::non_blocking::WorkerGuard;

use crate::app::App;
use crate::deed::Deed;
use crate::fault::Fault;
use crate::looking::Looking;
use crate::menu::MenuBar;
use crate::milestones::Milestones;
use crate::opened::OpenedFiles;
use crate::page_protocol::PageCache;
use crate::searches::Searches;

/// The library on its way to being used.
#[derive(Clone)]
pub(crate) enum Opening {
    /// Not there yet; commands wait for it.
    Underway,
    /// A backup takes its place. What is asked meanwhile was meant for the library before it, in which a number stands
    /// for another room or document, so nothing waits for the new one.
    Replacing,
    /// Everything works.
    Ready(Arc<App>),
    /// It can't be used; commands answer with this.
    Failed(Fault),
}

/// One for the life of the process, managed by Tauri.
pub(crate) struct Shell {
    library: watch::Sender<Opening>,
    /// Files to offer for import.
    pub(crate) opened: OpenedFiles,
    /// Pictures of pages.
    pub(crate) pages: PageCache,
    /// Held while a page is drawn.
    pub(crate) drawing: tokio::sync::Mutex<()>,
    /// Writes the rest of the log when the app closes.
    log: Mutex<Option<WorkerGuard>>,
    /// The answers being written.
    asking: watch::Sender<HashMap<TurnId, Cancel>>,
    /// The backup, or the restoring of one.
    backup: Deed,
    /// The making of a quiz.
    making: Deed,
    /// The fitting of the model of memory.
    fitting: Deed,
    /// The checking, or the repair, of the library.
    checking: Deed,
    /// What is searched while somebody types.
    pub(crate) searches: Searches,
    /// What is looked for in the open document.
    pub(crate) finding: Searches,
    /// What is looked for in everything, to jump to it.
    pub(crate) jumping: Searches,
    /// The page that is looked at.
    pub(crate) looking: Looking,
    /// The app's own menu.
    pub(crate) menu: MenuBar,
    /// How far the start has come.
    pub(crate) start: Milestones,
}

impl Shell {
    pub(crate) fn new(opened: OpenedFiles) -> Self {
        Self {
            library: watch::Sender::new(Opening::Underway),
            opened,
            pages: PageCache::default(),
            drawing: tokio::sync::Mutex::default(),
            log: Mutex::default(),
            asking: watch::Sender::new(HashMap::new()),
            backup: Deed::default(),
            making: Deed::default(),
            fitting: Deed::default(),
            checking: Deed::default(),
            searches: Searches::default(),
            finding: Searches::default(),
            jumping: Searches::default(),
            looking: Looking::default(),
            menu: MenuBar::default(),
            start: Milestones::default(),
        }
    }

    /// From now on [`Shell::stop_backup`] reaches what is done with a backup, until [`Shell::end_backup`].
    pub(crate) fn begin_backup(&self) -> Result<Cancel, Fault> {
        let busy = || Fault::new(Code::Busy, "Another backup is under way. Wait for its end, or stop it.");
        self.backup.begin().ok_or_else(busy)
    }

    /// Another backup can be begun.
    pub(crate) fn end_backup(&self) {
        self.backup.end();
    }

    /// Stops what is done with a backup; false when nothing is.
    pub(crate) fn stop_backup(&self) -> bool {
        self.backup.stop()
    }

    /// From now on [`Shell::stop_making`] reaches the making of a quiz, until what is returned is dropped.
    pub(crate) fn making(&self) -> Result<(Cancel, Begun<'_>), Fault> {
        let busy = || Fault::new(Code::Busy, "Another quiz is being made. Wait for it, or stop it.");
        Ok((self.making.begin().ok_or_else(busy)?, Begun(&self.making)))
    }

    /// Stops the making of a quiz; false when none is made.
    pub(crate) fn stop_making(&self) -> bool {
        self.making.stop()
    }

    /// From now on [`Shell::stop_fitting`] reaches the fitting of the model of memory, until what is returned is dropped.
    pub(crate) fn fitting(&self) -> Result<(Cancel, Begun<'_>), Fault> {
        let busy = || Fault::new(Code::Busy, "The model of memory is being fitted already. Wait for it, or stop it.");
        Ok((self.fitting.begin().ok_or_else(busy)?, Begun(&self.fitting)))
    }

    /// Stops that; false when nothing is fitted.
    pub(crate) fn stop_fitting(&self) -> bool {
        self.fitting.stop()
    }

    /// A check, or a repair, begins; it is over when what is returned is dropped.
    pub(crate) fn checking(&self) -> Result<Begun<'_>, Fault> {
        let busy = || Fault::new(Code::Busy, "The library is being checked already. Wait for the end of it.");
        self.checking.begin().ok_or_else(busy)?;
        Ok(Begun(&self.checking))
    }

    /// Lets the commands that wait go on.
    pub(crate) fn opened(&self, how: Result<Arc<App>, Fault>) {
        self.library.send_replace(match how {
            Ok(app) => Opening::Ready(app),
            Err(fault) => Opening::Failed(fault),
        });
    }

    /// Keeps what holds the log open.
    pub(crate) fn keep_log(&self, guard: WorkerGuard) {
        *self.log.lock().unwrap_or_else(PoisonError::into_inner) = Some(guard);
    }

    /// Whether a log is being written.
    pub(crate) fn has_log(&self) -> bool {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Writes the rest of the log; nothing is logged after it.
    pub(crate) fn end_log(&self) {
        *self.log.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The other library is in its place and is opened next: commands wait for it.
    pub(crate) fn replaced(&self) {
        self.library.send_if_modified(|opening| {
            // The app may be closing meanwhile.
            let replaced = matches!(opening, Opening::Replacing);
            if replaced {
                *opening = Opening::Underway;
            }
            replaced
        });
    }

    /// Begins anew where the library could not be opened; false where there is nothing to begin.
    pub(crate) fn reopen(&self) -> bool {
        self.library.send_if_modified(|opening| {
            let failed = matches!(opening, Opening::Failed(_));
            if failed {
                *opening = Opening::Underway;
            }
            failed
        })
    }

    /// How far the library is, without waiting.
    pub(crate) fn opening(&self) -> Opening {
        self.library.borrow().clone()
    }

    /// The app's parts, as soon as they are there.
    pub(crate) async fn app(&self) -> Result<Arc<App>, Fault> {
        let mut library = self.library.subscribe();
        let opening = library.wait_for(|opening| !matches!(opening, Opening::Underway)).await;
        match opening.map(|opening| opening.clone()) {
            Ok(Opening::Ready(app)) => Ok(app),
            Ok(Opening::Failed(fault)) => Err(fault),
            Ok(Opening::Replacing) => Err(Fault::new(
                Code::Busy,
                "A backup is taking the library’s place, so this was not done. Try again once the restoring has ended.",
            )),
            Ok(Opening::Underway) | Err(_) => Err(Fault::new(Code::Internal, "The app is closing.")),
        }
    }

    /// Runs `work` on the app's parts, on a thread that may wait.
    pub(crate) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let app = self.app().await?;
        blocking(move || work(&app)).await
    }

    /// Reads from the library, on a thread that may wait.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&library::Connection) -> Result<T, library::Error> + Send + 'static,
    ) -> Result<T, Fault> {
        self.with(move |app| Ok(app.library.read(work)?)).await
    }

    /// From now on [`Shell::stop`] reaches the turn, until what is returned is dropped.
    pub(crate) fn asking(&self, turn: TurnId, cancel: Cancel) -> Asking<'_> {
        self.asking.send_modify(|turns| {
            turns.insert(turn, cancel);
        });
        Asking { shell: self, turn }
    }

    /// Stops an answer; false when it is not being written (any more).
    pub(crate) fn stop(&self, turn: TurnId) -> bool {
        let turns = self.asking.borrow();
        turns.get(&turn).inspect(|cancel| cancel.cancel()).is_some()
    }

    /// Stops everything that is at work, and waits until it is stored.
    pub(crate) async fn close(&self) {
        self.stop_backup();
        self.stop_making();
        self.stop_fitting();
        let closed = Opening::Failed(Fault::new(Code::Cancelled, "The app is closing."));
        self.close_as(closed, App::close).await;
    }

    /// The same, so that another library can take the place of this one: its files are let go, and commands are refused
    /// until that [has happened](Shell::replaced).
    pub(crate) async fn close_for_another(&self) {
        self.close_as(Opening::Replacing, let_go).await;
    }

    /// The same, so that this library can be opened anew: commands wait for it.
    pub(crate) async fn close_to_open_again(&self) {
        self.close_as(Opening::Underway, let_go).await;
    }

    async fn close_as(&self, state: Opening, close: impl FnOnce(&App) + Send + 'static) {
        for cancel in self.asking.borrow().values() {
            cancel.cancel();
        }
        let _ = self.asking.subscribe().wait_for(HashMap::is_empty).await;
        if let Opening::Ready(app) = self.library.send_replace(state) {
            let ended = self.looking.turn(None, app.library.now());
            // A command may still hold the parts, and a runtime must not end on its own threads: it ends with the
            // process instead.
            std::mem::forget(Arc::clone(&app));
            let _ = blocking(move || {
                if let Some(reading) = ended {
                    // Losing the last look at a page harms nobody.
                    let _ = app.library.write(|tx| readings::add(tx, reading));
                }
                close(&app);
                Ok(())
            })
            .await;
        }
    }
}

fn let_go(app: &App) {
    app.close();
    app.library.close();
}

/// An answer that is being written.
pub(crate) struct Asking<'a> {
    shell: &'a Shell,
    turn: TurnId,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.shell.asking.send_modify(|turns| {
            turns.remove(&self.turn);
        });
    }
}

/// Something that was begun; it is over when this is dropped.
pub(crate) struct Begun<'a>(&'a Deed);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Runs `work` on a thread that may wait, away from those that serve the window.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(done) => done,
        Err(_) => Err(Fault::new(
            Code::Internal,
            "Something in the app broke while it did this. Try again; the log in the library's folder says where.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken() -> Fault {
        Fault::new(Code::NewerLibrary, "Update the app.")
    }

    #[tokio::test]
    async fn commands_wait_for_the_library_and_answer_with_what_is_wrong_with_it() {
        let shell = Shell::new(OpenedFiles::default());
        let opening = async {
            tokio::task::yield_now().await;
            assert!(matches!(shell.opening(), Opening::Underway));
            shell.opened(Err(broken()));
        };
        let (app, ()) = tokio::join!(shell.app(), opening);
        assert_eq!(app.err(), Some(broken()));
        assert_eq!(shell.with(|_| Ok(())).await, Err(broken()));
    }

    #[tokio::test]
    async fn a_library_that_failed_can_be_tried_again() {
        let shell = Shell::new(OpenedFiles::default());
        assert!(!shell.reopen());
        shell.opened(Err(broken()));
        assert!(shell.reopen());
        assert!(matches!(shell.opening(), Opening::Underway));
        assert!(!shell.reopen());
    }

    #[tokio::test]
    async fn a_library_that_opens_is_given_to_those_who_wait() {
        let folder = tempfile::tempdir().ok();
        let folder = folder.as_ref().map(|folder| kernel::LibraryFolder::new(folder.path()));
        let shell = Shell::new(OpenedFiles::default());
        let opened = folder.map(|folder| App::open(folder, kernel::NativeParts::new("/nowhere")).map(Arc::new));
        shell.opened(opened.unwrap_or(Err(broken())));
        assert!(shell.read(library::rooms::list).await.is_ok_and(|rooms| rooms.is_empty()));
        shell.close().await;
        assert_eq!(shell.app().await.err().map(|fault| fault.code), Some(Code::Cancelled));
    }

    #[tokio::test]
    async fn a_library_makes_room_for_another_and_nothing_that_was_meant_for_it_lands_there() {
        let place = tempfile::tempdir().ok();
        let open = || {
            let folder = place.as_ref().map(|place| kernel::LibraryFolder::new(place.path().join("library")));
            folder.map(|folder| App::open(folder, kernel::NativeParts::new("/nowhere")).map(Arc::new))
        };
        let code = |fault: Fault| fault.code;
        let shell = Shell::new(OpenedFiles::default());
        shell.opened(open().unwrap_or(Err(broken())));
        let held = shell.app().await;
        shell.close_for_another().await;
        // What had the old library already, and what comes while another takes its place.
        let late = held.map(|app| app.library.read(library::rooms::list).map_err(Fault::from));
        assert_eq!(late.and_then(|read| read).map_err(code), Err(Code::Busy));
        let refused = shell.with(|_| Ok(())).await;
        assert!(refused.as_ref().is_err_and(|fault| fault.message.contains("not done")), "{refused:?}");
        assert_eq!(refused.map_err(code), Err(Code::Busy));
        shell.replaced();
        let opening = async { shell.opened(open().unwrap_or(Err(broken()))) };
        let (rooms, ()) = tokio::join!(shell.read(library::rooms::list), opening);
        assert!(rooms.is_ok_and(|rooms| rooms.is_empty()));
        shell.close().await;
    }

    #[tokio::test]
    async fn one_backup_at_a_time_and_it_can_be_stopped() {
        let shell = Shell::new(OpenedFiles::default());
        assert!(!shell.stop_backup());
        let cancel = shell.begin_backup();
        assert_eq!(shell.begin_backup().map(drop).map_err(|fault| fault.code), Err(Code::Busy));
        assert!(shell.stop_backup());
        assert!(cancel.is_ok_and(|cancel| cancel.is_cancelled()));
        shell.end_backup();
        assert!(shell.begin_backup().is_ok());
    }

    #[tokio::test]
    async fn an_answer_can_be_stopped_while_it_is_written_and_only_then() {
        let shell = Shell::new(OpenedFiles::default());
        let cancel = Cancel::new();
        assert!(!shell.stop(TurnId(7)));
        let asking = shell.asking(TurnId(7), cancel.clone());
        assert!(shell.stop(TurnId(7)));
        assert!(cancel.is_cancelled());
        drop(asking);
        assert!(!shell.stop(TurnId(7)));
    }

    #[tokio::test]
    async fn closing_stops_what_is_being_written_and_waits_for_it() {
        let shell = Shell::new(OpenedFiles::default());
        let cancel = Cancel::new();
        let asking = shell.asking(TurnId(7), cancel.clone());
        let writing = async {
            while !cancel.is_cancelled() {
                tokio::task::yield_now().await;
            }
            drop(asking);
        };
        tokio::join!(shell.close(), writing);
        assert!(shell.asking.borrow().is_empty());
    }

    #[tokio::test]
    async fn a_panic_in_a_command_is_a_fault_and_not_the_end() {
        let done = blocking(|| -> Result<(), Fault> { panic!("on purpose") }).await;
        assert_eq!(done.map_err(|fault| fault.code), Err(Code::Internal));
    }
}
