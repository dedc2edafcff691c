//! Notes of a package as notes of ours: their HTML as Markdown, their types as ours or as what their templates show.

use std::collections::{BTreeMap, HashMap, HashSet};

use library::cards::{NewNote, NoteKind};
use serde::{Deserialize, Serialize};

use super::collection::{Collection, NoteType, RawAnswer, RawCard, RawNote};
use super::kinds::{Recognised, recognise};
use super::{from_html, template};
use crate::cards::exchange::Skipped;

/// A card with its answers, the earliest first.
pub(super) type Studied = (RawCard, Vec<RawAnswer>);

/// A note on its way in.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Incoming {
    /// Its number in the package, from 1.
    pub(super) place: u32,
    pub(super) guid: String,
    pub(super) kind: NoteKind,
    pub(super) front: String,
    pub(super) back: String,
    pub(super) extra: String,
    pub(super) tags: Vec<String>,
    /// Its cards by our ordinals.
    pub(super) cards: BTreeMap<u16, Studied>,
    /// The names of its pictures and sounds.
    pub(super) media: Vec<String>,
}

impl Incoming {
    /// As it is stored.
    pub(super) fn note(&self) -> NewNote {
        NewNote {
            guid: Some(self.guid.clone()),
            kind: self.kind,
            extra: self.extra.clone(),
            tags: self.tags.clone(),
            ..NewNote::basic(self.front.clone(), self.back.clone())
        }
    }
}

/// Every note of a collection as ours, and those that can't become one.
pub(super) fn all(mut collection: Collection) -> (Vec<Incoming>, Vec<Skipped>) {
    let kinds: HashMap<i64, Recognised> = collection.types.iter().map(|(id, of)| (*id, recognise(of))).collect();
    let in_use: HashSet<i64> = collection.cards.values().flatten().map(|card| card.deck).collect();
    let mut answers = collection.answers;
    let mut studied = |card: RawCard| {
        let answers = answers.remove(&card.id).unwrap_or_default();
        (card, answers)
    };
    let (mut incoming, mut skipped) = (Vec::new(), Vec::new());
    for (at, raw) in collection.notes.iter().enumerate() {
        let place = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let cards = collection.cards.remove(&raw.id).unwrap_or_default();
        let cards: Vec<Studied> = cards.into_iter().map(&mut studied).collect();
        let Some(note_type) = collection.types.get(&raw.note_type) else {
            skipped.push(Skipped { place, why: "The note is of a type that the package lacks.".into() });
            continue;
        };
        let mut tags = raw.tags.clone();
        if in_use.len() > 1 {
            // Several decks become one room; which one it was stays as a tag.
            let deck = cards.first().and_then(|(card, _)| collection.decks.get(&card.deck));
            tags.extend(deck.map(|deck| deck.split_whitespace().collect::<Vec<_>>().join("_")));
        }
        let kind = kinds.get(&raw.note_type).copied().unwrap_or(Recognised::Other);
        incoming.extend(notes(raw, note_type, kind, cards, &tags).into_iter().map(|note| Incoming { place, ..note }));
    }
    (incoming, skipped)
}

/// The note of a recognised type, or one for each card.
fn notes(raw: &RawNote, note_type: &NoteType, kind: Recognised, cards: Vec<Studied>, tags: &[String]) -> Vec<Incoming> {
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
    let cards = cards.into_iter().filter_map(|card| Some((u16::try_from(card.0.ordinal).ok()?, card))).collect();
    vec![Incoming { place: 0, guid: raw.guid.clone(), kind, front, back, extra, tags: tags.to_vec(), cards, media }]
}

/// A note for each card, with what its template shows.
fn by_templates(raw: &RawNote, note_type: &NoteType, cards: Vec<Studied>, tags: &[String]) -> Vec<Incoming> {
    let tag_line = tags.join(" ");
    let mut fields: HashMap<&str, &str> = HashMap::from([("Tags", tag_line.as_str()), ("Type", &note_type.name)]);
    fields.extend(note_type.fields.iter().zip(&raw.fields).map(|(name, value)| (name.as_str(), value.as_str())));
    let several = note_type.templates.len() > 1;
    let of_card = |card: Studied| {
        let ordinal = card.0.ordinal;
        let at = if note_type.is_cloze { 0 } else { usize::try_from(ordinal).ok()? };
        let shown = note_type.templates.get(at)?;
        let mut fields = fields.clone();
        fields.insert("Card", &shown.name);
        let (front, mut media) = from_html::markdown(&template::rendered(&shown.question, &fields));
        // The answer repeats the question above a line.
        let below = shown.answer.replace("{{FrontSide}}", "");
        let (back, more) = from_html::markdown(&template::rendered(&below, &fields));
        media.extend(more);
        let guid = if several || note_type.is_cloze { format!("{}-{ordinal}", raw.guid) } else { raw.guid.clone() };
        let (kind, extra, cards) = (NoteKind::Basic, String::new(), BTreeMap::from([(0, card)]));
        Some(Incoming { place: 0, guid, kind, front, back, extra, tags: tags.to_vec(), cards, media })
    };
    cards.into_iter().filter_map(of_card).collect()
}
