//! Files that are either whole or not there: hashed, written beside their place and then renamed into it.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The SHA-256 of a file in lower-case hexadecimal; `None` when there is no such file.
pub(crate) fn hash(path: &Path) -> Result<Option<String>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e).with_context(|| format!("{} cannot be opened", path.display())),
    };
    let hash = hash_of(file).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(Some(hash))
}

/// The SHA-256 of everything that `from` gives.
pub(crate) fn hash_of(mut from: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            n => hasher.update(&buffer[..n]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Writes `bytes` to `path` so that nobody ever sees half of it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let beside = path.with_added_extension(format!("{}.part", std::process::id()));
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    written()
        .with_context(|| format!("{} cannot be written: is there room, and may the folder be written?", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_file_has_the_hash_of_its_bytes_and_nothing_lies_beside_it() {
        let folder = std::env::temp_dir().join(format!("xtask-files-{}", std::process::id()));
        let path = folder.join("deep/abc");
        assert_eq!(hash(&path).expect("a missing file is no error"), None);
        write(&path, b"abc").expect("it can be written");
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash(&path).expect("it can be read").as_deref(), Some(abc));
        assert_eq!(fs::read_dir(folder.join("deep")).expect("it is there").count(), 1);
        fs::remove_dir_all(folder).expect("it can be removed");
    }
}
