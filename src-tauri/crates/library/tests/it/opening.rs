use std::path::{Path, PathBuf};
use std::sync::Barrier;

use kernel::{Code, Coded, DocumentId, LibraryFolder, PassageId, RoomId};
use library::jobs::JobState;
use library::rusqlite::Connection;
use library::{SCHEMA_VERSION, check, conversations, documents, jobs, pages, passages, rooms, settings, vectors};

use crate::shelf::{Shelf, find, open};

/// The schema and some rows of version 1, and what each later version made of them, as they were released.
fn released() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files
}

fn schema(connection: &Connection) -> Vec<(String, Option<String>)> {
    let sql = "SELECT name, sql FROM sqlite_schema ORDER BY name";
    let mut query = connection.prepare(sql).unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_library_of_every_released_version_opens_with_all_that_is_in_it() {
    let steps = released();
    assert!(!steps.is_empty());
    for (version, file) in steps.iter().enumerate() {
        let place = tempfile::tempdir().unwrap();
        let folder = LibraryFolder::new(place.path());
        let old = Connection::open(folder.database()).unwrap();
        for step in &steps[..=version] {
            old.execute_batch(&std::fs::read_to_string(step).unwrap()).unwrap();
        }
        drop(old);

        let library = open(&folder).unwrap();
        for hash in ["c0ffee", "beef"] {
            std::fs::write(library.original(hash, "pdf"), "").unwrap();
        }
        let report = check::check(&library).unwrap();
        assert_eq!(report.problems, [] as [&str; 0], "{}", file.display());
        let read = |connection: &Connection| {
            let list = rooms::list(connection)?;
            assert_eq!((list[0].name.as_str(), list[0].passages), ("Biology", 1));
            let document = documents::get(connection, DocumentId(1))?;
            assert_eq!((document.pages_read, document.embedded), (1, 1));
            assert_eq!((document.tags.len(), document.opened), (0, None));
            assert_eq!(documents::outline(connection, DocumentId(1))?[0].title, "Membranes");
            assert_eq!(documents::removals(connection)?, [DocumentId(77)]);
            let page = pages::get(connection, DocumentId(1), 1)?;
            assert_eq!(page.text, "Water moves outside.");
            assert_eq!((page.words[0].end, page.blocks[0].end), (5, 20));
            let hits = find(connection, RoomId(1), "membrane AND water")?;
            let passage = &passages::get(connection, &hits)?[0];
            assert_eq!((passage.passage, passage.sentences[0].end), (PassageId(1), 20));
            assert_eq!(passage.headings, ["Part one", "Membranes"]);
            assert_eq!(vectors::count(connection, "all-MiniLM-L6-v2-int8")?, 1);
            let job = &jobs::list(connection, JobState::Paused)?[0];
            assert_eq!(job.checkpoint.as_deref(), Some(&b"*"[..]));
            let talk = &conversations::list(connection, RoomId(1))?[0];
            let turn = &conversations::turns(connection, talk.conversation)?[0];
            assert_eq!(turn.citations[0].quote, "Water moves outside.");
            assert_eq!(settings::get::<String>(connection, "theme")?.as_deref(), Some("dark"));
            Ok(schema(connection))
        };
        let migrated = library.read(read).unwrap();
        let fresh = Shelf::new();
        assert_eq!(migrated, fresh.read(|c| Ok(schema(c))), "{}", file.display());
    }
}

#[test]
fn a_library_from_a_newer_version_is_left_alone() {
    let shelf = Shelf::new();
    let folder = shelf.folder();
    shelf.write(|tx| Ok(tx.pragma_update(None, "user_version", SCHEMA_VERSION + 1)?));
    let error = open(&folder).err().unwrap();
    assert_eq!(error.code(), Code::NewerLibrary);
    let message = error.to_string();
    assert!(message.contains(&folder.root().display().to_string()), "{message}");
    assert!(message.contains("Update the app"), "{message}");
}

#[test]
fn what_is_no_library_is_called_damaged_and_by_its_name() {
    let place = tempfile::tempdir().unwrap();
    let folder = LibraryFolder::new(place.path());
    std::fs::write(folder.database(), "Dear diary, ".repeat(400)).unwrap();
    let error = open(&folder).err().unwrap();
    assert_eq!(error.code(), Code::Corrupt, "{error}");
    assert!(error.to_string().contains("library.sqlite"), "{error}");

    let file = place.path().join("a file");
    std::fs::write(&file, "").unwrap();
    let error = open(&LibraryFolder::new(file.join("library"))).err().unwrap();
    assert!(error.to_string().contains("a file"), "{error}");
}

#[test]
fn several_that_make_one_library_at_the_same_moment_all_get_it() {
    for _ in 0..10 {
        let place = tempfile::tempdir().unwrap();
        let folder = LibraryFolder::new(place.path().join("new"));
        let together = Barrier::new(4);
        std::thread::scope(|scope| {
            for name in ["a", "b", "c", "d"] {
                let (folder, together) = (&folder, &together);
                scope.spawn(move || {
                    together.wait();
                    let library = open(folder).unwrap();
                    let now = library.now();
                    library.write(|tx| rooms::create(tx, name, now)).unwrap();
                });
            }
        });
        assert_eq!(open(&folder).unwrap().read(rooms::list).unwrap().len(), 4);
    }
}

#[test]
fn readers_see_the_last_commit_while_a_writer_is_at_work() {
    let shelf = Shelf::new();
    shelf.room("Kept");
    shelf.write(|tx| {
        rooms::create(tx, "Coming", shelf.library.now())?;
        assert_eq!(shelf.read(rooms::list).len(), 1);
        Ok(())
    });
    assert_eq!(shelf.read(rooms::list).len(), 2);
    // One read sees one moment, whatever is committed meanwhile.
    shelf.read(|connection| {
        let before = rooms::list(connection)?.len();
        shelf.room("Later");
        assert_eq!(rooms::list(connection)?.len(), before);
        Ok(())
    });
}

#[test]
fn more_readers_than_connections_take_turns_and_a_panic_loses_none() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    std::thread::scope(|scope| {
        for _ in 0..12 {
            let broken = || shelf.library.read(|_| -> Result<(), _> { panic!("in a read") });
            scope.spawn(move || std::panic::catch_unwind(std::panic::AssertUnwindSafe(broken)));
        }
    });
    let broken = || {
        shelf.library.write(|tx| -> Result<(), _> {
            rooms::set_hue(tx, room, 1)?;
            panic!("in a write")
        })
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(broken)).unwrap_err();
    assert_ne!(shelf.read(|c| rooms::get(c, room)).hue, 1);
    std::thread::scope(|scope| {
        for number in 0..12 {
            let shelf = &shelf;
            scope.spawn(move || {
                for _ in 0..20 {
                    assert_eq!(shelf.read(|c| rooms::get(c, room)).name, "Biology");
                    shelf.write(|tx| rooms::set_hue(tx, room, number));
                }
            });
        }
    });
}

#[test]
fn a_read_can_not_write() {
    let shelf = Shelf::new();
    let tried = shelf.library.read(|c| Ok(c.execute("DELETE FROM rooms", [])?));
    assert_eq!(tried.unwrap_err().code(), Code::ReadOnly);
}

#[test]
fn a_commit_of_another_process_is_noticed() {
    let shelf = Shelf::new();
    let other = open(&shelf.folder()).unwrap();
    let before = shelf.library.data_version().unwrap();
    assert_eq!(shelf.library.data_version().unwrap(), before);
    other.write(|tx| rooms::create(tx, "From outside", other.now())).unwrap();
    let after = shelf.library.data_version().unwrap();
    assert_ne!(after, before);
    shelf.room("From inside");
    assert_ne!(shelf.library.data_version().unwrap(), after);
}

#[test]
fn a_library_that_was_closed_is_one_file() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    shelf.read(rooms::list);
    let folder = shelf.folder();
    let Shelf { place, library } = shelf;
    drop(library);
    let names = std::fs::read_dir(place.path()).unwrap().map(|f| f.unwrap().file_name());
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(names, ["library.sqlite", "originals"]);
    assert_eq!(open(&folder).unwrap().read(rooms::list).unwrap().len(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_looked_at_does_not_count_as_memory_of_the_process() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    let text = "Water moves outside. ".repeat(500);
    for number in 1..=100 {
        shelf.page(document, number, &text);
    }
    // What is in the log is not read from the file.
    Connection::open(shelf.folder().database()).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    assert_eq!(shelf.read(|c| pages::range(c, document, 1, 100)).len(), 100);
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let database = shelf.folder().database().display().to_string();
    let mapped: Vec<&str> = maps.lines().filter(|line| line.ends_with(&database)).collect();
    assert_eq!(mapped, [] as [&str; 0]);
}
