use std::path::{Path, PathBuf};

use kernel::{Code, Coded};
use serde::{Deserialize, Serialize};

/// Why a file, or a page of it, could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // The messages say what each one is.
pub enum Error {
    #[error("{} is not a PDF, whatever its name says. Add a PDF file instead.", .0.display())]
    NotAPdf(PathBuf),
    #[error("{} is of no kind that can be read here. PDF, EPUB, Word (docx), PowerPoint (pptx), Excel (xlsx), OpenDocument (odt), web pages, Markdown, CSV, plain text and pictures (png, jpg, tiff, webp, bmp) can; save it as one of them and add that.", .0.display())]
    UnknownFormat(PathBuf),
    #[error("{} is in an old Office format that can't be read here. Open it in an office program, save it as docx, pptx or xlsx, and add that.", .0.display())]
    OldOffice(PathBuf),
    #[error("{} is packed in a way that can't be trusted: {detail}. Open it in the program it comes from, save it again and add that.", .file.display())]
    Archive { file: PathBuf, detail: String },
    #[error("{} unpacks to more than it may ({detail}), and reading it was stopped. Files are built like this to fill up a computer; get it again from a place you trust.", .file.display())]
    Bomb { file: PathBuf, detail: String },
    #[error("{} has no pictures of its pages: only those of PDFs and of pictures are drawn. Read its text instead.", .0.display())]
    NoPicture(PathBuf),
    #[error("{} is empty. Get the file again from where it came.", .0.display())]
    Empty(PathBuf),
    #[error("No page can be found in {}: it has none, is broken, or is protected in a way that can't be read here. If another program shows it, print it to a new PDF there and add that.", .0.display())]
    NoPage(PathBuf),
    #[error("{} is cut off or broken and can't be opened. Get the file again from where it came.", .0.display())]
    Damaged(PathBuf),
    #[error("{} is protected by a password. Add it again with its password.", .0.display())]
    PasswordMissing(PathBuf),
    #[error("The password given for {} is wrong. Add it again with the right one.", .0.display())]
    PasswordWrong(PathBuf),
    #[error("{} is protected in a way that can't be read here ({detail}). Save it without protection and add it again.", .file.display())]
    Unsupported { file: PathBuf, detail: String },
    #[error("{} can't be read: {detail}. Check that the file is there and that you may read it.", .file.display())]
    Unreadable { file: PathBuf, code: Code, detail: String },
    #[error("Reading {} took longer than {seconds} seconds for {part} and was stopped. The file may be built to never end; print it to a new PDF and add that.", .file.display())]
    TimeLimit { file: PathBuf, seconds: u64, part: String },
    #[error("Reading {} needed more memory than it may have and was stopped. Print it to a new PDF and add that.", .0.display())]
    MemoryLimit(PathBuf),
    #[error("Reading {} broke the reading process again and again. The file is probably damaged; print it to a new PDF and add that.", .0.display())]
    Crashed(PathBuf),
    #[error("{} has no page {page}.", .file.display())]
    NoSuchPage { file: PathBuf, page: u32 },
    #[error("PDFium can't be loaded from {}: {detail}. Run the set-up again or reinstall the app.", .part.display())]
    NativePartMissing { part: PathBuf, detail: String },
    #[error(
        "The text of scanned pages can't be recognised, as Tesseract can't be used: {detail}. {how}, then try again."
    )]
    RecogniserMissing { detail: String, how: &'static str },
    #[error("The text of {} can't be recognised in the language \"{language}\", which is not installed for Tesseract. Install it (on Debian and Ubuntu `sudo apt install tesseract-ocr-{}`) or choose another one.", .file.display(), .language.replace('_', "-"))]
    LanguageMissing { file: PathBuf, language: String },
    #[error("The text of page {page} of {} can't be recognised: {detail}. The page is kept as a picture; try again, or leave it.", .file.display())]
    Recognition { file: PathBuf, page: u32, detail: String },
    #[error("Recognising the text of page {page} of {} took longer than {seconds} seconds and was stopped. The page is kept as a picture.", .file.display())]
    RecognitionTime { file: PathBuf, page: u32, seconds: u64 },
    #[error("Reading {} was stopped.", .0.display())]
    Cancelled(PathBuf),
    #[error("The reading process can't be started from {}: {source}. Reinstall the app.", .program.display())]
    Start { program: PathBuf, source: std::io::Error },
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::NotAPdf(_) => Code::NotAPdf,
            Self::UnknownFormat(_) | Self::OldOffice(_) | Self::NoPicture(_) => Code::Unsupported,
            Self::Archive { .. } => Code::Damaged,
            Self::Bomb { .. } => Code::MemoryLimit,
            Self::Empty(_) => Code::EmptyFile,
            Self::NoPage(_) | Self::Damaged(_) => Code::Damaged,
            Self::PasswordMissing(_) | Self::PasswordWrong(_) => Code::Encrypted,
            Self::Unsupported { .. } => Code::Unsupported,
            Self::Unreadable { code, .. } => *code,
            Self::TimeLimit { .. } => Code::TimeLimit,
            Self::MemoryLimit(_) => Code::MemoryLimit,
            Self::Crashed(_) => Code::ReaderCrashed,
            Self::NoSuchPage { .. } => Code::NotFound,
            Self::NativePartMissing { .. } => Code::NativePartMissing,
            Self::RecogniserMissing { .. } | Self::LanguageMissing { .. } => Code::NativePartMissing,
            Self::Recognition { .. } => Code::Unreadable,
            Self::RecognitionTime { .. } => Code::TimeLimit,
            Self::Cancelled(_) => Code::Cancelled,
            Self::Start { .. } => Code::Internal,
        }
    }
}

/// What the child says when it can't go on; the parent adds the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Failure {
    NotAPdf,
    UnknownFormat,
    OldOffice,
    Archive(String),
    Bomb(String),
    NoPicture,
    Empty,
    NoPage,
    Damaged,
    PasswordMissing,
    PasswordWrong,
    Unsupported(String),
    Unreadable { code: Code, detail: String },
    NoSuchPage(u32),
    NativePart { part: PathBuf, detail: String },
}

impl Failure {
    pub(crate) fn of_io(error: &std::io::Error) -> Self {
        // To a reader of files, whatever the system refuses is an unreadable file.
        let code = match Code::of_io(error) {
            Code::NotFound => Code::NotFound,
            _ => Code::Unreadable,
        };
        Self::Unreadable { code, detail: error.to_string() }
    }

    pub(crate) fn about(self, file: &Path) -> Error {
        let file = file.to_path_buf();
        match self {
            Self::NotAPdf => Error::NotAPdf(file),
            Self::UnknownFormat => Error::UnknownFormat(file),
            Self::OldOffice => Error::OldOffice(file),
            Self::Archive(detail) => Error::Archive { file, detail },
            Self::Bomb(detail) => Error::Bomb { file, detail },
            Self::NoPicture => Error::NoPicture(file),
            Self::Empty => Error::Empty(file),
            Self::NoPage => Error::NoPage(file),
            Self::Damaged => Error::Damaged(file),
            Self::PasswordMissing => Error::PasswordMissing(file),
            Self::PasswordWrong => Error::PasswordWrong(file),
            Self::Unsupported(detail) => Error::Unsupported { file, detail },
            Self::Unreadable { code, detail } => Error::Unreadable { file, code, detail },
            Self::NoSuchPage(page) => Error::NoSuchPage { file, page },
            Self::NativePart { part, detail } => Error::NativePartMissing { part, detail },
        }
    }
}
