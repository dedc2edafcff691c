use kernel::{CardId, Code, DocumentId};
use library::cards::{self, NewNote, NoteKind, numbers};
use library::{Library, documents};
use serde::Serialize;
use study::cards::exchange::{Placed, Sheet, store};
use study::cards::note_of_term;

use super::super::output::counted;
use super::super::{Failure, Session};
use super::arguments::Text;
use super::listing::Line;
use super::room_or_new;

pub(super) fn add(session: &Session, library: &Library, room: &str, text: Text) -> Result<(), Failure> {
    let front = text.front.unwrap_or_default();
    let gaps = !numbers(&front).is_empty() && text.back.is_none();
    let kind = text.kind.unwrap_or(if gaps { NoteKind::Cloze } else { NoteKind::Basic });
    let new = NewNote {
        kind,
        extra: text.extra.unwrap_or_default(),
        tags: text.tags,
        ..NewNote::basic(front, text.back.unwrap_or_default())
    };
    let room = room_or_new(library, room)?;
    let note = library.write_durably(|tx| cards::add_note(tx, room, &new, library.now()))?;
    say(session, library, note)
}

pub(super) fn edit(session: &Session, library: &Library, card: CardId, text: Text) -> Result<(), Failure> {
    let note = library.write_durably(|tx| {
        let old = cards::card_note(tx, card)?;
        let new = NewNote {
            guid: None,
            kind: text.kind.unwrap_or(old.kind),
            front: text.front.unwrap_or(old.front),
            back: text.back.unwrap_or(old.back),
            extra: text.extra.unwrap_or(old.extra),
            tags: if text.tags.is_empty() { old.tags } else { text.tags },
            source: None,
        };
        cards::edit_note(tx, old.note, &new, library.now())?;
        Ok(old.note)
    })?;
    say(session, library, note)
}

/// The cards of a note as they are now.
fn say(session: &Session, library: &Library, note: kernel::NoteId) -> Result<(), Failure> {
    let (note, of_it) = library.read(|c| Ok((cards::note(c, note)?, cards::of_note(c, note)?)))?;
    of_it.iter().try_for_each(|card| session.out.line(&Line::new(card, note.clone()), Line::said))
}

pub(super) fn remove(library: &Library, card: CardId) -> Result<(), Failure> {
    Ok(library.write_durably(|tx| cards::remove_note(tx, cards::card_note(tx, card)?.note))?)
}

/// A note that a document suggests.
#[derive(Serialize)]
struct Suggested<'a> {
    r#type: &'static str,
    front: &'a str,
    back: &'a str,
    citation: Option<&'a kernel::Citation>,
}

#[derive(Serialize)]
struct Made {
    r#type: &'static str,
    added: u32,
    /// Those that the room had already.
    known: u32,
}

pub(super) fn from_terms(
    session: &Session,
    library: &Library,
    document: DocumentId,
    most: usize,
    dry_run: bool,
) -> Result<(), Failure> {
    let (room, terms) = library.read(|connection| {
        let room = documents::get(connection, document)?.room;
        Ok((room, tutor::key_terms(connection, document, most)?))
    })?;
    if terms.is_empty() {
        let message = "No term is defined in this document so clearly that a card could be made of it.";
        return Err(Failure::new(Code::NotFound, message));
    }
    let notes: Vec<NewNote> =
        terms.iter().map(|term| note_of_term(&term.name, &term.definition, &term.citation)).collect();
    for note in &notes {
        let NewNote { front, back, source, .. } = note;
        let suggested = Suggested { r#type: "note", front, back, citation: source.as_ref() };
        session.out.line(&suggested, |it| format!("{}: {}", it.front, it.back))?;
    }
    if dry_run {
        return Ok(());
    }
    let placed = (1..).zip(notes).map(|(place, note)| Placed { place, note }).collect();
    let sheet = Sheet { notes: placed, skipped: Vec::new() };
    let stored = library.write_durably(|tx| store(tx, room, sheet, library.now()))?;
    let made = Made { r#type: "made", added: stored.added, known: stored.unchanged + stored.updated };
    session.out.line(&made, |it| format!("{} made.", counted(it.added, "note", "notes")))
}
