//! Whatever is added, renamed and removed in whatever order: rows, counts and keyword index agree, and a room
//! never finds what is another's.

use std::collections::BTreeMap;

use kernel::{DocumentId, PassageId, RoomId};
use library::{check, documents, pages, passages, rooms, vectors};
use proptest::prelude::*;

use crate::shelf::{Shelf, page, passage};

#[derive(Clone, Debug)]
enum Step {
    AddRoom,
    RenameRoom(usize),
    RemoveRoom(usize),
    AddDocument(usize, u8),
    AddBatch(usize, u8, u8),
    Embed(usize),
    Retitle(usize),
    ReadAnew(usize),
    RemoveDocument(usize),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let any = || 0..100_usize;
    prop_oneof![
        2 => Just(Step::AddRoom),
        1 => any().prop_map(Step::RenameRoom),
        1 => any().prop_map(Step::RemoveRoom),
        4 => (any(), 0..4_u8).prop_map(|(room, file)| Step::AddDocument(room, file)),
        8 => (any(), 0..5_u8, 0..6_u8).prop_map(|(d, pages, passages)| Step::AddBatch(d, pages, passages)),
        3 => any().prop_map(Step::Embed),
        1 => any().prop_map(Step::Retitle),
        1 => any().prop_map(Step::ReadAnew),
        2 => any().prop_map(Step::RemoveDocument),
        1 => Just(Step::Reopen),
    ]
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    room: i64,
    pages: u32,
    passages: Vec<PassageId>,
    embedded: u32,
}

#[derive(Default)]
struct Expected {
    rooms: BTreeMap<i64, String>,
    documents: BTreeMap<i64, Known>,
    names: u32,
}

fn pick<V>(map: &BTreeMap<i64, V>, number: usize) -> Option<i64> {
    map.keys().nth(number % map.len().max(1)).copied()
}

impl Expected {
    fn apply(&mut self, shelf: &mut Shelf, step: &Step) {
        match *step {
            Step::AddRoom => {
                let name = self.name();
                self.rooms.insert(shelf.room(&name).0, name);
            }
            Step::RenameRoom(n) => {
                let Some(room) = pick(&self.rooms, n) else { return };
                let name = self.name();
                shelf.write(|tx| rooms::rename(tx, RoomId(room), &name));
                self.rooms.insert(room, name);
            }
            Step::RemoveRoom(n) => {
                let Some(room) = pick(&self.rooms, n) else { return };
                shelf.write(|tx| rooms::remove(tx, RoomId(room)));
                self.rooms.remove(&room);
                self.documents.retain(|_, known| known.room != room);
            }
            Step::AddDocument(n, file) => {
                let Some(room) = pick(&self.rooms, n) else { return };
                let document = shelf.document(RoomId(room), &format!("file{file}"));
                let fresh = Known { room, ..Known::default() };
                self.documents.entry(document.0).or_insert(fresh);
            }
            Step::AddBatch(n, pages, passages) => self.add_batch(shelf, n, pages, passages),
            Step::Embed(n) => {
                let Some(document) = pick(&self.documents, n) else { return };
                let stored = shelf.write(|tx| {
                    let waiting = passages::without_vector(tx, DocumentId(document), "m", 0, 3)?;
                    let batch: Vec<_> = waiting.iter().map(|p| (p.passage, &[0.1; 384])).collect();
                    vectors::put(tx, "m", &batch)
                });
                self.documents.get_mut(&document).unwrap().embedded += stored;
            }
            Step::Retitle(n) => {
                let Some(document) = pick(&self.documents, n) else { return };
                let title = self.name();
                shelf.write(|tx| documents::set_title(tx, DocumentId(document), &title));
            }
            Step::ReadAnew(n) => {
                let Some(document) = pick(&self.documents, n) else { return };
                shelf.write(|tx| documents::reset(tx, DocumentId(document)));
                let known = self.documents.get_mut(&document).unwrap();
                *known = Known { room: known.room, ..Known::default() };
            }
            Step::RemoveDocument(n) => {
                let Some(document) = pick(&self.documents, n) else { return };
                shelf.write(|tx| documents::remove(tx, DocumentId(document)));
                self.documents.remove(&document);
            }
            Step::Reopen => shelf.library = crate::shelf::open(&shelf.folder()).unwrap(),
        }
    }

    fn add_batch(&mut self, shelf: &Shelf, n: usize, more_pages: u8, more_passages: u8) {
        let Some(document) = pick(&self.documents, n) else { return };
        let known = self.documents.get_mut(&document).unwrap();
        let id = DocumentId(document);
        let text = format!("common words, mark{} alone", known.room);
        let first = known.passages.len() as u32;
        let batch: Vec<_> =
            (first..first + u32::from(more_passages)).map(|ordinal| passage(ordinal, 1, &text)).collect();
        let from = known.pages + 1;
        known.pages += u32::from(more_pages);
        let ids = shelf.write(|tx| {
            for number in from..=known.pages {
                pages::insert(tx, id, &page(number, if number % 3 == 0 { "" } else { &text }))?;
            }
            passages::insert(tx, id, &batch)
        });
        known.passages.extend(ids);
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("Name {}", self.names)
    }

    fn compare(&self, shelf: &Shelf) {
        let stored = shelf.read(rooms::list);
        let names: BTreeMap<_, _> = stored.iter().map(|r| (r.room.0, r.name.clone())).collect();
        assert_eq!(names, self.rooms);
        for room in &stored {
            let own = || self.documents.iter().filter(|(_, known)| known.room == room.room.0);
            for document in shelf.read(|c| documents::list(c, room.room)) {
                let known = &self.documents[&document.document.0];
                assert_eq!(document.pages_read, known.pages);
                assert_eq!(document.ledger.scanned, known.pages / 3);
                assert_eq!(document.passages as usize, known.passages.len());
                assert_eq!(document.embedded, known.embedded);
            }
            assert_eq!(room.documents as usize, own().count());
            let mut passages: Vec<_> = own().flat_map(|(_, known)| known.passages.clone()).collect();
            passages.sort();
            assert_eq!(shelf.find(room.room, "common"), passages);
            assert_eq!(shelf.find(room.room, &format!("mark{}", room.room)), passages);
            let foreign: Vec<_> = self.rooms.keys().filter(|other| **other != room.room.0).collect();
            for other in foreign {
                assert!(shelf.find(room.room, &format!("mark{other}")).is_empty());
            }
        }
        assert_eq!(check::check(&shelf.library).unwrap().problems, [] as [&str; 0]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_counts_and_keyword_index_agree(steps in proptest::collection::vec(step(), 1..60)) {
        let mut shelf = Shelf::new();
        let mut expected = Expected::default();
        for (number, step) in steps.iter().enumerate() {
            expected.apply(&mut shelf, step);
            if number % 10 == 9 {
                expected.compare(&shelf);
            }
        }
        expected.compare(&shelf);
    }
}
