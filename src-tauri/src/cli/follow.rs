//! Waits for imports and shows how they go.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use intake::Event;
use kernel::{Code, DocumentId};
use library::documents::{self, Document, DocumentState};
use serde::Serialize;

use super::arguments::Until;
use super::failure::Failure;
use super::{Session, output};
use crate::app::App;

/// A file of the command, as it was given.
#[derive(Debug)]
struct Given {
    path: String,
    /// The same bytes were in the room before.
    duplicate: bool,
}

/// A document and when it got how far, in milliseconds since the command began.
#[derive(Debug, Default)]
struct Course {
    files: Vec<Given>,
    searchable_ms: Option<u32>,
    complete_ms: Option<u32>,
    /// The document whose place it takes as a new edition, and the hash of that one's file until then; from then on
    /// that one is followed.
    replaces: Option<(DocumentId, String)>,
    /// It has ended, well or not, and that has been printed.
    over: bool,
}

/// The documents that are waited for.
#[derive(Debug, Default)]
pub(super) struct Followed {
    documents: HashMap<DocumentId, Course>,
    failed: usize,
}

#[derive(Serialize)]
struct Progress {
    r#type: &'static str,
    path: String,
    document: DocumentId,
    state: DocumentState,
    pages: Option<u32>,
    pages_read: u32,
    passages: u32,
    embedded: u32,
    eta_ms: Option<u32>,
}

#[derive(Serialize)]
struct Imported {
    r#type: &'static str,
    path: String,
    document: DocumentId,
    /// The same bytes were in the room before.
    duplicate: bool,
    state: DocumentState,
    pages: Option<u32>,
    passages: u32,
    searchable_ms: Option<u32>,
    complete_ms: Option<u32>,
    /// What is to be known of a document that is there and yet not all there.
    code: Option<Code>,
    message: Option<String>,
}

#[derive(Serialize)]
struct Failed {
    r#type: &'static str,
    path: String,
    document: DocumentId,
    code: Code,
    message: String,
}

impl Followed {
    /// A document that is tried again.
    pub(super) fn one(document: &Document) -> Self {
        let mut followed = Self::default();
        followed.add(document.document, document.source.clone().unwrap_or_else(|| document.file_name.clone()), false);
        followed
    }

    /// A file of this command is this document.
    pub(super) fn add(&mut self, document: DocumentId, path: String, duplicate: bool) {
        self.documents.entry(document).or_default().files.push(Given { path, duplicate });
    }

    /// A file of this command is the new edition of a document.
    pub(super) fn add_edition(&mut self, edition: DocumentId, of: &Document, path: String) {
        self.add(edition, path, false);
        if let Some(course) = self.documents.get_mut(&edition) {
            course.replaces = Some((of.document, of.hash.clone()));
        }
    }

    /// How many did not get there.
    pub(super) fn failed(&self) -> usize {
        self.failed
    }

    /// Which they are, in the order in which they came.
    pub(super) fn documents(&self) -> Vec<DocumentId> {
        let mut documents: Vec<_> = self.documents.keys().copied().collect();
        documents.sort_unstable();
        documents
    }

    fn waits(&self) -> bool {
        self.documents.values().any(|course| !course.over)
    }
}

/// How long nothing may be heard before the library itself is asked.
const SILENCE: Duration = Duration::from_secs(1);

/// Waits until every document has got as far as asked for, or has failed.
pub(super) fn until(
    session: &Session,
    app: &App,
    events: &Receiver<Event>,
    goal: Until,
    followed: &mut Followed,
) -> Result<(), Failure> {
    let mut follow = Follow { session, goal, followed, bar: bar(session) };
    follow.ask(app)?;
    while follow.followed.waits() {
        match events.recv_timeout(SILENCE) {
            Ok(Event::Changed { document, eta_ms }) => follow.changed(&document, eta_ms)?,
            Ok(Event::Removed { document, .. }) => follow.gone(app, document)?,
            Ok(Event::Rooms) => {}
            Err(RecvTimeoutError::Timeout) => follow.ask(app)?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::new(Code::Internal, "The import ended without a result. Start it again."));
            }
        }
    }
    if let Some(bar) = follow.bar {
        bar.finish_and_clear();
    }
    Ok(())
}

struct Follow<'a> {
    session: &'a Session,
    goal: Until,
    followed: &'a mut Followed,
    bar: Option<ProgressBar>,
}

impl Follow<'_> {
    /// Reads how far they are, for what happened before anybody listened.
    fn ask(&mut self, app: &App) -> Result<(), Failure> {
        let waiting: Vec<DocumentId> =
            self.followed.documents.iter().filter(|(_, course)| !course.over).map(|(id, _)| *id).collect();
        for document in waiting {
            match app.library.read(|connection| documents::get(connection, document)) {
                Ok(found) => self.settle(&found)?,
                Err(error) if kernel::Coded::code(&error) == Code::NotFound => self.gone(app, document)?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn changed(&mut self, document: &Document, eta_ms: Option<u32>) -> Result<(), Failure> {
        let Some(course) = self.followed.documents.get(&document.document).filter(|course| !course.over) else {
            return Ok(());
        };
        if self.session.out.is_json() {
            self.session.out.object(&Progress {
                r#type: "progress",
                path: course.files.first().map(|file| file.path.clone()).unwrap_or_default(),
                document: document.document,
                state: document.state,
                pages: document.pages,
                pages_read: document.pages_read,
                passages: document.passages,
                embedded: document.embedded,
                eta_ms,
            })?;
        }
        self.show(document, eta_ms);
        self.settle(document)
    }

    /// Notes how far it is, and prints its end.
    fn settle(&mut self, document: &Document) -> Result<(), Failure> {
        let now = u32::try_from(self.session.started.elapsed().as_millis()).unwrap_or(u32::MAX);
        let Some(course) = self.followed.documents.get_mut(&document.document) else { return Ok(()) };
        let complete = document.state == DocumentState::Complete;
        // Of a scan nothing can be searched until some of its text is recognised.
        let is_read = matches!(document.state, DocumentState::Embedding | DocumentState::Recognising);
        let searchable = complete || (is_read && document.passages > 0);
        if searchable {
            course.searchable_ms.get_or_insert(now);
        }
        if complete {
            course.complete_ms.get_or_insert(now);
        }
        let failed = document.state == DocumentState::Failed;
        let held = document.state == DocumentState::Paused;
        course.over = complete || failed || held || (searchable && self.goal == Until::Searchable);
        if !course.over {
            return Ok(());
        }
        let Some(course) = self.followed.documents.get(&document.document) else { return Ok(()) };
        for file in &course.files {
            if failed {
                self.print_failed(file, document)?;
            } else {
                self.print_imported(file, course, document)?;
            }
        }
        self.followed.failed += if failed { course.files.len() } else { 0 };
        Ok(())
    }

    /// A new edition that is gone has taken its place, or could not be read: the document says which.
    fn gone(&mut self, app: &App, document: DocumentId) -> Result<(), Failure> {
        let waited_for = self.followed.documents.get(&document).filter(|course| !course.over);
        let Some((of, hash)) = waited_for.and_then(|course| course.replaces.clone()) else {
            return self.removed(document);
        };
        let Some(course) = self.followed.documents.remove(&document) else { return Ok(()) };
        let now = app.library.read(|connection| documents::get(connection, of))?;
        if now.hash == hash {
            for file in &course.files {
                self.print_failed(file, &now)?;
            }
            self.followed.failed += course.files.len();
            return Ok(());
        }
        self.followed.documents.insert(of, Course { replaces: None, ..course });
        self.settle(&now)
    }

    fn removed(&mut self, document: DocumentId) -> Result<(), Failure> {
        let Some(course) = self.followed.documents.get_mut(&document).filter(|course| !course.over) else {
            return Ok(());
        };
        course.over = true;
        self.followed.failed += course.files.len();
        let Some(course) = self.followed.documents.get(&document) else { return Ok(()) };
        for file in &course.files {
            let message = format!("{} was removed before its import ended.", file.path);
            self.fail(&Failed { r#type: "failed", path: file.path.clone(), document, code: Code::NotFound, message })?;
        }
        Ok(())
    }

    fn print_failed(&self, file: &Given, document: &Document) -> Result<(), Failure> {
        let message = document.message.clone();
        self.fail(&Failed {
            r#type: "failed",
            path: file.path.clone(),
            document: document.document,
            code: document.code.unwrap_or(Code::Internal),
            message: message.unwrap_or_else(|| format!("{} could not be imported.", file.path)),
        })
    }

    fn fail(&self, failed: &Failed) -> Result<(), Failure> {
        self.print(|session| {
            if session.out.is_json() {
                return session.out.object(failed);
            }
            output::complain(failed.code, &failed.message);
            Ok(())
        })
    }

    fn print_imported(&self, file: &Given, course: &Course, document: &Document) -> Result<(), Failure> {
        let imported = Imported {
            r#type: "imported",
            path: file.path.clone(),
            document: document.document,
            duplicate: file.duplicate,
            state: document.state,
            pages: document.pages,
            passages: document.passages,
            searchable_ms: course.searchable_ms,
            complete_ms: course.complete_ms,
            code: document.code,
            message: document.message.clone(),
        };
        self.print(|session| session.out.line(&imported, words))
    }

    /// The bar must not be in the way of a line.
    fn print(&self, print: impl FnOnce(&Session) -> Result<(), Failure>) -> Result<(), Failure> {
        match &self.bar {
            Some(bar) => bar.suspend(|| print(self.session)),
            None => print(self.session),
        }
    }

    fn show(&self, document: &Document, eta_ms: Option<u32>) {
        let Some(bar) = &self.bar else { return };
        let left = eta_ms.map(|ms| format!(", {} s left", ms.div_ceil(1000))).unwrap_or_default();
        let (what, done, all) = match document.state {
            DocumentState::Reading => ("reading", document.pages_read, document.pages.unwrap_or(0)),
            DocumentState::Embedding => ("making vectors", document.embedded, document.passages),
            DocumentState::Recognising => {
                ("recognising text", document.ledger.recognised, document.ledger.scanned + document.ledger.garbled)
            }
            _ => return,
        };
        bar.set_length(u64::from(all));
        bar.set_position(u64::from(done));
        bar.set_message(format!("{}: {what}{left}", document.title));
    }
}

fn words(imported: &Imported) -> String {
    let remark = imported.message.as_deref().map(|message| format!("\n    {message}")).unwrap_or_default();
    if imported.duplicate {
        return format!("{}: already in the room as document {}{remark}", imported.path, imported.document);
    }
    let pages = output::counted(imported.pages.unwrap_or(0), "page", "pages");
    let passages = output::counted(imported.passages, "passage", "passages");
    let took = match (imported.complete_ms, imported.searchable_ms) {
        (Some(ms), _) => format!(", complete after {:.1} s", f64::from(ms) / 1000.0),
        (None, Some(ms)) => format!(", searchable after {:.1} s", f64::from(ms) / 1000.0),
        (None, None) => ", paused".into(),
    };
    format!("{}: {pages}, {passages}{took}{remark}", imported.path)
}

fn bar(session: &Session) -> Option<ProgressBar> {
    if !session.out.is_watched() {
        return None;
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
        bar.set_style(style);
    }
    Some(bar)
}
