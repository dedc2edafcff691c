//! What lies on the disk.

use std::fs;
use std::path::Path;

use kernel::LibraryFolder;
use serde::Serialize;
use specta::Type;

/// Bytes of the parts of a library's folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "LibrarySizes")]
pub(crate) struct Sizes {
    /// The database, with its log.
    #[specta(type = f64)]
    pub database: u64,
    /// The vector indexes: they come back by themselves.
    #[specta(type = f64)]
    pub vectors: u64,
    /// The copies of the imported files.
    #[specta(type = f64)]
    pub originals: u64,
    /// The embedding models that the library keeps.
    #[specta(type = f64)]
    pub models: u64,
    /// The app's log files.
    #[specta(type = f64)]
    pub logs: u64,
    /// Everything in the folder.
    #[specta(type = f64)]
    pub total: u64,
}

/// How large the parts of a library are at this moment.
pub(crate) fn of(folder: &LibraryFolder) -> Sizes {
    let beside = |ending: &str| {
        let mut name = folder.database().into_os_string();
        name.push(ending);
        size(Path::new(&name))
    };
    Sizes {
        database: beside("") + beside("-wal") + beside("-shm"),
        vectors: size(&folder.vectors()),
        originals: size(&folder.originals()),
        models: size(&folder.models()),
        logs: size(&folder.logs()),
        total: size(folder.root()),
    }
}

/// Bytes of a file, or of all files in a folder. What goes away meanwhile, or can't be read, counts nothing; links are
/// not followed.
fn size(path: &Path) -> u64 {
    let Ok(found) = fs::symlink_metadata(path) else { return 0 };
    if !found.is_dir() {
        return found.len();
    }
    let Ok(entries) = fs::read_dir(path) else { return 0 };
    entries.flatten().map(|entry| size(&entry.path())).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_part_is_counted_with_what_lies_in_its_folders() {
        let place = tempfile::tempdir().unwrap();
        let folder = LibraryFolder::new(place.path());
        let write = |path: &Path, bytes: usize| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![0; bytes]).unwrap();
        };
        write(&folder.database(), 100);
        write(&place.path().join("library.sqlite-wal"), 20);
        write(&folder.vectors().join("model/data/part.lance"), 7);
        write(&folder.vectors().join("model/more.lance"), 3);
        write(&folder.originals().join("ab.pdf"), 1_000);
        write(&place.path().join("writer.lock"), 1);
        let sizes = of(&folder);
        assert_eq!((sizes.database, sizes.vectors, sizes.originals), (120, 10, 1_000));
        assert_eq!((sizes.models, sizes.logs), (0, 0));
        assert_eq!(sizes.total, 1_131);
    }
}
