//! A restored library takes the place of the old one, by renames that a kill may interrupt anywhere.
//!
//! All of it happens in the folder `restoring` of the library's own folder, so on one disk:
//!
//! ```text
//! restoring/new/         the restored library, whole and verified before anything else is touched
//! restoring/committed    an empty file: from now on the new library is the one
//! restoring/old/         where the parts of the old library go, until the new one has opened
//! ```
//!
//! Without `committed` the library is what lies in its folder, and `restoring` is a leftover. With it, the swap goes
//! on where it stopped: as long as a part still lies in `new`, the part of that name in the library's folder is an old
//! one. The next start (see [`settled`]) does just that, alone in the library, before it opens anything.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernel::{LibraryFolder, SystemClock};

use super::BackupError;
use super::folders::{remove, rename, sync};
use crate::store::Presence;
use crate::{Error, Library, WriterLock};

/// What belongs to a database: its log must never meet another one's pages.
const DATABASE: [&str; 3] = ["library.sqlite-wal", "library.sqlite-shm", "library.sqlite"];
const ORIGINALS: &str = "originals";
/// The vector index of the old library; the new one makes its own.
const VECTORS: &str = "vectors";

/// The right to exchange a library: nobody else has it open.
pub(super) struct Alone {
    _lock: WriterLock,
    _presence: Presence,
}

impl Alone {
    /// None while another process, or another part of this one, has the library open.
    pub(super) fn with(folder: &LibraryFolder) -> Result<Option<Self>, Error> {
        let Some(lock) = WriterLock::try_acquire(folder)? else {
            return Ok(None);
        };
        Ok(Presence::alone(folder).map(|presence| Self { _lock: lock, _presence: presence }))
    }
}

/// The folders of a swap.
pub(super) struct Swap {
    folder: LibraryFolder,
}

impl Swap {
    pub(super) fn of(folder: &LibraryFolder) -> Self {
        Self { folder: folder.clone() }
    }

    /// Where the restored library is put together.
    pub(super) fn new_library(&self) -> LibraryFolder {
        LibraryFolder::new(self.folder.restoring().join("new"))
    }

    fn old(&self) -> PathBuf {
        self.folder.restoring().join("old")
    }

    fn mark(&self) -> PathBuf {
        self.folder.restoring().join("committed")
    }

    fn is_committed(&self) -> bool {
        self.mark().exists()
    }

    /// Puts the new library in the old one's place, opens it, and lets the old one go; puts the old one back if that
    /// fails. `step` is called between any two renames.
    pub(super) fn run(&self, alone: &Alone, step: &mut dyn FnMut()) -> Result<(), Error> {
        if let Err(error) = self.commit() {
            self.clear(alone, step)?;
            return Err(error.into());
        }
        step();
        self.finish(alone, step)
    }

    fn commit(&self) -> Result<(), BackupError> {
        let (old, mark) = (self.old(), self.mark());
        fs::create_dir_all(&old).map_err(|error| BackupError::io(&old, error))?;
        File::create(&mark).and_then(|mark| mark.sync_all()).map_err(|error| BackupError::io(&mark, error))?;
        sync(&self.folder.restoring())
    }

    fn finish(&self, alone: &Alone, step: &mut dyn FnMut()) -> Result<(), Error> {
        let forward = self.forward(step).map_err(Error::from).and_then(|()| self.open());
        if let Err(error) = forward {
            tracing::error!(%error, "a restored library did not open: the old one is put back");
            self.back(step)?;
            self.clear(alone, step)?;
            return Err(error);
        }
        Ok(self.clear(alone, step)?)
    }

    fn forward(&self, step: &mut dyn FnMut()) -> Result<(), BackupError> {
        let (root, new, old) = (self.folder.root(), self.new_library(), self.old());
        if new.database().exists() {
            for name in DATABASE.into_iter().chain([VECTORS]) {
                rename(&root.join(name), &old.join(name))?;
                step();
            }
            rename(&new.database(), &self.folder.database())?;
            step();
        }
        if new.originals().exists() {
            rename(&root.join(ORIGINALS), &old.join(ORIGINALS))?;
            step();
            rename(&new.originals(), &self.folder.originals())?;
            step();
        }
        sync(root)
    }

    fn back(&self, step: &mut dyn FnMut()) -> Result<(), BackupError> {
        let (root, new, old) = (self.folder.root(), self.new_library(), self.old());
        if !new.originals().exists() {
            rename(&root.join(ORIGINALS), &new.originals())?;
            step();
        }
        rename(&old.join(ORIGINALS), &root.join(ORIGINALS))?;
        step();
        if !new.database().exists() {
            for name in DATABASE {
                rename(&root.join(name), &new.root().join(name))?;
                step();
            }
            remove(&root.join(VECTORS))?;
        }
        for name in DATABASE.into_iter().chain([VECTORS]) {
            rename(&old.join(name), &root.join(name))?;
            step();
        }
        sync(root)
    }

    /// Whether the library that lies there now can be used.
    fn open(&self) -> Result<(), Error> {
        let clock = Arc::new(SystemClock);
        let library = Library::open_settled(self.folder.clone(), clock, Presence::default())?;
        library.read(crate::rooms::list).map(drop)
    }

    /// Takes everything away that is not the library. Without the mark first: from then on the rest is a leftover.
    pub(super) fn clear(&self, _alone: &Alone, step: &mut dyn FnMut()) -> Result<(), BackupError> {
        remove(&self.mark())?;
        step();
        let restoring = self.folder.restoring();
        if !restoring.exists() {
            return Ok(());
        }
        // It is settled which library is the one; what can't be removed now the next start removes.
        if let Err(error) = sync(&restoring).and_then(|()| remove(&restoring)) {
            tracing::warn!(%error, "the rest of a restore stays for now");
        }
        Ok(())
    }
}

/// Waits for nobody: takes part in the library, having finished or cleared away what a killed restore has left.
pub(crate) fn settled(folder: &LibraryFolder) -> Result<Presence, Error> {
    let swap = Swap::of(folder);
    // A folder that can't be made is reported by whoever opens the database in it.
    let _ = fs::create_dir_all(folder.root());
    // Somebody may begin to restore between two of these steps, but not once we take part.
    for _ in 0..3 {
        if folder.restoring().exists()
            && let Some(alone) = alone_for_settling(folder)?
        {
            settle(&swap, &alone)?;
        }
        let presence = Presence::shared(folder).ok_or_else(|| in_use(folder))?;
        if !swap.is_committed() {
            return Ok(presence);
        }
    }
    Err(in_use(folder))
}

/// In a folder that can't be written to nothing can be settled; what lies there is opened as it is.
fn alone_for_settling(folder: &LibraryFolder) -> Result<Option<Alone>, Error> {
    match Alone::with(folder) {
        Err(error) if !Swap::of(folder).is_committed() => {
            tracing::debug!(%error, "a leftover of a restore stays");
            Ok(None)
        }
        alone => alone,
    }
}

/// Finishes a swap that was killed, or clears away what was not yet one.
pub(super) fn settle(swap: &Swap, alone: &Alone) -> Result<(), Error> {
    if swap.is_committed() {
        tracing::info!("a restore that was interrupted is finished");
        // A new library that does not open is no reason not to open the old one, which is back in its place.
        return swap.finish(alone, &mut || {}).or_else(|error| if swap.is_committed() { Err(error) } else { Ok(()) });
    }
    Ok(swap.clear(alone, &mut || {})?)
}

fn in_use(folder: &LibraryFolder) -> Error {
    BackupError::InUse(folder.root().to_owned()).into()
}

/// Waits until a file has reached the disk.
pub(super) fn sync_file(path: &Path) -> Result<(), BackupError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|error| BackupError::io(path, error))
}
