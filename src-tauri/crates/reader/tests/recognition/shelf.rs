//! Files that are read and recognised page by page, as the app does it.

use image::GrayImage;
use kernel::Cancel;
use reader::{Error, Language, Page, Recogniser, RecognitionLimits, Renderer, Scan, Source, Worker};
use tempfile::TempDir;

use crate::child;

/// The installed program; without it there is nothing to test, but on the machine that checks submissions it has to be.
pub(crate) fn recogniser() -> Option<Recogniser> {
    match Recogniser::find(None) {
        Ok(found) => Some(found),
        Err(missing) => {
            assert!(std::env::var_os("CI").is_none(), "{missing}");
            eprintln!("SKIPPED: {missing}");
            None
        }
    }
}

pub(crate) fn languages(code: &str) -> Vec<Language> {
    code.split('+').map(|it| Language::new(it).unwrap()).collect()
}

/// A folder of files, and what reads them.
pub(crate) struct Shelf {
    folder: TempDir,
    worker: Worker,
    pub(crate) renderer: Renderer,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        let worker = child::worker();
        let renderer = worker.renderer();
        Self { folder: TempDir::new().unwrap(), worker, renderer }
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> Source {
        child::file(&self.folder, name, bytes)
    }

    pub(crate) fn read(&self, source: &Source) -> Result<Vec<Page>, Error> {
        child::read(&self.worker, source)
    }

    /// A page as the window shows it, in grey, 300 pixels an inch.
    pub(crate) fn picture(&self, source: &Source, page: &Page) -> GrayImage {
        let width = (page.width * 300.0 / 72.0).round() as u32;
        let png = self.renderer.render(source, page.number, width).unwrap();
        image::load_from_memory(&png).unwrap().into_luma8()
    }

    pub(crate) fn recognise(
        &self,
        recogniser: &Recogniser,
        source: &Source,
        page: &Page,
        code: &str,
    ) -> Result<Page, Error> {
        let picture = self.renderer.scan(source, page.number, &Cancel::new())?;
        let scan = Scan { file: &source.path, page, picture: &picture };
        recogniser.recognise(&scan, &languages(code), RecognitionLimits::default(), &Cancel::new())
    }
}

/// How many words have to be changed, left out or put in to make one text of the other (Levenshtein 1966).
pub(crate) fn word_errors(truth: &[&str], found: &[&str]) -> usize {
    let mut row: Vec<usize> = (0..=found.len()).collect();
    for (at, word) in truth.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (column, other) in found.iter().enumerate() {
            let changed = corner + usize::from(word != other);
            corner = row[column + 1];
            row[column + 1] = changed.min(corner + 1).min(row[column] + 1);
        }
    }
    row[found.len()]
}

pub(crate) fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
