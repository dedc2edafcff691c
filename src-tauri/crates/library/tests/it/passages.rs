use kernel::PassageId;
use library::passages;

use crate::shelf::{Shelf, passage};

#[test]
fn passages_come_back_whole_and_in_the_order_asked_for() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let first = shelf.page(document, 1, "Osmosis moves water.");
    let second = shelf.page(document, 2, "Diffusion moves what is dissolved.");
    let asked = [second, PassageId(999), first];
    let found = shelf.read(|c| passages::get(c, &asked));
    assert_eq!(found.iter().map(|p| p.passage).collect::<Vec<_>>(), [second, first]);
    let expected = passage(1, 2, "Diffusion moves what is dissolved.");
    let stored = &found[0];
    assert_eq!((stored.room, stored.document, stored.ordinal), (room, document, 1));
    assert_eq!((&stored.headings, &stored.text), (&expected.headings, &expected.text));
    assert_eq!((&stored.sentences, stored.kind), (&expected.sentences, expected.kind));
    assert_eq!((stored.page_start, stored.page_end, stored.tokens), (2, 2, 12));
    assert_eq!(stored.label_start.as_deref(), Some("p2"));
    assert_eq!(stored.title, "Title of a");
}

#[test]
fn neighbours_stay_in_the_document() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let (document, other) = (shelf.document(room, "a"), shelf.document(room, "b"));
    let ids: Vec<_> = (1..=5).map(|n| shelf.page(document, n, "text")).collect();
    shelf.page(other, 1, "text");
    let around = |at: usize, before, after| -> Vec<_> {
        let found = shelf.read(|c| passages::neighbours(c, ids[at], before, after));
        found.iter().map(|p| p.passage).collect()
    };
    assert_eq!(around(2, 1, 1), ids[1..4]);
    assert_eq!(around(0, 3, 0), ids[..1]);
    assert_eq!(around(4, 1, 9), ids[3..]);
    let part = shelf.read(|c| passages::of_document(c, document, 1, 2));
    assert_eq!(part.iter().map(|p| p.ordinal).collect::<Vec<_>>(), [1, 2]);
    let on_page = shelf.read(|c| passages::on_page(c, document, 4));
    assert_eq!(on_page[0].passage, ids[3]);
}

#[test]
fn words_are_found_in_any_form_case_and_accent_and_in_headings() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let passage = shelf.page(document, 1, "The Démonstrations of membranes");
    for words in ["demonstration", "MEMBRANE", "headings : cells", "\"part one\""] {
        assert_eq!(shelf.find(room, words), [passage], "{words}");
    }
    assert!(shelf.find(room, "text : cells").is_empty());
    assert!(shelf.find(room, "mitochondria").is_empty());
}

#[test]
fn a_passage_without_a_heading_has_none_when_it_comes_back() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    let mut bare = passage(0, 1, "text");
    bare.headings.clear();
    let mut odd = passage(1, 1, "text");
    odd.headings = vec!["Two\nlines".into(), "Ω".into()];
    let ids = shelf.write(|tx| passages::insert(tx, document, &[bare, odd]));
    let found = shelf.read(|c| passages::get(c, &ids));
    assert!(found[0].headings.is_empty());
    assert_eq!(found[1].headings, ["Two lines", "Ω"]);
    // No page is stored yet: no label, but found all the same.
    assert_eq!(found[0].label_start, None);
}
