use kernel::RoomId;
use serde::Serialize;

use super::output::counted;
use super::{Failure, Session};

#[derive(Serialize)]
struct Line {
    room: RoomId,
    name: String,
    documents: u32,
    passages: u32,
}

/// Lists the rooms.
pub(super) fn run(session: &Session) -> Result<(), Failure> {
    let rooms = session.library()?.read(library::rooms::list)?;
    if rooms.is_empty() && !session.out.is_json() {
        return session.out.text("There is no room yet; `import` makes one.\n");
    }
    for room in rooms {
        let line = Line { room: room.room, name: room.name, documents: room.documents, passages: room.passages };
        session.out.line(&line, |room| {
            let documents = counted(room.documents, "document", "documents");
            format!("{}: {documents}, {}", room.name, counted(room.passages, "passage", "passages"))
        })?;
    }
    Ok(())
}
