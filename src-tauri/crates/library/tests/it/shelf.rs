//! A library in a folder of its own, and things to put into it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use kernel::{Citation, Clock, DocumentId, LibraryFolder, PassageId, Rect, RoomId, Timestamp};
use library::documents::NewDocument;
use library::quizzes::{Item, ItemKind, Key};
use library::{Connection, Error, Library, Transaction, documents, pages, passages, rooms};
use reader::{Block, BlockKind, Page, PageStatus, Passage, Sentence, Span, Word};

/// Every look at it is one millisecond later.
#[derive(Default)]
pub(crate) struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

pub(crate) struct Shelf {
    pub(crate) place: tempfile::TempDir,
    pub(crate) library: Library,
}

pub(crate) fn open(folder: &LibraryFolder) -> Result<Library, Error> {
    Library::open(folder.clone(), Arc::new(Ticking::default()))
}

impl Shelf {
    pub(crate) fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let library = open(&LibraryFolder::new(place.path())).unwrap();
        Self { place, library }
    }

    pub(crate) fn folder(&self) -> LibraryFolder {
        LibraryFolder::new(self.place.path())
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> T {
        self.library.read(work).unwrap()
    }

    pub(crate) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> T {
        self.library.write(work).unwrap()
    }

    pub(crate) fn room(&self, name: &str) -> RoomId {
        let now = self.library.now();
        self.write(|tx| rooms::create(tx, name, now)).room
    }

    /// A document whose file is `hash`, with the copy of that file in its place.
    pub(crate) fn document(&self, room: RoomId, hash: &str) -> DocumentId {
        std::fs::write(self.library.original(hash, "pdf"), hash).unwrap();
        let now = self.library.now();
        self.write(|tx| documents::add(tx, &new_document(room, hash), now)).document
    }

    /// Stores a page that says `text` and a passage with the same words.
    pub(crate) fn page(&self, document: DocumentId, number: u32, text: &str) -> PassageId {
        self.write(|tx| {
            pages::insert(tx, document, &page(number, text))?;
            let ordinal = passages::next_ordinal(tx, document)?;
            let ids = passages::insert(tx, document, &[passage(ordinal, number, text)])?;
            Ok(ids[0])
        })
    }

    pub(crate) fn find(&self, room: RoomId, words: &str) -> Vec<PassageId> {
        self.read(|connection| find(connection, room, words))
    }
}

/// As a search of one room asks the keyword index.
pub(crate) fn find(connection: &Connection, room: RoomId, words: &str) -> Result<Vec<PassageId>, Error> {
    let mut query = connection.prepare_cached(
        "SELECT f.rowid FROM passages_fts f JOIN passages p ON p.passage = f.rowid
         WHERE passages_fts MATCH ? AND p.room = ? ORDER BY f.rowid",
    )?;
    let rows = query.query_map((words, room.0), |row| row.get(0).map(PassageId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn new_document(room: RoomId, hash: &str) -> NewDocument {
    NewDocument {
        room,
        title: format!("Title of {hash}"),
        file_name: format!("{hash}.pdf"),
        source: Some(format!("/books/{hash}.pdf")),
        hash: hash.into(),
        format: "pdf".into(),
        bytes: 1_234_567,
        replaces: None,
    }
}

pub(crate) fn page(number: u32, text: &str) -> Page {
    let length = text.len() as u32;
    let rect = Rect { x0: 0.25, y0: 0.5, x1: 0.75, y1: 0.625 };
    Page {
        label: Some(format!("p{number}")),
        width: 612.0,
        height: 792.0,
        status: if text.is_empty() { PageStatus::Scanned } else { PageStatus::Text },
        text: text.into(),
        words: vec![Word { start: 0, end: length, rect }],
        blocks: vec![Block { kind: BlockKind::Paragraph, level: None, start: 0, end: length }],
        ..Page::unreadable(number)
    }
}

pub(crate) fn passage(ordinal: u32, page: u32, text: &str) -> Passage {
    let end = text.len() as u32;
    Passage {
        ordinal,
        headings: vec!["Part one".into(), "Cells".into()],
        kind: BlockKind::Paragraph,
        kinds: vec![BlockKind::Paragraph],
        text: text.into(),
        sentences: vec![Sentence { start: 0, end, spans: vec![Span { page, start: 0, end }] }],
        page_start: page,
        page_end: page,
        tokens: 12,
    }
}

/// What can be asked of these words.
pub(crate) fn question(citation: Citation) -> Item {
    Item {
        kind: ItemKind::Choice,
        stem: "What makes proteins?".into(),
        terms: Vec::new(),
        options: vec!["Ribosomes".into(), "Water".into()],
        answer: Key::One("Ribosomes".into()),
        explanation: "It says so.".into(),
        further: Vec::new(),
        citation,
        confidence: 0.9,
    }
}

/// How many passages of the first room have these words.
pub(crate) fn find_in(library: &Library, words: &str) -> usize {
    library.read(|c| find(c, RoomId(1), words)).unwrap().len()
}
