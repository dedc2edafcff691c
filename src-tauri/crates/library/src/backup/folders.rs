//! Changes of folders that last through a loss of power.

use std::fs;
use std::io;
use std::path::Path;

use super::BackupError;

/// Waits until what was made, renamed or removed in a folder has reached the disk.
pub(super) fn sync(folder: &Path) -> Result<(), BackupError> {
    // Elsewhere folders can't be opened, and renames last by themselves.
    #[cfg(unix)]
    fs::File::open(folder).and_then(|open| open.sync_all()).map_err(|error| BackupError::io(folder, error))?;
    let _ = folder;
    Ok(())
}

/// Renames what is there; false when nothing is.
pub(super) fn rename(from: &Path, to: &Path) -> Result<bool, BackupError> {
    match fs::rename(from, to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound && from.symlink_metadata().is_err() => Ok(false),
        Err(error) => Err(BackupError::io(from, error)),
    }
}

/// Removes a file or a folder with all that is in it, if there is one.
pub(super) fn remove(path: &Path) -> Result<(), BackupError> {
    let removed = match path.symlink_metadata() {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(BackupError::io(path, error)),
        _ => Ok(()),
    }
}
