use std::fmt::Display;

use kernel::{Code, Coded};
use serde::Serialize;

/// Why a verb ends early.
#[derive(Debug)]
pub(super) enum Failure {
    /// It went wrong; the message is for the person, the code for programs.
    Failed {
        /// What went wrong.
        code: Code,
        /// What happened, and what to do.
        message: String,
    },
    /// It went wrong, and everything there is to say has been printed.
    Said,
    /// Who read the output has gone (`… | head`): nothing is left to do, and nothing is wrong.
    NobodyReads,
}

impl Failure {
    /// A failure with a code of its own.
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self::Failed { code, message: message.into() }
    }

    /// What should not happen.
    pub(super) fn internal(error: &dyn Display) -> Self {
        Self::new(Code::Internal, error.to_string())
    }

    /// As a line of the output, for what fails within a longer run; `None` when the run itself must end.
    pub(super) fn into_line(self, id: Option<serde_json::Value>, path: Option<String>) -> Result<FailedLine, Self> {
        match self {
            Self::Failed { code, message } => Ok(FailedLine { r#type: "failed", id, path, code, message }),
            other => Err(other),
        }
    }
}

impl<E: Coded> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

/// One thing of many that could not be done.
#[derive(Debug, Serialize)]
pub(super) struct FailedLine {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    pub(super) code: Code,
    pub(super) message: String,
}

impl From<crate::fault::Fault> for Failure {
    fn from(fault: crate::fault::Fault) -> Self {
        Self::new(fault.code, fault.message)
    }
}
