//! The order that a person gives documents and rooms, their titles and tags.

use kernel::{Code, Coded, DocumentId, RoomId, Timestamp};
use library::documents;
use library::rooms;
use proptest::prelude::*;

use crate::shelf::{Shelf, new_document};

fn documents_of(shelf: &Shelf, room: RoomId) -> Vec<DocumentId> {
    shelf.read(|c| documents::in_order(c, room)).iter().map(|document| document.document).collect()
}

fn rooms_of(shelf: &Shelf) -> Vec<RoomId> {
    shelf.read(rooms::list).iter().map(|room| room.room).collect()
}

fn place(shelf: &Shelf, document: DocumentId, room: RoomId, before: Option<DocumentId>) {
    let now = shelf.library.now();
    shelf.write(|tx| documents::place(tx, document, room, before, now));
}

/// How many rows a change of the order has written.
fn written(shelf: &Shelf, change: impl FnOnce()) -> usize {
    let positions = || {
        shelf.read(|c| {
            let mut all = c.prepare("SELECT position FROM documents ORDER BY document")?;
            let rows = all.query_map([], |row| row.get::<_, i64>(0))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        })
    };
    let before = positions();
    change();
    positions().into_iter().zip(before).filter(|(now, then)| now != then).count()
}

#[test]
fn a_new_document_comes_first_and_a_new_room_last() {
    let shelf = Shelf::new();
    let (first, second) = (shelf.room("First"), shelf.room("Second"));
    let [a, b, c] = ["a", "b", "c"].map(|hash| shelf.document(first, hash));
    assert_eq!(documents_of(&shelf, first), [c, b, a]);
    assert_eq!(rooms_of(&shelf), [first, second]);
    place(&shelf, a, first, Some(c));
    assert_eq!(documents_of(&shelf, first), [a, c, b]);
    let d = shelf.document(first, "d");
    assert_eq!(documents_of(&shelf, first), [d, a, c, b]);

    shelf.write(|tx| rooms::place(tx, second, Some(first)));
    let third = shelf.room("Third");
    assert_eq!(rooms_of(&shelf), [second, first, third]);
    shelf.write(|tx| rooms::place(tx, second, None));
    assert_eq!(rooms_of(&shelf), [first, third, second]);
}

#[test]
fn a_move_writes_one_row_and_a_place_without_room_is_made_wider() {
    let shelf = Shelf::new();
    let room = shelf.room("Room");
    let all: Vec<DocumentId> = (0..12).map(|n| shelf.document(room, &n.to_string())).collect();
    assert_eq!(written(&shelf, || place(&shelf, all[0], room, Some(all[6]))), 1);
    assert_eq!(written(&shelf, || place(&shelf, all[3], room, None)), 1);
    // Always between the same two: the room there halves each time.
    let (next, mut widened) = (all[8], 0);
    for turn in 0..60 {
        let moved = all[[1, 2][turn % 2]];
        let rows = written(&shelf, || place(&shelf, moved, room, Some(next)));
        widened += usize::from(rows > 1);
        let order = documents_of(&shelf, room);
        let at = order.iter().position(|document| *document == next).unwrap();
        assert_eq!((order[at - 1], order.len()), (moved, 12));
    }
    assert!((1..=6).contains(&widened), "{widened}");
    assert_eq!(written(&shelf, || place(&shelf, next, room, Some(next))), 0, "before itself is where it is");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_moved_stands_where_it_was_put_and_the_others_as_they_did(
        moves in prop::collection::vec((0..9_usize, prop::option::of(0..9_usize), any::<bool>()), 1..80)
    ) {
        let shelf = Shelf::new();
        let room = shelf.room("Room");
        let mut expected: Vec<DocumentId> = (0..9).map(|n| shelf.document(room, &n.to_string())).collect();
        expected.reverse();
        let mut rail: Vec<RoomId> = (0..8).map(|n| shelf.room(&format!("Room {n}"))).collect();
        rail.insert(0, room);
        for (moved, before, is_room) in moves {
            if is_room {
                let (moved, before) = (rail[moved], before.map(|at| rail[at]));
                shelf.write(|tx| rooms::place(tx, moved, before));
                reorder(&mut rail, moved, before);
            } else {
                let (moved, before) = (expected[moved], before.map(|at| expected[at]));
                place(&shelf, moved, room, before);
                reorder(&mut expected, moved, before);
            }
        }
        prop_assert_eq!(documents_of(&shelf, room), expected);
        prop_assert_eq!(rooms_of(&shelf), rail);
    }
}

fn reorder<T: PartialEq + Copy>(list: &mut Vec<T>, moved: T, before: Option<T>) {
    if before == Some(moved) {
        return;
    }
    list.retain(|other| *other != moved);
    let at = before.and_then(|before| list.iter().position(|other| *other == before)).unwrap_or(list.len());
    list.insert(at, moved);
}

#[test]
fn a_place_is_one_among_the_documents_of_a_room() {
    let shelf = Shelf::new();
    let (room, other) = (shelf.room("Room"), shelf.room("Other"));
    let (document, elsewhere) = (shelf.document(room, "a"), shelf.document(other, "b"));
    let refused = |document, room, before| {
        shelf.library.write(|tx| documents::place(tx, document, room, before, Timestamp(1))).unwrap_err().code()
    };
    assert_eq!(refused(document, room, Some(elsewhere)), Code::NotFound);
    assert_eq!(refused(document, RoomId(99), None), Code::NotFound);
    assert_eq!(refused(DocumentId(99), room, None), Code::NotFound);
    shelf.write(|tx| rooms::hide_document(tx, elsewhere, Timestamp(1)));
    assert_eq!(refused(elsewhere, room, None), Code::NotFound, "what is hidden stays hidden");
    let edition = documents::NewDocument { replaces: Some(document), ..new_document(room, "c") };
    let edition = shelf.write(|tx| documents::add(tx, &edition, Timestamp(1))).document;
    assert_eq!(refused(edition, other, None), Code::NotFound, "a new edition goes where its document goes");
    assert_eq!(shelf.library.write(|tx| rooms::place(tx, RoomId(99), None)).unwrap_err().code(), Code::NotFound);
    // It comes back to the place that it had.
    shelf.document(other, "d");
    shelf.write(|tx| rooms::return_document(tx, elsewhere, Timestamp(2)));
    assert_eq!(documents_of(&shelf, other).last(), Some(&elsewhere));
}

#[test]
fn a_title_that_a_person_gave_stays_whatever_the_file_says() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Room"), "a");
    shelf.write(|tx| documents::set_title(tx, document, "From the file"));
    let renamed = shelf.write(|tx| documents::rename(tx, document, "  My\tbook \n 2 "));
    assert_eq!(renamed.title, "My book 2");
    shelf.write(|tx| documents::set_title(tx, document, "From the file"));
    assert_eq!(shelf.read(|c| documents::get(c, document)).title, "My book 2");
    let refused = |title: &str| shelf.library.write(|tx| documents::rename(tx, document, title)).unwrap_err().code();
    assert_eq!((refused(" \n "), refused(&"x".repeat(201))), (Code::Invalid, Code::Invalid));
    let gone = shelf.library.write(|tx| documents::rename(tx, DocumentId(99), "x")).unwrap_err();
    assert_eq!(gone.code(), Code::NotFound);
}

#[test]
fn tags_are_tidied_and_each_stands_once() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Room"), "a");
    let tag = |tags: &[&str]| {
        let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        shelf.library.write(|tx| documents::tag(tx, document, &tags))
    };
    assert_eq!(tag(&[" exam ", "Week  3", "EXAM", "", "\n"]).unwrap().tags, ["exam", "Week 3"]);
    assert_eq!(tag(&["exam ".repeat(9).as_str()]).unwrap_err().code(), Code::Invalid);
    let many: Vec<String> = (0..21).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(tag(&many).unwrap_err().code(), Code::Invalid);
    assert_eq!(tag(&many[1..]).unwrap().tags.len(), 20);
    assert_eq!(tag(&[]).unwrap().tags, [] as [&str; 0]);
}

#[test]
fn a_document_knows_when_somebody_last_came_to_read_it() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Room"), "a");
    assert_eq!(shelf.read(|c| documents::get(c, document)).opened, None);
    shelf.write(|tx| documents::set_opened(tx, document, Timestamp(7)));
    shelf.write(|tx| documents::set_opened(tx, DocumentId(99), Timestamp(8)));
    assert_eq!(shelf.read(|c| documents::get(c, document)).opened, Some(Timestamp(7)));
}
