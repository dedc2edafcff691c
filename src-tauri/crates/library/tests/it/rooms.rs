use kernel::{Code, Coded};
use library::{documents, rooms};

use crate::shelf::Shelf;

#[test]
fn a_room_has_a_name_of_its_own_however_it_is_cased_or_spaced() {
    let shelf = Shelf::new();
    let room = shelf.room("  Zoología   y botánica ");
    let again = |name| shelf.library.write(|tx| rooms::create(tx, name, shelf.library.now()));
    let error = again("ZOOLOGÍA Y BOTÁNICA").unwrap_err();
    assert_eq!(error.code(), Code::Invalid);
    assert!(error.to_string().contains("“Zoología y botánica”"), "{error}");
    assert_eq!(again(" \t ").unwrap_err().code(), Code::Invalid);
    assert_eq!(again(&"x".repeat(121)).unwrap_err().code(), Code::Invalid);
    let found = shelf.read(|c| rooms::by_name(c, "zoología y Botánica")).unwrap();
    assert_eq!(found.room, room);
    // Its own name in another case is no clash.
    shelf.write(|tx| rooms::rename(tx, room, "ZOOLOGÍA y botánica"));
    assert_eq!(shelf.read(|c| rooms::get(c, room)).name, "ZOOLOGÍA y botánica");
}

#[test]
fn the_list_counts_what_each_room_holds() {
    let shelf = Shelf::new();
    let (full, empty) = (shelf.room("Full"), shelf.room("Empty"));
    let first = shelf.document(full, "a");
    shelf.document(full, "b");
    shelf.page(first, 1, "osmosis");
    shelf.page(first, 2, "diffusion");
    let list = shelf.read(rooms::list);
    let counts: Vec<_> = list.iter().map(|r| (r.room, r.documents, r.passages)).collect();
    assert_eq!(counts, [(full, 2, 2), (empty, 0, 0)]);
    assert_ne!(list[0].hue, list[1].hue);
}

#[test]
fn a_removed_room_takes_its_documents_along_but_not_a_file_that_another_room_uses() {
    let shelf = Shelf::new();
    let (going, staying) = (shelf.room("Going"), shelf.room("Staying"));
    let shared = shelf.document(going, "shared");
    let own = shelf.document(going, "own");
    let kept = shelf.document(staying, "shared");
    shelf.page(shared, 1, "osmosis");
    shelf.page(kept, 1, "osmosis");
    let removed = shelf.write(|tx| rooms::remove(tx, going));
    let originals: Vec<_> = removed.iter().map(|r| (r.document, r.original.is_some())).collect();
    assert_eq!(originals, [(shared, false), (own, true)]);
    assert_eq!(shelf.read(documents::removals), [shared, own]);
    assert_eq!(shelf.find(staying, "osmosis").len(), 1);
    assert!(shelf.find(going, "osmosis").is_empty());
    let gone = shelf.library.write(|tx| rooms::remove(tx, going)).unwrap_err();
    assert_eq!(gone.code(), Code::NotFound);
}

#[test]
fn the_number_of_a_removed_room_is_never_given_again() {
    let shelf = Shelf::new();
    let first = shelf.room("First");
    shelf.write(|tx| rooms::remove(tx, first));
    assert_ne!(shelf.room("Second"), first);
}

#[test]
fn whatever_changes_what_a_room_holds_moves_its_revision_and_nothing_else_does() {
    let shelf = Shelf::new();
    let (room, other) = (shelf.room("One"), shelf.room("Other"));
    let document = shelf.document(room, "a");
    let revision = || shelf.read(|c| rooms::revision(c, room));
    let mut before = revision();
    let mut moves = |what: &str, change: &dyn Fn()| {
        change();
        let now = revision();
        assert!(now > before, "{what}");
        before = now;
    };
    moves("a page", &|| {
        shelf.page(document, 1, "osmosis");
    });
    let passage = shelf.find(room, "osmosis")[0];
    moves("a vector", &|| {
        shelf.write(|tx| library::vectors::put(tx, "m", &[(passage, &[0.1; 384])]));
    });
    moves("another title", &|| shelf.write(|tx| documents::set_title(tx, document, "Water")));
    moves("another place", &|| {
        shelf.write(|tx| {
            Ok(tx.execute("UPDATE passages SET page_start = 1 WHERE passage = ?", [passage.0]).map(drop)?)
        });
    });
    moves("its removal", &|| {
        shelf.write(|tx| documents::remove(tx, document));
    });
    shelf.page(shelf.document(other, "b"), 1, "osmosis");
    shelf.write(|tx| rooms::rename(tx, room, "Another name"));
    assert_eq!(revision(), before);
    assert_eq!(shelf.read(|c| rooms::revision(c, kernel::RoomId(999))), 0);
}
