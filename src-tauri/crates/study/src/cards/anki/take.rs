//! Notes of a package into a room.

use kernel::{Code, Coded, NoteId, Timestamp};
use library::cards::{self, NoteKind, numbers};
use library::{Library, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::super::Study;
use super::incoming::Incoming;
use super::memory;
use super::package::Package;
use crate::Error;
use crate::cards::exchange::Skipped;

/// Notes of which the pictures and sounds are stored at once.
const AT_ONCE: usize = 50;

/// What became of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Taken {
    /// Notes that the room did not have.
    pub added: u32,
    /// Notes that it had with another text; their cards keep what was answered here.
    pub updated: u32,
    /// Notes that it had just so.
    pub unchanged: u32,
    /// Answers that came with new notes.
    pub answers: u32,
    /// Pictures and sounds.
    pub media: u32,
    /// Pictures and sounds that notes name and the package lacks.
    pub missing: u32,
    /// Notes that could not be taken, by their number in the package.
    pub skipped: Vec<Skipped>,
}

/// Takes all notes of a package into the room of `study`, with their tags, what was answered, and how well they are
/// known. A note that the room has already gets the package's text and keeps what was answered here.
///
/// # Errors
/// Those of [`Worker::open`](super::Worker::open) for a picture that is broken, and the library's.
pub fn take(library: &Library, study: &Study, package: &mut Package, now: Timestamp) -> Result<Taken, Error> {
    let mut taken = Taken { skipped: std::mem::take(&mut package.skipped), ..Taken::default() };
    let mut media: Vec<(NoteId, Vec<String>)> = Vec::new();
    library.write_durably(|tx| {
        for incoming in &package.notes {
            match one(tx, study, package.made, incoming, now, &mut taken) {
                Ok(note) => media.push((note, incoming.media.clone())),
                Err(error) if error.code() == Code::Invalid => {
                    taken.skipped.push(Skipped { place: incoming.place, why: error.to_string() });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })?;
    taken.skipped.sort_by_key(|skipped| skipped.place);
    media.retain(|(_, names)| !names.is_empty());
    for notes in media.chunks(AT_ONCE) {
        attach(library, package, notes, &mut taken)?;
    }
    Ok(taken)
}

/// Stores one note; its number.
fn one(
    tx: &Transaction<'_>,
    study: &Study,
    made: i64,
    incoming: &Incoming,
    now: Timestamp,
    taken: &mut Taken,
) -> Result<NoteId, library::Error> {
    let new = &incoming.note();
    let known = match &new.guid {
        Some(guid) => cards::note_by_guid(tx, study.room, guid)?,
        None => None,
    };
    if let Some(known) = known {
        let is_same = known.kind == new.kind
            && (&known.front, &known.back, &known.extra) == (&new.front, &new.back, &new.extra)
            && new.tags.iter().all(|tag| known.tags.contains(tag));
        if is_same {
            taken.unchanged += 1;
        } else {
            cards::edit_note(tx, known.note, new, now)?;
            taken.updated += 1;
        }
        return Ok(known.note);
    }
    let wanted = numbers(&new.front);
    if new.kind == NoteKind::Cloze && wanted.is_empty() {
        return Err(library::Error::Invalid("The cloze has no gap.".into()));
    }
    let note = cards::add_note(tx, study.room, new, now)?;
    taken.added += 1;
    for card in cards::of_note(tx, note)? {
        let Some((raw, answers)) = incoming.cards.get(&card.ordinal) else { continue };
        for event in memory::events(raw, answers, made, study, card.card) {
            taken.answers += u32::from(event.rating.is_some());
            cards::append(tx, &event)?;
        }
        if raw.queue == -1 {
            cards::set_suspended(tx, card.card, true)?;
        }
    }
    Ok(note)
}

/// Stores the pictures and sounds of some notes.
fn attach(
    library: &Library,
    package: &mut Package,
    notes: &[(NoteId, Vec<String>)],
    taken: &mut Taken,
) -> Result<(), Error> {
    let mut found = Vec::new();
    for (note, names) in notes {
        for name in names {
            match package.medium(name)? {
                Some(bytes) => found.push((*note, name, bytes)),
                None => taken.missing += 1,
            }
        }
    }
    library.write(|tx| {
        for (note, name, bytes) in &found {
            match cards::attach(tx, *note, name, bytes) {
                Ok(()) => taken.media += 1,
                // A name that is none of a file: the note stays without it.
                Err(error) if error.code() == Code::Invalid => taken.missing += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })?;
    Ok(())
}
