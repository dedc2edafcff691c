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
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::NoReference | Self::TooLong { .. } => Code::Invalid,
        }
    }
}
