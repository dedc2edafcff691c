//! What a person waits for at every key: words looked for in everything, and in a long book; and a room of very many
//! documents.

use std::path::Path;
use std::time::Instant;

use kernel::{DocumentId, LibraryFolder, RoomId};
use library::{Library, Transaction, cards, documents, everything, pages, passages, rooms};

use crate::latency::Latency;
use crate::made;
use crate::report::Report;
use crate::scale::prose::Book;
use crate::scale::shelf;

/// Rooms among which the passages are spread.
const ROOMS: usize = 10;
/// Notes of cards, over all rooms.
const NOTES: usize = 20_000;
/// Of each kind so many are shown.
const LIMIT: u32 = 8;
/// Words of a page.
const WORDS: usize = 420;

/// What is measured.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Passages of the library.
    #[arg(long, default_value_t = 100_000)]
    passages: usize,
    /// Documents of one more room.
    #[arg(long, default_value_t = 10_000)]
    documents: usize,
    /// Pages of the book.
    #[arg(long, default_value_t = 700)]
    pages: u32,
}

/// Makes a library and measures finding in it.
pub(crate) fn run(work: &Path, arguments: &Arguments) {
    let Arguments { passages, documents: count, pages } = *arguments;
    let library = shelf::open(LibraryFolder::new(work.join("library")).root());
    let open = fill(&library, passages);
    let shelf = library.write(|tx| many(tx, count, library.now())).expect("a full room");
    let book = library.write(|tx| book(tx, open, pages, library.now())).expect("a book");
    let mut report = Report::new(&format!("{passages} passages, {NOTES} notes; {count} documents; {pages} pages"));

    for (what, queries) in typed() {
        let asked = timed(&queries, |query| {
            let found = library.read(|c| everything::find(c, Some(open), query, LIMIT, &|| false));
            found.expect("what was found").passages.len()
        });
        report.latency(&format!("everything, {what}, p95"), 50.0, &asked);
    }
    let words: Vec<String> = Book::new(3).passage().split([' ', '.']).map(str::to_owned).take(60).collect();
    let asked = timed(&words, |query| {
        library.read(|c| pages::find(c, book, query, 200, &|| false)).expect("what was found").matches.len()
    });
    report.latency("words of a book, p95", 200.0, &asked);
    let listed = timed(&vec![String::new(); 20], |_| {
        library.read(|c| documents::in_order(c, shelf)).expect("the documents").len()
    });
    report.latency("documents of a room, p95", 150.0, &listed);
    report.print();
}

/// Queries as they are on the screen while somebody types, by what they are.
fn typed() -> Vec<(&'static str, Vec<String>)> {
    let words: Vec<String> = Book::new(0).passage().replace('.', "").split(' ').map(str::to_owned).collect();
    let begun = |letters: usize| words.iter().map(|word| word.chars().take(letters).collect::<String>()).collect();
    let pairs = words.chunks_exact(2).map(|pair| pair.join(" ")).collect();
    vec![
        ("one letter", begun(1)),
        ("two letters", begun(2)),
        ("three letters", begun(3)),
        ("a word", begun(9)),
        ("two words", pairs),
    ]
}

fn timed(queries: &[String], mut find: impl FnMut(&str) -> usize) -> Latency {
    find("warm");
    let millis = queries.iter().map(|query| {
        let began = Instant::now();
        find(query);
        began.elapsed().as_secs_f64() * 1e3
    });
    Latency::new(millis.collect())
}

/// Rooms of books and cards; the room in the middle is the open one.
fn fill(library: &Library, count: usize) -> RoomId {
    const OF_A_DOCUMENT: usize = 500;
    let now = library.now();
    let rooms: Vec<RoomId> = (0..ROOMS)
        .map(|n| library.write(|tx| rooms::create(tx, &format!("Room {n}"), now)).expect("a room").room)
        .collect();
    for (number, from) in (0..count).step_by(OF_A_DOCUMENT).enumerate() {
        let mut book = Book::new(number as u64);
        let texts: Vec<String> = (0..OF_A_DOCUMENT.min(count - from)).map(|_| book.passage()).collect();
        let stored = library.write(|tx| {
            let document = made::document(tx, rooms[number % ROOMS], &format!("Book {number}"), "pdf", now)?;
            let read: Vec<_> = (0..).zip(&texts).map(|(ordinal, text)| shelf::passage(ordinal, text)).collect();
            passages::insert(tx, document, &read).map(drop)
        });
        stored.expect("a book");
    }
    let stored = library.write(|tx| {
        let mut book = Book::new(77);
        for number in 0..NOTES {
            let text = book.passage();
            let (front, back) = text.split_at(text.find(". ").unwrap_or(text.len()));
            let note = cards::NewNote::basic(format!("{front}?"), &back[..back.floor_char_boundary(200)]);
            cards::add_note(tx, rooms[number % ROOMS], &note, now)?;
        }
        Ok(())
    });
    stored.expect("notes");
    rooms[ROOMS / 2]
}

fn many(tx: &Transaction<'_>, count: usize, now: kernel::Timestamp) -> Result<RoomId, library::Error> {
    let room = rooms::create(tx, "Many documents", now)?.room;
    for number in 0..count {
        let document = made::document(tx, room, &format!("Lecture {number} of the course"), "pdf", now)?;
        documents::tag(tx, document, &[format!("week {}", number % 14), "exam".into()])?;
    }
    Ok(room)
}

fn book(tx: &Transaction<'_>, room: RoomId, count: u32, now: kernel::Timestamp) -> Result<DocumentId, library::Error> {
    let document = made::document(tx, room, "A long book", "pdf", now)?;
    let mut book = Book::new(5);
    for number in 1..=count {
        let mut text = String::new();
        while text.split(' ').count() < WORDS {
            text += &book.passage();
            text.push(' ');
        }
        pages::insert(tx, document, &made::page(number, text.trim_end()))?;
    }
    Ok(document)
}
