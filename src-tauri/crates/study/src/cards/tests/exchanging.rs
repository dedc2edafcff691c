//! Notes out of a room and into it again.

use kernel::Timestamp;
use library::cards::{self, NewNote, NoteKind, Rating};

use super::super::exchange::{Stored, csv, markdown, read_text, store};
use super::room::Room;
use crate::Error;

#[test]
fn the_same_file_twice_changes_nothing_and_a_changed_one_keeps_what_was_answered() {
    let room = Room::new();
    let card = room.basic("What is osmosis?");
    room.note(&NewNote { kind: NoteKind::Cloze, tags: vec!["cells".into()], ..NewNote::basic("{{c1::A}} b", "") });
    let after = room.answer(card, Rating::Good).card;
    let notes = room.read(|c| cards::notes(c, room.room));
    let take = |sheet| room.write(|tx| store(tx, room.room, sheet, Timestamp(1)));
    let same = Stored { unchanged: 2, ..Stored::default() };
    assert_eq!(take(csv::read(&csv::write(&notes))), same);
    assert_eq!(take(markdown::read(&markdown::write("Biology", &notes))), same);

    let changed = csv::write(&notes).replace("osmosis?", "OSMOSIS?") + "c,d\n,only a back\n{{c1::e}},,x\n";
    let stored = take(csv::read(&changed));
    assert_eq!((stored.added, stored.updated, stored.unchanged), (2, 1, 1));
    assert_eq!((stored.skipped.len(), stored.skipped[0].place), (1, 5));
    assert_eq!(room.card(card), after);
    assert_eq!(room.read(|c| cards::card_note(c, card)).front, "What is OSMOSIS?");
    assert_eq!(take(csv::read(&changed)).added, 0);
}

#[test]
fn a_file_that_is_no_text_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.csv");
    assert!(matches!(read_text(&file), Err(Error::Unreadable { code: kernel::Code::NotFound, .. })));
    std::fs::write(&file, [0x50, 0x4b, 0xff, 0xfe]).unwrap();
    let error = read_text(&file).unwrap_err();
    assert!(error.to_string().contains("notes.csv") && error.to_string().contains("UTF-8"), "{error}");
    std::fs::write(&file, "\u{feff}a,b").unwrap();
    assert_eq!(read_text(&file).unwrap(), "a,b");
}
