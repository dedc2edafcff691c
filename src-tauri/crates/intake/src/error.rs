use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernel::{Code, Coded, DocumentId, JobId};

/// Why a file could not be taken in, or a job not be steered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing lies at the path.
    #[error("{} is not there. Check the name, or whether the drive is connected, and import it again.", .0.display())]
    Missing(PathBuf),
    /// Neither a file nor a folder.
    #[error("{} is not a regular file. Choose a document or a folder of them.", .0.display())]
    NotAFile(PathBuf),
    /// The file system refuses to hand the bytes out.
    #[error("{} can't be read: {source}. Check its permissions and the drive it lies on, and import it again.", .path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Zero bytes.
    #[error("{} is empty: it has no bytes. Fetch the file again.", .0.display())]
    Empty(PathBuf),
    /// A folder in which nothing can be imported.
    #[error("{} holds no document that can be read. Choose a folder with PDF, EPUB, Office, web or text files in it.", .0.display())]
    NothingInside(PathBuf),
    /// The disk of the library is full.
    #[error("There is no space left on the disk of {} to keep a copy of {}. Free some space and import it again.", .folder.display(), .path.display())]
    NoSpace {
        /// The file that was being copied.
        path: PathBuf,
        /// Where it was being copied to.
        folder: PathBuf,
    },
    /// The library's folder can't be written to.
    #[error("{} can't be kept, because {} can't be written to: {source}. Make the folder writable, or choose another with --data.", .path.display(), .folder.display())]
    ReadOnly {
        /// The file that was being copied.
        path: PathBuf,
        /// Where it was being copied to.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The copy failed in another way.
    #[error("{} could not be copied into {}: {source}. Try again; if it stays so, check the disk.", .path.display(), .folder.display())]
    Copy {
        /// The file that was being copied.
        path: PathBuf,
        /// Where it was being copied to.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No such document.
    #[error("There is no document {0} (any more).")]
    NoDocument(DocumentId),
    /// No such job.
    #[error("There is no job {0} (any more).")]
    NoJob(JobId),
    /// What is asked does not fit the state of the import.
    #[error("The import of \u{201c}{title}\u{201d} can't be {asked}: it is {state}.")]
    WrongState {
        /// The document's title.
        title: String,
        /// What was asked, as a participle.
        asked: &'static str,
        /// What it is now.
        state: &'static str,
    },
    /// The file came into the room again while its document was removed.
    #[error("The document can't be brought back: its file has been added to the room again meanwhile.")]
    ThereAgain(DocumentId),
    /// A new edition that is the very file of the document, or of another one in the room.
    #[error("{} is already in the room as \u{201c}{title}\u{201d}: choose the file of the new edition.", .path.display())]
    SameFile {
        /// The file.
        path: PathBuf,
        /// The title of the document that has it.
        title: String,
    },
    /// A thread or a runtime could not be started.
    #[error("The import could not be started: {0}. Close other programs and start the app again.")]
    Start(io::Error),
    /// The library failed.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// The vector index or the model failed.
    #[error(transparent)]
    Retrieval(#[from] retrieval::Error),
    /// The document could not be read, or is of no kind that can be.
    #[error(transparent)]
    Reader(#[from] reader::Error),
    /// The text of scans can't be recognised here.
    #[error(transparent)]
    NoRecogniser(Arc<reader::Error>),
    /// The state of a half-read document does not decode.
    #[error("What was kept of the half-read document does not decode: {0}. Remove the document and import it again.")]
    Checkpoint(String),
}

impl Error {
    /// A failed read of the person's own file.
    pub(crate) fn reading(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing(path.into()),
            _ => Self::Unreadable { path: path.into(), source },
        }
    }

    /// A failed write into the library's folder.
    pub(crate) fn keeping(path: &Path, folder: &Path, source: io::Error) -> Self {
        let (path, folder) = (path.into(), folder.into());
        match Code::of_io(&source) {
            Code::NoSpace => Self::NoSpace { path, folder },
            Code::ReadOnly | Code::Unreadable => Self::ReadOnly { path, folder, source },
            _ => Self::Copy { path, folder, source },
        }
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Missing(_) | Self::NoDocument(_) | Self::NoJob(_) => Code::NotFound,
            Self::NotAFile(_) | Self::NothingInside(_) | Self::WrongState { .. } => Code::Invalid,
            Self::ThereAgain(_) | Self::SameFile { .. } => Code::Duplicate,
            Self::Unreadable { .. } => Code::Unreadable,
            Self::Empty(_) => Code::EmptyFile,
            Self::NoSpace { .. } => Code::NoSpace,
            Self::ReadOnly { .. } => Code::ReadOnly,
            Self::Copy { .. } | Self::Start(_) => Code::Internal,
            Self::Checkpoint(_) => Code::Corrupt,
            Self::Library(error) => error.code(),
            Self::Retrieval(error) => error.code(),
            Self::Reader(error) => error.code(),
            Self::NoRecogniser(error) => error.code(),
        }
    }
}
