use kernel::{Code, Coded};

/// Why something of the studying half could not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
    /// The library itself failed.
    #[error("{message}")]
    Library {
        /// What the library said.
        message: String,
        /// The library's own code.
        code: Code,
    },
    /// A thread of ours ended before its work did.
    #[error("The work ended by itself. Try again; if it happens again, report it.")]
    Interrupted,
}

impl From<library::Error> for Error {
    fn from(error: library::Error) -> Self {
        Self::Library { message: error.to_string(), code: error.code() }
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::NoReference | Self::TooLong { .. } => Code::Invalid,
            Self::Library { code, .. } => *code,
            Self::Interrupted => Code::Internal,
        }
    }
}
