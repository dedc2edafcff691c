use serde::{Deserialize, Serialize};
use specta::Type;

/// What went wrong, as far as somebody acts on it. Stable: the window, scripts and stored jobs read these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// A room, document, conversation or job that is not (or no longer) there.
    NotFound,
    /// A name or value that can't be accepted; the message says why.
    Invalid,
    /// The same file is already in the room.
    Duplicate,
    /// The person stopped it.
    Cancelled,
    /// A file type that is not read yet.
    Unsupported,
    /// Ends in .pdf but is something else.
    NotAPdf,
    /// A file of zero bytes, or one without a page.
    EmptyFile,
    /// Cut off or broken beyond reading.
    Damaged,
    /// A password is needed, or the given one is wrong.
    Encrypted,
    /// Reading took longer than the limit.
    TimeLimit,
    /// Reading took more memory than the limit.
    MemoryLimit,
    /// The reading process ended by itself, again and again.
    ReaderCrashed,
    /// A file or folder that can't be read.
    Unreadable,
    /// The library's folder can't be written to.
    ReadOnly,
    /// The disk is full.
    NoSpace,
    /// PDFium, ONNX Runtime or the model is missing or does not load.
    NativePartMissing,
    /// The library was written by a newer version of the app.
    NewerLibrary,
    /// Another process is at work on the library.
    Busy,
    /// The library or its index is damaged.
    Corrupt,
    /// The language model or another executor failed.
    ExecutorFailed,
    /// A fault of ours.
    Internal,
}

impl Code {
    /// The stable name, as it is stored and printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Invalid => "invalid",
            Self::Duplicate => "duplicate",
            Self::Cancelled => "cancelled",
            Self::Unsupported => "unsupported",
            Self::NotAPdf => "not_a_pdf",
            Self::EmptyFile => "empty_file",
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::TimeLimit => "time_limit",
            Self::MemoryLimit => "memory_limit",
            Self::ReaderCrashed => "reader_crashed",
            Self::Unreadable => "unreadable",
            Self::ReadOnly => "read_only",
            Self::NoSpace => "no_space",
            Self::NativePartMissing => "native_part_missing",
            Self::NewerLibrary => "newer_library",
            Self::Busy => "busy",
            Self::Corrupt => "corrupt",
            Self::ExecutorFailed => "executor_failed",
            Self::Internal => "internal",
        }
    }

    /// The code of a stored name; [`Code::Internal`] for one that this version does not know.
    pub fn from_name(name: &str) -> Self {
        serde_json::from_value(serde_json::Value::from(name)).unwrap_or(Self::Internal)
    }

    /// What a failed read or write of the file system means to a person.
    pub fn of_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoSpace,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::PermissionDenied => Self::Unreadable,
            _ => Self::Internal,
        }
    }
}

/// An error that knows its [`Code`]; its `Display` says what happened, to which file, and what to do.
pub trait Coded: std::error::Error {
    /// The code that the window and scripts act on.
    fn code(&self) -> Code;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_the_same_code() {
        for code in [Code::NotFound, Code::NotAPdf, Code::NewerLibrary, Code::Internal] {
            assert_eq!(Code::from_name(code.name()), code);
            assert_eq!(serde_json::to_value(code).unwrap_or_default(), code.name());
        }
        assert_eq!(Code::from_name("from a later version"), Code::Internal);
    }
}
