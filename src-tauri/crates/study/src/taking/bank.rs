//! Items on store: those that may be asked, and those that wait for a person's look.

use kernel::{QuizItemId, RoomId, Timestamp};
use library::quizzes::{self, Item, ItemState};
use library::{Library, Transaction};

use crate::Error;
use crate::experience::Experience;
use crate::quiz::DRAFT_BELOW;

/// Who makes items without a language model.
pub(super) const RULES: &str = "rules";

/// What became of items that were stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// So many may be asked.
    pub ready: u32,
    /// So many wait for a look.
    pub drafts: u32,
}

/// Stores items that were made for a room, each by how sure it is in the light of what people have decided.
///
/// # Errors
/// When the room is gone. A fault of the store.
pub fn keep(library: &Library, room: RoomId, items: Vec<Item>) -> Result<Kept, Error> {
    let now = library.now();
    let kept = library.write(|tx| {
        let experience = Experience::of(quizzes::decisions(tx)?);
        let mut kept = Kept::default();
        for mut item in items {
            item.confidence = experience.confidence(RULES, &item);
            match put(tx, room, &item, now)? {
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
    item: &Item,
    now: Timestamp,
) -> Result<(QuizItemId, ItemState), library::Error> {
    let state = if item.confidence < DRAFT_BELOW { ItemState::Draft } else { ItemState::Ready };
    Ok((quizzes::add(tx, room, item, RULES, state, now)?, state))
}
