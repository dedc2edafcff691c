use std::fs::{File, TryLockError};

use kernel::LibraryFolder;

/// Tells others that a library is in use: shared by all who have it open, held alone by who puts another library in
/// its place. Given back when dropped, and by the system when the process dies.
///
/// It is a lock on the folder itself, so that it leaves no file behind and needs no right to write. Where folders
/// can't be locked (Windows, some network drives) it says nothing; there an open database keeps its own file from
/// being moved.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    _root: Option<File>,
}

impl Presence {
    /// Beside others; none while somebody holds it alone.
    pub(crate) fn shared(folder: &LibraryFolder) -> Option<Self> {
        Self::locked(folder, File::try_lock_shared)
    }

    /// Alone; none while anybody has the library open.
    pub(crate) fn alone(folder: &LibraryFolder) -> Option<Self> {
        Self::locked(folder, File::try_lock)
    }

    fn locked(folder: &LibraryFolder, lock: impl Fn(&File) -> Result<(), TryLockError>) -> Option<Self> {
        let Ok(root) = File::open(folder.root()) else {
            return Some(Self::default());
        };
        match lock(&root) {
            Ok(()) => Some(Self { _root: Some(root) }),
            Err(TryLockError::WouldBlock) => None,
            Err(TryLockError::Error(_)) => Some(Self::default()),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn many_share_a_library_and_one_has_it_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = LibraryFolder::new(place.path());
        let (one, two) = (Presence::shared(&folder).unwrap(), Presence::shared(&folder).unwrap());
        drop(one);
        assert!(Presence::alone(&folder).is_none());
        drop(two);
        let alone = Presence::alone(&folder).unwrap();
        assert!(Presence::shared(&folder).is_none());
        drop(alone);
        assert!(Presence::shared(&folder).is_some());
    }
}
