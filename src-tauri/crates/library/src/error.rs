use std::path::{Path, PathBuf};

use kernel::{Code, Coded};
use rusqlite::ErrorCode;

/// Why the library could not do something.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite said no.
    #[error("{}", describe(database.as_deref(), source))]
    Sqlite {
        /// The database's file, once it is known which one.
        database: Option<PathBuf>,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A folder or file of the library could not be made, opened or locked.
    #[error("{}: {source}. {}", path.display(), advice(*code))]
    Io {
        /// Which one.
        path: PathBuf,
        /// What it means.
        code: Code,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database was written by a newer version of the app.
    #[error(
        "The library in {} was made by a newer version of Smart Study Room (its schema is {found}, this \
         version knows {known}). Update the app, or choose another folder.", folder.display()
    )]
    NewerLibrary {
        /// The library's folder.
        folder: PathBuf,
        /// The schema it has.
        found: u32,
        /// The newest schema that this version knows.
        known: u32,
    },
    /// The library was opened for reading only.
    #[error(
        "The library in {} can't be written to. Give yourself the right to write in this folder, or choose \
         another one.", folder.display()
    )]
    ReadOnly {
        /// The library's folder.
        folder: PathBuf,
    },
    /// The library was closed while somebody still held it.
    #[error("The library is closed: a backup is being put in its place. Try again in a moment.")]
    Closed,
    /// A backup could not be made or restored.
    #[error(transparent)]
    Backup(#[from] crate::backup::BackupError),
    /// A row that is not (or no longer) there.
    #[error("There is no {what} {id} (any more).")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// By which number or name.
        id: String,
    },
    /// The room that a document is to go to has its file already.
    #[error(
        "\u{201c}{room}\u{201d} has the file {file} already, as \u{201c}{there}\u{201d}. Keep one of the two, and remove \
         the other."
    )]
    SameFile {
        /// The file's name.
        file: String,
        /// The room's name.
        room: String,
        /// What the room calls the document.
        there: String,
    },
    /// Somebody stopped it, or asked for something else meanwhile.
    #[error("This was stopped before it was done.")]
    Stopped,
    /// A value that can't be accepted.
    #[error("{0}")]
    Invalid(String),
    /// A value could not be put into its stored form.
    #[error("A value could not be stored: {0}. Please report this.")]
    Encoding(String),
}

impl Error {
    pub(crate) fn not_found(what: &'static str, id: impl std::fmt::Display) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        let code = match source.kind() {
            std::io::ErrorKind::PermissionDenied => Code::ReadOnly,
            _ => Code::of_io(&source),
        };
        Self::Io { path: path.to_owned(), code, source }
    }

    /// The same error, naming the database it happened in.
    pub(crate) fn in_database(self, path: &Path) -> Self {
        match self {
            Self::Sqlite { database: None, source } => Self::Sqlite { database: Some(path.to_owned()), source },
            other => other,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sqlite { database: None, source }
    }
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Sqlite { source, .. } => code_of(source),
            Self::Io { code, .. } => *code,
            Self::NewerLibrary { .. } => Code::NewerLibrary,
            Self::ReadOnly { .. } => Code::ReadOnly,
            Self::Closed => Code::Busy,
            Self::Backup(error) => error.code(),
            Self::NotFound { .. } => Code::NotFound,
            Self::SameFile { .. } => Code::Duplicate,
            Self::Stopped => Code::Cancelled,
            Self::Invalid(_) => Code::Invalid,
            Self::Encoding(_) => Code::Internal,
        }
    }
}

pub(crate) fn code_of(error: &rusqlite::Error) -> Code {
    match error {
        rusqlite::Error::QueryReturnedNoRows => Code::NotFound,
        rusqlite::Error::FromSqlConversionFailure(..)
        | rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::Utf8Error(..) => Code::Corrupt,
        _ => match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Code::NoSpace,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Code::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Code::Corrupt,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Code::Busy,
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => Code::Unreadable,
            _ => Code::Internal,
        },
    }
}

fn advice(code: Code) -> &'static str {
    match code {
        Code::NoSpace => "The disk is full: free some space and try again; nothing stored is lost.",
        Code::ReadOnly => "It can't be written to: give yourself the right to, or choose another folder.",
        Code::Corrupt => "It is damaged: run `smart-study-room check --repair`, or put a backup in its place.",
        Code::Busy => "Another process is writing to it: try again in a moment.",
        Code::Unreadable | Code::NotFound => {
            "It can't be read: see whether the disk is connected and the folder is yours."
        }
        _ => "Please report this.",
    }
}

fn describe(database: Option<&Path>, source: &rusqlite::Error) -> String {
    let place = database.map_or_else(|| "The library".into(), |path| path.display().to_string());
    format!("{place}: {source}. {}", advice(code_of(source)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::ffi;

    #[test]
    fn what_sqlite_says_becomes_a_code_with_the_file_and_what_to_do() {
        for (number, code, advice) in [
            (ffi::SQLITE_FULL, Code::NoSpace, "free some space"),
            (ffi::SQLITE_READONLY, Code::ReadOnly, "can't be written to"),
            (ffi::SQLITE_CORRUPT, Code::Corrupt, "check --repair"),
            (ffi::SQLITE_CORRUPT_VTAB, Code::Corrupt, "check --repair"),
            (ffi::SQLITE_NOTADB, Code::Corrupt, "backup"),
            (ffi::SQLITE_BUSY, Code::Busy, "try again"),
            (ffi::SQLITE_CANTOPEN, Code::Unreadable, "can't be read"),
        ] {
            let source = rusqlite::Error::SqliteFailure(ffi::Error::new(number), None);
            let error = Error::from(source).in_database(Path::new("/books/library.sqlite"));
            assert_eq!(error.code(), code);
            let message = error.to_string();
            assert!(message.contains("/books/library.sqlite"), "{message}");
            assert!(message.contains(advice), "{message}");
        }
    }
}
