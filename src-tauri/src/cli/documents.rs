use kernel::{Code, DocumentId, LocatorKind};
use library::documents::{Document, DocumentState, Ledger};
use reader::{Format, Unit};
use serde::Serialize;

use super::output::counted;
use super::{Failure, Session, arguments, room};

#[derive(Serialize)]
struct Line {
    document: DocumentId,
    title: String,
    /// Where the file was when it was imported.
    path: Option<String>,
    format: String,
    /// Null in a format without pages.
    pages: Option<u32>,
    /// In a format without pages, how places in it are named.
    locator: Option<Last>,
    /// In such a format, how many chapters, slides, sections or parts of sheets it has.
    parts: Option<u32>,
    pages_read: u32,
    passages: u32,
    embedded: u32,
    state: DocumentState,
    /// Why it failed, or what is to be known of it.
    code: Option<Code>,
    message: Option<String>,
    ledger: Ledger,
}

/// The last place of a document without pages, as its citations name places.
#[derive(Serialize)]
struct Last {
    kind: LocatorKind,
    /// Null where it is not known without reading on: paragraphs and lines are counted as they are cited.
    number: Option<u32>,
    label: Option<String>,
}

impl Last {
    fn of(format: &str, parts: Option<u32>) -> Option<Self> {
        let lined = matches!(Format::from_name(format), Some(Format::Text | Format::Markdown));
        let (kind, number) = match unit(format) {
            Unit::Page => return None,
            Unit::Chapter => (LocatorKind::Chapter, parts),
            Unit::Slide => (LocatorKind::Slide, parts),
            Unit::Section if lined => (LocatorKind::Line, None),
            Unit::Section => (LocatorKind::Paragraph, None),
            Unit::Sheet => (LocatorKind::Line, None),
        };
        Some(Self { kind, number, label: None })
    }
}

impl From<Document> for Line {
    fn from(document: Document) -> Self {
        let has_pages = unit(&document.format) == Unit::Page;
        let locator = Last::of(&document.format, document.pages);
        Self {
            document: document.document,
            title: document.title,
            path: document.source,
            format: document.format,
            pages: document.pages.filter(|_| has_pages),
            locator,
            parts: document.pages.filter(|_| !has_pages),
            pages_read: document.pages_read,
            passages: document.passages,
            embedded: document.embedded,
            state: document.state,
            code: document.code,
            message: document.message,
            ledger: document.ledger,
        }
    }
}

/// Lists the documents of a room.
pub(super) fn run(session: &Session, what: &arguments::Documents) -> Result<(), Failure> {
    let library = session.library()?;
    let room = room(&library, &what.room)?;
    for document in library.read(|connection| library::documents::list(connection, room.room))? {
        session.out.line(&Line::from(document), |line| {
            let pages = size(line);
            let passages = counted(line.passages, "passage", "passages");
            let remark = line.message.as_deref().map(|message| format!("\n    {message}")).unwrap_or_default();
            let state = state_name(line.state);
            format!("{:>4}  {}: {pages}, {passages}, {state}{remark}", line.document, line.title)
        })?;
    }
    Ok(())
}

fn unit(format: &str) -> Unit {
    Format::from_name(format).map_or(Unit::Page, Format::unit)
}

/// How long it is, for people.
fn size(line: &Line) -> String {
    let Some(number) = line.pages.or(line.parts) else { return "not opened yet".into() };
    match unit(&line.format) {
        Unit::Page => counted(number, "page", "pages"),
        Unit::Chapter => counted(number, "chapter", "chapters"),
        Unit::Slide => counted(number, "slide", "slides"),
        Unit::Section => counted(number, "section", "sections"),
        Unit::Sheet => counted(number, "part of a sheet", "parts of sheets"),
    }
}

/// For people.
pub(super) fn state_name(state: DocumentState) -> &'static str {
    match state {
        DocumentState::Queued => "waiting",
        DocumentState::Reading => "being read",
        DocumentState::Embedding => "searchable by words, vectors being made",
        DocumentState::Recognising => "searchable, text of scanned pages being recognised",
        DocumentState::Complete => "complete",
        DocumentState::Paused => "paused",
        DocumentState::Failed => "failed",
    }
}
