//! A backup on its way out.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use kernel::{Cancel, Code};

use super::archive::{self, Reader, Writer};
use super::folders::sync;
use super::last;
use super::manifest::{DATABASE_NAME, FORM, Manifest, file_name, member_of};
use super::snapshot::{Snapshot, journal_of};
use super::{BackupError, BackupProgress, BackupStep, Listener};
use crate::documents::{self, Original};
use crate::{Error, Library, check, schema};

/// A backup that was made and verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Documents in it.
    pub documents: u32,
    /// Size of the file.
    pub bytes: u64,
    /// Originals that the library itself no longer has, or has only damaged, by their file names: these documents can
    /// be read and searched after a restore, but not shown.
    pub missing: Vec<String>,
}

/// Backs the whole library up into the file `target`, while it may be in use: what is committed before the call is in
/// it, and what comes later is not. An earlier backup of that name is replaced once the new one is verified.
///
/// `app` is the version of the app. Needs free space for the database twice and the originals once.
///
/// # Errors
/// [`BackupError`], and those of reading the library. Nothing is left behind at the target's place.
pub fn create(
    library: &Library,
    target: &Path,
    app: &str,
    cancel: &Cancel,
    listener: Listener<'_>,
) -> Result<Made, Error> {
    let target = Target::choose(library, target)?;
    let part = target.begin()?;
    let mut snapshot = Snapshot::take(library, target.snapshot.clone(), cancel, listener)?;
    let mut packing = Packing { library, cancel, listener, before: 0, total: 0 };
    let (manifest, bytes) = packing.pack(&mut snapshot, Writer::new(part.file()?, &target.part)?, app)?;
    drop(snapshot);
    verify(&target.part, cancel, listener).map_err(|error| not_written(error, &target.part))?;
    part.finish(&target.path)?;
    sync(&target.folder)?;
    last::remember(library, &target.path, bytes);
    Ok(Made { documents: manifest.counts.documents, bytes, missing: manifest.missing })
}

/// Where a backup goes, and what lies beside it while it is made.
struct Target {
    path: PathBuf,
    folder: PathBuf,
    part: PathBuf,
    snapshot: PathBuf,
}

impl Target {
    fn choose(library: &Library, path: &Path) -> Result<Self, BackupError> {
        let path = std::path::absolute(path).map_err(|error| BackupError::io(path, error))?;
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(BackupError::Occupied(path));
        };
        let folder = folder.canonicalize().map_err(|error| BackupError::io(folder, error))?;
        let root = library.folder().root();
        if folder.starts_with(root.canonicalize().map_err(|error| BackupError::io(root, error))?) {
            return Err(BackupError::InsideLibrary(path));
        }
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() && !archive::is_backup(&path)? {
            return Err(BackupError::Occupied(path));
        }
        let beside = |ending: &str| folder.join(format!(".{}.{ending}", name.to_string_lossy()));
        Ok(Self { part: beside("part"), snapshot: beside("part.sqlite"), path, folder })
    }

    /// The file that becomes the backup. One that a killed process has left there is taken over.
    fn begin(&self) -> Result<Part, BackupError> {
        let io = |error| BackupError::io(&self.part, error);
        let file = File::options().create(true).truncate(false).read(true).write(true).open(&self.part).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BackupError::TargetBusy(self.path.clone())),
            // Not every file system has locks.
            Err(TryLockError::Error(error)) => tracing::debug!(%error, "the file of a backup can't be locked"),
        }
        // Whoever had the lock may have finished, and what is open here be a whole backup by now.
        if !is_still_there(&file, &self.part) {
            return Err(BackupError::TargetBusy(self.path.clone()));
        }
        file.set_len(0).map_err(io)?;
        for left in [self.snapshot.clone(), journal_of(&self.snapshot)] {
            let _ = fs::remove_file(left);
        }
        Ok(Part { path: self.part.clone(), file, finished: false })
    }
}

/// Whether the name still stands for the open file.
#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let of = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    file.metadata().is_ok_and(|open| fs::metadata(path).is_ok_and(|there| of(open) == of(there)))
}

/// Elsewhere an open file can't be renamed.
#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

/// The backup while it is written. It goes away again if it is not finished.
struct Part {
    path: PathBuf,
    /// Holds the lock.
    file: File,
    finished: bool,
}

impl Part {
    fn file(&self) -> Result<File, BackupError> {
        self.file.try_clone().map_err(|error| BackupError::io(&self.path, error))
    }

    fn finish(mut self, target: &Path) -> Result<(), BackupError> {
        fs::rename(&self.path, target).map_err(|error| BackupError::io(target, error))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Puts the members into the file.
struct Packing<'a> {
    library: &'a Library,
    cancel: &'a Cancel,
    listener: Listener<'a>,
    /// Bytes of the members that are done.
    before: u64,
    total: u64,
}

impl Packing<'_> {
    fn pack(&mut self, snapshot: &mut Snapshot, mut writer: Writer<'_>, app: &str) -> Result<(Manifest, u64), Error> {
        let mut originals: Vec<Original> = documents::originals(snapshot.connection()?)?.into_iter().collect();
        originals.sort_unstable_by(|a, b| (&a.hash, &a.format).cmp(&(&b.hash, &b.format)));
        let files = originals.iter().map(|original| size(&self.library.original(&original.hash, &original.format)));
        self.total = files.sum::<u64>() + size(&snapshot.path);
        let mut missing = Vec::new();
        for original in &originals {
            if self.add(&mut writer, original)? {
                continue;
            }
            // Removed by somebody since the snapshot was taken: then it is as if that had come first.
            if !self.library.read(|connection| documents::in_use(connection, &original.hash))? {
                snapshot.remove(original)?;
            } else {
                missing.push(file_name(original));
            }
        }
        let mut manifest = Manifest {
            form: FORM,
            app: app.into(),
            schema: schema::version(snapshot.connection()?)?,
            made: self.library.now(),
            counts: check::counts(snapshot.connection()?)?,
            members: Vec::new(),
            missing,
        };
        snapshot.seal()?;
        self.file(&mut writer, DATABASE_NAME, &snapshot.path, None)?;
        manifest.members.clone_from(&writer.members);
        let bytes = writer.finish(&manifest)?;
        Ok((manifest, bytes))
    }

    /// Adds an original; false when the library does not have it, or not whole.
    fn add(&mut self, writer: &mut Writer<'_>, original: &Original) -> Result<bool, BackupError> {
        let path = self.library.original(&original.hash, &original.format);
        let Some(name) = member_of(original) else {
            return Ok(false);
        };
        match self.file(writer, &name, &path, Some(&original.hash)) {
            Err(BackupError::Io { code: Code::NotFound, path: absent, .. }) if absent == path => Ok(false),
            added => added,
        }
    }

    fn file(
        &mut self,
        writer: &mut Writer<'_>,
        name: &str,
        path: &Path,
        hash: Option<&str>,
    ) -> Result<bool, BackupError> {
        let (before, total) = (self.before, self.total);
        let listener = &mut *self.listener;
        let added = writer.add(name, path, hash, self.cancel, &mut |done| {
            let done = (before + done).min(total);
            listener(BackupProgress { step: BackupStep::Packing, done, total });
        })?;
        self.before += size(path);
        Ok(added)
    }
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

/// Reads back every member and compares it with its hash.
fn verify(path: &Path, cancel: &Cancel, listener: Listener<'_>) -> Result<(), BackupError> {
    let mut reader = Reader::open(path)?;
    let members = reader.manifest.members.clone();
    let total = reader.manifest.bytes().unwrap_or(0);
    let mut done = 0;
    for member in &members {
        reader.read(member, cancel, |part| {
            done += part.len() as u64;
            listener(BackupProgress { step: BackupStep::Verifying, done, total });
            Ok(())
        })?;
    }
    Ok(())
}

/// What is damaged right after it was written, the disk has damaged.
fn not_written(error: BackupError, path: &Path) -> BackupError {
    match error {
        BackupError::Damaged { why, .. } => BackupError::NotWritten { path: path.to_owned(), why },
        BackupError::Foreign(_) => BackupError::NotWritten { path: path.to_owned(), why: "it is empty".into() },
        other => other,
    }
}
