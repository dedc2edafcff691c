use kernel::{Code, DocumentId};
use library::documents::{Document, DocumentState, Ledger};
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
    pages: Option<u32>,
    pages_read: u32,
    passages: u32,
    embedded: u32,
    state: DocumentState,
    /// Why it failed, or what is to be known of it.
    code: Option<Code>,
    message: Option<String>,
    ledger: Ledger,
}

impl From<Document> for Line {
    fn from(document: Document) -> Self {
        Self {
            document: document.document,
            title: document.title,
            path: document.source,
            format: document.format,
            pages: document.pages,
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
            let pages = line.pages.map_or_else(|| "not opened yet".into(), |pages| counted(pages, "page", "pages"));
            let passages = counted(line.passages, "passage", "passages");
            let remark = line.message.as_deref().map(|message| format!("\n    {message}")).unwrap_or_default();
            let state = state_name(line.state);
            format!("{:>4}  {}: {pages}, {passages}, {state}{remark}", line.document, line.title)
        })?;
    }
    Ok(())
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
