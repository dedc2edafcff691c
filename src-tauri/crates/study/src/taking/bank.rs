//! Items on store: those that may be asked, and those that wait for a person's look.

use kernel::{QuizItemId, RoomId, Timestamp};
use library::quizzes::{self, ItemState};
use library::{Library, Transaction};

use crate::Error;
use crate::quiz::Made;

/// What became of items that were stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// So many may be asked.
    pub ready: u32,
    /// So many wait for a look.
    pub drafts: u32,
}

/// Stores items that were made for a room.
///
/// # Errors
/// When the room is gone. A fault of the store.
pub fn keep(library: &Library, room: RoomId, items: &[Made]) -> Result<Kept, Error> {
    let now = library.now();
    let kept = library.write(|tx| {
        let mut kept = Kept::default();
        for made in items {
            match put(tx, room, made, now)? {
                (_, ItemState::Ready) => kept.ready += 1,
                _ => kept.drafts += 1,
            }
        }
        Ok(kept)
    })?;
    Ok(kept)
}

/// Stores an item: to be asked if it is sure enough, and for a look if not.
pub(super) fn put(
    tx: &Transaction<'_>,
    room: RoomId,
    made: &Made,
    now: Timestamp,
) -> Result<(QuizItemId, ItemState), library::Error> {
    let state = if made.is_draft() { ItemState::Draft } else { ItemState::Ready };
    Ok((quizzes::add(tx, room, &made.item, &made.maker, state, now)?, state))
}
