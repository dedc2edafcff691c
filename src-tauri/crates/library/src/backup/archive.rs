//! The archive of a backup: writing it member by member, and reading it with distrust.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use kernel::Cancel;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::BackupError;
use super::manifest::{MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, Manifest, Member};

const CHUNK: usize = 1 << 20;
/// Bytes of a manifest: room for some hundred thousand originals.
const LONGEST_MANIFEST: u64 = 128 << 20;
/// Where the name of an archive's first member stands, behind the fixed part of its header (APPNOTE.TXT, 4.3.7).
const FIRST_NAME: usize = 30;

/// An archive in the making.
pub(super) struct Writer<'a> {
    zip: ZipWriter<BufWriter<File>>,
    path: &'a Path,
    pub(super) members: Vec<Member>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(file: File, path: &'a Path) -> Result<Self, BackupError> {
        let mut zip = ZipWriter::new(BufWriter::with_capacity(CHUNK, file));
        let started = zip.start_file(MIMETYPE_NAME, stored());
        started
            .and_then(|()| zip.write_all(MIMETYPE.as_bytes()).map_err(Into::into))
            .map_err(|error| BackupError::writing(path, error))?;
        Ok(Self { zip, path, members: Vec::new() })
    }

    /// Adds a file under this name, if its hash is the expected one; false, with nothing added, when it differs.
    pub(super) fn add(
        &mut self,
        name: &str,
        source: &Path,
        expected: Option<&str>,
        cancel: &Cancel,
        progress: &mut dyn FnMut(u64),
    ) -> Result<bool, BackupError> {
        let writing = |error| BackupError::writing(self.path, error);
        let mut file = File::open(source).map_err(|error| BackupError::io(source, error))?;
        self.zip.start_file(name, stored()).map_err(writing)?;
        let mut hasher = blake3::Hasher::new();
        let mut bytes = 0;
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = file.read(&mut chunk).map_err(|error| BackupError::io(source, error))?;
            let Some(part) = chunk.get(..read).filter(|part| !part.is_empty()) else {
                break;
            };
            if cancel.is_cancelled() {
                return Err(BackupError::Cancelled);
            }
            hasher.update(part);
            self.zip.write_all(part).map_err(|error| BackupError::io(self.path, error))?;
            bytes += part.len() as u64;
            progress(bytes);
        }
        let blake3 = hasher.finalize().to_hex().to_string();
        if expected.is_some_and(|expected| expected != blake3) {
            self.zip.abort_file().map_err(writing)?;
            return Ok(false);
        }
        self.members.push(Member { name: name.into(), bytes, blake3 });
        Ok(true)
    }

    /// Adds the manifest and waits until everything has reached the disk. Returns the size of the file.
    pub(super) fn finish(mut self, manifest: &Manifest) -> Result<u64, BackupError> {
        let io = |error| BackupError::io(self.path, error);
        let json = serde_json::to_vec_pretty(manifest).map_err(|error| io(error.into()))?;
        let written = self.zip.start_file(MANIFEST_NAME, stored());
        written
            .and_then(|()| self.zip.write_all(&json).map_err(Into::into))
            .map_err(|error| BackupError::writing(self.path, error))?;
        let file = self.zip.finish().map_err(|error| BackupError::writing(self.path, error))?;
        let file = file.into_inner().map_err(|error| io(error.into_error()))?;
        file.sync_all().map_err(io)?;
        Ok(file.metadata().map_err(io)?.len())
    }
}

/// Zip64 from the start: nobody knows how large a member becomes.
fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true)
}

/// A backup, open for reading; its members are those of its manifest and no others.
pub(super) struct Reader {
    zip: ZipArchive<BufReader<File>>,
    path: PathBuf,
    pub(super) manifest: Manifest,
}

impl Reader {
    /// Opens a backup and holds the archive's table of contents against its manifest.
    pub(super) fn open(path: &Path) -> Result<Self, BackupError> {
        let metadata = std::fs::metadata(path).map_err(|error| BackupError::io(path, error))?;
        if !is_backup(path)? {
            return Err(BackupError::Foreign(path.to_owned()));
        }
        let file = File::open(path).map_err(|error| BackupError::io(path, error))?;
        let reader = BufReader::with_capacity(CHUNK, file);
        let mut zip = ZipArchive::new(reader).map_err(|error| BackupError::damaged(path, error.to_string()))?;
        let manifest = Manifest::read(&manifest_of(&mut zip, path)?, path)?;
        // Stored members that don't overlap fit into the file: no bomb.
        if manifest.bytes().is_none_or(|bytes| bytes > metadata.len()) {
            return Err(BackupError::damaged(path, "it claims to hold more than its own size"));
        }
        if zip.len() != manifest.members.len() + 2 {
            return Err(BackupError::damaged(path, "it holds other files than its manifest names"));
        }
        Ok(Self { zip, path: path.to_owned(), manifest })
    }

    /// Reads a member, chunk by chunk, and fails at the end if it is not what the manifest says.
    pub(super) fn read(
        &mut self,
        member: &Member,
        cancel: &Cancel,
        mut each: impl FnMut(&[u8]) -> Result<(), BackupError>,
    ) -> Result<(), BackupError> {
        let path = &self.path;
        let damaged = |why: &str| BackupError::damaged(path, format!("{}: {why}", member.name));
        let mut file = self.zip.by_name(&member.name).map_err(|error| damaged(&error.to_string()))?;
        if file.compression() != CompressionMethod::Stored || file.encrypted() || file.size() != member.bytes {
            return Err(damaged("it is not kept as a backup keeps its files"));
        }
        let mut hasher = blake3::Hasher::new();
        let mut left = member.bytes;
        let mut chunk = vec![0; CHUNK];
        while left > 0 {
            if cancel.is_cancelled() {
                return Err(BackupError::Cancelled);
            }
            let read = file.read(&mut chunk).map_err(|error| unread(path, member, error))?;
            let part = chunk.get(..read).unwrap_or_default();
            if part.is_empty() || part.len() as u64 > left {
                return Err(damaged("its length differs"));
            }
            left -= part.len() as u64;
            hasher.update(part);
            each(part)?;
        }
        // The end of the member, where its checksum is compared.
        if file.read(&mut chunk).map_err(|error| unread(path, member, error))? > 0 {
            return Err(damaged("its length differs"));
        }
        if hasher.finalize().to_hex().as_str() != member.blake3 {
            return Err(damaged("its content differs from its hash"));
        }
        Ok(())
    }
}

/// The archive is wrong, or the disk that it lies on.
fn unread(path: &Path, member: &Member, error: io::Error) -> BackupError {
    match error.raw_os_error() {
        Some(_) => BackupError::io(path, error),
        None => BackupError::damaged(path, format!("{}: {error}", member.name)),
    }
}

fn manifest_of(zip: &mut ZipArchive<BufReader<File>>, path: &Path) -> Result<Vec<u8>, BackupError> {
    let damaged = |why: String| BackupError::damaged(path, format!("its manifest can't be read: {why}"));
    let file = zip.by_name(MANIFEST_NAME).map_err(|error| damaged(error.to_string()))?;
    if file.size() > LONGEST_MANIFEST || file.compression() != CompressionMethod::Stored {
        return Err(damaged("it is too long".into()));
    }
    let mut json = Vec::new();
    file.take(LONGEST_MANIFEST).read_to_end(&mut json).map_err(|error| damaged(error.to_string()))?;
    Ok(json)
}

/// Whether a file begins as a backup does, whole or not.
pub(super) fn is_backup(path: &Path) -> Result<bool, BackupError> {
    let metadata = std::fs::metadata(path).map_err(|error| BackupError::io(path, error))?;
    // Opening a pipe would wait for its writer for ever.
    if !metadata.is_file() {
        return Ok(false);
    }
    let file = File::open(path).map_err(|error| BackupError::io(path, error))?;
    let mut start = Vec::new();
    file.take(512).read_to_end(&mut start).map_err(|error| BackupError::io(path, error))?;
    let named = start.get(FIRST_NAME..).is_some_and(|rest| rest.starts_with(MIMETYPE_NAME.as_bytes()));
    let kind = MIMETYPE.as_bytes();
    Ok(start.starts_with(b"PK\x03\x04") && named && start.windows(kind.len()).any(|part| part == kind))
}
