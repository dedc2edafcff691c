use kernel::{Code, Coded};

/// Why a question could not be worked on. That nothing in the room answers it is no error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The library could not be read or written.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// The search failed.
    #[error(transparent)]
    Retrieval(#[from] retrieval::Error),
    /// Nothing was asked.
    #[error("There is no question. Write one and ask again.")]
    NoQuestion,
    /// Too long to be a question.
    #[error("The question has {characters} characters; at most {} are read. Shorten it.", crate::LONGEST_QUESTION)]
    TooLong {
        /// How many it has.
        characters: usize,
    },
    /// A conversation that belongs to another room.
    #[error("Conversation {conversation} belongs to another room. Start a new one here.")]
    OtherRoom {
        /// Which one.
        conversation: kernel::ConversationId,
    },
    /// A file of the app itself is not as it should be.
    #[error("The app's prompt {name} {what}. Install the app again, or report this.")]
    Prompt {
        /// The file's name.
        name: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The executor failed in the middle of its work.
    #[error("The executor {executor} could not answer: {why}. Ask again, or choose another executor.")]
    Executor {
        /// Which one.
        executor: &'static str,
        /// What it said.
        why: String,
    },
    /// An executor that is not set up.
    #[error("There is no executor called {executor} yet. Set it up in the settings, or ask without naming one.")]
    NoExecutor {
        /// Its name.
        executor: &'static str,
    },
    /// Executors can't be set up like this; says why, and what to do.
    #[error("{0}")]
    Settings(String),
    /// A thread of ours ended before its work did.
    #[error("The answer's work ended by itself ({0}). Ask again; if it happens again, report it.")]
    Interrupted(String),
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Library(error) => error.code(),
            Self::Retrieval(error) => error.code(),
            Self::NoQuestion
            | Self::TooLong { .. }
            | Self::OtherRoom { .. }
            | Self::NoExecutor { .. }
            | Self::Settings(_) => Code::Invalid,
            Self::Executor { .. } => Code::ExecutorFailed,
            Self::Prompt { .. } | Self::Interrupted(_) => Code::Internal,
        }
    }
}
