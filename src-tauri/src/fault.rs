//! What a command answers when it can't do what was asked.

use std::io;
use std::path::Path;

use kernel::{Code, Coded};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The one error that crosses to the window: it acts on the code and shows the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct Fault {
    /// What the window acts on.
    pub code: Code,
    /// What happened, to what, and what to do; for people.
    pub message: String,
}

impl Fault {
    /// A fault of the shell itself.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A file of the person's that could not be written.
    pub(crate) fn not_written(file: &Path, error: &io::Error) -> Self {
        let code = match error.kind() {
            io::ErrorKind::StorageFull => Code::NoSpace,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Code::ReadOnly,
            _ => Code::Invalid,
        };
        Self::new(code, format!("{} could not be written: {error}. Choose another place.", file.display()))
    }
}

/// `?` turns every crate's error into a fault.
impl<E: Coded> From<E> for Fault {
    fn from(error: E) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn every_crate_s_error_keeps_its_code_and_its_words() {
        let error = reader::Error::PasswordMissing(PathBuf::from("/notes/secret.pdf"));
        let words = error.to_string();
        let fault = Fault::from(error);
        assert_eq!(fault, Fault::new(Code::Encrypted, words));
        assert!(fault.message.contains("/notes/secret.pdf"));
        assert_eq!(Fault::from(library::Error::Invalid("No name.".into())).code, Code::Invalid);
        assert_eq!(Fault::from(intake::Error::from(reader::Error::NotAPdf("/a.pdf".into()))).code, Code::NotAPdf);
    }

    #[test]
    fn the_window_gets_a_code_and_a_message() {
        let json = serde_json::to_value(Fault::new(Code::NoSpace, "Full.")).unwrap_or_default();
        assert_eq!(json, serde_json::json!({ "code": "no_space", "message": "Full." }));
    }
}
