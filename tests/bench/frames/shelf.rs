//! Libraries with much in them, made without an import.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use kernel::{LibraryFolder, RoomId, SystemClock};
use library::conversations::{self, NewTurn, Outcome};
use library::documents::{self, DocumentState};
use library::{Error, Library, Transaction, pages, passages, rooms};
use reader::{BlockKind, Page, PageStatus, Passage, Sentence, Span};

use crate::made;
use crate::scale::prose::Book;

/// The rooms of the shelf, by name.
pub(super) const MANY: &str = "Many documents";
pub(super) const LONG: &str = "A long conversation";

/// What every room of the shelf answers, whatever was asked before.
pub(super) const QUESTION: &str = "How does osmosis move water through a membrane towards more salt?";
/// Pages of the document that answers it.
const PAGES: u32 = 10;
const ANSWER: &str = "Osmosis is the movement of water through a membrane towards more salt.";

/// Adds a room of so many documents and a room with a conversation of so many messages, and closes the library again.
pub(super) fn fill(data: &Path, count: usize, messages: usize) {
    let library = Library::open(LibraryFolder::new(data), Arc::new(SystemClock)).expect("the library");
    let made = library.write(|tx| {
        let room = rooms::create(tx, MANY, library.now())?.room;
        many(&library, tx, room, count)?;
        answering(&library, tx, room)?;
        let room = rooms::create(tx, LONG, library.now())?.room;
        answering(&library, tx, room)?;
        long(&library, tx, room, messages / 2)
    });
    made.expect("a filled library");
}

/// A document of many sentences on what is asked, so that an answer goes on for long.
fn answering(library: &Library, tx: &Transaction<'_>, room: RoomId) -> Result<(), Error> {
    let document = made::document(tx, room, "On water", "pdf", library.now())?;
    let mut book = Book::new(1);
    for ordinal in 0..PAGES {
        let prose = book.passage();
        let sentences = prose.trim_end_matches('.').split(". ").map(|sentence| format!("Osmosis {sentence}."));
        let text = std::iter::once(ANSWER.to_owned()).chain(sentences).skip(ordinal.min(1) as usize);
        let text = text.collect::<Vec<_>>().join(" ");
        let page = ordinal + 1;
        pages::insert(tx, document, &made::page(page, &text))?;
        let sentence = |Range { start, end }: Range<usize>| {
            let (start, end) = (start as u32, end as u32);
            Sentence { start, end, spans: vec![Span { page, start, end }] }
        };
        let passage = Passage {
            ordinal,
            headings: Vec::new(),
            kind: BlockKind::Paragraph,
            kinds: vec![BlockKind::Paragraph],
            sentences: reader::sentences(&text).into_iter().map(sentence).collect(),
            page_start: page,
            page_end: page,
            tokens: text.split(' ').count() as u32,
            text,
        };
        passages::insert(tx, document, &[passage])?;
    }
    documents::set_pages(tx, document, PAGES)?;
    documents::set_state(tx, document, DocumentState::Complete)
}

fn many(library: &Library, tx: &Transaction<'_>, room: RoomId, count: usize) -> Result<(), Error> {
    // Their covers are drawn; one file stands under the names of all.
    let original = |title: &str| library.original(&made::hash(title), "pdf");
    let file = original(ANSWER);
    std::fs::write(&file, document_maker::book("Lecture", 1)).expect("a file");
    for number in 0..count {
        let title = format!("Lecture {number}: what the {number}th chapter says about memory");
        let document = made::document(tx, room, &title, "pdf", library.now())?;
        std::fs::hard_link(&file, original(&title)).expect("another name of the file");
        documents::set_pages(tx, document, 1)?;
        pages::insert(tx, document, &Page { status: PageStatus::Text, ..Page::unreadable(1) })?;
        documents::set_state(tx, document, DocumentState::Complete)?;
    }
    Ok(())
}

fn long(library: &Library, tx: &Transaction<'_>, room: RoomId, turns: usize) -> Result<(), Error> {
    let conversation = conversations::create(tx, room, "Everything about memory", library.now())?.conversation;
    for number in 0..turns {
        let question = format!("What is said about memory in part {number}?");
        let turn = conversations::begin_turn(tx, conversation, &NewTurn::new(&question, "extractive"), library.now())?;
        let sentence = "Memory is the set of processes that take information in, keep it and bring it back. ";
        let answer = format!("Part {number} says this: {}", sentence.repeat(1 + number % 7));
        conversations::complete(tx, turn, &Outcome { answer: &answer, answered: true, ..Outcome::default() })?;
    }
    Ok(())
}
