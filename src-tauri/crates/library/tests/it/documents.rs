use kernel::{Code, Coded, DocumentId};
use library::documents::{DocumentState, Ledger};
use library::{documents, jobs, pages};
use reader::{Block, BlockKind, OutlineItem, PageStatus};

use crate::shelf::{Shelf, new_document, page};

#[test]
fn the_same_file_is_added_to_a_room_once_and_to_another_room_again() {
    let shelf = Shelf::new();
    let (biology, physics) = (shelf.room("Biology"), shelf.room("Physics"));
    let add = |room| shelf.write(|tx| documents::add(tx, &new_document(room, "h"), shelf.library.now()));
    let first = add(biology);
    assert!(!first.duplicate);
    let second = add(biology);
    assert_eq!((second.document, second.duplicate), (first.document, true));
    assert!(!add(physics).duplicate);
    assert!(shelf.read(|c| documents::in_use(c, "h")));
    assert!(!shelf.read(|c| documents::in_use(c, "other")));
}

#[test]
fn a_document_comes_back_as_it_was_stored_and_its_ledger_counts_its_pages() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "h");
    shelf.write(|tx| {
        documents::set_pages(tx, document, 7)?;
        documents::set_title(tx, document, "Biology 2e")?;
        documents::set_state(tx, document, DocumentState::Reading)?;
        for (number, status) in (1..).zip([
            PageStatus::Text,
            PageStatus::Text,
            PageStatus::Scanned,
            PageStatus::Garbled,
            PageStatus::Empty,
            PageStatus::Unreadable,
        ]) {
            let mut page = page(number, "words");
            page.status = status;
            pages::insert(tx, document, &page)?;
        }
        Ok(())
    });
    let list = shelf.read(|c| documents::list(c, room));
    assert_eq!(list, [shelf.read(|c| documents::get(c, document))]);
    let stored = &list[0];
    assert_eq!((stored.title.as_str(), stored.bytes), ("Biology 2e", 1_234_567));
    assert_eq!((stored.pages, stored.pages_read), (Some(7), 6));
    assert_eq!(stored.state, DocumentState::Reading);
    let ledger = Ledger { text: 2, scanned: 1, garbled: 1, empty: 1, unreadable: 1, recognised: 0 };
    assert_eq!(stored.ledger, ledger);
}

#[test]
fn a_failure_says_why_until_the_state_changes() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "h");
    let failed = DocumentState::Failed;
    shelf.write(|tx| documents::set_state_because(tx, document, failed, Code::Encrypted, "Needs a password."));
    let stored = shelf.read(|c| documents::get(c, document));
    assert_eq!((stored.state, stored.code), (failed, Some(Code::Encrypted)));
    assert_eq!(stored.message.as_deref(), Some("Needs a password."));
    shelf.write(|tx| documents::set_state(tx, document, DocumentState::Queued));
    let stored = shelf.read(|c| documents::get(c, document));
    assert_eq!((stored.code, stored.message), (None, None));
}

#[test]
fn pages_come_back_as_they_were_read() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "h");
    let mut second = page(2, "Zellen und Gewebe – café");
    second.label = None;
    shelf.write(|tx| {
        pages::insert(tx, document, &page(1, "Cells"))?;
        pages::insert(tx, document, &second)
    });
    let back = shelf.read(|c| pages::get(c, document, 2));
    assert_eq!((&back.text, &back.blocks), (&second.text, &second.blocks));
    assert_eq!((back.width, back.status), (second.width, second.status));
    let (was, is) = (second.words[0], back.words[0]);
    assert_eq!((was.start, was.end), (is.start, is.end));
    assert!((was.rect.y1 - is.rect.y1).abs() < 1.0 / 65_535.0);
    assert_eq!(shelf.read(|c| pages::labels(c, document)), [(1, "p1".to_owned())]);
    assert_eq!(shelf.read(|c| pages::label(c, document, 1)).as_deref(), Some("p1"));
    assert_eq!(shelf.read(|c| pages::last(c, document)), Some(2));
    assert_eq!(shelf.read(|c| pages::list(c, document)).len(), 2);
    let missing = shelf.library.read(|c| pages::get(c, document, 3)).unwrap_err();
    assert_eq!(missing.code(), Code::NotFound);
}

#[test]
fn the_outline_keeps_its_order() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "h");
    let item = |level, title: &str, page| OutlineItem { level, title: title.into(), page };
    let items = [item(1, "Cells", 3), item(2, "Membranes", 5), item(1, "Appendix", 2)];
    shelf.write(|tx| documents::set_outline(tx, document, &[item(1, "Old", 1)]));
    shelf.write(|tx| documents::set_outline(tx, document, &items));
    assert_eq!(shelf.read(|c| documents::outline(c, document)), items);
}

#[test]
fn without_a_table_of_contents_the_headings_of_the_pages_make_one() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let (bare, with_its_own) = (shelf.document(room, "a"), shelf.document(room, "b"));
    let own = OutlineItem { level: 1, title: "Its own".into(), page: 1 };
    shelf.write(|tx| {
        documents::set_outline(tx, with_its_own, std::slice::from_ref(&own))?;
        for document in [bare, with_its_own] {
            for (number, heading, level) in [(1, "Cells", 1), (2, "The  cell\nwall", 2), (3, "Organs", 1)] {
                let mut page = page(number, &format!("{heading}\nText."));
                page.blocks.insert(
                    0,
                    Block { kind: BlockKind::Heading, level: Some(level), start: 0, end: heading.len() as u32 },
                );
                pages::insert(tx, document, &page)?;
            }
            documents::derive_outline(tx, document)?;
        }
        // Made anew, not twice.
        documents::derive_outline(tx, bare)
    });
    let outline = shelf.read(|c| documents::outline(c, bare));
    let told: Vec<_> = outline.iter().map(|it| (it.level, it.title.as_str(), it.page)).collect();
    assert_eq!(told, [(1, "Cells", 1), (2, "The cell wall", 2), (1, "Organs", 3)]);
    assert!(shelf.read(|c| documents::outline_is_derived(c, bare)));
    assert_eq!(shelf.read(|c| documents::outline(c, with_its_own)), [own]);
    assert!(!shelf.read(|c| documents::outline_is_derived(c, with_its_own)));
}

#[test]
fn removing_a_document_leaves_nothing_of_it_but_the_note_for_the_vector_index() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let (going, staying) = (shelf.document(room, "a"), shelf.document(room, "b"));
    let passage = shelf.page(going, 1, "osmosis");
    let kept = shelf.page(staying, 1, "osmosis");
    shelf.write(|tx| {
        jobs::enqueue(tx, going, jobs::JobKind::Import, 0, shelf.library.now())?;
        library::vectors::put(tx, "m", &[(passage, &[0.5; 384])])
    });
    let removed = shelf.write(|tx| documents::remove(tx, going));
    assert_eq!(removed.original.map(|o| o.hash).as_deref(), Some("a"));
    assert_eq!(shelf.find(room, "osmosis"), [kept]);
    assert_eq!(shelf.read(|c| jobs::of_document(c, going)), None);
    assert_eq!(shelf.read(|c| library::vectors::count(c, "m")), 0);
    assert_eq!(shelf.read(documents::removals), [going]);
    shelf.write(|tx| documents::cleared(tx, &[going]));
    assert_eq!(shelf.read(documents::removals), []);
    let gone = shelf.library.write(|tx| documents::remove(tx, going)).unwrap_err();
    assert_eq!(gone.code(), Code::NotFound);
    assert_eq!(gone.to_string(), format!("There is no document {going} (any more)."));
}

#[test]
fn a_document_that_is_read_anew_begins_with_nothing() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let old = shelf.page(document, 1, "osmosis");
    shelf.write(|tx| library::vectors::put(tx, "m", &[(old, &[0.5; 384])]));
    shelf.write(|tx| documents::reset(tx, document));
    let stored = shelf.read(|c| documents::get(c, document));
    assert_eq!((stored.pages_read, stored.passages, stored.embedded), (0, 0, 0));
    assert_eq!(stored.ledger, Ledger::default());
    assert!(shelf.find(room, "osmosis").is_empty());
    assert_eq!(shelf.read(documents::removals), [document]);
    // Page 1 can be stored again, and its passage is another one.
    assert_ne!(shelf.page(document, 1, "osmosis"), old);
    let nowhere = shelf.library.write(|tx| documents::reset(tx, DocumentId(99)));
    assert_eq!(nowhere.unwrap_err().code(), Code::NotFound);
}
