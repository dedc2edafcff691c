//! Where the app finds its library and its native parts, with a window or without.

use std::path::{Path, PathBuf};

use kernel::{Code, LibraryFolder, NativeParts};

use crate::fault::Fault;

/// Another folder for the library; `--data` goes before it.
pub(crate) const DATA: &str = "SMART_STUDY_ROOM_DATA";
/// Another folder for the native parts: for development, where no bundle carries them.
const NATIVE: &str = "SMART_STUDY_ROOM_NATIVE";
/// The library's folder within the platform's folder for the data of apps.
const FOLDER: &str = "smart-study-room";
/// The bundle's name for the folder of its resources on Linux.
const BUNDLE: &str = "Smart Study Room";

/// The library's folder: the one asked for, else the one in the environment, else the platform's.
///
/// # Errors
/// When the person has no home folder.
pub(crate) fn library_folder(asked: Option<PathBuf>) -> Result<LibraryFolder, Fault> {
    asked
        .or_else(|| std::env::var_os(DATA).filter(|folder| !folder.is_empty()).map(PathBuf::from))
        .or_else(|| dirs::data_dir().map(|data| data.join(FOLDER)))
        .map(|folder| LibraryFolder::new(std::path::absolute(&folder).unwrap_or(folder)))
        .ok_or_else(|| {
            Fault::new(
                Code::NotFound,
                "No folder for the library could be found: your account has no home folder. Choose one with --data.",
            )
        })
}

/// The native parts: in the folder that the environment names, else in the bundle this executable is part of.
pub(crate) fn native_parts() -> NativeParts {
    if let Some(folder) = std::env::var_os(NATIVE).filter(|folder| !folder.is_empty()) {
        return NativeParts::new(folder);
    }
    let program = std::env::current_exe().unwrap_or_default();
    NativeParts::new(in_bundle(program.parent().unwrap_or(Path::new("."))))
}

/// Beside the executable (Windows, and a build from source), or where a package of the platform puts resources.
fn in_bundle(programs: &Path) -> PathBuf {
    let beside = programs.join("native");
    let packaged = if cfg!(target_os = "macos") {
        programs.join("../Resources/native")
    } else {
        programs.join("../lib").join(BUNDLE).join("native")
    };
    if packaged.is_dir() && !beside.is_dir() { packaged } else { beside }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_folder_asked_for_goes_before_any_other_and_is_a_full_path() {
        let folder = library_folder(Some("shelf".into())).unwrap();
        assert!(folder.root().is_absolute());
        assert!(folder.root().ends_with("shelf"));
    }

    #[test]
    fn a_package_has_its_parts_under_lib_and_a_build_beside_the_executable() {
        let usr = tempfile::tempdir().unwrap();
        let bin = usr.path().join("bin");
        std::fs::create_dir_all(&bin).unwrap();
        assert_eq!(in_bundle(&bin), bin.join("native"));
        if !cfg!(target_os = "macos") {
            let packaged = usr.path().join("lib").join(BUNDLE).join("native");
            std::fs::create_dir_all(&packaged).unwrap();
            assert!(in_bundle(&bin).join("../native").canonicalize().is_ok());
            assert_eq!(in_bundle(&bin).canonicalize().unwrap(), packaged.canonicalize().unwrap());
        }
        std::fs::create_dir_all(bin.join("native")).unwrap();
        assert_eq!(in_bundle(&bin), bin.join("native"));
    }
}
