//! A folder that can't be written to can still be read.
#![cfg(unix)]

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use kernel::{Code, Coded, LibraryFolder};
use library::{WriterLock, check, rooms};

use crate::shelf::{Shelf, open};

const FOLDER: &str = "SMART_STUDY_ROOM_TEST_READ_ONLY";

/// Not a test by itself: what somebody sees who may read the folder but not write to it.
#[test]
#[ignore = "run by the tests below"]
fn as_somebody_who_may_only_read() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = LibraryFolder::new(folder);
    let library = open(&folder).unwrap();
    assert!(!library.writable());
    assert_eq!(library.read(rooms::list).unwrap()[0].name, "Biology");
    assert_eq!(crate::shelf::find_in(&library, "osmosis"), 1);
    assert_eq!(check::check(&library).unwrap().problems, [] as [&str; 0]);
    let error = library.write(|tx| rooms::create(tx, "New", library.now())).unwrap_err();
    assert_eq!(error.code(), Code::ReadOnly);
    assert!(error.to_string().contains(&folder.root().display().to_string()), "{error}");
    assert_eq!(WriterLock::try_acquire(&folder).unwrap_err().code(), Code::ReadOnly);
}

fn permit(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn shelf() -> Shelf {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    shelf.page(document, 1, "osmosis");
    shelf
}

/// Runs the test above as somebody without the right to write; the administrator has that right anywhere, so
/// for them it is somebody else.
fn look(folder: &LibraryFolder) {
    for entry in std::fs::read_dir(folder.root()).unwrap() {
        let entry = entry.unwrap();
        permit(&entry.path(), if entry.path().is_dir() { 0o555 } else { 0o444 });
    }
    permit(folder.root(), 0o555);
    let elsewhere = tempfile::tempdir().unwrap();
    permit(elsewhere.path(), 0o755);
    let program = elsewhere.path().join("look");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let mut command = Command::new(&program);
    command
        .args(["--exact", "read_only::as_somebody_who_may_only_read", "--ignored", "--nocapture"])
        .current_dir(elsewhere.path())
        .env(FOLDER, folder.root());
    if std::fs::metadata(elsewhere.path()).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().unwrap();
    permit(folder.root(), 0o755);
    permit(&folder.originals(), 0o755);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}\n{errors}");
}

#[test]
fn a_library_that_nobody_has_open() {
    let Shelf { place, library } = shelf();
    drop(library);
    look(&LibraryFolder::new(place.path()));
}

#[test]
fn a_library_that_its_owner_has_open() {
    let shelf = shelf();
    look(&shelf.folder());
    assert!(shelf.library.writable());
}
