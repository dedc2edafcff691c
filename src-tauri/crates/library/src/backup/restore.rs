//! A backup on its way in.

use std::path::Path;

use kernel::{Cancel, LibraryFolder};

use super::archive::Reader;
use super::swap::{Alone, Swap, settle};
use super::{BackupError, BackupProgress, BackupStep, Listener, unpacked};
use crate::Error;

/// Renames of a swap, those of the database's log and of the clearing away included; see [`super::swap`].
const RENAMES: u64 = 9;

/// A backup that has become the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Documents in it.
    pub documents: u32,
    /// Bytes that were unpacked.
    pub bytes: u64,
    /// Originals that were missing when the backup was made.
    pub missing: Vec<String>,
}

/// Puts the library of the backup `file` in the place of the one in `folder`, which may be empty. The old one is
/// replaced only once the new one is unpacked beside it and verified, and is let go only once the new one has opened.
/// Killed at any moment, the next [`crate::Library::open`] finds one of them whole. The vector index goes: it is made
/// anew from the database.
///
/// Nobody may have the library open: close it first (see [`crate::Library::close`]). Needs free space for the backup's
/// content beside the library.
///
/// # Errors
/// [`BackupError`] (`Busy` while somebody uses the library); the library is as it was.
pub fn restore(
    file: &Path,
    folder: &LibraryFolder,
    cancel: &Cancel,
    listener: Listener<'_>,
) -> Result<Restored, Error> {
    let mut reader = Reader::open(file)?;
    let alone = Alone::with(folder)?.ok_or_else(|| BackupError::InUse(folder.root().to_owned()))?;
    let swap = Swap::of(folder);
    settle(&swap, &alone)?;
    let prepared = prepare(&mut reader, file, &swap, cancel, listener);
    let documents = prepared.inspect_err(|_| {
        // No mark was set, so that nothing can go wrong that matters.
        let _ = swap.clear(&alone, &mut || {});
    })?;
    let mut renames = 0;
    swap.run(&alone, &mut || {
        renames += 1;
        listener(BackupProgress { step: BackupStep::Replacing, done: renames.min(RENAMES), total: RENAMES });
    })?;
    Ok(Restored { documents, bytes: reader.manifest.bytes().unwrap_or(0), missing: reader.manifest.missing })
}

fn prepare(
    reader: &mut Reader,
    file: &Path,
    swap: &Swap,
    cancel: &Cancel,
    listener: Listener<'_>,
) -> Result<u32, Error> {
    let new = swap.new_library();
    unpacked::unpack(reader, &new, cancel, listener)?;
    listener(BackupProgress { step: BackupStep::Checking, done: 0, total: 0 });
    let documents = unpacked::verify(reader, file, &new)?;
    // The last moment at which nothing has been touched.
    if cancel.is_cancelled() {
        return Err(BackupError::Cancelled.into());
    }
    Ok(documents)
}
