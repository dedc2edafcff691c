use std::path::{Path, PathBuf};

use kernel::{Code, Coded};
use zip::result::ZipError;

/// Why a backup could not be made or restored. Whatever it is: the library is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The person stopped it.
    #[error("It was stopped; nothing has changed.")]
    Cancelled,
    /// The file to be written lies in the library that goes into it.
    #[error("{} lies inside the library's own folder. Choose a place outside of it, best on another disk.", .0.display())]
    InsideLibrary(PathBuf),
    /// A folder, a device or a file that is no backup has the name.
    #[error("{} is there already and is no backup; it was left alone. Choose another name.", .0.display())]
    Occupied(PathBuf),
    /// Another process writes the same file.
    #[error("Another backup to {} is under way. Wait for its end, or choose another name.", .0.display())]
    TargetBusy(PathBuf),
    /// A file or folder could not be read or written.
    #[error("{}: {source}. {}", .path.display(), advice(*.code))]
    Io {
        /// Which one.
        path: PathBuf,
        /// What it means.
        code: Code,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something else than a backup.
    #[error("{} is no backup of Smart Study Room. Choose a file that a library was backed up into.", .0.display())]
    Foreign(PathBuf),
    /// A backup that is cut off or changed.
    #[error("The backup {} is damaged: {why}. Choose an older backup; the library was not touched.", .path.display())]
    Damaged {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A backup that only a newer version of the app understands.
    #[error("The backup {} was made by a newer version of Smart Study Room ({version}). Update the app and restore it again.", .path.display())]
    Newer {
        /// The backup.
        path: PathBuf,
        /// The version that made it.
        version: String,
    },
    /// Another process works on the library.
    #[error("The library in {} is in use by another window or command of Smart Study Room. Close it and try again.", .0.display())]
    InUse(PathBuf),
    /// The library is damaged, so a copy would be as well.
    #[error("The library can't be backed up, because it is damaged: {0} Run `smart-study-room check --repair` first.")]
    Unsound(String),
    /// What was written differs from what is read back.
    #[error("What was written to {} does not come back as it was ({why}). Choose another disk.", .path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// What differs.
        why: String,
    },
}

impl BackupError {
    /// A failed read or write of a file or folder.
    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        let code = match source.kind() {
            std::io::ErrorKind::PermissionDenied => Code::ReadOnly,
            _ => Code::of_io(&source),
        };
        Self::Io { path: path.to_owned(), code, source }
    }

    /// A failed write of an archive's member.
    pub(crate) fn writing(path: &Path, error: ZipError) -> Self {
        Self::io(path, error.into())
    }

    /// What is wrong with a backup.
    pub(crate) fn damaged(path: &Path, why: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), why: why.into() }
    }
}

impl Coded for BackupError {
    fn code(&self) -> Code {
        match self {
            Self::Cancelled => Code::Cancelled,
            Self::InsideLibrary(_) | Self::Occupied(_) | Self::Foreign(_) => Code::Invalid,
            Self::TargetBusy(_) | Self::InUse(_) => Code::Busy,
            Self::Io { code, .. } => *code,
            Self::Damaged { .. } | Self::NotWritten { .. } => Code::Damaged,
            Self::Newer { .. } => Code::NewerLibrary,
            Self::Unsound(_) => Code::Corrupt,
        }
    }
}

fn advice(code: Code) -> &'static str {
    match code {
        Code::NoSpace => "The disk is full: free some space, or choose another disk.",
        Code::ReadOnly => "It can't be written to or read: give yourself the right to, or choose another place.",
        Code::NotFound => "It is not there: check the name, and whether the drive is connected.",
        _ => "Check the disk and try again.",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_said_to_be_one() {
        use std::io::Write;
        // The system's own full device, so that the error is the one that a real write gives.
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut zip = zip::ZipWriter::new(full);
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let written = zip.start_file("a", stored).and_then(|()| zip.write_all(b"words").map_err(Into::into));
        let error = BackupError::writing(Path::new("/backups/monday"), written.unwrap_err());
        assert_eq!(error.code(), Code::NoSpace);
        let message = error.to_string();
        assert!(message.contains("/backups/monday") && message.contains("free some space"), "{message}");
    }
}
