//! Documents that change: new editions, text that is recognised later, and what is removed and comes back.

use kernel::{Citation, DocumentId, PassageId, RoomId, Timestamp};
use library::conversations::{self, NewTurn, Outcome};
use library::documents::{self, DocumentState, NewDocument};
use library::jobs::{self, JobKind, JobStage, JobState};
use library::passages::{self, Recut};
use library::vectors::{self, DIMENSIONS};
use library::{check, pages, rooms};
use proptest::prelude::*;

use crate::shelf::{Shelf, new_document, page, passage};

const NOW: Timestamp = Timestamp(100);
const MODEL: &str = "model";

fn embed(shelf: &Shelf, passage: PassageId) {
    let vector = [1.0; DIMENSIONS];
    shelf.write(|tx| vectors::put(tx, MODEL, &[(passage, &vector)]));
}

fn sound(shelf: &Shelf) {
    for document in shelf.read(|c| Ok(library::documents::originals(c)?.into_iter().collect::<Vec<_>>())) {
        std::fs::write(shelf.library.original(&document.hash, &document.format), "").unwrap();
    }
    assert_eq!(check::check(&shelf.library).unwrap().problems, [""; 0]);
}

/// A new edition of `document` with these pages, read and waiting to take its place.
fn edition(shelf: &Shelf, document: DocumentId, hash: &str, texts: &[&str]) -> DocumentId {
    shelf.write(|tx| {
        let room = documents::get(tx, document)?.room;
        let new = NewDocument { replaces: Some(document), ..new_document(room, hash) };
        let edition = documents::add(tx, &new, NOW)?.document;
        documents::set_pages(tx, edition, texts.len() as u32)?;
        for (number, text) in (1..).zip(texts) {
            pages::insert(tx, edition, &page(number, text))?;
        }
        Ok(edition)
    })
}

#[test]
fn a_new_edition_takes_the_place_and_what_says_the_same_keeps_its_vector() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "first");
    let same = shelf.page(document, 1, "Water moves outside.");
    let gone = shelf.page(document, 2, "Cells are round.");
    embed(&shelf, same);
    embed(&shelf, gone);
    let edition = edition(&shelf, document, "second", &["A preface.", "Water moves outside.", "Cells have shapes."]);

    // Until then nobody sees it.
    assert_eq!(shelf.read(|c| documents::list(c, room)).len(), 1);
    assert_eq!(shelf.read(rooms::list)[0].documents, 1);
    assert_eq!(shelf.read(|c| documents::edition_of(c, document)), Some(edition));

    let cut = [passage(0, 1, "A preface."), passage(1, 2, "Water moves outside."), passage(2, 3, "Cells have shapes.")];
    let (of, removed) = shelf.write(|tx| documents::take_place(tx, edition));
    let recut = shelf.write(|tx| passages::recut(tx, of, &cut));
    assert_eq!((of, recut), (document, Recut { kept: 1, added: 2, removed: 1 }));
    assert_eq!(removed.original.unwrap().hash, "first");
    let now = shelf.read(|c| documents::get(c, document));
    assert_eq!((now.hash.as_str(), now.pages, now.pages_read), ("second", Some(3), 3));
    assert_eq!((now.passages, now.embedded, now.title.as_str()), (3, 1, "Title of first"));
    let kept = &shelf.read(|c| passages::get(c, &[same]))[0];
    assert_eq!((kept.ordinal, kept.page_start, kept.sentences[0].spans[0].page), (1, 2, 2));
    assert_eq!(shelf.find(room, "round"), []);
    assert_eq!(shelf.find(room, "shapes").len(), 1);
    assert_eq!(shelf.read(|c| documents::edition_of(c, document)), None);
    sound(&shelf);
}

#[test]
fn a_citation_follows_its_words_and_is_marked_where_they_are_gone() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "first");
    shelf.page(document, 1, "Water moves outside.");
    let quoted = |quote: &str| Citation {
        document,
        title: "Biology".into(),
        page: Some(1),
        label: Some("p1".into()),
        quote: quote.into(),
        boxes: Vec::new(),
        changed: false,
        locator: None,
    };
    let citations = [quoted("Water moves"), quoted("Cells are round.")];
    let talk = shelf.write(|tx| conversations::create(tx, room, "Water?", NOW)).conversation;
    let new = NewTurn::new("Where?", "extractive");
    let turn = shelf.write(|tx| conversations::begin_turn(tx, talk, &new, NOW));
    let outcome = Outcome { answer: "Outside [1].", citations: &citations, ..Outcome::default() };
    shelf.write(|tx| conversations::complete(tx, turn, &outcome));

    let edition = edition(&shelf, document, "second", &["A preface.", "Now: Water moves outside."]);
    shelf.write(|tx| documents::take_place(tx, edition));
    assert_eq!(shelf.write(|tx| conversations::follow_edition(tx, document)), 1);
    let now = shelf.read(|c| conversations::turn(c, turn)).citations;
    assert_eq!((now[0].page, now[0].label.as_deref(), now[0].changed), (Some(2), Some("p2"), false));
    assert_eq!(now[0].boxes.len(), 1);
    assert_eq!(Citation { changed: true, ..citations[1].clone() }, now[1]);
}

#[test]
fn a_scanned_page_waits_until_something_is_recognised_on_it() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    shelf.page(document, 1, "Text.");
    shelf.write(|tx| (2..=4).try_for_each(|number| pages::insert(tx, document, &page(number, ""))));
    let waiting = |near| shelf.read(|c| pages::to_recognise(c, document, near, 10));
    assert_eq!(waiting(0), [2, 3, 4]);
    // The page that somebody looks at comes first.
    assert_eq!(waiting(3), [3, 4, 2]);
    let seen = reader::Page { confidence: Some(0.875), ..page(3, "Seen words.") };
    shelf.write(|tx| pages::recognised(tx, document, &seen));
    assert_eq!(waiting(0), [2, 4]);
    let now = shelf.read(|c| documents::get(c, document)).ledger;
    assert_eq!((now.text, now.scanned, now.recognised), (1, 3, 1));
    let stored = shelf.read(|c| pages::get(c, document, 3));
    assert_eq!((stored.text.as_str(), stored.confidence), ("Seen words.", Some(0.875)));
    assert_eq!(stored.status, reader::PageStatus::Scanned);
    assert_eq!(shelf.write(|tx| pages::forget_recognised(tx, document)), 1);
    assert_eq!(waiting(0), [2, 3, 4]);
    assert_eq!(shelf.read(|c| documents::get(c, document)).ledger.recognised, 0);
    sound(&shelf);
}

#[test]
fn a_removed_document_is_out_of_sight_and_comes_back_with_everything() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let passage = shelf.page(document, 1, "Water moves outside.");
    embed(&shelf, passage);
    let job = shelf.write(|tx| jobs::enqueue(tx, document, JobKind::Import, 0, NOW));
    shelf.write(|tx| jobs::set_state(tx, job, JobState::Done, NOW));
    let before = shelf.read(|c| documents::get(c, document));

    let hidden = shelf.write(|tx| rooms::hide_document(tx, document, NOW));
    assert_eq!(shelf.read(|c| documents::list(c, room)), []);
    assert_eq!(shelf.read(rooms::list).len(), 1);
    assert_eq!(shelf.find(room, "water"), []);
    assert_eq!(shelf.read(documents::removals), [document]);
    assert_eq!(shelf.read(rooms::hidden), [hidden]);

    assert!(shelf.write(|tx| rooms::return_document(tx, document, NOW)));
    assert_eq!(shelf.read(|c| documents::get(c, document)), before);
    assert_eq!(shelf.find(room, "water"), [passage]);
    assert_eq!(shelf.read(rooms::hidden), []);
    // Its rows come back to the vector index.
    let job = shelf.read(|c| jobs::get(c, job));
    assert_eq!((job.state, job.stage), (JobState::Queued, JobStage::Indexing));
    sound(&shelf);
}

#[test]
fn a_removed_document_does_not_come_back_beside_the_same_file() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let hidden = shelf.write(|tx| rooms::hide_document(tx, document, NOW));
    let again = shelf.document(room, "a");
    assert_ne!(document, again);
    assert!(!shelf.write(|tx| rooms::return_document(tx, document, NOW)));
    // Cleared away, the file stays: another document needs it.
    let removed = shelf.write(|tx| rooms::remove(tx, hidden));
    assert_eq!((removed[0].document, &removed[0].original), (document, &None));
    sound(&shelf);
}

#[test]
fn an_import_is_held_while_its_room_is_removed() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let (going, held) = (shelf.document(room, "going"), shelf.document(room, "held"));
    let job = |document| shelf.write(|tx| jobs::enqueue(tx, document, JobKind::Import, 0, NOW));
    let (going_job, held_job) = (job(going), job(held));
    shelf.write(|tx| {
        jobs::set_state(tx, held_job, JobState::Paused, NOW)?;
        documents::set_state(tx, held, DocumentState::Paused)
    });
    shelf.write(|tx| rooms::hide(tx, room, NOW));
    assert_eq!(shelf.read(rooms::list), []);
    assert_eq!(shelf.write(|tx| jobs::next(tx, &[JobStage::Reading], "me", NOW)), None);
    let other = shelf.room("biology");
    shelf.write(|tx| rooms::bring_back(tx, room, NOW));
    let names: Vec<_> = shelf.read(rooms::list).into_iter().map(|it| (it.room, it.name)).collect();
    assert_eq!(names, [(room, "Biology (2)".to_owned()), (other, "biology".to_owned())]);
    let state = |job| shelf.read(|c| jobs::get(c, job)).state;
    assert_eq!((state(going_job), state(held_job)), (JobState::Queued, JobState::Paused));
    assert!(shelf.library.write(|tx| rooms::bring_back(tx, RoomId(99), NOW)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn passages_cut_anew_are_just_those_and_none_that_stays_is_embedded_again(
        old in proptest::collection::vec(0..6_u8, 0..12),
        new in proptest::collection::vec(0..6_u8, 0..12),
    ) {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let document = shelf.document(room, "a");
        let cut = |words: &[u8]| -> Vec<_> {
            (0..).zip(words).map(|(at, word)| passage(at, at + 1, &format!("word{word}"))).collect()
        };
        let ids = shelf.write(|tx| passages::insert(tx, document, &cut(&old)));
        for id in &ids {
            embed(&shelf, *id);
        }
        let done = shelf.write(|tx| passages::recut(tx, document, &cut(&new)));
        let now = shelf.read(|c| passages::of_document(c, document, 0, 100));
        let texts: Vec<_> = now.iter().map(|it| it.text.clone()).collect();
        prop_assert_eq!(texts, new.iter().map(|word| format!("word{word}")).collect::<Vec<_>>());
        let both = |word: u8| {
            let count = |list: &[u8]| list.iter().filter(|it| **it == word).count();
            count(&old).min(count(&new))
        };
        let kept: usize = (0..6).map(both).sum();
        prop_assert_eq!(done.kept as usize, kept);
        prop_assert_eq!(shelf.read(|c| vectors::count(c, MODEL)) as usize, kept);
        for word in 0..6_u8 {
            let found = shelf.find(room, &format!("word{word}")).len();
            prop_assert_eq!(found, new.iter().filter(|it| **it == word).count());
        }
        let stored = shelf.read(|c| documents::get(c, document));
        prop_assert_eq!((stored.passages as usize, stored.embedded as usize), (new.len(), kept));
    }
}
