//! Documents of every kind, made to measure.

use std::ffi::OsString;
use std::path::PathBuf;

use document_maker::office::{docx, epub, heading, html, paragraph, pptx};
use document_maker::{Pdf, book, prose, scan};
use image::GrayImage;
use reader::{Limits, Source, Worker};

use crate::app;
use crate::shelf::Shelf;

/// One of each kind that is read in its own way: a long PDF, a short one with a page that is a picture, a book, a text,
/// slides and a scan.
pub fn mixed(shelf: &Shelf) -> Vec<PathBuf> {
    let small = Pdf::new().titled("Small").page("Alone", &["A single page."]).scanned_page();
    let section = |seed| vec![heading(1, "Of its own"), paragraph(&prose(seed, 120)), paragraph(&prose(seed + 1, 120))];
    vec![
        shelf.file("large.pdf", book("Large", 48)),
        shelf.file("small.pdf", small.bytes()),
        shelf.file(
            "chapters.epub",
            epub("Chapters", &[("One", section(1)), ("Two", section(3)), ("Three", section(5))]),
        ),
        shelf.file("text.docx", docx("Text", &[section(7), section(9)].concat())),
        shelf.file("slides.pptx", pptx("Slides", &[("First", section(11), "Say this."), ("Second", section(13), "")])),
        shelf.file("scan.pdf", scanned(shelf, 2)),
    ]
}

/// Pages of running text as pictures.
pub fn scanned(shelf: &Shelf, pages: u32) -> Vec<u8> {
    const DPI: f32 = 150.0;
    let printed = (0..pages).fold(Pdf::new(), |pdf, page| {
        let paragraph = |number: u32| prose(u64::from(100 + 2 * page + number), 70);
        pdf.page(&format!("Sheet {}", page + 1), &[&paragraph(0), &paragraph(1)])
    });
    let source = Source::new(shelf.file("printed.pdf", printed.bytes()));
    let worker = Worker {
        program: app::executable(),
        args: vec![OsString::from("--worker")],
        native: kernel::NativeParts::new(app::native_parts()),
        limits: Limits::default(),
    };
    let renderer = worker.renderer();
    let width = |page| (renderer.page_size(&source, page).unwrap().0 / 72.0 * DPI) as u32;
    let picture = |page| -> GrayImage {
        image::load_from_memory(&renderer.render(&source, page, width(page)).unwrap()).unwrap().into_luma8()
    };
    scan(&(1..=pages).map(picture).collect::<Vec<_>>(), DPI).unwrap().bytes()
}

/// A short file of one of three kinds, which says what no other number's file does.
pub fn short(number: u32) -> (String, Vec<u8>) {
    let text = format!("{} The number of this file is {number}.", prose(u64::from(number), 40));
    match number % 3 {
        0 => (format!("{number}.txt"), text.into_bytes()),
        1 => (format!("{number}.md"), format!("# File {number}\n\n{text}\n").into_bytes()),
        _ => (format!("{number}.html"), html(&format!("File {number}"), &[paragraph(&text)])),
    }
}
