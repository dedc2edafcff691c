use kernel::{Coded, RoomId, Timestamp};
use library::cards::{self, NewNote, NoteKind, guid_of};
use library::{Error, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Sheet, Skipped};

/// What became of the notes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Stored {
    /// Notes that the room did not have.
    pub added: u32,
    /// Notes that it had with another text; their cards keep what was answered.
    pub updated: u32,
    /// Notes that it had just so.
    pub unchanged: u32,
    /// What could not become a note.
    pub skipped: Vec<Skipped>,
}

/// Puts the notes of a file into a room. Which of them it has already is told by the names that notes have in every
/// program, or, of those without one, by kind, front and back: the same file twice changes nothing.
pub fn store(tx: &Transaction<'_>, room: RoomId, sheet: Sheet, now: Timestamp) -> Result<Stored, Error> {
    let mut stored = Stored { skipped: sheet.skipped, ..Stored::default() };
    for placed in sheet.notes {
        match one(tx, room, placed.note, now) {
            Ok(Became::Added) => stored.added += 1,
            Ok(Became::Updated) => stored.updated += 1,
            Ok(Became::Unchanged) => stored.unchanged += 1,
            Err(error) if error.code() == kernel::Code::Invalid => {
                stored.skipped.push(Skipped { place: placed.place, why: error.to_string() });
            }
            Err(error) => return Err(error),
        }
    }
    stored.skipped.sort_by_key(|skipped| skipped.place);
    Ok(stored)
}

enum Became {
    Added,
    Updated,
    Unchanged,
}

fn one(tx: &Transaction<'_>, room: RoomId, new: NewNote, now: Timestamp) -> Result<Became, Error> {
    let guid = new.guid.clone().unwrap_or_else(|| {
        guid_of(&[new.kind.name(), new.front.trim(), if new.kind == NoteKind::Cloze { "" } else { new.back.trim() }])
    });
    let Some(known) = cards::note_by_guid(tx, room, &guid)? else {
        cards::add_note(tx, room, &NewNote { guid: Some(guid), ..new }, now)?;
        return Ok(Became::Added);
    };
    let mut tags: Vec<&str> = new.tags.iter().flat_map(|tag| tag.split_whitespace()).collect();
    tags.sort_unstable();
    tags.dedup();
    let is_same = known.kind == new.kind
        && (known.front.as_str(), known.back.as_str(), known.extra.as_str())
            == (new.front.trim(), new.back.trim(), new.extra.trim())
        && known.tags == tags;
    if is_same {
        return Ok(Became::Unchanged);
    }
    cards::edit_note(tx, known.note, &new, now)?;
    Ok(Became::Updated)
}
