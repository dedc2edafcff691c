use std::fs::{File, OpenOptions, TryLockError};

use kernel::LibraryFolder;

use crate::Error;

/// Held by the one process that runs jobs and writes the vector index. Given back when dropped, and by the
/// system when the process dies.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock; none when another process (or another part of this one) holds it. Makes the folder.
    pub fn try_acquire(folder: &LibraryFolder) -> Result<Option<Self>, Error> {
        let path = folder.writer_lock();
        std::fs::create_dir_all(folder.root()).map_err(|error| Error::io(folder.root(), error))?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| Error::io(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Error::io(&path, error)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_holds_the_lock_until_it_lets_go() {
        let place = tempfile::tempdir().unwrap();
        let folder = LibraryFolder::new(place.path().join("library"));
        let first = WriterLock::try_acquire(&folder).unwrap();
        assert!(first.is_some());
        assert!(WriterLock::try_acquire(&folder).unwrap().is_none());
        drop(first);
        assert!(WriterLock::try_acquire(&folder).unwrap().is_some());
    }
}
