//! Notes of a package into a room.

use std::collections::{BTreeMap, HashMap, HashSet};

use kernel::{Code, Coded, NoteId, Timestamp};
use library::cards::{self, NewNote, NoteKind, numbers};
use library::{Library, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::super::Study;
use super::archive::Package;
use super::collection::{self, Collection, NoteType, RawCard, RawNote};
use super::kinds::{Recognised, recognise};
use super::{from_html, memory, template};
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

/// A note on its way in.
struct Incoming {
    place: u32,
    note: NewNote,
    /// Cards by our ordinals.
    cards: BTreeMap<u16, RawCard>,
    media: Vec<String>,
}

/// Takes all notes of a package into the room of `study`, with their tags, what was answered, and how well they are
/// known. A note that the room has already gets the package's text and keeps what was answered here.
///
/// # Errors
/// Those of [`Package::open`] for what is broken, and the library's.
pub fn take(library: &Library, study: &Study, package: &mut Package, now: Timestamp) -> Result<Taken, Error> {
    let mut collection = collection::read(package.database(), package.path())?;
    let (incoming, skipped) = all(&mut collection);
    if incoming.is_empty() && skipped.is_empty() {
        return Err(Error::unreadable(package.path(), Code::EmptyFile, "there is no note in it"));
    }
    let mut taken = Taken { skipped, ..Taken::default() };
    let mut media: Vec<(NoteId, Vec<String>)> = Vec::new();
    library.write_durably(|tx| {
        for incoming in &incoming {
            match one(tx, study, &collection, incoming, now, &mut taken) {
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

/// Every note of a collection as ours.
fn all(collection: &mut Collection) -> (Vec<Incoming>, Vec<Skipped>) {
    let kinds: HashMap<i64, Recognised> = collection.types.iter().map(|(id, of)| (*id, recognise(of))).collect();
    let in_use: HashSet<i64> = collection.cards.values().flatten().map(|card| card.deck).collect();
    let (mut incoming, mut skipped) = (Vec::new(), Vec::new());
    for (at, raw) in collection.notes.iter().enumerate() {
        let place = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let cards = collection.cards.remove(&raw.id).unwrap_or_default();
        let Some(note_type) = collection.types.get(&raw.note_type) else {
            skipped.push(Skipped { place, why: "The note is of a type that the package lacks.".into() });
            continue;
        };
        let mut tags = raw.tags.clone();
        if in_use.len() > 1 {
            // Several decks become one room; which one it was stays as a tag.
            let deck = cards.first().and_then(|card| collection.decks.get(&card.deck));
            tags.extend(deck.map(|deck| deck.split_whitespace().collect::<Vec<_>>().join("_")));
        }
        let kind = kinds.get(&raw.note_type).copied().unwrap_or(Recognised::Other);
        incoming.extend(notes(raw, note_type, kind, cards, &tags).into_iter().map(|note| Incoming { place, ..note }));
    }
    (incoming, skipped)
}

/// The note of a recognised type, or one for each card.
fn notes(raw: &RawNote, note_type: &NoteType, kind: Recognised, cards: Vec<RawCard>, tags: &[String]) -> Vec<Incoming> {
    let mut media = Vec::new();
    let mut text = |at: usize| {
        let (text, found) = from_html::markdown(raw.fields.get(at).map_or("", String::as_str));
        media.extend(found);
        text
    };
    let (kind, front, back, shown) = match kind {
        Recognised::Sides { front, back, is_reversed } => {
            let kind = if is_reversed { NoteKind::Reversed } else { NoteKind::Basic };
            (kind, text(front), text(back), vec![front, back])
        }
        Recognised::Cloze { text: at } => (NoteKind::Cloze, text(at), String::new(), vec![at]),
        Recognised::Other => return by_templates(raw, note_type, cards, tags),
    };
    // What the note says besides is not lost.
    let rest = (0..raw.fields.len()).filter(|at| !shown.contains(at)).map(&mut text).filter(|text| !text.is_empty());
    let extra = rest.collect::<Vec<_>>().join("\n\n");
    let cards = cards.into_iter().filter_map(|card| Some((u16::try_from(card.ordinal).ok()?, card))).collect();
    let note =
        NewNote { guid: Some(raw.guid.clone()), kind, extra, tags: tags.to_vec(), ..NewNote::basic(front, back) };
    vec![Incoming { place: 0, note, cards, media }]
}

/// A note for each card, with what its template shows.
fn by_templates(raw: &RawNote, note_type: &NoteType, cards: Vec<RawCard>, tags: &[String]) -> Vec<Incoming> {
    let tag_line = tags.join(" ");
    let mut fields: HashMap<&str, &str> = HashMap::from([("Tags", tag_line.as_str()), ("Type", &note_type.name)]);
    fields.extend(note_type.fields.iter().zip(&raw.fields).map(|(name, value)| (name.as_str(), value.as_str())));
    let several = note_type.templates.len() > 1;
    let of_card = |card: RawCard| {
        let at = if note_type.is_cloze { 0 } else { usize::try_from(card.ordinal).ok()? };
        let shown = note_type.templates.get(at)?;
        let mut fields = fields.clone();
        fields.insert("Card", &shown.name);
        let (front, mut media) = from_html::markdown(&template::rendered(&shown.question, &fields));
        // The answer repeats the question above a line.
        let below = shown.answer.replace("{{FrontSide}}", "");
        let (back, more) = from_html::markdown(&template::rendered(&below, &fields));
        media.extend(more);
        let guid =
            if several || note_type.is_cloze { format!("{}-{}", raw.guid, card.ordinal) } else { raw.guid.clone() };
        let note = NewNote { guid: Some(guid), tags: tags.to_vec(), ..NewNote::basic(front, back) };
        Some(Incoming { place: 0, note, cards: BTreeMap::from([(0, card)]), media })
    };
    cards.into_iter().filter_map(of_card).collect()
}

/// Stores one note; its number.
fn one(
    tx: &Transaction<'_>,
    study: &Study,
    collection: &Collection,
    incoming: &Incoming,
    now: Timestamp,
    taken: &mut Taken,
) -> Result<NoteId, library::Error> {
    let new = &incoming.note;
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
        let Some(raw) = incoming.cards.get(&card.ordinal) else { continue };
        let answers = collection.answers.get(&raw.id).map(Vec::as_slice).unwrap_or_default();
        for event in memory::events(raw, answers, collection.made, study, card.card) {
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
