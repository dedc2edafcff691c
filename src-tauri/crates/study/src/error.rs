use std::fmt::Display;
use std::path::{Path, PathBuf};

use kernel::{Code, Coded};

/// Why something of the studying half could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing to hold an answer against.
    #[error("The reference is empty: write down what a right answer says, then grade again.")]
    NoReference,
    /// A text is longer than anything that is graded.
    #[error("The {what} has {length} characters; up to {most} are graded. Shorten it, then grade again.")]
    TooLong {
        /// Which of the texts.
        what: &'static str,
        /// Its characters.
        length: usize,
        /// As many are graded.
        most: usize,
    },
    /// A file of notes can't be read.
    #[error("{} can't be read: {why}.", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What it means.
        code: Code,
        /// What is wrong with it, and what can be done.
        why: String,
    },
    /// A file of notes can't be written.
    #[error("{} could not be written: {why}. Choose another place, or free some space.", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What it means.
        code: Code,
        /// What the system said.
        why: String,
    },
    /// There is nothing to ask again.
    #[error("All of it was answered right: there is nothing to ask again.")]
    NothingToRepeat,
    /// A thread of ours ended before its work did.
    #[error("The work ended by itself. Try again; if it happens again, report it.")]
    Interrupted,
    /// A language model could not be used.
    #[error(transparent)]
    Tutor(#[from] tutor::Error),
    /// The library failed.
    #[error(transparent)]
    Library(#[from] library::Error),
}

impl Error {
    pub(crate) fn unreadable(path: &Path, code: Code, why: impl Display) -> Self {
        Self::Unreadable { path: path.to_owned(), code, why: why.to_string() }
    }

    pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> Self {
        let code = match error.kind() {
            std::io::ErrorKind::PermissionDenied => Code::ReadOnly,
            _ => Code::of_io(error),
        };
        Self::Unwritable { path: path.to_owned(), code, why: error.to_string() }
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::NoReference | Self::TooLong { .. } | Self::NothingToRepeat => Code::Invalid,
            Self::Unreadable { code, .. } | Self::Unwritable { code, .. } => *code,
            Self::Interrupted => Code::Internal,
            Self::Tutor(error) => error.code(),
            Self::Library(error) => error.code(),
        }
    }
}
