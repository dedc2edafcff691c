//! What the tests of this crate share.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernel::{DocumentId, LibraryFolder, NativeParts, PassageId, RoomId, SystemClock};
use library::documents::NewDocument;
use library::{Library, documents, passages, rooms, vectors};
use reader::{BlockKind, Passage, Sentence};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::embed::{DIMENSIONS, MODEL, Vector};
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

    pub(crate) fn remove(&self, document: DocumentId) {
        self.library.write(|tx| documents::remove(tx, document)).unwrap();
    }
}

fn passage(text: &str, ordinal: u32) -> Passage {
    let end = u32::try_from(text.len()).unwrap();
    Passage {
        ordinal,
        headings: vec!["Chapter".to_owned()],
        kind: BlockKind::Paragraph,
        text: text.to_owned(),
        sentences: vec![Sentence { start: 0, end, spans: Vec::new() }],
        page_start: 1,
        page_end: 1,
        tokens: 10,
    }
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
