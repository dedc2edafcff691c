//! What goes wrong with an executor, as somebody acts on it.

use std::time::Duration;

use llm_chain::traits::ExecutorError;

/// Why an executor did not answer, or not to the end. Displayed to people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ExecutorFault {
    /// Nobody listens at the address, or the way there is broken.
    #[error("Nothing answers at {address}. Start the model server, or put its address right in the settings.")]
    Unreachable {
        /// The server's address.
        address: String,
    },
    /// The key is missing or wrong.
    #[error("{address} refuses the API key. Put it right in the settings.")]
    KeyRefused {
        /// The server's address.
        address: String,
    },
    /// The server has too much to do.
    #[error("{address} has too much to do just now. Try again later.")]
    Overloaded {
        /// The server's address.
        address: String,
        /// How long it asks to be left alone.
        wait: Option<Duration>,
    },
    /// Any other refusal of the server.
    #[error("{address} answered with error {status}{}.", said(.message))]
    Refused {
        /// The server's address.
        address: String,
        /// The HTTP status.
        status: u16,
        /// What it said, on one line.
        message: String,
    },
    /// What answers is no model server.
    #[error("What answers at {address} is not a model server. Put its address right in the settings.")]
    NotAServer {
        /// The server's address.
        address: String,
    },
    /// The answer breaks the protocol.
    #[error("{address} sent something that can't be read.")]
    Garbled {
        /// The server's address.
        address: String,
    },
    /// The connection ended before the answer did.
    #[error("The connection to {address} broke off in the middle of the answer.")]
    BrokenOff {
        /// The server's address.
        address: String,
    },
    /// It took longer than it may.
    #[error("{waited}")]
    TooSlow {
        /// For what.
        waited: Waited,
    },
    /// The model in a file can't be used, or its process ended.
    #[error("{why}")]
    Model {
        /// What happened, to which file, and what to do.
        why: String,
    },
    /// Anything else.
    #[error("The model could not be asked: {why}.")]
    Broken {
        /// What happened.
        why: String,
    },
    /// The text for the model is longer than it can take.
    #[error("The model can take {allowed} tokens, and the question with its passages needs {needed}.")]
    ContextTooSmall {
        /// What it takes.
        allowed: u32,
        /// What it would have to.
        needed: u32,
    },
    /// It failed several times and is left alone for a while.
    #[error("The model failed several times in a row and is left alone for another {} s.", .rest.as_secs().max(1))]
    Resting {
        /// How long still.
        rest: Duration,
    },
    /// The person's own limit for the use of remote models is reached.
    #[error(
        "The limit of {limit} tokens for {of} is reached. Raise it in the settings, or go on without the remote model."
    )]
    Spent {
        /// Tokens that may be used.
        limit: u32,
        /// For what.
        of: Spending,
    },
}

/// What the use of remote models is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Spending {
    /// The conversation.
    #[error("this conversation")]
    Conversation,
    /// The day.
    #[error("today")]
    Day,
}

/// What was waited for in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Waited {
    /// The first piece of the answer.
    #[error("The model did not begin to answer within {} s.", .0.as_secs_f32())]
    First(Duration),
    /// The next piece.
    #[error("The model fell silent for {} s in the middle of its answer.", .0.as_secs_f32())]
    Next(Duration),
    /// The end.
    #[error("The model was not done within {} s.", .0.as_secs_f32())]
    Whole(Duration),
}

impl ExecutorFault {
    /// Whether the same request may succeed when it is made again at once.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Overloaded { .. } | Self::BrokenOff { .. } => true,
            Self::Refused { status, .. } => matches!(status, 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Whether it says something about the executor's health; a request that was too large does not.
    pub(crate) fn is_of_the_executor(&self) -> bool {
        !matches!(self, Self::ContextTooSmall { .. } | Self::Resting { .. } | Self::Spent { .. })
    }
}

/// The fault inside of an error of the chain.
impl From<&ExecutorError> for ExecutorFault {
    fn from(error: &ExecutorError) -> Self {
        let inner = match error {
            ExecutorError::InnerError(inner) => inner.downcast_ref().cloned(),
            _ => None,
        };
        inner.unwrap_or_else(|| Self::Broken { why: error.to_string() })
    }
}

impl From<ExecutorFault> for ExecutorError {
    fn from(fault: ExecutorFault) -> Self {
        Self::InnerError(Box::new(fault))
    }
}

fn said(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(" ({message})") }
}
