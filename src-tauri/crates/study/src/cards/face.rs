//! What a card shows: Markdown, with formulas between `$`.

use library::cards::{NewNote, Note, NoteKind, Piece, numbers, pieces};
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

/// How the gaps of a cloze are written: what stands around one that is asked for, and around its words when they are
/// shown.
struct Marks {
    gap: [char; 2],
    shown: Shown,
}

enum Shown {
    /// In bold letters, as far as Markdown can say so.
    Bold,
    /// Between two signs, whatever they hold.
    Between([char; 2]),
}

/// For who reads the Markdown as it is.
const PLAIN: Marks = Marks { gap: ['[', ']'], shown: Shown::Bold };
/// Signs of Unicode's private use, which stand in no text: a program finds the gaps by them.
const SIGNS: Marks = Marks { gap: ['\u{e000}', '\u{e001}'], shown: Shown::Between(['\u{e002}', '\u{e003}']) };

/// What the card with that ordinal asks of its note. Of a cloze the question has `[…]`, or the hint in brackets, for
/// the words that are asked for, and the answer has them in bold letters.
pub fn face(note: &Note, ordinal: u16) -> Face {
    sides([&note.front, &note.back, &note.extra], note.kind, ordinal, &PLAIN)
}

/// The same for a window, which shows gaps as such: in the question `…` or the hint stands between U+E000 and U+E001,
/// in the answer the words between U+E002 and U+E003, also within a formula.
pub fn marked_face(note: &Note, ordinal: u16) -> Face {
    sides([&note.front, &note.back, &note.extra], note.kind, ordinal, &SIGNS)
}

/// The faces of the cards that a note would have, by their ordinals; none where there is nothing to ask yet.
pub fn marked_faces(note: &NewNote) -> Vec<Face> {
    let ordinals: Vec<u16> = match note.kind {
        NoteKind::Basic => vec![0],
        NoteKind::Reversed => vec![0, 1],
        NoteKind::Cloze => numbers(&note.front).into_iter().map(|number| number - 1).collect(),
    };
    let texts = [note.front.as_str(), &note.back, &note.extra];
    ordinals.into_iter().map(|ordinal| sides(texts, note.kind, ordinal, &SIGNS)).collect()
}

fn sides([front, back, extra]: [&str; 3], kind: NoteKind, ordinal: u16, marks: &Marks) -> Face {
    let (question, answer) = match (kind, ordinal) {
        (NoteKind::Cloze, _) => {
            let pieces = pieces(front);
            let number = ordinal.saturating_add(1);
            (written(&pieces, number, None, marks), written(&pieces, number, Some(&marks.shown), marks))
        }
        (NoteKind::Reversed, 1) => (back.to_owned(), front.to_owned()),
        _ => (front.to_owned(), back.to_owned()),
    };
    Face { question, answer, extra: extra.to_owned() }
}

fn written(pieces: &[Piece<'_>], number: u16, shown: Option<&Shown>, marks: &Marks) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Gap { number: own, words, hint } if *own == number => match shown {
                Some(Shown::Bold) => text.push_str(&emphasised(&written(words, number, shown, marks))),
                Some(Shown::Between([open, close])) => {
                    // A gap within one is a part of its words.
                    let within = written(words, number, shown, marks).replace([*open, *close], "");
                    text.extend([open.to_string(), within, close.to_string()]);
                }
                None => {
                    let [open, close] = marks.gap;
                    text.extend([open.to_string(), hint.unwrap_or("…").to_owned(), close.to_string()]);
                }
            },
            Piece::Gap { words, .. } => text.push_str(&written(words, number, shown, marks)),
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

    #[test]
    fn a_window_is_told_where_the_gaps_are_also_within_a_formula() {
        let text = "{{c1::Water}} moves by {{c2::osmosis::how?}}: $a = {{c1::b}}$.";
        let cloze = NewNote { kind: NoteKind::Cloze, ..NewNote::basic(text, "") };
        let faces = marked_faces(&cloze);
        assert_eq!(faces[0].question, "\u{e000}…\u{e001} moves by osmosis: $a = \u{e000}…\u{e001}$.");
        assert_eq!(faces[0].answer, "\u{e002}Water\u{e003} moves by osmosis: $a = \u{e002}b\u{e003}$.");
        assert_eq!(faces[1].question, "Water moves by \u{e000}how?\u{e001}: $a = b$.");
        assert_eq!(
            faces,
            [0, 1]
                .map(|ordinal| marked_face(&note(NoteKind::Cloze, text, ""), ordinal))
                .map(|face| Face { extra: String::new(), ..face })
        );
        assert_eq!(marked_faces(&NewNote { kind: NoteKind::Cloze, ..NewNote::basic("No gap.", "") }), []);
        let within = NewNote { kind: NoteKind::Cloze, ..NewNote::basic("{{c1::the {{c1::left}} half}}", "") };
        assert_eq!(marked_faces(&within)[0].answer, "\u{e002}the left half\u{e003}");
    }
}
