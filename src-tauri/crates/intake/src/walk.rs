//! Which files are meant when a file or folder is named.

use std::path::{Path, PathBuf};

use reader::Format;
use walkdir::{DirEntry, WalkDir};

use crate::Error;

/// The files meant by `path`: itself, or the documents in and below it in the order of their names.
///
/// A file that was named directly is always one of them, so that the person hears why it can't be read; inside a
/// folder other formats are passed over, and so is everything hidden. What can't be looked into is an error of
/// its own beside the files that can.
pub fn files(path: &Path) -> Vec<Result<PathBuf, Error>> {
    match std::fs::metadata(path) {
        Err(error) => return vec![Err(Error::reading(path, error))],
        Ok(metadata) if !metadata.is_dir() => return vec![Ok(path.into())],
        Ok(_) => {}
    }
    let found: Vec<_> = WalkDir::new(path)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_file() && is_document_name(entry.path()) => Some(Ok(entry.into_path())),
            Ok(_) => None,
            Err(error) => refused(path, error),
        })
        .collect();
    if found.is_empty() {
        return vec![Err(Error::NothingInside(path.into()))];
    }
    found
}

/// Whether a file of this name is a document of a folder. Its pictures are seldom pages: one that is gets in by its own
/// name. Office programs leave a small file beside each open document, named like it.
fn is_document_name(path: &Path) -> bool {
    let format = path.extension().and_then(|it| Format::of_extension(&it.to_string_lossy()));
    let is_lock = path.file_name().is_some_and(|it| it.to_string_lossy().starts_with("~$"));
    format.is_some_and(|it| it != Format::Image) && !is_lock
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// A link that leads nowhere or back up is no file of this folder; the rest is worth a word.
fn refused(root: &Path, error: walkdir::Error) -> Option<Result<PathBuf, Error>> {
    let path = error.path().unwrap_or(root).to_path_buf();
    let source = error.into_io_error()?;
    if source.kind() == std::io::ErrorKind::NotFound {
        return None;
    }
    Some(Err(Error::Unreadable { path, source }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use kernel::{Code, Coded};

    use super::*;

    #[test]
    fn a_folder_is_searched_for_documents_and_hidden_ones_are_left_alone() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join(".library of mine");
        for folder in ["b", "b/c", ".git", "empty"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in
            ["z.pdf", "b/c/deep.DOCX", "b/a.epub", "b/photo.jpg", "b/~$a.docx", "b/x.exe", ".hidden.pdf", ".git/x.pdf"]
        {
            fs::write(root.join(file), "x").unwrap();
        }
        let found: Vec<_> = files(&root).into_iter().map(Result::unwrap).collect();
        let expected: Vec<_> = ["b/a.epub", "b/c/deep.DOCX", "z.pdf"].iter().map(|f| root.join(f)).collect();
        assert_eq!(found, expected);
        assert_eq!(files(&root.join("b/photo.jpg"))[0].as_ref().unwrap(), &root.join("b/photo.jpg"));
        assert_eq!(files(&root.join("empty"))[0].as_ref().unwrap_err().code(), Code::Invalid);
        assert_eq!(files(&root.join("none"))[0].as_ref().unwrap_err().code(), Code::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_in_a_circle_or_nowhere_do_no_harm() {
        let temp = tempfile::tempdir().unwrap();
        fs::write(temp.path().join("a.pdf"), "x").unwrap();
        std::os::unix::fs::symlink(temp.path(), temp.path().join("circle")).unwrap();
        std::os::unix::fs::symlink("nowhere", temp.path().join("b.pdf")).unwrap();
        let found: Vec<_> = files(temp.path()).into_iter().map(Result::unwrap).collect();
        assert_eq!(found, [temp.path().join("a.pdf")]);
    }
}
