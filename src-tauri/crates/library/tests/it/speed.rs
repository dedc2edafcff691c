//! A textbook goes in and out in moments. The limits are wide, for a busy machine and a build without
//! optimisation; `-- --nocapture` shows the figures.
#![allow(clippy::print_stderr)]

use std::time::{Duration, Instant};

use library::{documents, jobs, pages, passages};
use reader::{Page, Passage, Word};

use crate::shelf::{Shelf, page, passage};

const PAGES: u32 = 685;
const PASSAGES: u32 = 2_500;

/// Text whose words are as unevenly frequent as those of a book.
fn text(seed: u64, words: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ta", "ner", "os", "mi", "cel", "lu", "pro", "tion", "ve", "ri", "an", "qui", "so", "den", "phy", "gra"];
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut text = String::new();
    for _ in 0..words {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // The square of the square makes low ranks frequent.
        let unit = (state >> 11) as f64 / (1_u64 << 53) as f64;
        let mut rank = (unit.powi(4) * 12_000.0) as usize;
        for _ in 0..1 + rank % 3 {
            text.push_str(SYLLABLES[rank % SYLLABLES.len()]);
            rank /= SYLLABLES.len();
        }
        text.push(' ');
    }
    text
}

fn book() -> (Vec<Page>, Vec<Passage>) {
    let pages = (1..=PAGES).map(|number| {
        let mut page = page(number, &text(u64::from(number), 450));
        let rect = page.words[0].rect;
        let mut start = 0;
        let words = page.text.split(' ').map(|word| {
            let end = start + word.len() as u32;
            let shift = (start % 97) as f32 / 400.0;
            let (x0, y0) = (rect.x0 + shift, rect.y0 - shift);
            let word = Word { start, end, rect: kernel::Rect { x0, y0, ..rect } };
            start = end + 1;
            word
        });
        page.words = words.collect();
        page
    });
    let passages = (0..PASSAGES).map(|n| passage(n, 1 + n * PAGES / PASSAGES, &text(u64::from(n) + 7_000, 150)));
    (pages.collect(), passages.collect())
}

#[test]
fn a_textbook_is_stored_and_removed_in_moments() {
    let shelf = Shelf::new();
    let room = shelf.room("Psychology");
    let document = shelf.document(room, "a");
    let job = shelf.write(|tx| jobs::enqueue(tx, document, jobs::JobKind::Import, 0, shelf.library.now()));
    let (book, cut) = book();
    let mut rest = cut.as_slice();
    let began = Instant::now();
    for batch in book.chunks(16) {
        let until = rest.partition_point(|passage| passage.page_start <= batch[batch.len() - 1].number);
        let (now, later) = rest.split_at(until);
        rest = later;
        shelf.write(|tx| {
            for page in batch {
                pages::insert(tx, document, page)?;
            }
            passages::insert(tx, document, now)?;
            jobs::set_checkpoint(tx, job, jobs::JobStage::Reading, Some(b"here"), kernel::Timestamp(0))
        });
    }
    let stored = began.elapsed();
    assert!(rest.is_empty());

    let began = Instant::now();
    let found = shelf.find(room, "tanersta OR osmimi OR cel").len();
    let searched = began.elapsed();
    assert!(found > 0);
    let began = Instant::now();
    shelf.read(|c| documents::list(c, room));
    let listed = began.elapsed();
    let size = std::fs::metadata(shelf.folder().database()).unwrap().len();
    let began = Instant::now();
    shelf.write(|tx| documents::remove(tx, document));
    let removed = began.elapsed();
    eprintln!(
        "stored {stored:?}, searched {searched:?} ({found} found), listed {listed:?}, removed {removed:?}, {size} bytes"
    );
    assert!(stored < Duration::from_secs(10), "{stored:?}");
    assert!(removed < Duration::from_secs(5), "{removed:?}");
}
