//! A library that nobody has imported: rows as an import stores them, with made text and made vectors.

use std::path::Path;
use std::sync::Arc;

use kernel::{LibraryFolder, RoomId, SystemClock};
use library::documents::DocumentState;
use library::{Library, documents, passages, rooms, vectors};
use reader::{BlockKind, Passage, Sentence};
use retrieval::{Embedded, MODEL};

use super::prose::Book;
use super::vectors::Vectors;
use crate::import::ROOM;
use crate::made;

/// Passages of a document: a book of some 200 pages.
const OF_A_DOCUMENT: usize = 500;
/// Tokens of a passage that tell something; a textbook of psychology has 101.
const TOKENS: usize = 100;

/// Opens the library in `data`, or makes an empty one.
pub(crate) fn open(data: &Path) -> Library {
    Library::open(LibraryFolder::new(data), Arc::new(SystemClock)).expect("the library")
}

/// Fills it with so many passages of whole books, or of a word each.
pub(crate) fn fill(library: &Library, passages: usize, has_text: bool) {
    let room = library.write(|tx| rooms::create(tx, ROOM, library.now())).expect("a room").room;
    let mut made = Vectors::new(1);
    for (number, from) in (0..passages).step_by(OF_A_DOCUMENT).enumerate() {
        let count = OF_A_DOCUMENT.min(passages - from);
        let mut book = Book::new(number as u64);
        let texts: Vec<String> = (0..count).map(|_| if has_text { book.passage() } else { "x".to_owned() }).collect();
        let tokens = if has_text { TOKENS } else { 0 };
        let embedded: Vec<Embedded> = (0..count).map(|_| made.embedded(tokens)).collect();
        document(library, room, number, &texts, &embedded);
    }
}

fn document(library: &Library, room: RoomId, number: usize, texts: &[String], embedded: &[Embedded]) {
    let title = format!("Book {number}");
    let stored = library.write(|tx| {
        let document = made::document(tx, room, &title, "txt", library.now())?;
        let read: Vec<Passage> = (0..).zip(texts).map(|(ordinal, text)| passage(ordinal, text)).collect();
        let ids = passages::insert(tx, document, &read)?;
        vectors::put_embedded(tx, MODEL, &ids.into_iter().zip(embedded).collect::<Vec<_>>())?;
        documents::set_state(tx, document, DocumentState::Complete)
    });
    stored.expect("a stored document");
}

/// A passage of these words, three to a page.
pub(crate) fn passage(ordinal: u32, text: &str) -> Passage {
    let sentence = |range: std::ops::Range<usize>| Sentence {
        start: range.start as u32,
        end: range.end as u32,
        spans: Vec::new(),
    };
    Passage {
        ordinal,
        headings: vec![format!("Chapter {}", ordinal / 60 + 1)],
        kind: BlockKind::Paragraph,
        kinds: vec![BlockKind::Paragraph],
        text: text.to_owned(),
        sentences: reader::sentences(text).into_iter().map(sentence).collect(),
        page_start: ordinal / 3 + 1,
        page_end: ordinal / 3 + 1,
        tokens: text.split(' ').count() as u32,
    }
}
