//! Where words stand in each kind of format.

use kernel::{DocumentId, Locator, LocatorKind};
use library::documents::NewDocument;
use library::locators::{Locators, Place};
use library::{documents, pages};
use reader::{Block, BlockKind, Page};

use crate::shelf::{Shelf, new_document, page};

/// A page of these blocks, the first of them a heading where it begins with `#`.
fn unit(number: u32, label: Option<&str>, blocks: &[&str]) -> Page {
    let mut unit = Page { label: label.map(str::to_owned), width: 0.0, height: 0.0, ..page(number, "") };
    unit.words.clear();
    unit.blocks.clear();
    for block in blocks {
        let (kind, text) = match block.strip_prefix('#') {
            Some(heading) => (BlockKind::Heading, heading),
            None if block.contains('\t') => (BlockKind::Table, *block),
            None => (BlockKind::Paragraph, *block),
        };
        if !unit.text.is_empty() {
            unit.text.push('\n');
        }
        let start = unit.text.len() as u32;
        unit.text.push_str(text);
        unit.blocks.push(Block { kind, level: None, start, end: unit.text.len() as u32 });
    }
    unit
}

fn document(shelf: &Shelf, format: &str, units: &[Page]) -> DocumentId {
    let room = shelf.room(format);
    let now = shelf.library.now();
    shelf.write(|tx| {
        let new = NewDocument { format: format.into(), ..new_document(room, format) };
        let document = documents::add(tx, &new, now)?.document;
        for unit in units {
            pages::insert(tx, document, unit)?;
        }
        Ok(document)
    })
}

/// Where the first place of `words` on a page is.
fn place(shelf: &Shelf, document: DocumentId, number: u32, words: &str) -> Place {
    shelf.read(|connection| {
        let start = pages::get(connection, document, number)?.text.find(words).unwrap() as u32;
        Ok(Locators::new(connection).on(document, number, start)?.unwrap())
    })
}

fn locator(kind: LocatorKind, number: u32, label: &str, paragraph: Option<u32>, part: u32) -> Locator {
    Locator { kind, number, label: (!label.is_empty()).then(|| label.to_owned()), paragraph, part }
}

#[test]
fn a_page_is_a_page_and_its_paragraphs_are_counted_on_it() {
    let shelf = Shelf::new();
    let pdf = document(&shelf, "pdf", &[unit(7, Some("iv"), &["#Cells", "They divide.", "And grow."])]);
    let place = place(&shelf, pdf, 7, "grow");
    assert_eq!((place.page, place.locator), (Some(7), locator(LocatorKind::Paragraph, 3, "", None, 7)));
}

#[test]
fn a_chapter_has_its_title_and_the_paragraph_in_it() {
    let shelf = Shelf::new();
    let units = [unit(1, None, &["Cover."]), unit(2, Some("Light"), &["#Light", "It is fast."])];
    let book = document(&shelf, "epub", &units);
    let fast = place(&shelf, book, 2, "fast");
    assert_eq!((fast.page, fast.locator), (None, locator(LocatorKind::Chapter, 2, "Light", Some(2), 2)));
    assert_eq!(place(&shelf, book, 1, "Cover").locator, locator(LocatorKind::Chapter, 1, "", Some(1), 1));
}

#[test]
fn a_text_has_lines_and_one_that_knows_none_its_paragraphs() {
    let shelf = Shelf::new();
    let known = unit(1, Some("Cells"), &["#Cells", "They divide.", "And grow."]);
    let notes =
        [Page { lines: vec![1, 3, 120], ..known.clone() }, Page { lines: vec![140], ..unit(2, None, &["End."]) }];
    let lined = document(&shelf, "markdown", &notes);
    assert_eq!(place(&shelf, lined, 1, "grow").locator, locator(LocatorKind::Line, 120, "Cells", None, 1));
    assert_eq!(place(&shelf, lined, 2, "End").locator, locator(LocatorKind::Line, 140, "", None, 2));
    let old = document(&shelf, "text", &[known]);
    assert_eq!(place(&shelf, old, 1, "grow").locator, locator(LocatorKind::Paragraph, 3, "Cells", None, 1));
}

#[test]
fn a_slide_is_called_by_its_number() {
    let shelf = Shelf::new();
    let slides = document(&shelf, "pptx", &[unit(1, None, &["One."]), unit(2, Some("Roots"), &["#Roots", "Deep."])]);
    let deep = place(&shelf, slides, 2, "Deep");
    assert_eq!((deep.page, deep.locator), (None, locator(LocatorKind::Slide, 2, "Roots", None, 2)));
}

#[test]
fn paragraphs_are_counted_through_the_sections_of_a_text() {
    for format in ["docx", "odt", "html", "markdown", "text"] {
        let shelf = Shelf::new();
        // More blocks than one byte can count.
        let many: Vec<String> = (0..300).map(|n| format!("Paragraph {n}.")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let units =
            [unit(1, Some("One"), &many), unit(2, Some("Three"), &["#Two", "Here.", "There.", "#Three", "Elsewhere."])];
        let text = document(&shelf, format, &units);
        let first = place(&shelf, text, 1, "Paragraph 299");
        assert_eq!(first.locator, locator(LocatorKind::Paragraph, 300, "One", None, 1), "{format}");
        let there = place(&shelf, text, 2, "There");
        assert_eq!((there.page, there.locator), (None, locator(LocatorKind::Paragraph, 303, "Two", None, 2)));
        // Each under its own heading, where two short sections share a page.
        let elsewhere = place(&shelf, text, 2, "Elsewhere");
        assert_eq!(elsewhere.locator, locator(LocatorKind::Paragraph, 305, "Three", None, 2));
    }
}

#[test]
fn rows_are_counted_through_the_parts_of_a_sheet_and_anew_in_the_next() {
    let shelf = Shelf::new();
    let units = [
        unit(1, Some("Prices"), &["#Prices", "Year\tPrice\n1990\t1\n1991\t2"]),
        unit(2, Some("Prices"), &["Year\tPrice\n1992\t3\n1993\t4"]),
        unit(3, Some("Prices"), &["Year\tPrice\n1994\t5"]),
        unit(4, Some("Wages"), &["#Wages", "Name\tWage\nAda\t7"]),
    ];
    let book = document(&shelf, "xlsx", &units);
    for (part, words, sheet, row) in [
        (1, "Year", "Prices", 1),
        (1, "1991", "Prices", 3),
        (2, "1992", "Prices", 4),
        (2, "Price", "Prices", 1),
        (3, "1994", "Prices", 6),
        (4, "Ada", "Wages", 2),
    ] {
        let place = place(&shelf, book, part, words);
        assert_eq!((place.page, place.locator), (None, locator(LocatorKind::Line, row, sheet, None, part)), "{words}");
    }
    // Without a header that is said again, as where it is too long for that.
    let rows = document(&shelf, "csv", &[unit(1, None, &["a\tb\nc\td"]), unit(2, None, &["e\tf\ng\th"])]);
    assert_eq!(place(&shelf, rows, 2, "g").locator.number, 4);
}

#[test]
fn a_place_that_is_gone_is_no_error() {
    let shelf = Shelf::new();
    let pdf = document(&shelf, "pdf", &[unit(1, None, &["Cells."])]);
    shelf.read(|connection| {
        let mut locators = Locators::new(connection);
        assert_eq!(locators.on(pdf, 2, 0)?, None);
        assert_eq!(locators.on(DocumentId(99), 1, 0)?, None);
        // Behind the end, and on a page with nothing on it.
        assert_eq!(locators.on(pdf, 1, 9_999)?.map(|it| it.locator.number), Some(1));
        let empty = unit(3, None, &[]);
        assert_eq!(locators.of(pdf, &empty, 5)?.locator.number, 1);
        Ok(())
    });
}
