//! Files through the real child process.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod child;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use child::{BODY, file, pages, read, worker};
use document_maker::{Book, Face, Leaf, Pdf, bomb, never_ending};
use kernel::{Cancel, Code, Coded, NativeParts, Rect};
use reader::{BlockKind, Error, Limits, Page, PageStatus, Source};
use tempfile::TempDir;

/// The same text, so many times.
fn long(times: usize) -> String {
    [BODY].repeat(times).join(" ")
}

fn book(columns: u32) -> Book {
    let mut book = Book::new("A Book of Memory", columns).running_head("A Book of Memory");
    for chapter in ["Remembering", "Forgetting", "Relearning"] {
        book = book.heading(1, chapter);
        for section in ["Experiments", "Consequences"] {
            book = book.heading(2, section);
            for _ in 0..4 {
                book = book.paragraph(&long(2));
            }
        }
    }
    book
}

fn blocks(pages: &[Page], kind: BlockKind) -> Vec<(Option<u8>, &str)> {
    let of = |page: &'_ Page| -> Vec<_> { page.blocks.clone() };
    pages
        .iter()
        .flat_map(|page| of(page).into_iter().map(move |it| (page, it)))
        .filter(|(_, it)| it.kind == kind)
        .map(|(page, it)| (it.level, &page.text[it.start as usize..it.end as usize]))
        .collect()
}

#[test]
fn headings_have_the_levels_of_their_looks() {
    let pages = pages(&book(1).bytes());
    let found = blocks(&pages, BlockKind::Heading);
    assert_eq!(found[..3], [(Some(1), "Remembering"), (Some(2), "Experiments"), (Some(2), "Consequences")]);
    assert_eq!(found.len(), 9);
}

#[test]
fn running_heads_and_page_numbers_are_left_out() {
    for columns in [1, 2] {
        for page in pages(&book(columns).bytes()) {
            assert!(!page.text.contains("A Book of Memory"), "{}", page.text);
            assert!(!page.text.lines().any(|it| it == page.number.to_string()), "{}", page.text);
        }
    }
}

#[test]
fn a_line_that_is_all_that_stands_on_its_page_is_text_though_the_next_page_has_it_too() {
    let cards = (1..=6).fold(Pdf::new(), |pdf, number| {
        let mut leaf = Leaf::default();
        leaf.line(72.0, 72.0, 12.0, Face::Serif, &format!("Question {number}"));
        pdf.leaf(leaf)
    });
    for page in pages(&cards.bytes()) {
        assert_eq!(page.text, format!("Question {}", page.number));
    }
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let pages = pages(&book(2).bytes());
    let whole = long(2);
    let found = blocks(&pages, BlockKind::Paragraph);
    assert!(found.iter().filter(|(_, it)| *it == whole).count() >= 16, "{found:#?}");
}

#[test]
fn divided_words_are_whole_again_and_keep_two_boxes() {
    let pages = pages(&book(2).hyphenated().paragraph(&long(8)).bytes());
    let text: String = pages.iter().map(|it| it.text.as_str()).collect();
    assert!(!text.contains("- "), "{text}");
    assert!(text.contains("laboratories for more"), "{text}");
    let divided = pages.iter().find_map(|page| {
        page.words.windows(2).find(|it| it[0].end == it[1].start).map(|it| (page, it[0].start, it[1].end))
    });
    let (page, start, end) = divided.expect("a divided word");
    assert_eq!(page.boxes(start, end).len(), 2);
}

#[test]
fn words_and_blocks_cover_the_text() {
    for page in pages(&book(2).bytes()) {
        let mut covered: String = page.words.iter().map(|it| &page.text[it.start as usize..it.end as usize]).collect();
        covered.retain(|it| !it.is_whitespace());
        let plain: String = page.text.split_whitespace().collect();
        assert_eq!(covered, plain);
        let joined: Vec<&str> = page.blocks.iter().map(|it| &page.text[it.start as usize..it.end as usize]).collect();
        assert_eq!(joined.join("\n"), page.text);
    }
}

/// Where "Here" stands on a page as a share of it.
fn place_of_here(leaf: Leaf) -> (f32, f32) {
    let found = pages(&Pdf::new().leaf(leaf).bytes());
    let page = &found[0];
    let at = page.text.find("Here").expect("the word") as u32;
    let boxes = page.boxes(at, at + 4);
    assert_eq!(boxes.len(), 1);
    let rect = boxes[0].rect;
    ((rect.x0 + rect.x1) / 2.0, (rect.y0 + rect.y1) / 2.0)
}

#[test]
fn boxes_lie_on_the_page_as_it_is_drawn() {
    let mut leaf = Leaf::default();
    leaf.line(100.0, 100.0, 12.0, Face::Sans, "Here");
    let (x, y) = (113.0 / 612.0, 107.0 / 792.0);
    let near = |found: (f32, f32), wanted: (f32, f32)| {
        assert!((found.0 - wanted.0).abs() < 0.01 && (found.1 - wanted.1).abs() < 0.01, "{found:?} {wanted:?}");
    };
    near(place_of_here(leaf.clone()), (x, y));
    near(place_of_here(Leaf { rotate: 90, ..leaf.clone() }), (1.0 - y, x));
    near(place_of_here(Leaf { rotate: 180, ..leaf.clone() }), (1.0 - x, 1.0 - y));
    near(place_of_here(Leaf { rotate: 270, ..leaf.clone() }), (y, 1.0 - x));
    // The visible part begins 50 from the left and ends 60 below the top.
    let cropped = Leaf { crop: Some([50.0, 0.0, 612.0, 732.0]), ..leaf };
    near(place_of_here(cropped), (63.0 / 562.0, 47.0 / 732.0));
}

#[test]
fn labels_outline_and_title_come_from_the_file() {
    let folder = TempDir::new().unwrap();
    let book = book(1).pdf.labelled("0 << /S /r >> 2 << /S /D /P (A-) >>");
    let source = file(&folder, "book.pdf", &book.bytes());
    let reading = worker().read(&source, 1, &Cancel::new()).unwrap();
    let opened = reading.opened().clone();
    assert_eq!(opened.title.as_deref(), Some("A Book of Memory"));
    assert_eq!(opened.outline.len(), 9);
    assert_eq!((opened.outline[1].level, opened.outline[1].title.as_str()), (2, "Experiments"));
    let labels: Vec<_> = reading.take(3).map(|it| it.unwrap().label.unwrap_or_default()).collect();
    assert_eq!(labels, ["i", "ii", "A-1"]);
}

#[test]
fn reading_from_a_page_gives_the_same_pages() {
    let folder = TempDir::new().unwrap();
    let source = file(&folder, "book.pdf", &book(2).bytes());
    let all = read(&worker(), &source).unwrap();
    let rest: Vec<Page> = worker().read(&source, 3, &Cancel::new()).unwrap().map(Result::unwrap).collect();
    assert_eq!(all[2..], rest);
}

#[test]
fn a_scan_and_an_empty_page_are_told_apart() {
    let found = pages(&Pdf::new().scanned_page().empty_page().bytes());
    assert_eq!([found[0].status, found[1].status], [PageStatus::Scanned, PageStatus::Empty]);
}

#[test]
fn files_that_are_no_readable_pdf_say_why() {
    let folder = TempDir::new().unwrap();
    let whole = book(1).bytes();
    let closed = book(1).pdf.protected("sesame");
    let cases: [(&str, &[u8], Code); 4] = [
        ("notes.pdf", b"These are my notes.", Code::NotAPdf),
        ("nothing.pdf", b"", Code::EmptyFile),
        ("cut.pdf", &whole[..60], Code::Damaged),
        ("closed.pdf", &closed.bytes(), Code::Encrypted),
    ];
    for (name, bytes, code) in cases {
        let error = read(&worker(), &file(&folder, name, bytes)).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(name), "{error}");
    }
    let gone = read(&worker(), &Source::new(folder.path().join("gone.pdf"))).unwrap_err();
    assert_eq!(gone.code(), Code::NotFound);
}

#[test]
fn the_right_password_opens_and_the_wrong_one_is_called_wrong() {
    let folder = TempDir::new().unwrap();
    let closed = book(1).pdf.protected("sesame");
    let mut source = file(&folder, "closed.pdf", &closed.bytes());
    source.password = Some("barley".into());
    let error = read(&worker(), &source).unwrap_err();
    assert!(matches!(error, Error::PasswordWrong(_)), "{error}");
    source.password = Some("sesame".into());
    assert_eq!(read(&worker(), &source).unwrap(), pages(&book(1).bytes()));
}

#[test]
fn a_page_that_never_ends_is_given_up_and_the_rest_is_read() {
    let folder = TempDir::new().unwrap();
    let source = file(&folder, "endless.pdf", &never_ending().bytes());
    let mut worker = worker();
    worker.limits.page = Duration::from_millis(400);
    let found = read(&worker, &source).unwrap();
    let statuses: Vec<_> = found.iter().map(|it| it.status).collect();
    assert_eq!(statuses, [PageStatus::Text, PageStatus::Unreadable, PageStatus::Text]);
    assert!(found[2].text.contains("After"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_bomb_ends_at_the_memory_limit() {
    let folder = TempDir::new().unwrap();
    let bytes = bomb().bytes();
    assert!(bytes.len() < 200_000, "{}", bytes.len());
    let mut worker = worker();
    worker.limits.memory_bytes = 200 << 20;
    let error = read(&worker, &file(&folder, "bomb.pdf", &bytes)).unwrap_err();
    assert_eq!(error.code(), Code::MemoryLimit, "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_larger_than_the_memory_it_may_cost_is_read_and_drawn_whole() {
    const PAGES: u32 = 80;
    let folder = TempDir::new().unwrap();
    let mut pdf = Pdf::new();
    for number in 1..=PAGES {
        let mut leaf = Leaf::default();
        leaf.line(72.0, 400.0, 11.0, Face::Serif, &format!("This is number {number} of many pages."));
        // A remark that draws nothing: what PDFium would keep of the page.
        leaf.content.extend(b"% ");
        leaf.content.resize(1 << 20, b'-');
        leaf.content.push(b'\n');
        pdf = pdf.leaf(leaf);
    }
    let source = file(&folder, "large.pdf", &pdf.bytes());
    let mut worker = worker();
    worker.limits.memory_bytes = 64 << 20;
    let found = read(&worker, &source).unwrap();
    assert_eq!(found.len(), PAGES as usize);
    for page in found {
        assert_eq!(page.text, format!("This is number {} of many pages.", page.number));
    }
    let renderer = worker.renderer();
    for number in 1..=PAGES {
        renderer.render(&source, number, 8).unwrap();
    }
}

#[test]
fn stopping_ends_the_child_at_once() {
    let folder = TempDir::new().unwrap();
    let source = file(&folder, "endless.pdf", &never_ending().bytes());
    let cancel = Cancel::new();
    let stopper = cancel.clone();
    let started = Instant::now();
    let reading = std::thread::spawn(move || worker().read(&source, 1, &cancel).map(|_| ()));
    stopper.cancel();
    let error = reading.join().unwrap().unwrap_err();
    assert_eq!(error.code(), Code::Cancelled);
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_missing_pdfium_and_a_program_that_is_no_worker_say_so() {
    let folder = TempDir::new().unwrap();
    let source = file(&folder, "book.pdf", &book(1).bytes());
    let mut without = worker();
    without.native = NativeParts::new(folder.path());
    let error = read(&without, &source).unwrap_err();
    assert_eq!(error.code(), Code::NativePartMissing);
    assert!(!error.to_string().contains(['{', '"']), "a dump, not a sentence: {error}");
    let mut gone = worker();
    gone.program = PathBuf::from("/nowhere/worker");
    assert_eq!(read(&gone, &source).unwrap_err().code(), Code::Internal);
    #[cfg(unix)]
    {
        let mut other = worker();
        other.program = Path::new("/bin/true").into();
        assert_eq!(read(&other, &source).unwrap_err().code(), Code::ReaderCrashed);
    }
}

#[test]
fn pages_are_drawn_and_a_stalled_page_does_not_spoil_the_next() {
    let folder = TempDir::new().unwrap();
    let mut worker = worker();
    worker.limits = Limits { open: Duration::from_millis(500), page: Duration::from_millis(500), ..worker.limits };
    let renderer = worker.renderer();
    let good = file(&folder, "book.pdf", &book(1).bytes());
    let endless = file(&folder, "endless.pdf", &never_ending().bytes());
    let png = renderer.render(&good, 1, 300).unwrap();
    let picture = image::load_from_memory(&png).unwrap();
    assert_eq!((picture.width(), picture.height()), (300, 388));
    assert_eq!(renderer.page_size(&good, 2).unwrap(), (612.0, 792.0));
    assert_eq!(renderer.render(&endless, 2, 300).unwrap_err().code(), Code::TimeLimit);
    assert_eq!(renderer.render(&good, 1, 300).unwrap(), png);
    assert_eq!(renderer.render(&good, 999, 300).unwrap_err().code(), Code::NotFound);
}

#[test]
fn a_part_of_a_page_is_cut_out_of_its_picture() {
    let folder = TempDir::new().unwrap();
    let source = file(&folder, "book.pdf", &book(1).bytes());
    let renderer = worker().renderer();
    let all = image::load_from_memory(&renderer.render(&source, 1, 600).unwrap()).unwrap();
    let rect = Rect { x0: 0.1, y0: 0.05, x1: 0.5, y1: 0.15 };
    let part = image::load_from_memory(&renderer.render_part(&source, 1, 600, rect).unwrap()).unwrap();
    let (x, y) = (60, (0.05 * all.height() as f32).floor() as u32);
    assert_eq!(part.width(), 240);
    assert_eq!(part, all.crop_imm(x, y, part.width(), part.height()));
    assert!(part.to_luma8().pixels().any(|it| it.0[0] < 100), "there are words on it");
}
