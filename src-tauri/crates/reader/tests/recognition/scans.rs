//! Pages of books as a scanner gives them.

use document_maker::{Book, Wear, garbled, prose, scan};
use image::GrayImage;
use image::imageops::{rotate90, rotate180, rotate270};
use kernel::Cancel;
use reader::{BlockKind, Error, Page, PageStatus, RecognitionLimits, Scan};

use crate::shelf::{Shelf, languages, recogniser, word_errors, words};

/// A textbook of so many pages: chapters, sections, paragraphs, words divided at the ends of lines.
fn textbook(pages: usize, columns: u32) -> Book {
    let mut book = Book::new("Scanned", columns).hyphenated();
    for chapter in 1.. {
        book = book.heading(1, &format!("Chapter {chapter} of the Book"));
        for (section, title) in (0..).zip(SECTIONS) {
            book = book.heading(2, title);
            for paragraph in 0..4 {
                book = book.paragraph(&prose(chapter * 100 + section * 10 + paragraph, 110));
            }
        }
        if book.page_count() >= pages {
            return book;
        }
    }
    book
}

/// How the page with this number was scanned: each a little askew, every third on grey paper.
fn wear(number: u32) -> Wear {
    let skew = [0.0, 0.7, -1.0, 0.4, 1.0, -0.3][number as usize % 6];
    Wear { skew, noise: 24, ground: if number.is_multiple_of(3) { 55 } else { 8 }, seed: u64::from(number) }
}

#[test]
fn twenty_scanned_pages_are_read_with_three_words_in_a_hundred_wrong_at_the_most() {
    let Some(recogniser) = recogniser() else { return };
    let shelf = Shelf::new();
    let printed = shelf.file("printed.pdf", &textbook(20, 1).bytes());
    let truth: Vec<Page> = shelf.read(&printed).unwrap().into_iter().take(20).collect();
    let pictures: Vec<GrayImage> =
        truth.iter().map(|page| wear(page.number).scanned(&shelf.picture(&printed, page))).collect();
    let scanned = shelf.file("scanned.pdf", &scan(&pictures, 300.0).unwrap().bytes());
    let pages = shelf.read(&scanned).unwrap();
    assert_eq!(pages.len(), 20);

    let (mut wrong, mut all, mut placed, mut found, mut titles, mut found_titles) = (0, 0, 0, 0, 0, 0);
    for (page, truth) in pages.iter().zip(&truth) {
        assert_eq!((page.status, page.text.as_str(), page.confidence), (PageStatus::Scanned, "", None));
        let read = shelf.recognise(&recogniser, &scanned, page, "eng").unwrap();
        assert_eq!((read.number, read.status, read.width), (page.number, PageStatus::Scanned, page.width));
        assert!(read.confidence.unwrap() > 0.85, "page {}: {:?}", page.number, read.confidence);
        wrong += word_errors(&words(&truth.text), &words(&read.text));
        all += words(&truth.text).len();
        let (right, seen) =
            placed_right(truth, &read, |it| wear(page.number).place(it, (truth.width, truth.height)), false);
        placed += right;
        found += seen;
        titles += words(&truth.text).len() - words(&text_without(&truth.text)).len();
        let seen: String = headings(&read).map(|it| format!("{it}\n")).collect();
        assert_eq!(text_without(&seen), "", "page {}: no title of the book", page.number);
        found_titles += words(&seen).len();
    }
    let rate = wrong as f64 / all as f64;
    eprintln!("{all} words, {wrong} wrong: {:.2} %; {placed} of {found} in their place", 100.0 * rate);
    assert!(all > 6000, "{all} words");
    assert!(rate <= 0.03, "{wrong} of {all} words are wrong");
    assert!(placed as f64 > 0.99 * found as f64, "{placed} of {found} words lie in their place");
    assert!(found_titles * 20 >= titles * 19, "{found_titles} of {titles} words of headings are in headings");
}

const SECTIONS: [&str; 3] = ["What Was Found", "Experiments", "Consequences"];

/// The lines of a text that title nothing in the book.
fn text_without(text: &str) -> String {
    let is_title = |it: &&str| SECTIONS.contains(it) || (it.starts_with("Chapter ") && it.ends_with(" of the Book"));
    text.lines().filter(|it| !is_title(it)).collect::<Vec<_>>().join("\n")
}

fn headings(page: &Page) -> impl Iterator<Item = &str> {
    let headings = page.blocks.iter().filter(|it| it.kind == BlockKind::Heading);
    headings.map(|it| &page.text[it.start as usize..it.end as usize])
}

/// Of the words that were read right, one after the other, how many lie over the word on the printed page, which was
/// brought to `place` by the scan, perhaps sideways.
fn placed_right(truth: &Page, read: &Page, place: impl Fn((f32, f32)) -> (f32, f32), sideways: bool) -> (usize, usize) {
    let of = |page: &Page, word: &reader::Word| page.text[word.start as usize..word.end as usize].to_owned();
    let (mut right, mut seen, mut next) = (0, 0, 0);
    for word in &read.words {
        // The same word, not far behind the last one.
        let text = of(read, word);
        let ahead = truth.words[next..].iter().take(8).position(|it| of(truth, it) == text);
        let Some(ahead) = ahead else { continue };
        let printed = truth.words[next + ahead].rect;
        next += ahead + 1;
        seen += 1;
        let (x, y) = place(((printed.x0 + printed.x1) / 2.0, (printed.y0 + printed.y1) / 2.0));
        // As low as an "a", a word may lie beside the middle of its line.
        let (rect, near) = (word.rect, 0.004);
        let covers = rect.x0 - near < x && x < rect.x1 + near && rect.y0 - near < y && y < rect.y1 + near;
        let length = if sideways { (rect.y1 - rect.y0) * read.height } else { (rect.x1 - rect.x0) * read.width };
        let as_long = (length - (printed.x1 - printed.x0) * truth.width).abs() < 7.0;
        right += usize::from(covers && as_long);
    }
    (right, seen)
}

/// One printed page of text, and its picture.
fn printed(shelf: &Shelf, bytes: &[u8]) -> (Page, GrayImage) {
    let source = shelf.file("printed.pdf", bytes);
    let page = shelf.read(&source).unwrap().remove(0);
    let picture = shelf.picture(&source, &page);
    (page, picture)
}

fn one_page() -> Vec<u8> {
    Book::new("One", 1).heading(2, "Experiments").paragraph(&prose(7, 90)).paragraph(&prose(8, 80)).bytes()
}

#[test]
fn turned_pages_are_read_and_their_words_lie_where_they_are_on_the_turned_page() {
    let Some(recogniser) = recogniser() else { return };
    let shelf = Shelf::new();
    let (truth, upright) = printed(&shelf, &one_page());
    // Each turn of the picture, and where it takes a point of the upright page.
    type Turn = (fn(&GrayImage) -> GrayImage, fn(f32, f32) -> (f32, f32));
    let turns: [Turn; 3] = [
        (|it| rotate90(it), |x, y| (1.0 - y, x)),
        (|it| rotate180(it), |x, y| (1.0 - x, 1.0 - y)),
        (|it| rotate270(it), |x, y| (y, 1.0 - x)),
    ];
    for (turn, (turned, place)) in (1..).zip(turns) {
        let scanned = shelf.file(&format!("turned-{turn}.pdf"), &scan(&[turned(&upright)], 300.0).unwrap().bytes());
        let page = shelf.read(&scanned).unwrap().remove(0);
        let read = shelf.recognise(&recogniser, &scanned, &page, "eng").unwrap();
        let wrong = word_errors(&words(&truth.text), &words(&read.text));
        assert!(wrong <= 4, "{turn} quarter turns: {wrong} wrong in {}", read.text);
        let (right, seen) = placed_right(&truth, &read, |(x, y)| place(x, y), turn != 2);
        assert!(seen + 8 > truth.words.len(), "{turn} quarter turns: {seen} words of {}", truth.words.len());
        assert!(right * 100 >= 98 * seen, "{turn} quarter turns: {right} of {seen}");
    }
}

const LABORATORY: &str = "It has been studied in laboratories for more than a century, with experiments that became \
    simpler the more was understood about remembering and forgetting, and about the conditions of attention. ";

/// How many words have two halves, each with a box of its own, and no white space between them.
fn divided(page: &Page) -> usize {
    page.words.windows(2).filter(|it| it[0].end == it[1].start).count()
}

#[test]
fn columns_are_read_one_after_the_other_and_divided_words_are_whole() {
    let Some(recogniser) = recogniser() else { return };
    let shelf = Shelf::new();
    let (truth, picture) = printed(&shelf, &Book::new("Two", 2).hyphenated().paragraph(&LABORATORY.repeat(9)).bytes());
    assert!(divided(&truth) > 0, "no word is divided on the printed page");
    let scanned =
        shelf.file("scan.pdf", &scan(&[Wear { skew: 0.5, ..wear(4) }.scanned(&picture)], 300.0).unwrap().bytes());
    let page = shelf.read(&scanned).unwrap().remove(0);
    let read = shelf.recognise(&recogniser, &scanned, &page, "eng").unwrap();
    let wrong = word_errors(&words(&truth.text), &words(&read.text));
    assert!(wrong * 100 <= 4 * words(&truth.text).len(), "{wrong} wrong:\n{}\n\n{}", truth.text, read.text);
    assert!(divided(&read) > 0, "{}", read.text);
    assert!(!read.text.contains("- "), "{}", read.text);
}

#[test]
fn an_empty_page_is_known_to_be_empty_and_a_picture_without_text_gives_none() {
    let Some(recogniser) = recogniser() else { return };
    let shelf = Shelf::new();
    let blank = Wear { noise: 20, ground: 40, ..Wear::default() }.scanned(&GrayImage::from_pixel(
        1275,
        1650,
        image::Luma([255]),
    ));
    let source = shelf.file("blank.pdf", &scan(&[blank], 150.0).unwrap().bytes());
    let page = shelf.read(&source).unwrap().remove(0);
    assert_eq!(page.status, PageStatus::Scanned);
    let read = shelf.recognise(&recogniser, &source, &page, "eng").unwrap();
    assert_eq!((read.text.as_str(), read.words.len(), read.confidence), ("", 0, Some(0.0)));
}

#[test]
fn a_garbled_page_becomes_readable_and_stays_marked() {
    let Some(recogniser) = recogniser() else { return };
    let shelf = Shelf::new();
    let text = prose(11, 60);
    let lines = document_maker::Face::Serif.wrapped(&text, 460.0, 12.0);
    let source = shelf.file("garbled.pdf", &garbled(&lines).bytes());
    let page = shelf.read(&source).unwrap().remove(0);
    assert_eq!(page.status, PageStatus::Garbled);
    let read = shelf.recognise(&recogniser, &source, &page, "eng").unwrap();
    assert_eq!((read.status, words(&read.text)), (PageStatus::Garbled, words(&text)));
}

const GERMAN: &str = "Das Gedächtnis ist die Fähigkeit, Wahrgenommenes zu behalten und sich später daran zu erinnern. \
    Was behalten wird, hängt davon ab, wie aufmerksam man war, wie oft man es wiederholt und was man schon wusste. \
    Schon vor über hundert Jahren prüfte man das mit Silben ohne Bedeutung, die schnell vergessen wurden.";

#[test]
fn the_language_of_a_document_is_found_from_its_first_page() {
    let Some(recogniser) = recogniser() else { return };
    if !recogniser.languages().contains(&languages("deu")[0]) {
        assert!(std::env::var_os("CI").is_none(), "German is not installed");
        return eprintln!("SKIPPED: German is not installed for Tesseract");
    }
    let shelf = Shelf::new();
    let (truth, picture) = printed(&shelf, &Book::new("Gedächtnis", 1).paragraph(GERMAN).paragraph(GERMAN).bytes());
    let source = shelf.file("german.pdf", &scan(&[picture], 300.0).unwrap().bytes());
    let page = shelf.read(&source).unwrap().remove(0);
    let picture = shelf.renderer.scan(&source, 1, &Cancel::new()).unwrap();
    let scan = Scan { file: &source.path, page: &page, picture: &picture };
    let first = recogniser.first_languages(Some("en_GB.UTF-8"));
    let (read, found) =
        recogniser.recognise_first(&scan, &first, RecognitionLimits::default(), &Cancel::new()).unwrap();
    assert_eq!(found, languages("deu"));
    assert!(word_errors(&words(&truth.text), &words(&read.text)) <= 2, "{}", read.text);

    let unknown = recogniser.recognise(&scan, &languages("xyz"), RecognitionLimits::default(), &Cancel::new());
    assert!(matches!(unknown, Err(Error::LanguageMissing { .. })));
}
