//! Removing and bringing back.
//!
//! What is removed is hidden at once and cleared away when the process ends, or when the next one begins: until then
//! it can come back.

use std::fs;

use kernel::{DocumentId, RoomId, Timestamp};
use library::documents::{self, Removed};
use library::{Library, annotations, rooms};

use crate::Error;
use crate::shared::{Shared, log};

/// Hides a document, also while it is being imported.
pub(crate) fn hide(shared: &Shared, document: DocumentId) -> Result<(), Error> {
    let hidden = shared.library.write(|tx| rooms::hide_document(tx, document, shared.library.now()))?;
    shared.hides(hidden);
    shared.interrupt(document);
    Ok(())
}

/// Hides a room with its documents and conversations.
pub(crate) fn hide_room(shared: &Shared, room: RoomId) -> Result<(), Error> {
    let documents = shared.library.write(|tx| {
        rooms::hide(tx, room, shared.library.now())?;
        documents::ids(tx, room)
    })?;
    shared.hides(room);
    for document in documents {
        shared.interrupt(document);
    }
    Ok(())
}

/// Brings a hidden document back to its room.
pub(crate) fn bring_back(shared: &Shared, document: DocumentId) -> Result<(), Error> {
    let returned = shared.library.write(|tx| rooms::return_document(tx, document, shared.library.now()))?;
    shared.bell.ring();
    if returned { Ok(()) } else { Err(Error::ThereAgain(document)) }
}

/// Brings a hidden room back.
pub(crate) fn bring_back_room(shared: &Shared, room: RoomId) -> Result<(), Error> {
    shared.library.write(|tx| rooms::bring_back(tx, room, shared.library.now()))?;
    shared.bell.ring();
    Ok(())
}

/// Removes a document with everything made from it, for good.
pub(crate) fn remove(shared: &Shared, document: DocumentId) -> Result<Removed, Error> {
    let removed = shared.library.write(|tx| documents::remove(tx, document))?;
    forget(shared, &removed);
    Ok(removed)
}

/// A removed highlight can be brought back as long as the window says so, which is not this long.
const UNDONE_WITHIN_MS: i64 = 86_400_000;

/// Clears away what killed processes have left hidden; for the process that comes into charge. What this one has
/// hidden itself can still be brought back.
pub(crate) fn clear_abandoned(shared: &Shared) -> Result<(), Error> {
    let before = Timestamp(shared.library.now().0 - UNDONE_WITHIN_MS);
    shared.library.write(|tx| annotations::clear_removed(tx, before))?;
    let own = shared.hidden();
    let all = shared.library.read(rooms::hidden)?;
    clear(shared, all.into_iter().filter(|room| !own.contains(room)).collect())
}

/// Clears away what this process has hidden.
pub(crate) fn clear_own(shared: &Shared) -> Result<(), Error> {
    let own = shared.hidden();
    let left = shared.library.read(rooms::hidden)?;
    clear(shared, left.into_iter().filter(|room| own.contains(room)).collect())
}

fn clear(shared: &Shared, rooms: Vec<RoomId>) -> Result<(), Error> {
    for room in rooms {
        for removed in shared.library.write(|tx| rooms::remove(tx, room))? {
            forget(shared, &removed);
        }
    }
    Ok(())
}

fn forget(shared: &Shared, removed: &Removed) {
    shared.forget_password(removed.document);
    shared.interrupt(removed.document);
    discard_copy(shared, removed);
}

/// Deletes the library's copy of a document that is gone.
pub(crate) fn discard_copy(shared: &Shared, removed: &Removed) {
    if let Err(error) = discard(&shared.library, removed) {
        // The copy is only a leftover now; nothing else depends on it.
        log("the copy of a removed document could not be deleted", &error);
    }
}

/// Deletes the copy unless a document came to need it meanwhile: nobody can add one while this transaction is open.
fn discard(library: &Library, removed: &Removed) -> Result<(), Error> {
    let Some(original) = &removed.original else { return Ok(()) };
    let path = library.original(&original.hash, &original.format);
    let deleted =
        library.write(|tx| Ok(if documents::in_use(tx, &original.hash)? { Ok(()) } else { fs::remove_file(&path) }))?;
    match deleted {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(Error::Unreadable { path, source }),
        _ => Ok(()),
    }
}
