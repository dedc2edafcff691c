//! The hashes of the approximate index's files.
//!
//! The table's rows can be held against SQLite's; what the approximate index made of them can't. So its files are
//! hashed when they are written: a file that reads otherwise later is damaged, and one that was never hashed is left
//! from a process that was killed in between, and is made anew.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::VectorIndex;

/// In the index's folder: a line a file, its hash and its path, after a line with the number of rows.
const NAME: &str = "seal";

/// What is known of the approximate index's files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seal {
    /// Rows of which the approximate index was last made anew.
    pub(super) made_of: usize,
    /// BLAKE3 by path.
    hashes: BTreeMap<PathBuf, String>,
}

impl Seal {
    /// The stored one; an unreadable one knows nothing.
    pub(super) fn read(index: &VectorIndex) -> Self {
        let text = std::fs::read_to_string(index.folder().join(NAME)).unwrap_or_default();
        let mut lines = text.lines();
        let made_of = lines.next().and_then(|line| line.parse().ok()).unwrap_or_default();
        let hashes = lines.filter_map(|line| line.split_once(' ')).map(|(hash, path)| (path.into(), hash.to_owned()));
        Self { made_of, hashes: hashes.collect() }
    }

    /// Hashes the files that are not known yet, forgets those that are gone, and stores what is known now.
    pub(super) fn renew(mut self, index: &VectorIndex, made_of: usize) -> io::Result<()> {
        let old = std::mem::take(&mut self.hashes);
        for path in files(index)? {
            let hash = match old.get(&path) {
                Some(hash) => hash.clone(),
                None => hash(&path)?,
            };
            self.hashes.insert(path, hash);
        }
        let lines = self.hashes.iter().map(|(path, hash)| format!("\n{hash} {}", path.display()));
        let text = made_of.to_string() + &lines.collect::<String>();
        let new = index.folder().join("seal.new");
        std::fs::write(&new, text)?;
        std::fs::rename(new, index.folder().join(NAME))
    }

    /// Whether there are files that it does not know.
    pub(super) fn is_behind(&self, index: &VectorIndex) -> io::Result<bool> {
        Ok(files(index)?.iter().any(|path| !self.hashes.contains_key(path)))
    }

    /// How many files read otherwise than they were written. One that is gone shows at the next search.
    pub(super) fn broken(&self) -> io::Result<usize> {
        let mut broken = 0;
        for (path, sealed) in &self.hashes {
            match hash(path) {
                Ok(hash) => broken += usize::from(hash != *sealed),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(broken)
    }
}

/// Every file of the approximate index.
fn files(index: &VectorIndex) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![index.table_folder().join("_indices")];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let into = if entry.file_type()?.is_dir() { &mut folders } else { &mut files };
            into.push(entry.path());
        }
    }
    Ok(files)
}

fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(hasher.finalize().to_hex().to_string())
}
