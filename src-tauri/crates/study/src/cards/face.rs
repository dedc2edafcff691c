//! What a card shows: Markdown, with formulas between `$`.

use library::cards::{Note, NoteKind, Piece, pieces};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The two sides of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Face {
    /// What is asked.
    pub question: String,
    /// What answers it.
    pub answer: String,
    /// Shown below the answer; may be empty.
    pub extra: String,
}

/// What the card with that ordinal asks of its note. Of a cloze the question has `[…]`, or the hint in brackets, for
/// the words that are asked for, and the answer has them in bold letters.
pub fn face(note: &Note, ordinal: u16) -> Face {
    let (question, answer) = match (note.kind, ordinal) {
        (NoteKind::Cloze, _) => {
            let pieces = pieces(&note.front);
            let number = ordinal.saturating_add(1);
            (written(&pieces, number, false), written(&pieces, number, true))
        }
        (NoteKind::Reversed, 1) => (note.back.clone(), note.front.clone()),
        _ => (note.front.clone(), note.back.clone()),
    };
    Face { question, answer, extra: note.extra.clone() }
}

fn written(pieces: &[Piece<'_>], number: u16, shown: bool) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Gap { number: own, words, hint } if *own == number => {
                if shown {
                    text.push_str(&emphasised(&written(words, number, shown)));
                } else {
                    text.push_str(&format!("[{}]", hint.unwrap_or("…")));
                }
            }
            Piece::Gap { words, .. } => text.push_str(&written(words, number, shown)),
        }
    }
    text
}

/// Bold, where Markdown can say so: not across paragraphs, and not the inside of a formula or of code.
fn emphasised(words: &str) -> String {
    let bare = words.trim();
    if bare.is_empty() || bare.contains(['\n', '$', '`', '*']) {
        return words.to_owned();
    }
    words.replacen(bare, &format!("**{bare}**"), 1)
}

#[cfg(test)]
mod tests {
    use kernel::{NoteId, RoomId, Timestamp};

    use super::*;

    fn note(kind: NoteKind, front: &str, back: &str) -> Note {
        Note {
            note: NoteId(1),
            room: RoomId(1),
            guid: String::new(),
            kind,
            front: front.into(),
            back: back.into(),
            extra: "p. 3".into(),
            tags: Vec::new(),
            document: None,
            source: None,
            source_changed: false,
            created: Timestamp(0),
            updated: Timestamp(0),
        }
    }

    fn sides(kind: NoteKind, front: &str, back: &str, ordinal: u16) -> (String, String) {
        let face = face(&note(kind, front, back), ordinal);
        (face.question, face.answer)
    }

    #[test]
    fn a_reversed_note_asks_in_both_directions() {
        assert_eq!(sides(NoteKind::Reversed, "cell", "Zelle", 0), ("cell".into(), "Zelle".into()));
        assert_eq!(sides(NoteKind::Reversed, "cell", "Zelle", 1), ("Zelle".into(), "cell".into()));
    }

    #[test]
    fn a_cloze_hides_the_words_of_one_number_and_shows_the_others() {
        let text = "{{c1::Water}} moves by {{c2::osmosis::how?}}: {{c1::$H_2O$}}.";
        let (question, answer) = sides(NoteKind::Cloze, text, "", 0);
        assert_eq!(question, "[…] moves by osmosis: […].");
        assert_eq!(answer, "**Water** moves by osmosis: $H_2O$.");
        assert_eq!(sides(NoteKind::Cloze, text, "", 1).0, "Water moves by [how?]: $H_2O$.");
        let nested = "{{c1::the {{c2::left}} half}}";
        assert_eq!(sides(NoteKind::Cloze, nested, "", 0), ("[…]".into(), "**the left half**".into()));
        assert_eq!(sides(NoteKind::Cloze, nested, "", 1), ("the […] half".into(), "the **left** half".into()));
    }
}
