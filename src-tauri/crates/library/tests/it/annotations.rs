//! What people mark on pages and write beside it.

use kernel::{AnnotationId, Code, Coded, DocumentId, RoomId, Timestamp};
use library::annotations::{self, Annotation, Colour, Found, NewAnnotation, Selection, Wanted};
use library::check::{check, repair};
use library::{documents, pages, rooms};

use crate::shelf::{Shelf, page};

const NOW: Timestamp = Timestamp(1);
const WATER: &str = "Water moves outside. Salt stays; water does not.";

fn on(document: DocumentId, number: u32, text: &str, quote: &str) -> Selection {
    let start = u32::try_from(text.find(quote).unwrap()).unwrap();
    let end = start + u32::try_from(quote.len()).unwrap();
    Selection { document, page: number, start, end, quote: quote.into() }
}

fn mark(shelf: &Shelf, on: Selection, note: &str) -> Annotation {
    let new = NewAnnotation { on, colour: Colour::Green, note: note.into() };
    shelf.write(|tx| annotations::add(tx, &new, NOW))
}

fn find(shelf: &Shelf, room: RoomId, document: Option<DocumentId>, query: &str) -> Vec<Found> {
    let wanted = Wanted { room, document, query: query.into(), limit: 100 };
    shelf.read(|c| annotations::find(c, &wanted))
}

fn numbers(found: &[Found]) -> Vec<AnnotationId> {
    found.iter().map(|it| it.annotation.annotation).collect()
}

fn water() -> (Shelf, RoomId, DocumentId) {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    shelf.page(document, 1, WATER);
    (shelf, room, document)
}

#[test]
fn a_highlight_has_the_exact_words_with_their_place() {
    let (shelf, room, document) = water();
    let marked = mark(&shelf, on(document, 1, WATER, " Salt stays; "), "  Why?\r\nAsk.  ");
    assert_eq!((marked.room, marked.document, marked.page, marked.start), (room, Some(document), 1, 21));
    let citation = &marked.citation;
    assert_eq!(
        (citation.quote.as_str(), citation.page, citation.label.as_deref()),
        ("Salt stays;", Some(1), Some("p1"))
    );
    assert_eq!((citation.title.as_str(), citation.boxes.len()), ("Title of a", 1));
    assert_eq!(citation.locator.as_ref().map(|locator| locator.part), Some(1));
    assert_eq!((marked.note.as_str(), marked.colour), ("Why?\nAsk.", Colour::Green));

    let edited = shelf.write(|tx| annotations::edit(tx, marked.annotation, Colour::Pink, "Because.", Timestamp(9)));
    assert_eq!((edited.colour, edited.note.as_str(), edited.updated), (Colour::Pink, "Because.", Timestamp(9)));
    assert_eq!(Annotation { colour: marked.colour, note: marked.note.clone(), updated: NOW, ..edited }, marked);
}

#[test]
fn a_note_may_be_about_a_page_as_a_whole() {
    let (shelf, room, document) = water();
    shelf.page(document, 2, "");
    let on = Selection { document, page: 2, start: 0, end: 0, quote: String::new() };
    let noted = mark(&shelf, on, "A figure of a cell.");
    assert_eq!((noted.citation.quote.as_str(), noted.citation.boxes.len(), noted.page), ("", 0, 2));
    assert_eq!(numbers(&find(&shelf, room, None, "figure")), [noted.annotation]);
}

#[test]
fn words_that_are_not_there_are_not_marked() {
    let (shelf, _, document) = water();
    let refused = |on| {
        let new = NewAnnotation { on, colour: Colour::Yellow, note: String::new() };
        shelf.library.write(|tx| annotations::add(tx, &new, NOW)).unwrap_err()
    };
    let good = on(document, 1, WATER, "Salt");
    let other = refused(Selection { quote: "Salz".into(), ..good.clone() });
    assert_eq!(other.code(), Code::Invalid);
    assert!(other.to_string().contains("Title of a") && other.to_string().contains("Select the words"), "{other}");
    assert_eq!(refused(Selection { end: 999, ..good.clone() }).code(), Code::Invalid);
    assert_eq!(refused(Selection { page: 7, ..good.clone() }).code(), Code::NotFound);
    assert_eq!(refused(Selection { document: DocumentId(77), ..good.clone() }).code(), Code::NotFound);
    let long = "word ".repeat(annotations::LONGEST_QUOTE / 5 + 1);
    shelf.page(document, 2, &long);
    assert_eq!(refused(on(document, 2, &long, &long)).code(), Code::Invalid);
    let wordy = NewAnnotation { on: good, colour: Colour::Yellow, note: "x".repeat(70_000) };
    assert_eq!(shelf.library.write(|tx| annotations::add(tx, &wordy, NOW)).unwrap_err().code(), Code::Invalid);
}

#[test]
fn they_are_listed_in_reading_order_and_found_by_their_words() {
    let (shelf, room, document) = water();
    let other = shelf.document(room, "b");
    shelf.page(other, 1, "光合作用 of plants.");
    let last = mark(&shelf, on(document, 1, WATER, "water does not"), "");
    let first = mark(&shelf, on(document, 1, WATER, "Water moves"), "It is **osmosis**.");
    let plants = mark(&shelf, on(other, 1, "光合作用 of plants.", "光合作用"), "");
    assert_eq!(numbers(&find(&shelf, room, None, "")), [first.annotation, last.annotation, plants.annotation]);
    assert_eq!(numbers(&find(&shelf, room, Some(document), " ")), [first.annotation, last.annotation]);
    assert_eq!(numbers(&find(&shelf, room, None, "osmo")), [first.annotation], "the last word may be unfinished");
    assert_eq!(numbers(&find(&shelf, room, None, "water moving")), [first.annotation], "endings are folded");
    assert_eq!(numbers(&find(&shelf, room, None, "光合")), [plants.annotation]);
    assert_eq!(numbers(&find(&shelf, room, Some(document), "光合")), []);
    assert_eq!(numbers(&find(&shelf, room, None, "\"OR* NEAR(osmosis")), [], "nothing in a query is an operator");
    let hit = &find(&shelf, room, None, "osmosis")[0];
    assert!(hit.note.iter().any(|run| run.found && run.text == "osmosis"), "{hit:?}");
    let elsewhere = shelf.room("History");
    assert_eq!(numbers(&find(&shelf, elsewhere, None, "water")), []);

    shelf.write(|tx| annotations::edit(tx, first.annotation, Colour::Blue, "It is diffusion.", NOW));
    assert_eq!(numbers(&find(&shelf, room, None, "osmosis")), []);
    assert_eq!(numbers(&find(&shelf, room, None, "diffusion")), [first.annotation]);
}

#[test]
fn a_removed_one_comes_back_as_it_was_until_it_is_cleared_away() {
    let (shelf, room, document) = water();
    let marked = mark(&shelf, on(document, 1, WATER, "Salt"), "Why?");
    let remove = |now| shelf.write(|tx| annotations::remove(tx, marked.annotation, now));
    remove(Timestamp(5));
    assert!(find(&shelf, room, None, "").is_empty() && find(&shelf, room, None, "why").is_empty());
    let edit = shelf.library.write(|tx| annotations::edit(tx, marked.annotation, Colour::Blue, "", NOW));
    assert_eq!(edit.unwrap_err().code(), Code::NotFound);
    assert_eq!(shelf.write(|tx| annotations::bring_back(tx, marked.annotation)), marked);
    assert_eq!(numbers(&find(&shelf, room, None, "why")), [marked.annotation]);
    remove(Timestamp(8));
    assert_eq!(shelf.write(|tx| annotations::clear_removed(tx, Timestamp(8))), 0);
    assert_eq!(shelf.write(|tx| annotations::clear_removed(tx, Timestamp(9))), 1);
    let back = shelf.library.write(|tx| annotations::bring_back(tx, marked.annotation));
    assert_eq!(back.unwrap_err().code(), Code::NotFound);
    assert_eq!(check(&shelf.library).unwrap().problems, [""; 0]);
}

#[test]
fn a_new_edition_moves_a_highlight_or_marks_it() {
    let (shelf, _, document) = water();
    let moved = mark(&shelf, on(document, 1, WATER, "Water moves"), "");
    let gone = mark(&shelf, on(document, 1, WATER, "Salt stays"), "mine");
    let noted = mark(&shelf, Selection { document, page: 1, start: 0, end: 0, quote: String::new() }, "all of it");
    shelf.write(|tx| {
        tx.execute("DELETE FROM pages", [])?;
        pages::insert(tx, document, &page(1, "A preface."))?;
        pages::insert(tx, document, &page(2, "As is known: Water moves outside."))?;
        assert_eq!(annotations::follow_edition(tx, document)?, 1);
        Ok(())
    });
    let now = |it: &Annotation| shelf.read(|c| annotations::get(c, it.annotation));
    let there = now(&moved);
    assert_eq!((there.page, there.start, there.citation.page), (2, 13, Some(2)));
    assert_eq!((there.citation.label.as_deref(), there.citation.changed), (Some("p2"), false));
    assert_eq!((now(&gone).page, now(&gone).citation.changed, now(&gone).note.as_str()), (1, true, "mine"));
    assert_eq!((now(&noted).page, now(&noted).citation.changed), (1, false));
}

#[test]
fn they_outlive_their_document_and_go_with_their_room() {
    let (shelf, room, document) = water();
    let marked = mark(&shelf, on(document, 1, WATER, "Salt stays"), "mine");
    let hidden = shelf.write(|tx| rooms::hide_document(tx, document, NOW));
    let now = &find(&shelf, room, None, "salt")[0].annotation;
    assert_eq!((now.document, now.citation.title.as_str()), (None, "Title of a"), "what is hidden can't be opened");
    shelf.write(|tx| rooms::return_document(tx, document, NOW));
    assert_eq!(find(&shelf, room, None, "")[0].annotation, marked);
    assert_ne!(hidden, room);

    shelf.write(|tx| documents::remove(tx, document));
    let left = &find(&shelf, room, None, "mine")[0].annotation;
    assert_eq!((left.document, left.citation.quote.as_str()), (None, "Salt stays"));
    shelf.write(|tx| rooms::remove(tx, room));
    let indexed = "SELECT count(*) FROM annotations_fts";
    assert_eq!(shelf.read(|c| Ok(c.query_row(indexed, [], |row| row.get::<_, u32>(0))?)), 0);
}

#[test]
fn a_damaged_library_keeps_what_people_wrote() {
    let (shelf, room, document) = water();
    let marked = mark(&shelf, on(document, 1, WATER, "Salt stays"), "mine");
    let connection = library::rusqlite::Connection::open(shelf.folder().database()).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection.execute_batch("DELETE FROM documents; DELETE FROM annotations_fts;").unwrap();
    assert_eq!(repair(&shelf.library).unwrap().problems, [""; 0]);
    assert_eq!(numbers(&find(&shelf, room, None, "mine")), [marked.annotation]);
}
