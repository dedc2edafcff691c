//! Notes that are made of what the app knows of a document.

use kernel::{Citation, RoomId, Timestamp};
use library::cards::{self, NewNote, NoteKind, guid_of};
use library::quizzes::{Item, ItemKind, Key};
use library::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A gap, as quiz items write it.
const GAP: &str = "_____";

/// The note of a quiz item: what the item asks, its answer, its explanation and its proof. The same item makes the
/// same note again.
pub fn note_of_item(item: &Item) -> NewNote {
    let (kind, front, back) = match (item.kind, &item.answer) {
        (ItemKind::Cloze, Key::One(words)) if item.stem.contains(GAP) && !words.contains("}}") => {
            let gap = format!("{{{{c1::{words}}}}}");
            (NoteKind::Cloze, item.stem.replacen(GAP, &gap, 1), String::new())
        }
        (ItemKind::Choice, Key::One(right)) => (NoteKind::Basic, with_options(item), right.clone()),
        (ItemKind::TrueFalse, Key::One(right)) => {
            let answer = if right == "true" { "True" } else { "False" };
            (NoteKind::Basic, format!("True or false? {}", item.stem), answer.to_owned())
        }
        (_, Key::One(right)) => (NoteKind::Basic, item.stem.clone(), right.clone()),
        (_, Key::Each(right)) => {
            let pairs = item.terms.iter().zip(right).map(|(term, option)| format!("- {term}: {option}"));
            let terms: Vec<String> = item.terms.iter().map(|term| format!("- {term}")).collect();
            let front = format!("{}\n\n{}", item.stem, terms.join("\n"));
            (NoteKind::Basic, front, pairs.collect::<Vec<_>>().join("\n"))
        }
    };
    NewNote {
        guid: Some(guid_of(&["item", &front, &back])),
        kind,
        front,
        back,
        extra: item.explanation.clone(),
        tags: Vec::new(),
        source: Some(item.citation.clone()),
    }
}

/// The note of a term that a document defines: the term asks for its definition. The same definition makes the same
/// note again.
pub fn note_of_term(name: &str, definition: &str, citation: &Citation) -> NewNote {
    NewNote {
        guid: Some(guid_of(&["term", name, definition])),
        source: Some(citation.clone()),
        ..NewNote::basic(name, definition)
    }
}

/// What became of notes that the app made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NotesMade {
    /// Notes that the room did not have.
    pub added: u32,
    /// Notes that it had already, and that stay as they are.
    pub known: u32,
}

/// Puts notes into a room that it does not have yet, told by their names.
///
/// # Errors
/// Those of [`cards::add_note`].
pub fn add_unknown(
    tx: &Transaction<'_>,
    room: RoomId,
    notes: &[NewNote],
    now: Timestamp,
) -> Result<NotesMade, library::Error> {
    let mut made = NotesMade::default();
    for note in notes {
        if is_known(tx, room, note)? {
            made.known += 1;
        } else {
            cards::add_note(tx, room, note, now)?;
            made.added += 1;
        }
    }
    Ok(made)
}

/// Whether a room has a note already, in these or, since the person changed it, in other words.
pub fn is_known(connection: &Connection, room: RoomId, note: &NewNote) -> Result<bool, library::Error> {
    match &note.guid {
        Some(guid) => Ok(cards::note_by_guid(connection, room, guid)?.is_some()),
        None => Ok(false),
    }
}

fn with_options(item: &Item) -> String {
    let options: Vec<String> = item.options.iter().map(|option| format!("- {option}")).collect();
    format!("{}\n\n{}", item.stem, options.join("\n"))
}

#[cfg(test)]
mod tests {
    use kernel::{Citation, DocumentId};

    use super::*;

    fn item(kind: ItemKind, stem: &str, options: &[&str], answer: Key) -> Item {
        Item {
            kind,
            stem: stem.into(),
            terms: Vec::new(),
            options: options.iter().map(|&option| option.into()).collect(),
            answer,
            explanation: "Because.".into(),
            citation: Citation {
                document: DocumentId(3),
                title: "Cells".into(),
                page: Some(4),
                label: None,
                locator: None,
                quote: "Water moves by osmosis.".into(),
                boxes: Vec::new(),
                changed: false,
            },
            further: Vec::new(),
            confidence: 0.9,
        }
    }

    fn one(answer: &str) -> Key {
        Key::One(answer.into())
    }

    #[test]
    fn every_kind_of_item_makes_a_note_that_asks_the_same() {
        let cloze = note_of_item(&item(ItemKind::Cloze, "Water moves by _____.", &[], one("osmosis")));
        assert_eq!((cloze.kind, cloze.front.as_str()), (NoteKind::Cloze, "Water moves by {{c1::osmosis}}."));
        assert_eq!(cloze.source.as_ref().map(|source| source.page), Some(Some(4)));
        assert_eq!(cloze.guid, note_of_item(&item(ItemKind::Cloze, "Water moves by _____.", &[], one("osmosis"))).guid);

        let choice = note_of_item(&item(ItemKind::Choice, "What moves?", &["Salt", "Water"], one("Water")));
        assert_eq!((choice.front.as_str(), choice.back.as_str()), ("What moves?\n\n- Salt\n- Water", "Water"));
        let statement = note_of_item(&item(ItemKind::TrueFalse, "Salt moves.", &[], one("false")));
        assert_eq!((statement.front.as_str(), statement.back.as_str()), ("True or false? Salt moves.", "False"));
        let mut matching = item(ItemKind::Matching, "Match.", &["b", "d"], Key::Each(vec!["b".into(), "d".into()]));
        matching.terms = vec!["a".into(), "c".into()];
        let matching = note_of_item(&matching);
        assert_eq!((matching.front.as_str(), matching.back.as_str()), ("Match.\n\n- a\n- c", "- a: b\n- c: d"));
        let short = note_of_item(&item(ItemKind::Short, "Why?", &[], one("It is so.")));
        assert_eq!((short.front.as_str(), short.extra.as_str()), ("Why?", "Because."));
    }
}
