//! Folders and parts that are not as they should be.

use std::path::Path;
use std::process::Command;

use acceptance::app;
use rusqlite::Connection;

use crate::cli::{Done, Shelf, assert_finds, finished};
use document_maker::{book, needle};

#[test]
fn a_library_of_a_newer_version_is_left_alone() {
    let shelf = Shelf::new();
    let file = shelf.file("one.pdf", book("One", 2));
    shelf.import(&[&file]);
    let database = shelf.data().join("library.sqlite");
    Connection::open(&database).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let before = std::fs::read(&database).unwrap();
    for arguments in [&["rooms"][..], &["import", file.to_str().unwrap()], &["check", "--repair"]] {
        let done = shelf.run(arguments);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.err.contains("[newer_library]") && done.err.contains("Update"), "{}", done.err);
    }
    assert!(std::fs::read(&database).unwrap() == before, "it was written to");
}

/// The native parts without one of them.
fn parts_without(shelf: &Shelf, missing: &str) -> std::path::PathBuf {
    let folder = shelf.path(&format!("native without {missing}"));
    std::fs::create_dir(&folder).unwrap();
    for part in std::fs::read_dir(app::native_parts()).unwrap() {
        let part = part.unwrap();
        if !part.file_name().to_string_lossy().contains(missing) {
            std::os::unix::fs::symlink(part.path(), folder.join(part.file_name())).unwrap();
        }
    }
    folder
}

fn import_with(shelf: &Shelf, native: &Path, file: &Path) -> Done {
    let mut command = shelf.command();
    command.env("SMART_STUDY_ROOM_NATIVE", native).args(["--json", "import", "--room", "Books"]).arg(file);
    finished(&mut command)
}

#[test]
fn without_pdfium_nothing_is_read_and_nothing_is_lost() {
    let shelf = Shelf::new();
    let file = shelf.file("one.pdf", book("One", 3));
    let done = import_with(&shelf, &parts_without(&shelf, "pdfium"), &file);
    assert_eq!(done.code, Some(1), "{done:?}");
    let line = done.lines().pop().unwrap();
    assert_eq!(line["code"], "native_part_missing", "{line}");
    assert!(line["message"].as_str().unwrap().contains("pdfium"), "{line}");
    // Once the part is there, the next import of anything brings this one in as well.
    let other = shelf.file("other.pdf", book("Other", 1));
    shelf.import(&[&other]);
    let documents = shelf.json(&["documents", "--room", "Books"]);
    assert!(documents.iter().all(|document| document["state"] == "complete"), "{documents:#?}");
}

#[test]
fn without_the_model_documents_are_found_by_their_words() {
    let shelf = Shelf::new();
    let file = shelf.file("one.pdf", book("One", 3));
    let native = parts_without(&shelf, "MiniLM");
    let done = import_with(&shelf, &native, &file);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert_eq!(done.lines().pop().unwrap()["code"], "native_part_missing", "{done:?}");
    let mut search = shelf.command();
    search.env("SMART_STUDY_ROOM_NATIVE", &native).args(["--json", "search", "--room", "Books"]).arg(needle(2));
    let found = finished(&mut search).lines().remove(0);
    assert_finds(&found, 2);
    assert!(found["degraded"].as_str().unwrap().contains("MiniLM"), "{found}");

    shelf.import(&[&file]);
    assert_eq!(shelf.json(&["documents", "--room", "Books"])[0]["state"], "complete");
    shelf.assert_sound();
}

/// The app without the superuser's right to write where nobody may; a plain user has no such right to lose.
#[cfg(target_os = "linux")]
fn as_a_plain_user(shelf: &Shelf) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]);
    command.arg(app::executable());
    command.env("SMART_STUDY_ROOM_DATA", shelf.data()).env("SMART_STUDY_ROOM_NATIVE", app::native_parts());
    command
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_can_only_be_read_is_read() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let shelf = Shelf::new();
    let (one, two) = (shelf.file("one.pdf", book("One", 3)), shelf.file("two.pdf", book("Two", 3)));
    shelf.import(&[&one]);
    let change = |folder: u32, file: u32| {
        for path in [shelf.data(), shelf.data().join("originals")] {
            set_permissions(path, Permissions::from_mode(folder)).unwrap();
        }
        for entry in std::fs::read_dir(shelf.data()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                set_permissions(path, Permissions::from_mode(file)).unwrap();
            }
        }
    };
    change(0o555, 0o444);
    let import = finished(as_a_plain_user(&shelf).args(["--json", "import", "--room", "Books"]).arg(&two));
    let search = finished(as_a_plain_user(&shelf).args(["--json", "search", "--room", "Books"]).arg(needle(3)));
    let new_library = finished(as_a_plain_user(&shelf).args(["rooms", "--data"]).arg(shelf.data().join("inside")));
    change(0o755, 0o644);
    assert_eq!(import.code, Some(1), "{import:?}");
    let said = format!("{}{}", import.out, import.err);
    assert!(said.contains("read_only") && said.contains(shelf.data().to_str().unwrap()), "{import:?}");
    assert_eq!(search.code, Some(0), "{search:?}");
    assert_finds(&search.lines()[0], 3);
    assert_eq!(new_library.code, Some(1), "{new_library:?}");
    assert!(new_library.err.contains("[read_only]"), "{new_library:?}");
    shelf.assert_sound();
}

/// A library on a disk of its own that has `megabytes`, in a namespace of its own, where the system allows one.
#[cfg(target_os = "linux")]
fn on_a_small_disk(shelf: &Shelf, megabytes: u32, script: &str) -> Option<Done> {
    std::fs::create_dir_all(shelf.data()).unwrap();
    let namespace = ["unshare", "--mount", "--map-root-user"];
    let mount = format!("mount -t tmpfs -o size={megabytes}m none \"$SMART_STUDY_ROOM_DATA\"");
    let run = |script: &str| {
        let mut command = Command::new(namespace[0]);
        command.args(&namespace[1..]).args(["sh", "-ec", &format!("{mount}\n{script}")]);
        command.env("SMART_STUDY_ROOM_DATA", shelf.data()).env("SMART_STUDY_ROOM_NATIVE", app::native_parts());
        command.env("APP", app::executable()).env("FILES", shelf.path(""));
        finished(&mut command)
    };
    if run("true").code != Some(0) {
        eprintln!("no small disk can be made here; the test is passed over");
        return None;
    }
    Some(run(script))
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_stops_the_import_with_a_word_and_loses_nothing() {
    let shelf = Shelf::new();
    shelf.file("small.pdf", book("Small", 3));
    // Larger than the disk, though it has few pages.
    let mut large = book("Large", 2);
    large.extend(vec![b'%'; 6 << 20]);
    shelf.file("large.pdf", large);
    let script = "\"$APP\" --json import --room Books \"$FILES/small.pdf\" \"$FILES/large.pdf\" || echo '{\"exit\": 1}'\n\
                  \"$APP\" --json search --room Books '%'\n\"$APP\" --json check";
    let Some(done) = on_a_small_disk(&shelf, 4, &script.replace('%', &needle(3))) else { return };
    let lines: Vec<_> = done.lines().into_iter().filter(|line| line["type"] != "progress").collect();
    let failed = lines.iter().find(|line| line["type"] == "failed").unwrap_or_else(|| panic!("{done:?}"));
    assert_eq!(failed["code"], "no_space", "{failed}");
    assert!(failed["message"].as_str().unwrap().contains("large.pdf"), "{failed}");
    assert!(lines.iter().any(|line| line["exit"] == 1), "{done:?}");
    let found = lines.iter().find(|line| line["passages"].is_array()).unwrap();
    assert_finds(found, 3);
    assert_eq!(lines.last().unwrap()["sound"], true, "{done:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_while_a_document_is_read_keeps_what_was_stored() {
    let shelf = Shelf::new();
    shelf.file("small.pdf", book("Small", 3));
    shelf.file("thick.pdf", book("Thick", 600));
    let script = "\"$APP\" --json import --room Books \"$FILES/small.pdf\"\n\
                  \"$APP\" --json import --room Books \"$FILES/thick.pdf\" || echo '{\"exit\": 1}'\n\
                  \"$APP\" --json search --room Books %\n\"$APP\" --json jobs list";
    let Some(done) = on_a_small_disk(&shelf, 6, &script.replace('%', &needle(3))) else { return };
    let lines: Vec<_> = done.lines().into_iter().filter(|line| line["type"] != "progress").collect();
    let failed = lines.iter().find(|line| line["type"] == "failed").unwrap_or_else(|| panic!("{done:?}"));
    assert_eq!(failed["code"], "no_space", "{failed}");
    let found = lines.iter().find(|line| line["passages"].is_array()).unwrap();
    assert_finds(found, 3);
    assert_eq!(lines.last().unwrap()["state"], "failed", "{done:?}");
}
