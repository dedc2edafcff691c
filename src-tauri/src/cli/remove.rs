use kernel::{DocumentId, RoomId};
use library::documents;
use serde::Serialize;

use super::{Failure, Session, arguments};

#[derive(Serialize)]
struct Line {
    r#type: &'static str,
    document: DocumentId,
    room: RoomId,
    title: String,
}

/// Removes a document with everything made from it.
pub(super) fn run(session: &Session, what: &arguments::Remove) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let title = app.library.read(|connection| documents::get(connection, what.document))?.title;
    let removed = app.intake.remove(what.document)?;
    // Another process that is in charge does this by itself; a failure is made good at the next start.
    if let Err(error) = app.intake.tidy_index() {
        tracing::warn!(%error, "the vector index could not be tidied");
    }
    let line = Line { r#type: "removed", document: removed.document, room: removed.room, title };
    session.out.line(&line, |line| format!("Removed \u{201c}{}\u{201d}.", line.title))
}
