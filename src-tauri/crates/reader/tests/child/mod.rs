//! Files as the real child process reads them.
// Every test binary has its own copy, and uses a part of it.
#![allow(dead_code)]

use kernel::{Cancel, NativeParts};
use reader::{Block, BlockKind, Error, Limits, Page, Source, Worker};
use tempfile::TempDir;

pub(crate) const BODY: &str = "Memory is the faculty by which the mind stores information and brings it back when it is needed. \
    It has been studied in laboratories for more than a century, with experiments that became simpler the more was \
    understood. What is remembered depends on attention, on repetition, and on what was known before.";

pub(crate) fn worker() -> Worker {
    let native = std::env::var_os("SMART_STUDY_ROOM_NATIVE").expect("SMART_STUDY_ROOM_NATIVE names the native parts");
    Worker { native: NativeParts::new(native), ..without_pdfium() }
}

/// Reads every format but PDF.
pub(crate) fn without_pdfium() -> Worker {
    Worker {
        program: env!("CARGO_BIN_EXE_reader-worker").into(),
        args: Vec::new(),
        native: NativeParts::new("/nowhere"),
        limits: Limits::default(),
    }
}

pub(crate) fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> Source {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    Source::new(path)
}

pub(crate) fn read(worker: &Worker, source: &Source) -> Result<Vec<Page>, Error> {
    worker.read(source, 1, &Cancel::new())?.collect()
}

/// The pages of a PDF.
pub(crate) fn pages(bytes: &[u8]) -> Vec<Page> {
    let folder = TempDir::new().unwrap();
    read(&worker(), &file(&folder, "test.pdf", bytes)).unwrap()
}

pub(crate) fn text<'a>(page: &'a Page, block: &Block) -> &'a str {
    &page.text[block.start as usize..block.end as usize]
}

pub(crate) fn blocks(page: &Page) -> Vec<(BlockKind, &str)> {
    page.blocks.iter().map(|it| (it.kind, text(page, it))).collect()
}
