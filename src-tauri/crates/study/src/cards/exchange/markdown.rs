//! Notes as a Markdown text that people read and write:
//!
//! ```text
//! ## Basic card
//! <!-- id: 3f2a…; tags: cells exam -->
//!
//! What is osmosis?
//!
//! ### Back
//!
//! The movement of water through a membrane.
//!
//! ### Extra
//!
//! p. 12
//! ```
//!
//! The comment, the extra and, of a cloze, the back may be missing. A line of a note that is like one of these
//! headings, or like the comment, is written with a backslash before it, which Markdown doesn't show.

use library::cards::{NewNote, Note, NoteKind};

use super::{MOST_NOTES, Placed, Sheet, Skipped};

const BACK: &str = "### Back";
const EXTRA: &str = "### Extra";

fn heading(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Basic => "## Basic card",
        NoteKind::Reversed => "## Reversed card",
        NoteKind::Cloze => "## Cloze card",
    }
}

/// Notes, below the name of their room.
pub fn write(room: &str, notes: &[Note]) -> String {
    let mut text = format!("# {}\n", room.replace('\n', " "));
    for note in notes {
        let tags = if note.tags.is_empty() { String::new() } else { format!("; tags: {}", note.tags.join(" ")) };
        text.push_str(&format!("\n{}\n<!-- id: {}{tags} -->\n\n", heading(note.kind), note.guid));
        text.push_str(&escaped(&note.front));
        for (heading, part) in [(BACK, &note.back), (EXTRA, &note.extra)] {
            if !part.is_empty() {
                text.push_str(&format!("\n{heading}\n\n{}", escaped(part)));
            }
        }
    }
    text
}

/// The notes of a text. What stands before the first of them is passed over.
pub fn read(text: &str) -> Sheet {
    let mut sheet = Sheet::default();
    let mut reading: Option<Reading> = None;
    for (at, line) in text.lines().enumerate() {
        let place = u32::try_from(at + 1).unwrap_or(u32::MAX);
        if let Some(kind) = NoteKind::ALL.into_iter().find(|kind| line.trim_end() == heading(*kind)) {
            sheet.notes.extend(reading.take().map(Reading::finished));
            if sheet.notes.len() == MOST_NOTES {
                let why = format!("A file can have up to {MOST_NOTES} notes: what follows was left out.");
                sheet.skipped.push(Skipped { place, why });
                return sheet;
            }
            let note = NewNote { kind, ..NewNote::basic("", "") };
            reading = Some(Reading { placed: Placed { place, note }, part: Part::Front });
        } else if let Some(reading) = &mut reading {
            reading.line(line);
        }
    }
    sheet.notes.extend(reading.map(Reading::finished));
    sheet
}

/// A note of which some lines have been read.
struct Reading {
    placed: Placed,
    part: Part,
}

#[derive(Clone, Copy)]
enum Part {
    Front,
    Back,
    Extra,
}

impl Reading {
    fn line(&mut self, line: &str) {
        let note = &mut self.placed.note;
        match (line.trim_end(), self.part) {
            (BACK, Part::Front) => self.part = Part::Back,
            (EXTRA, Part::Front | Part::Back) => self.part = Part::Extra,
            (comment, Part::Front) if note.front.trim().is_empty() && is_comment(comment) => told(comment, note),
            _ => {
                let part = match self.part {
                    Part::Front => &mut note.front,
                    Part::Back => &mut note.back,
                    Part::Extra => &mut note.extra,
                };
                part.push_str(unescaped(line));
                part.push('\n');
            }
        }
    }

    fn finished(mut self) -> Placed {
        let note = &mut self.placed.note;
        for part in [&mut note.front, &mut note.back, &mut note.extra] {
            *part = part.trim().to_owned();
        }
        self.placed
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with("<!--") && line.ends_with("-->")
}

/// What a comment says of its note.
fn told(comment: &str, note: &mut NewNote) {
    let inner = comment.trim_start_matches("<!--").trim_end_matches("-->");
    for (name, value) in inner.split(';').filter_map(|part| part.split_once(':')) {
        let value = value.trim();
        match name.trim() {
            "id" if !value.is_empty() => note.guid = Some(value.to_owned()),
            "tags" => note.tags = value.split_whitespace().map(str::to_owned).collect(),
            _ => {}
        }
    }
}

/// Whether a line would be taken for one of the headings or the comment, or for one with a backslash before it.
fn is_like_ours(line: &str) -> bool {
    let bare = line.trim_start_matches('\\').trim_end();
    bare == BACK || bare == EXTRA || is_comment(bare) || NoteKind::ALL.into_iter().any(|kind| bare == heading(kind))
}

fn escaped(text: &str) -> String {
    text.lines().map(|line| format!("{}{line}\n", if is_like_ours(line) { "\\" } else { "" })).collect()
}

fn unescaped(line: &str) -> &str {
    line.strip_prefix('\\').filter(|bare| is_like_ours(bare)).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use kernel::{NoteId, RoomId, Timestamp};
    use proptest::prelude::*;

    use super::super::csv;
    use super::*;

    fn note(kind: NoteKind, front: &str, back: &str, extra: &str, tags: &[String]) -> Note {
        Note {
            note: NoteId(1),
            room: RoomId(1),
            guid: "a1".into(),
            kind,
            front: front.into(),
            back: back.into(),
            extra: extra.into(),
            tags: tags.to_vec(),
            document: None,
            source: None,
            source_changed: false,
            created: Timestamp(0),
            updated: Timestamp(0),
        }
    }

    #[test]
    fn a_text_that_a_person_wrote_is_read() {
        let sheet = read(
            "# Cells\n\nMine.\n\n## Basic card\n\nWhat is\nosmosis?\n\n### Back\nWater.\n\n## Cloze card\n{{c1::a}} b\n### Extra\nx",
        );
        let notes: Vec<&NewNote> = sheet.notes.iter().map(|placed| &placed.note).collect();
        assert_eq!(notes.len(), 2);
        assert_eq!((notes[0].front.as_str(), notes[0].back.as_str()), ("What is\nosmosis?", "Water."));
        assert_eq!(
            (notes[1].kind, notes[1].front.as_str(), notes[1].extra.as_str()),
            (NoteKind::Cloze, "{{c1::a}} b", "x")
        );
        assert_eq!(sheet.notes[1].place, 13);
    }

    proptest! {
        #[test]
        fn whatever_a_note_says_comes_back_from_both_forms(
            kind in 0_usize..3,
            front in r"(\\?### Back|## Basic card|<!-- id: x -->|\\|[a-z,;\x22$# ]|\n){1,12}",
            back in r"(\\?### Extra|## Cloze card|[a-zé,;\x22\t ]|\n){0,12}",
            extra in r"(### Back|[a-z]|\n){0,6}",
            tags in prop::collection::vec("[a-z:]{1,5}", 0..3),
        ) {
            let tidy = |text: &str| text.trim().to_owned();
            let (front, back, extra) = (tidy(&front), tidy(&back), tidy(&extra));
            prop_assume!(!front.is_empty());
            let note = note(NoteKind::ALL[kind], &front, &back, &extra, &tags);
            let notes = [note.clone(), note];
            for sheet in [read(&write("Room", &notes)), csv::read(&csv::write(&notes))] {
                prop_assert_eq!(&sheet.skipped, &[]);
                prop_assert_eq!(sheet.notes.len(), 2);
                for placed in sheet.notes {
                    let read = placed.note;
                    prop_assert_eq!((read.kind, read.guid.as_deref()), (NoteKind::ALL[kind], Some("a1")));
                    prop_assert_eq!((&read.front, &read.back, &read.extra), (&front, &back, &extra));
                    let read: Vec<String> = read.tags.iter().flat_map(|tag| tag.split(' ').map(str::to_owned)).filter(|tag| !tag.is_empty()).collect();
                    prop_assert_eq!(&read, &tags);
                }
            }
        }
    }
}
