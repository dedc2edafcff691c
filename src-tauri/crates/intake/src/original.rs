//! The library's own copy of an imported file.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use library::Library;
use reader::Format;

use crate::Error;

const CHUNK: usize = 1 << 20;

/// A file that the library holds a copy of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Original {
    /// BLAKE3 of its bytes, in hexadecimal.
    pub(crate) hash: String,
    /// Its size.
    pub(crate) bytes: u64,
    /// The kind of the file; the ending of the copy is its name.
    pub(crate) format: Format,
}

/// Copies a document of any format that can be read into the library.
///
/// It is hashed while it is copied, so what is stored is what was hashed even if the file changes meanwhile. The
/// copy gets its name only when all of it has reached the disk: a file in the folder is always whole.
pub(crate) fn keep(path: &Path, library: &Library) -> Result<Original, Error> {
    let mut source = open(path)?;
    let format = reader::detect_open(&mut source, path)?;
    let mut chunk = vec![0; CHUNK];
    let mut filled = fill(&mut source, &mut chunk).map_err(|e| Error::reading(path, e))?;

    let originals = library.folder().originals();
    let keeping = |e| Error::keeping(path, &originals, e);
    fs::create_dir_all(&originals).map_err(keeping)?;
    let mut copy = Unfinished::create(&originals).map_err(keeping)?;
    let mut hasher = blake3::Hasher::new();
    let mut bytes = 0;
    while filled > 0 {
        hasher.update(&chunk[..filled]);
        copy.file.write_all(&chunk[..filled]).map_err(keeping)?;
        bytes += filled as u64;
        filled = fill(&mut source, &mut chunk).map_err(|e| Error::reading(path, e))?;
    }
    let hash = hasher.finalize().to_hex().to_string();
    let target = library.original(&hash, format.name());
    if !is_kept(&target, bytes) {
        copy.finish(&target).map_err(keeping)?;
    }
    Ok(Original { hash, bytes, format })
}

fn open(path: &Path) -> Result<File, Error> {
    // Looked at before it is opened: opening a pipe would wait for its writer for ever.
    let metadata = fs::metadata(path).map_err(|e| Error::reading(path, e))?;
    if !metadata.is_file() {
        return Err(Error::NotAFile(path.into()));
    }
    if metadata.len() == 0 {
        return Err(Error::Empty(path.into()));
    }
    File::open(path).map_err(|e| Error::reading(path, e))
}

fn is_kept(target: &Path, bytes: u64) -> bool {
    fs::metadata(target).is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes)
}

fn fill(source: &mut File, chunk: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < chunk.len() {
        match source.read(&mut chunk[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A copy in the making; it goes away again if it is not finished.
struct Unfinished {
    path: PathBuf,
    file: File,
    finished: bool,
}

impl Unfinished {
    fn create(folder: &Path) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{UNFINISHED}{}-{number}", std::process::id()));
        let file = File::create(&path)?;
        Ok(Self { path, file, finished: false })
    }

    fn finish(mut self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, target)?;
        self.finished = true;
        // The rename itself lasts only when the folder has reached the disk as well.
        #[cfg(unix)]
        if let Some(folder) = target.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.path);
        }
    }
}

const UNFINISHED: &str = ".copying-";

/// Removes what copies that were killed in the middle have left behind, if nobody has written to it for a day.
pub(crate) fn sweep(library: &Library) {
    const A_DAY: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);
    let Ok(entries) = fs::read_dir(library.folder().originals()) else { return };
    for entry in entries.flatten() {
        let stale = entry.file_name().to_string_lossy().starts_with(UNFINISHED)
            && entry.metadata().and_then(|m| m.modified()).is_ok_and(|at| at.elapsed().is_ok_and(|age| age > A_DAY));
        if stale {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;

    use kernel::{Code, Coded, LibraryFolder, SystemClock};

    use super::*;

    fn library() -> (tempfile::TempDir, Library) {
        let folder = tempfile::tempdir().unwrap();
        let place = LibraryFolder::new(folder.path().join("library"));
        let library = Library::open(place, Arc::new(SystemClock)).unwrap();
        (folder, library)
    }

    fn names(library: &Library) -> Vec<String> {
        fs::read_dir(library.folder().originals())
            .map(|all| all.map(|e| e.unwrap().file_name().into_string().unwrap()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_file_is_kept_under_its_hash_and_only_once() {
        let (temp, library) = library();
        let mut content = b"%PDF-1.7\n".to_vec();
        content.resize(3 * CHUNK + 17, b'x');
        let (one, two) = (temp.path().join("one.pdf"), temp.path().join("two.PDF"));
        fs::write(&one, &content).unwrap();
        fs::write(&two, &content).unwrap();

        let original = keep(&one, &library).unwrap();
        assert_eq!(original.hash, blake3::hash(&content).to_hex().to_string());
        assert_eq!(original.bytes, content.len() as u64);
        assert_eq!(fs::read(library.original(&original.hash, "pdf")).unwrap(), content);
        assert_eq!(keep(&two, &library).unwrap(), original);
        assert_eq!(names(&library), [format!("{}.pdf", original.hash)]);
    }

    #[test]
    fn a_header_may_stand_behind_some_rubbish_but_not_far() {
        let (temp, library) = library();
        let path = temp.path().join("late.pdf");
        fs::write(&path, [&[b'\n'; 1000][..], b"%PDF-"].concat()).unwrap();
        keep(&path, &library).unwrap();
        fs::write(&path, [&[b'\n'; 1020][..], b"%PDF-"].concat()).unwrap();
        assert_eq!(keep(&path, &library).unwrap_err().code(), Code::NotAPdf);
    }

    #[test]
    fn a_copy_ends_in_the_name_of_its_format() {
        let (temp, library) = library();
        for (name, content, format) in [
            ("page.PHP", "<!doctype html><p>Hello", Format::Html),
            ("notes.md", "# Hello", Format::Markdown),
            ("rows.tsv", "a\tb", Format::Csv),
            ("read me", "Hello", Format::Text),
            ("scan.pdf", "\u{0}", Format::Image),
        ] {
            let path = temp.path().join(name);
            let content = if format == Format::Image { b"\x89PNG\r\n\x1a\n" } else { content.as_bytes() };
            fs::write(&path, content).unwrap();
            let original = keep(&path, &library).unwrap();
            assert_eq!(original.format, format, "{name}");
            let copy = library.original(&original.hash, format.name());
            // The reading process tells the format again, by the copy alone.
            assert_eq!(reader::detect(&copy).unwrap(), format, "{name}");
        }
    }

    #[test]
    fn what_is_no_document_is_named_and_leaves_nothing_behind() {
        let (temp, library) = library();
        let table: [(&str, &[u8], Code); 3] = [
            ("empty.pdf", b"", Code::EmptyFile),
            ("zip.pdf", b"PK\x03\x04", Code::NotAPdf),
            ("notes.docx", b"hello", Code::Unsupported),
        ];
        for (name, content, code) in table {
            let path = temp.path().join(name);
            fs::write(&path, content).unwrap();
            let error = keep(&path, &library).unwrap_err();
            assert_eq!(error.code(), code, "{name}");
            assert!(error.to_string().contains(name), "{error}");
        }
        let missing = keep(&temp.path().join("gone.pdf"), &library).unwrap_err();
        assert_eq!(missing.code(), Code::NotFound);
        let folder = keep(temp.path(), &library).unwrap_err();
        assert_eq!(folder.code(), Code::Invalid);
        assert_eq!(names(&library), [""; 0]);
    }

    #[test]
    fn a_copy_that_is_not_finished_goes_away() {
        let (_temp, library) = library();
        let originals = library.folder().originals();
        fs::create_dir_all(&originals).unwrap();
        drop(Unfinished::create(&originals).unwrap());
        assert_eq!(names(&library), [""; 0]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_said_to_be_one() {
        let error = Error::keeping(Path::new("a.pdf"), Path::new("/library"), io::ErrorKind::StorageFull.into());
        assert_eq!(error.code(), Code::NoSpace);
        // The system's own full device, so that the error is the one that a real write gives.
        let full = File::options().write(true).open("/dev/full").unwrap();
        let source = (&full).write_all(&[0; 4096]).unwrap_err();
        let error = Error::keeping(Path::new("a.pdf"), Path::new("/library"), source);
        assert_eq!(error.code(), Code::NoSpace);
        assert!(error.to_string().contains("a.pdf"));
    }
}
