//! A small file that says with which input a step was last done.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::files;

/// Whether `stamp` was written for `input`.
pub(crate) fn fits(stamp: &Path, input: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == input)
}

/// Writes down that the step was done with `input`.
pub(crate) fn write(stamp: &Path, input: &str) -> Result<()> {
    files::write(stamp, input.as_bytes())
}

/// One hash over the names and contents of all files below `folder`, without the folders called `without`.
pub(crate) fn of_folder(folder: &Path, without: &[&str]) -> Result<String> {
    let mut paths = Vec::new();
    collect(folder, without, &mut paths).with_context(|| format!("{} cannot be read", folder.display()))?;
    paths.sort();
    let mut all = String::new();
    for path in paths {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let hash = files::hash(&path)?.unwrap_or_default();
        all.push_str(&format!("{hash}  {name}\n"));
    }
    Ok(files::hash_of(all.as_bytes())?)
}

fn collect(folder: &Path, without: &[&str], paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            if !without.iter().any(|name| entry.file_name() == *name) {
                collect(&entry.path(), without, paths)?;
            }
        } else {
            paths.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folders_hash_changes_with_names_and_contents_but_not_with_what_is_left_out() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        let of = || of_folder(&folder, &["dist"]).unwrap();
        files::write(&folder.join("a"), b"1").unwrap();
        let first = of();
        files::write(&folder.join("dist/b"), b"1").unwrap();
        assert_eq!(of(), first);
        files::write(&folder.join("a"), b"2").unwrap();
        let second = of();
        assert_ne!(second, first);
        fs::rename(folder.join("a"), folder.join("c")).unwrap();
        assert_ne!(of(), second);
        fs::remove_dir_all(folder).unwrap();
    }
}
