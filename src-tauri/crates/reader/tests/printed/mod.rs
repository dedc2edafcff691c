//! Made PDFs, read by the real child process.
#![allow(dead_code, missing_docs)]

use kernel::{Cancel, NativeParts};
use pdf_maker::Pdf;
use reader::{Block, BlockKind, Limits, Page, Source, Worker};
use tempfile::TempDir;

pub(crate) fn pages(pdf: &Pdf) -> Vec<Page> {
    let native = std::env::var_os("SMART_STUDY_ROOM_NATIVE").expect("SMART_STUDY_ROOM_NATIVE names the native parts");
    let worker = Worker {
        program: env!("CARGO_BIN_EXE_reader-worker").into(),
        args: Vec::new(),
        native: NativeParts::new(native),
        limits: Limits::default(),
    };
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("test.pdf");
    std::fs::write(&path, pdf.bytes()).unwrap();
    worker.read(&Source::new(path), 1, &Cancel::new()).unwrap().collect::<Result<_, _>>().unwrap()
}

pub(crate) fn text<'a>(page: &'a Page, block: &Block) -> &'a str {
    &page.text[block.start as usize..block.end as usize]
}

pub(crate) fn blocks(page: &Page) -> Vec<(BlockKind, &str)> {
    page.blocks.iter().map(|it| (it.kind, text(page, it))).collect()
}

pub(crate) const BODY: &str = "Memory is the faculty by which the mind stores information and brings it back when it is needed. \
    It has been studied in laboratories for more than a century, with experiments that became simpler the more was \
    understood. What is remembered depends on attention, on repetition, and on what was known before.";
