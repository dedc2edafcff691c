//! A document that PDFium has open, and how much PDFium keeps of it.
//!
//! PDFium keeps every object that it has parsed until the document is closed, with a copy of its stream: closing a page
//! gives back what was made of the page, not its content and its pictures. In one go a document would be held whole at
//! its last page. So it is closed and opened again whenever much of it has been read; nobody sees a difference.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use pdfium_render::prelude::{PdfDocument, Pdfium, PdfiumError, PdfiumInternalError};

use crate::error::Failure;

/// PDFium, loaded.
pub(crate) struct Engine(Pdfium);

impl Engine {
    pub(crate) fn bind(library: &Path) -> Result<Self, Failure> {
        match Pdfium::bind_to_library(library) {
            Ok(bindings) => Ok(Self(Pdfium::new(bindings))),
            Err(error) => {
                let detail = match error {
                    // The crate's own words for it are a dump of the type.
                    PdfiumError::LoadLibraryError(reason) => reason.to_string(),
                    other => other.to_string(),
                };
                Err(Failure::NativePart { part: library.to_path_buf(), detail })
            }
        }
    }
}

/// Bytes of the file that PDFium may have read for pages before the document is opened again.
const KEPT: u64 = 4 << 20;

/// An open document, together with what it takes to open it again.
pub(super) struct Open<'a> {
    engine: &'a Engine,
    path: PathBuf,
    password: Option<String>,
    document: PdfDocument<'a>,
    /// Bytes read of the file since it was opened.
    read: Arc<AtomicU64>,
    /// Pages that were asked for since.
    asked: u32,
    /// What had been read when the first of them was there; 0 until then.
    arrival: u64,
}

impl<'a> Open<'a> {
    pub(super) fn new(engine: &'a Engine, path: &Path, password: Option<&str>) -> Result<Self, Failure> {
        let read = Arc::default();
        let document = open(engine, path, password, &read)?;
        let (path, password) = (path.to_path_buf(), password.map(str::to_owned));
        Ok(Self { engine, path, password, document, read, asked: 0, arrival: 0 })
    }

    pub(super) fn document(&self) -> &PdfDocument<'a> {
        &self.document
    }

    /// To be called before each page that comes in its turn: gives back what PDFium keeps of those before it.
    ///
    /// The way to a page costs the more the further behind it stands, since PDFium reads all entries of the page tree
    /// before it. The document is opened again only when as much has been read since as that took, so that all the
    /// openings together cost no more than the pages.
    pub(super) fn next(&mut self) {
        let read = self.read.load(Ordering::Relaxed);
        if self.asked == 1 {
            self.arrival = read;
        }
        self.asked += 1;
        if read - self.arrival >= KEPT.max(self.arrival) {
            let read = Arc::default();
            // One that can't be opened again (a file on a stick that is gone) is gone on with as it is.
            if let Ok(document) = open(self.engine, &self.path, self.password.as_deref(), &read) {
                (self.document, self.read) = (document, read);
                self.asked = 1;
            }
        }
    }
}

fn open<'a>(
    engine: &'a Engine,
    path: &Path,
    password: Option<&str>,
    read: &Arc<AtomicU64>,
) -> Result<PdfDocument<'a>, Failure> {
    let mut file = File::open(path).map_err(|error| Failure::of_io(&error))?;
    check_header(&mut file)?;
    let counted = Counted { file, read: Arc::clone(read) };
    engine.0.load_pdf_from_reader(counted, password).map_err(|error| refusal(&error, password.is_some()))
}

/// A file that counts what is read of it.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// The header has to stand in this many bytes.
const HEADER: u64 = 1024;

fn check_header(file: &mut File) -> Result<(), Failure> {
    let about = file.metadata().map_err(|error| Failure::of_io(&error))?;
    if !about.is_file() {
        return Err(Failure::Unreadable {
            code: kernel::Code::Unreadable,
            detail: "it is a folder or a device, no file".into(),
        });
    }
    let mut head = Vec::new();
    file.take(HEADER).read_to_end(&mut head).map_err(|error| Failure::of_io(&error))?;
    if head.is_empty() {
        return Err(Failure::Empty);
    }
    if !head.windows(5).any(|it| it == b"%PDF-") {
        return Err(Failure::NotAPdf);
    }
    Ok(())
}

fn refusal(error: &PdfiumError, with_password: bool) -> Failure {
    match error {
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError) => {
            if with_password {
                Failure::PasswordWrong
            } else {
                Failure::PasswordMissing
            }
        }
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::SecurityError) => {
            Failure::Unsupported("an unknown kind of encryption".into())
        }
        PdfiumError::IoError(error) => Failure::of_io(error),
        _ => Failure::Damaged,
    }
}
