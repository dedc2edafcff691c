//! A restore that is killed at any step leaves the old library or the new one, whole.

use std::cell::Cell;
use std::path::Path;
use std::process::{Command, Stdio};

use kernel::{Cancel, LibraryFolder};
use library::backup::{self, BackupStep};
use library::check;

use crate::backup::import;
use crate::shelf::{find_in, open};

const PLACE: &str = "SMART_STUDY_ROOM_TEST_RESTORE";
const STEP: &str = "SMART_STUDY_ROOM_TEST_STEP";

fn folder(place: &Path) -> LibraryFolder {
    LibraryFolder::new(place.join("library"))
}

/// Not a test by itself: the process that ends without a word at a certain step.
#[test]
#[ignore = "run by the tests below"]
fn restores_until_it_is_killed() {
    let (Some(place), Ok(step)) = (std::env::var_os(PLACE), std::env::var(STEP)) else {
        return;
    };
    let place = Path::new(&place);
    let left = Cell::new(step.parse::<u32>().unwrap());
    let mut listener = |_| {
        if left.get() == 0 {
            std::process::abort();
        }
        left.set(left.get() - 1);
    };
    backup::restore(&place.join("backup"), &folder(place), &Cancel::new(), &mut listener).unwrap();
}

/// Restores in a process that ends at this step; whether it came to its end.
fn killed_at(place: &Path, step: u32) -> bool {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "backup_kill::restores_until_it_is_killed", "--ignored"])
        .env(PLACE, place)
        .env(STEP, step.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    status.success()
}

/// A library with "old words", still to be brought together with its log, and a backup with "new words" and more.
fn prepared(place: &Path) {
    let source = open(&LibraryFolder::new(place.join("source"))).unwrap();
    import(&source, "new words");
    import(&source, "and more of them");
    backup::create(&source, &place.join("backup"), "1.2.3", &Cancel::new(), &mut |_| {}).unwrap();
    let old = open(&folder(place)).unwrap();
    import(&old, "old words");
    std::fs::create_dir_all(folder(place).vectors().join("of the old one")).unwrap();
}

#[test]
fn a_kill_at_any_step_leaves_one_of_the_two_libraries_whole() {
    let mut outcomes = Vec::new();
    for step in 0.. {
        let place = tempfile::tempdir().unwrap();
        prepared(place.path());
        let ended = killed_at(place.path(), step);
        let library = open(&folder(place.path())).unwrap();
        let report = check::check(&library).unwrap();
        assert_eq!(report.problems, [] as [&str; 0], "killed at {step}");
        let (old, new) = (find_in(&library, "old"), find_in(&library, "new"));
        assert_eq!(old + new, 1, "killed at {step}: {old} {new}");
        assert_eq!(report.counts.documents, if new == 1 { 2 } else { 1 });
        assert!(!folder(place.path()).restoring().exists(), "killed at {step}");
        let index = folder(place.path()).vectors().exists();
        assert_eq!(index, old == 1, "the index is that of its library, killed at {step}");
        outcomes.push(new == 1);
        if ended {
            break;
        }
    }
    // First the old one, from some step on the new one, and never back.
    assert!(outcomes.len() > 10, "{outcomes:?}");
    assert!(!outcomes[0] && outcomes[outcomes.len() - 1] && outcomes.is_sorted(), "{outcomes:?}");
    assert!(outcomes.iter().filter(|new| **new).count() > 5, "killed within the swap: {outcomes:?}");
}

#[test]
fn a_new_library_that_does_not_open_gives_way_to_the_old_one() {
    let place = tempfile::tempdir().unwrap();
    prepared(place.path());
    // Between the check and the opening the disk damages what was unpacked.
    let spoil = |from: &Path| std::fs::write(from, "Dear diary, ".repeat(400)).unwrap();
    let mut spoilt = false;
    let mut listener = |progress: backup::BackupProgress| {
        if progress.step == BackupStep::Replacing && !spoilt {
            spoil(&folder(place.path()).restoring().join("new/library.sqlite"));
            spoilt = true;
        }
    };
    let restored = backup::restore(&place.path().join("backup"), &folder(place.path()), &Cancel::new(), &mut listener);
    assert!(restored.is_err());
    let library = open(&folder(place.path())).unwrap();
    assert_eq!((find_in(&library, "old"), find_in(&library, "new")), (1, 0));
    assert_eq!(check::check(&library).unwrap().problems, [] as [&str; 0]);
    assert!(folder(place.path()).vectors().join("of the old one").exists());
    assert!(!folder(place.path()).restoring().exists());

    // The same where the process that found out was killed as well.
    drop(library);
    let step = (0..).find(|step| {
        let _ = killed_at(place.path(), *step);
        folder(place.path()).restoring().join("committed").exists()
    });
    assert!(step.is_some());
    spoil(&folder(place.path()).restoring().join("new/library.sqlite"));
    let library = open(&folder(place.path())).unwrap();
    assert_eq!((find_in(&library, "old"), find_in(&library, "new")), (1, 0));
    assert!(!folder(place.path()).restoring().exists());
}
