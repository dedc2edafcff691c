//! What the tests of this crate share.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernel::{DocumentId, LibraryFolder, NativeParts, PassageId, RoomId, SystemClock};
use library::documents::NewDocument;
use library::{Library, Transaction, documents, pages, passages, rooms, terms, vectors};
use reader::{BlockKind, OutlineItem, Page, Passage, Sentence, Span, Term, TermKind};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::embed::{DIMENSIONS, Embedded, MODEL, Vector};
use crate::index::VectorIndex;

/// The native parts of this machine. Tests that need the model say so and pass over where it is not set up;
/// `cargo xtask test` always sets it up.
pub(crate) fn native() -> Option<NativeParts> {
    let folder = std::env::var_os("SMART_STUDY_ROOM_NATIVE")?;
    Some(NativeParts::new(folder))
}

pub(crate) fn texts(name: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| format!("{name} {n}")).collect()
}

pub(crate) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// A library in a folder of its own, with its vector index.
pub(crate) struct Shelf {
    pub(crate) library: Library,
    pub(crate) index: VectorIndex,
    pub(crate) folder: TempDir,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = LibraryFolder::new(folder.path());
        Self {
            library: Library::open(place.clone(), Arc::new(SystemClock)).unwrap(),
            index: VectorIndex::open(&place, MODEL),
            folder,
        }
    }

    /// The same folder, opened as another process would.
    pub(crate) fn another_index(&self) -> VectorIndex {
        VectorIndex::open(&LibraryFolder::new(self.folder.path()), MODEL)
    }

    pub(crate) fn room(&self, name: &str) -> RoomId {
        let made = self.library.write(|tx| rooms::create(tx, name, self.library.now()));
        made.unwrap().room
    }

    /// A document of one-sentence passages, each with the vector of its text by [`direction`], in SQLite alone.
    pub(crate) fn document(&self, room: RoomId, name: &str, texts: &[String]) -> (DocumentId, Vec<PassageId>) {
        let (document, ids) = self.unembedded(room, name, texts);
        self.library
            .write(|tx| {
                let found: Vec<Vector> = texts.iter().map(|text| direction(text)).collect();
                let rows: Vec<(PassageId, &Vector)> = ids.iter().copied().zip(&found).collect();
                vectors::put(tx, MODEL, &rows)
            })
            .unwrap();
        (document, ids)
    }

    pub(crate) fn unembedded(&self, room: RoomId, name: &str, texts: &[String]) -> (DocumentId, Vec<PassageId>) {
        self.library
            .write(|tx| {
                let new = NewDocument {
                    room,
                    title: name.to_owned(),
                    file_name: format!("{name}.pdf"),
                    source: None,
                    hash: name.to_owned(),
                    format: "pdf".to_owned(),
                    bytes: 1,
                    replaces: None,
                };
                let document = documents::add(tx, &new, self.library.now())?.document;
                let read: Vec<Passage> = texts.iter().zip(0..).map(|(text, n)| passage(text, n)).collect();
                Ok((document, passages::insert(tx, document, &read)?))
            })
            .unwrap()
    }

    /// A document of these parts, with a table of contents that has the first heading of each section in it, and with
    /// the vector of each passage's text.
    pub(crate) fn book(&self, room: RoomId, name: &str, parts: &[Part]) -> (DocumentId, Vec<PassageId>) {
        let (document, _) = self.unembedded(room, name, &[]);
        let read =
            |tx: &Transaction<'_>| (1..=PAGES).try_for_each(|n| pages::insert(tx, document, &Page::unreadable(n)));
        self.library.write(read).unwrap();
        (document, self.recut(document, parts))
    }

    /// Puts other parts into a book, as after the recognition of its pages: what says the same stays what it is. Its
    /// passages come back in order.
    pub(crate) fn recut(&self, document: DocumentId, parts: &[Part]) -> Vec<PassageId> {
        self.library
            .write(|tx| {
                let (read, outline, defined) = read(parts);
                passages::recut(tx, document, &read)?;
                terms::replace(tx, document, &defined)?;
                documents::set_outline(tx, document, &outline)?;
                let stored = passages::of_document(tx, document, 0, u32::MAX)?;
                let found: Vec<Vector> = stored.iter().map(|passage| direction(&passage.text)).collect();
                let rows: Vec<(PassageId, &Vector)> = stored.iter().map(|it| it.passage).zip(&found).collect();
                vectors::put(tx, MODEL, &rows)?;
                Ok(rows.into_iter().map(|(passage, _)| passage).collect())
            })
            .unwrap()
    }

    pub(crate) fn remove(&self, document: DocumentId) {
        self.library.write(|tx| documents::remove(tx, document)).unwrap();
    }
}

/// Pages of a book, whatever stands on them.
const PAGES: u32 = 10;

/// A passage of a book, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) page: u32,
    /// Titles of the sections that it is in, outermost first.
    pub(crate) headings: Vec<String>,
    pub(crate) kinds: Vec<BlockKind>,
    /// Whether it begins with a term that it defines.
    pub(crate) defines: bool,
}

fn read(parts: &[Part]) -> (Vec<Passage>, Vec<OutlineItem>, Vec<Term>) {
    let (mut read, mut outline, mut defined) = (Vec::new(), Vec::new(), Vec::new());
    let mut above: &[String] = &[];
    // Where the next passage begins on its page.
    let (mut page, mut start) = (0, 0);
    for (part, ordinal) in parts.iter().zip(0..) {
        if part.page != page {
            (page, start) = (part.page, 0);
        }
        let known = above.iter().zip(&part.headings).take_while(|(a, b)| a == b).count();
        for (title, level) in part.headings.iter().zip(1..).skip(known) {
            outline.push(OutlineItem { level, title: title.clone(), page });
        }
        above = &part.headings;
        let length = u32::try_from(part.text.len()).unwrap();
        let span = Span { page, start, end: start + length };
        start += length + 1;
        if part.defines {
            defined.push(Term {
                name: "term".to_owned(),
                span: Span { end: span.start + 1, ..span },
                definition: part.text.clone(),
                spans: vec![span],
                kind: TermKind::Glossary,
                strength: terms::SURE,
                heading: None,
            });
        }
        read.push(Passage {
            headings: part.headings.clone(),
            kinds: part.kinds.clone(),
            sentences: vec![Sentence { start: 0, end: length, spans: vec![span] }],
            page_start: page,
            page_end: page,
            ..passage(&part.text, ordinal)
        });
    }
    (read, outline, defined)
}

fn passage(text: &str, ordinal: u32) -> Passage {
    let end = u32::try_from(text.len()).unwrap();
    Passage {
        ordinal,
        headings: vec!["Chapter".to_owned()],
        kind: BlockKind::Paragraph,
        kinds: vec![BlockKind::Paragraph],
        text: text.to_owned(),
        sentences: vec![Sentence { start: 0, end, spans: Vec::new() }],
        page_start: 1,
        page_end: 1,
        tokens: 10,
    }
}

/// What a model that gives no tokens would make of a text: its [`direction`].
pub(crate) fn embedded(text: &str) -> Embedded {
    Embedded { vector: direction(text), tokens: Vec::new() }
}

/// A direction of its own for each text, always the same.
pub(crate) fn direction(text: &str) -> Vector {
    let mut state = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let mut vector = [0.0; DIMENSIONS];
    for number in &mut vector {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *number = (state >> 40) as f32 / (1_u64 << 24) as f32 - 0.5;
    }
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    vector.map(|number| number / length)
}
