use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle};

use kernel::{DocumentId, JobId, RoomId};
use library::Library;
use library::documents::{self, Added, Document, DocumentState, Removed};
use library::jobs::{self, Job};
use reader::Language;
use reader::Worker;
use retrieval::{ModelFiles, Spaces};
use tokio::runtime::Handle;

use crate::shared::{Shared, held, log};
use crate::tokens::Tokens;
use crate::watch::{Event, Watch};
use crate::{
    Error, Gentleness, ModelChange, Recognition, add, charge, index, lease, reading, recognition, reembedding, removal,
    steer, work,
};

/// Takes files in. Any thread may use it; dropping it stops the work at its next step.
pub struct Intake {
    shared: Arc<Shared>,
    started: AtomicBool,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Intake {
    /// An intake that does nothing yet: what is added waits until somebody [starts](Self::start).
    ///
    /// `worker` says how to start the process that reads files, `runtime` drives the vector indexes.
    pub fn new(library: Library, worker: Worker, spaces: Spaces, runtime: Handle) -> Self {
        let shared = Arc::new(Shared::new(library, worker, spaces, runtime));
        Self { shared, started: AtomicBool::new(false), threads: Mutex::default() }
    }

    /// Recognises text with the program at this place, rather than with the one that is found on the machine.
    #[must_use]
    pub fn with_recogniser(self, place: PathBuf) -> Self {
        self.shared.recogniser.set_place(place);
        self
    }

    /// Begins to work off the jobs, or to wait until the process that is in charge of them goes away. A library
    /// that can't be written to has no jobs to do.
    ///
    /// # Errors
    /// [`Error::Start`] when the system gives no threads.
    pub fn start(&self) -> Result<(), Error> {
        if !self.shared.library.writable() || self.started.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        // Now rather than on the thread: who adds files next knows whether it is in charge.
        self.shared.take_charge()?;
        self.spawn("reading", charge::read_all)?;
        self.spawn("embedding", charge::embed_all)?;
        self.spawn("index", index::tend_all)?;
        self.spawn("recognising", charge::recognise_all)
    }

    /// Whether this process works off the jobs; otherwise another one does, or nobody has started yet.
    pub fn is_in_charge(&self) -> bool {
        self.shared.is_in_charge()
    }

    /// What happens to documents and rooms from now on, by whichever process. Ends when the intake stops.
    pub fn watch(&self) -> Receiver<Event> {
        let (listener, events) = channel();
        let watching = Watch::new(&self.shared, listener)
            .map_err(Error::from)
            .and_then(|watch| self.spawn("watching", move |shared| watch.run(shared)));
        if let Err(error) = watching {
            log("nobody watches the documents", &error);
        }
        events
    }

    /// Takes a file into a room: keeps a copy and queues it. Blocks while the file is copied.
    ///
    /// The same bytes again are recognised; if their import had failed or was cancelled, it is tried again.
    ///
    /// # Errors
    /// Whatever keeps the file from being taken; the message names it.
    pub fn add(&self, room: RoomId, path: &Path, password: Option<&str>) -> Result<Added, Error> {
        let here = self.reads_here(password);
        let added = add::add(&self.shared, room, path, None, here)?;
        if !added.duplicate {
            self.go_on(added.document, password, here)?;
            return Ok(added);
        }
        let state = self.shared.library.read(|connection| documents::get(connection, added.document))?.state;
        if state == DocumentState::Failed {
            self.retry(added.document, password)?;
        }
        Ok(added)
    }

    /// Takes a file as the new edition of a document: it is read beside the old one, which can be searched until the
    /// new one takes its place. The number that comes back is the edition's, which is gone when it has.
    ///
    /// # Errors
    /// Those of [`add`](Self::add), and [`Error::SameFile`].
    pub fn replace(&self, document: DocumentId, path: &Path, password: Option<&str>) -> Result<DocumentId, Error> {
        let (room, under_way) = self.shared.library.read(|connection| {
            let old = documents::get(connection, document)?;
            Ok((old.room, documents::edition_of(connection, document)?))
        })?;
        if let Some(edition) = under_way {
            removal::remove(&self.shared, edition)?;
        }
        let here = self.reads_here(password);
        let added = add::add(&self.shared, room, path, Some(document), here)?;
        if added.duplicate {
            let title = self.shared.library.read(|connection| documents::get(connection, added.document))?.title;
            return Err(Error::SameFile { path: path.into(), title });
        }
        self.go_on(added.document, password, here)?;
        Ok(added.document)
    }

    /// Tries a failed or cancelled import again, from where it stopped. The password is never stored.
    pub fn retry(&self, document: DocumentId, password: Option<&str>) -> Result<(), Error> {
        let here = self.reads_here(password);
        steer::retry(&self.shared, document, here)?;
        self.go_on(document, password, here)
    }

    /// Holds an import until it is resumed; what is stored stays and can be searched.
    pub fn pause(&self, document: DocumentId) -> Result<(), Error> {
        steer::pause(&self.shared, document)
    }

    /// Goes on with an import that was held.
    pub fn resume(&self, document: DocumentId) -> Result<(), Error> {
        steer::resume(&self.shared, document)
    }

    /// Gives an import up; what is stored stays and can be searched.
    pub fn cancel(&self, document: DocumentId) -> Result<(), Error> {
        steer::cancel(&self.shared, document)
    }

    /// Has the document that somebody looks at read, embedded and recognised before all others, this page first; none
    /// when nobody looks at one.
    pub fn look_at(&self, place: Option<(DocumentId, u32)>) -> Result<(), Error> {
        steer::look_at(&self.shared, place)
    }

    /// What text recognition can do here. Looks again where it was missing; what waits for it is then queued.
    pub fn recognition(&self) -> Result<Recognition, Error> {
        recognition::look(&self.shared)
    }

    /// Has the text of a document's scanned pages recognised again, in these languages; in those that are found out
    /// when there are none.
    pub fn recognise(&self, document: DocumentId, languages: &[Language]) -> Result<(), Error> {
        recognition::again(&self.shared, document, languages)
    }

    /// When background work takes only half of the time.
    pub fn set_gentleness(&self, gentleness: Gentleness) {
        self.shared.gentle.choose(gentleness);
    }

    /// Whether background work is being gentle now.
    pub fn is_gentle(&self) -> bool {
        self.shared.gentle.is_on()
    }

    /// How far the library is on its way to another embedding model; none when it is searched by the wanted one.
    pub fn model_change(&self) -> Result<Option<ModelChange>, Error> {
        reembedding::change(&self.shared)
    }

    /// Puts a document before another one of a room, or behind all without one; it may come from another room. See
    /// [`documents::place`].
    pub fn place(&self, document: DocumentId, room: RoomId, before: Option<DocumentId>) -> Result<Document, Error> {
        steer::place(&self.shared, document, room, before)
    }

    /// Puts an import out of sight that failed or was cancelled. A document of which nothing was read goes with it, as
    /// [`hide`](Self::hide) has it; whether it did.
    pub fn clear(&self, job: JobId) -> Result<bool, Error> {
        steer::clear(&self.shared, job)
    }

    /// Removes a document with everything made from it for good, also while it is being imported.
    pub fn remove(&self, document: DocumentId) -> Result<Removed, Error> {
        removal::remove(&self.shared, document)
    }

    /// Removes a document so that it can be [brought back](Self::bring_back) until this intake stops; then it is
    /// removed for good.
    pub fn hide(&self, document: DocumentId) -> Result<(), Error> {
        removal::hide(&self.shared, document)
    }

    /// Brings back a document that was hidden.
    ///
    /// # Errors
    /// [`Error::ThereAgain`] when its file has been added again meanwhile; not found when it, or its room, is gone.
    pub fn bring_back(&self, document: DocumentId) -> Result<(), Error> {
        removal::bring_back(&self.shared, document)
    }

    /// Removes a room with its documents and conversations, as [`hide`](Self::hide) does a document.
    pub fn hide_room(&self, room: RoomId) -> Result<(), Error> {
        removal::hide_room(&self.shared, room)
    }

    /// Brings back a room that was hidden, under another name if its own has been given away.
    pub fn bring_back_room(&self, room: RoomId) -> Result<(), Error> {
        removal::bring_back_room(&self.shared, room)
    }

    /// Keeps a document's password until the process ends, for the pictures of its pages.
    pub fn remember_password(&self, document: DocumentId, password: &str) {
        self.shared.remember_password(document, password.into());
    }

    /// The password of a document, if one was given since the process started.
    pub fn password(&self, document: DocumentId) -> Option<String> {
        self.shared.password(document)
    }

    /// Brings the vector index to what the library holds, here and now, without starting the jobs. False when
    /// another process is in charge: it does so by itself.
    pub fn tidy_index(&self) -> Result<bool, Error> {
        Ok(self.in_charge(|| index::reconcile(&self.shared, &self.shared.searched_space()?.index))?.is_some())
    }

    /// Has the vector index made anew if somebody could not read it, or it is gone: by the process in charge, or here
    /// and now when there is none.
    pub fn mend_index(&self) -> Result<(), Error> {
        if self.shared.library.writable() && self.shared.searched_space()?.index.needs_mending(&self.shared.library)? {
            self.tidy_index()?;
        }
        Ok(())
    }

    /// Has the library keep the embedding model in `folder`, after a try; the name it has there. None when another
    /// process is in charge.
    ///
    /// # Errors
    /// When it is no model that can be used; the message says why.
    pub fn keep_model(&self, folder: &Path) -> Result<Option<ModelFiles>, Error> {
        let shared = &self.shared;
        self.in_charge(|| Ok(ModelFiles::chosen(folder, &shared.worker.native)?.keep(shared.library.folder())?))
    }

    /// Does what only one process at a time may do, without starting the jobs.
    fn in_charge<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<Option<T>, Error> {
        let was_in_charge = self.shared.is_in_charge();
        if !self.shared.take_charge()? {
            return Ok(None);
        }
        let done = work();
        if !was_in_charge {
            self.shared.leave_charge();
        }
        done.map(Some)
    }

    /// Stops all work at its next step and waits for it; what is stored is stored. Another process can take charge.
    pub fn stop(&self) {
        self.shared.shut_down();
        for thread in held(&self.threads).drain(..) {
            let _ = thread.join();
        }
        if let Err(error) = removal::clear_own(&self.shared) {
            log("removed documents are cleared away at the next start", &error);
        }
        self.shared.leave_charge();
    }

    /// A password can't be handed to another process: it would have to be stored.
    fn reads_here(&self, password: Option<&str>) -> bool {
        password.is_some() && !self.is_in_charge()
    }

    fn go_on(&self, document: DocumentId, password: Option<&str>, here: bool) -> Result<(), Error> {
        if let Some(password) = password {
            self.remember_password(document, password);
        }
        self.shared.bell.ring();
        if !here {
            return Ok(());
        }
        let job = self.shared.library.read(|connection| jobs::of_document(connection, document))?;
        let Some(job) = job else { return Err(Error::NoDocument(document)) };
        self.spawn("reading here", move |shared| lease::keep(shared, |shared| read_here(shared, &job)))
    }

    fn spawn(&self, name: &str, run: impl FnOnce(&Arc<Shared>) + Send + 'static) -> Result<(), Error> {
        let shared = Arc::clone(&self.shared);
        let thread = Builder::new().name(name.into()).spawn(move || run(&shared)).map_err(Error::Start)?;
        held(&self.threads).push(thread);
        Ok(())
    }
}

/// Reads one document beside the process in charge, which then embeds it.
fn read_here(shared: &Shared, job: &Job) {
    let mut tokens = Tokens::new(shared.worker.native.clone());
    tokens.load();
    work::run(shared, job, |at_work| reading::read(shared, job, at_work, &mut tokens));
}

impl Drop for Intake {
    fn drop(&mut self) {
        self.stop();
    }
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intake").field("in_charge", &self.is_in_charge()).finish_non_exhaustive()
    }
}
