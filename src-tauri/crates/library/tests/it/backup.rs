//! The whole library in one file, and back.

use std::fs;
use std::path::{Path, PathBuf};

use kernel::{Cancel, Code, Coded, DocumentId, LibraryFolder};
use library::backup::{self, BackupProgress, BackupStep, Made, Restored};
use library::documents::NewDocument;
use library::{Error, Library, check, conversations, documents, pages, passages, rooms, settings, vectors};

use crate::shelf::{find_in, new_document, open, page, passage};

/// A library in a folder, and a place for backups beside it.
struct House {
    place: tempfile::TempDir,
}

impl House {
    fn new() -> Self {
        Self { place: tempfile::tempdir().unwrap() }
    }

    fn folder(&self) -> LibraryFolder {
        LibraryFolder::new(self.place.path().join("library"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn open(&self) -> Library {
        open(&self.folder()).unwrap()
    }

    /// What lies beside the library, hidden files too.
    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.place.path()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != "library").collect();
        names.sort();
        names
    }
}

/// Imports a file of these words: its copy, a page, a passage with a vector.
pub(crate) fn import(library: &Library, words: &str) -> DocumentId {
    let hash = blake3::hash(words.as_bytes()).to_hex().to_string();
    fs::write(library.original(&hash, "pdf"), words).unwrap();
    let now = library.now();
    library
        .write(|tx| {
            let room = match rooms::by_name(tx, "Biology")? {
                Some(room) => room.room,
                None => rooms::create(tx, "Biology", now)?.room,
            };
            let new = NewDocument { title: words.into(), ..new_document(room, &hash) };
            let document = documents::add(tx, &new, now)?.document;
            pages::insert(tx, document, &page(1, words))?;
            let ids = passages::insert(tx, document, &[passage(0, 1, words)])?;
            vectors::put(tx, "m", &[(ids[0], &[0.5; 384])])?;
            Ok(document)
        })
        .unwrap()
}

fn filled(house: &House) -> Library {
    let library = house.open();
    import(&library, "osmosis moves water");
    import(&library, "diffusion moves what is dissolved");
    library
}

fn create(library: &Library, target: &Path) -> Result<Made, Error> {
    backup::create(library, target, "1.2.3", &Cancel::new(), &mut |_| {})
}

fn restore(file: &Path, folder: &LibraryFolder) -> Result<Restored, Error> {
    backup::restore(file, folder, &Cancel::new(), &mut |_| {})
}

fn assert_sound(library: &Library, documents: u32) {
    let report = check::check(library).unwrap();
    assert_eq!(report.problems, [] as [&str; 0]);
    assert_eq!(report.counts.documents, documents);
}

#[test]
fn a_library_comes_back_as_it_was_when_it_was_backed_up() {
    let house = House::new();
    let library = filled(&house);
    let document = import(&library, "enzymes break sugar");
    library
        .write(|tx| {
            let now = library.now();
            let room = rooms::by_name(tx, "Biology")?.unwrap().room;
            let talk = conversations::create(tx, room, "On cells", now)?;
            settings::set(tx, "theme", "dark")?;
            Ok(talk)
        })
        .unwrap();
    fs::create_dir_all(house.folder().vectors().join("passages.lance")).unwrap();
    let target = house.path("monday.backup");
    let mut steps = Vec::new();
    let mut note = |progress: BackupProgress| {
        assert!(progress.done <= progress.total, "{progress:?}");
        if steps.last() != Some(&progress.step) {
            steps.push(progress.step);
        }
    };
    let made = backup::create(&library, &target, "1.2.3", &Cancel::new(), &mut note).unwrap();
    steps.retain(|step| *step != BackupStep::Snapshot);
    assert_eq!(steps, [BackupStep::Packing, BackupStep::Verifying]);
    assert_eq!((made.documents, made.bytes), (3, fs::metadata(&target).unwrap().len()));
    assert_eq!(made.missing, [] as [&str; 0]);
    assert_eq!(house.beside(), ["monday.backup"]);

    // What happens later is not in it.
    library.write(|tx| documents::remove(tx, document)).unwrap();
    import(&library, "later words");
    drop(library);
    let restored = restore(&target, &house.folder()).unwrap();
    assert_eq!((restored.documents, restored.missing), (3, Vec::new()));
    assert!(!house.folder().restoring().exists());
    assert!(!house.folder().vectors().exists(), "the index of the old library's vectors");
    let library = house.open();
    assert_sound(&library, 3);
    assert_eq!((find_in(&library, "enzymes"), find_in(&library, "later")), (1, 0));
    let theme: Option<String> = library.read(|c| settings::get(c, "theme")).unwrap();
    assert_eq!(theme.as_deref(), Some("dark"));
    let talks = library.read(|c| conversations::list(c, kernel::RoomId(1))).unwrap();
    assert_eq!(talks[0].title, "On cells");
    assert_eq!(library.read(|c| vectors::count(c, "m")).unwrap(), 3);
}

#[test]
fn a_backup_opens_on_another_machine() {
    let (house, other) = (House::new(), House::new());
    let target = house.path("b");
    create(&filled(&house), &target).unwrap();
    assert_eq!(restore(&target, &other.folder()).unwrap().documents, 2);
    assert_sound(&other.open(), 2);
}

#[test]
fn the_library_is_written_to_while_it_is_backed_up() {
    let house = House::new();
    let library = filled(&house);
    let target = house.path("b");
    let mut imported = 0;
    let mut removed = false;
    let mut go_on = |progress: BackupProgress| {
        if progress.step != BackupStep::Packing || imported > 20 {
            return;
        }
        imported += 1;
        import(&library, &format!("words of import {imported}"));
        // One of the two goes with its file, between the snapshot and the packing of all.
        if !removed {
            removed = true;
            let all = library.read(documents::originals).unwrap();
            let last = all.into_iter().max_by(|a, b| a.hash.cmp(&b.hash)).unwrap();
            let of_file = library.read(|c| documents::by_hash(c, kernel::RoomId(1), &last.hash)).unwrap().unwrap();
            library.write(|tx| documents::remove(tx, of_file)).unwrap();
            fs::remove_file(library.original(&last.hash, &last.format)).unwrap();
        }
    };
    let made = backup::create(&library, &target, "1.2.3", &Cancel::new(), &mut go_on).unwrap();
    assert!(removed);
    assert_eq!(made.missing, [] as [&str; 0]);
    drop(library);
    let restored = restore(&target, &house.folder()).unwrap();
    assert_eq!(restored.documents, made.documents);
    assert!((1..=2).contains(&made.documents), "{made:?}");
    assert_sound(&house.open(), made.documents);
}

#[test]
fn an_original_that_the_library_has_lost_is_named_and_the_rest_is_saved() {
    let house = House::new();
    let library = filled(&house);
    let originals = library.read(documents::originals).unwrap();
    let mut paths: Vec<_> = originals.iter().map(|it| library.original(&it.hash, &it.format)).collect();
    paths.sort();
    fs::write(&paths[0], "rotten bits, not those of the name").unwrap();
    fs::remove_file(&paths[1]).unwrap();
    let made = create(&library, &house.path("b")).unwrap();
    let names: Vec<_> = paths.iter().map(|it| it.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!((made.documents, made.missing.iter().map(String::as_str).collect()), (2, names));
    drop(library);
    assert_eq!(restore(&house.path("b"), &house.folder()).unwrap().missing.len(), 2);
    assert_eq!(find_in(&house.open(), "osmosis"), 1);
}

#[test]
fn an_earlier_backup_is_replaced_and_anything_else_left_alone() {
    let house = House::new();
    let library = filled(&house);
    let target = house.path("b");
    create(&library, &target).unwrap();
    import(&library, "more");
    assert_eq!(create(&library, &target).unwrap().documents, 3);

    fs::write(house.path("thesis.txt"), "my thesis").unwrap();
    fs::create_dir(house.path("folder")).unwrap();
    for name in ["thesis.txt", "folder"] {
        let error = create(&library, &house.path(name)).unwrap_err();
        assert_eq!(error.code(), Code::Invalid, "{error}");
        assert!(error.to_string().contains(name), "{error}");
    }
    assert_eq!(fs::read(house.path("thesis.txt")).unwrap(), b"my thesis");
    for inside in [house.folder().root().join("b"), house.folder().originals().join("b")] {
        let error = create(&library, &inside).unwrap_err();
        assert_eq!(error.code(), Code::Invalid, "{error}");
        assert!(error.to_string().contains("outside"), "{error}");
    }
    let nowhere = create(&library, &house.path("no/such/b")).unwrap_err();
    assert_eq!(nowhere.code(), Code::NotFound, "{nowhere}");
    assert_eq!(house.beside(), ["b", "folder", "thesis.txt"]);
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing_behind() {
    let house = House::new();
    let library = filled(&house);
    for stop in [BackupStep::Packing, BackupStep::Verifying] {
        let cancel = Cancel::new();
        let mut listener = |progress: BackupProgress| {
            if progress.step == stop {
                cancel.cancel();
            }
        };
        let error = backup::create(&library, &house.path("b"), "1.2.3", &cancel, &mut listener).unwrap_err();
        assert_eq!(error.code(), Code::Cancelled, "{error}");
        assert_eq!(house.beside(), [""; 0]);
    }
    create(&library, &house.path("b")).unwrap();
    drop(library);
    for stop in [BackupStep::Unpacking, BackupStep::Checking] {
        let cancel = Cancel::new();
        let mut listener = |progress: BackupProgress| {
            if progress.step == stop {
                cancel.cancel();
            }
        };
        let error = backup::restore(&house.path("b"), &house.folder(), &cancel, &mut listener).unwrap_err();
        assert_eq!(error.code(), Code::Cancelled, "{error}");
        assert!(!house.folder().restoring().exists());
    }
    assert_sound(&house.open(), 2);
}

#[test]
fn two_backups_to_one_file_do_not_mix() {
    let house = House::new();
    let library = filled(&house);
    let target = house.path("b");
    let mut second = None;
    let mut listener = |progress: BackupProgress| {
        if progress.step == BackupStep::Packing && second.is_none() {
            second = Some(create(&library, &target));
        }
    };
    backup::create(&library, &target, "1.2.3", &Cancel::new(), &mut listener).unwrap();
    assert_eq!(second.unwrap().unwrap_err().code(), Code::Busy);
    // What a killed one has left is taken over.
    fs::write(house.path(".b.part"), "half of it").unwrap();
    fs::write(house.path(".b.part.sqlite"), "half of it").unwrap();
    create(&library, &target).unwrap();
    assert_eq!(house.beside(), ["b"]);
}

#[test]
fn a_damaged_library_is_not_backed_up_as_if_it_were_sound() {
    let house = House::new();
    let library = filled(&house);
    for n in 0..60 {
        import(&library, &format!("page {n} about osmosis and its many ways through the membrane"));
    }
    drop(library);
    let mut bytes = fs::read(house.folder().database()).unwrap();
    let with_text = |page: &&mut [u8]| page.windows(8).any(|words| words == b"membrane");
    bytes.chunks_mut(4096).filter(with_text).skip(1).for_each(|page| page[..64].fill(0xA5));
    fs::write(house.folder().database(), &bytes).unwrap();
    let error = create(&house.open(), &house.path("b")).unwrap_err();
    assert_eq!(error.code(), Code::Corrupt, "{error}");
    assert_eq!(house.beside(), [""; 0]);
}

#[test]
fn a_library_in_use_is_not_replaced() {
    let house = House::new();
    let library = filled(&house);
    create(&library, &house.path("b")).unwrap();
    let error = restore(&house.path("b"), &house.folder()).unwrap_err();
    assert_eq!(error.code(), Code::Busy, "{error}");
    assert!(error.to_string().contains("Close it"), "{error}");

    // Closing reaches every clone, and what they ask for later is refused.
    let clone = library.clone();
    library.close();
    assert_eq!(clone.read(rooms::list).unwrap_err().code(), Code::Busy);
    assert_eq!(clone.write(|tx| rooms::list(tx)).unwrap_err().code(), Code::Busy);
    let jobs = library::WriterLock::try_acquire(&house.folder()).unwrap();
    assert_eq!(restore(&house.path("b"), &house.folder()).unwrap_err().code(), Code::Busy);
    drop(jobs);
    restore(&house.path("b"), &house.folder()).unwrap();

    // And nobody enters while it is replaced.
    let mut entered = Vec::new();
    let mut listener = |progress: BackupProgress| {
        if progress.step == BackupStep::Replacing {
            entered.push(open(&house.folder()).err().map(|error| error.code()));
        }
    };
    backup::restore(&house.path("b"), &house.folder(), &Cancel::new(), &mut listener).unwrap();
    assert!(entered.len() > 5 && entered.iter().all(|code| *code == Some(Code::Busy)), "{entered:?}");
    assert_sound(&house.open(), 2);
}

#[test]
fn what_is_cut_off_altered_or_something_else_is_refused_and_nothing_touched() {
    let house = House::new();
    let target = house.path("b");
    create(&filled(&house), &target).unwrap();
    let whole = fs::read(&target).unwrap();
    let refused = |bytes: &[u8], code: Code, what: &str| {
        fs::write(house.path("bad"), bytes).unwrap();
        let error = restore(&house.path("bad"), &house.folder()).unwrap_err();
        assert_eq!(error.code(), code, "{what}: {error}");
        assert!(error.to_string().contains("bad"), "{error}");
        assert!(!house.folder().restoring().exists(), "{what}");
    };
    for end in [whole.len() - 1, whole.len() - 30, whole.len() / 2, 700, 120] {
        refused(&whole[..end], Code::Damaged, &format!("cut at {end}"));
    }
    // A flipped bit anywhere: in an original, in the database, in the manifest, in the table of contents.
    for at in (1..40).map(|part| whole.len() * part / 40) {
        let mut altered = whole.clone();
        altered[at] ^= 0x10;
        fs::write(house.path("bad"), &altered).unwrap();
        match restore(&house.path("bad"), &house.folder()) {
            Err(error) => assert!(matches!(error.code(), Code::Damaged | Code::NewerLibrary), "at {at}: {error}"),
            // In what nobody reads: the time in a header, say.
            Ok(restored) => assert_eq!(restored.documents, 2, "at {at}"),
        }
        assert!(!house.folder().restoring().exists());
    }
    refused(b"", Code::Invalid, "empty");
    refused(b"%PDF-1.7 and so on", Code::Invalid, "a PDF");
    refused(&whole[1..], Code::Invalid, "no start");
    let folder = restore(house.place.path(), &house.folder()).unwrap_err();
    assert_eq!(folder.code(), Code::Invalid, "{folder}");
    let absent = restore(&house.path("absent"), &house.folder()).unwrap_err();
    assert_eq!(absent.code(), Code::NotFound, "{absent}");
    assert_sound(&house.open(), 2);
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_not_be_written_to_is_said_to_be_one() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new();
    let library = filled(&house);
    fs::create_dir(house.path("locked")).unwrap();
    fs::set_permissions(house.path("locked"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(house.path("locked/probe"), "").is_ok() {
        // The system's administrator may write anywhere; a file system that is read-only holds for everybody.
        let error = create(&library, Path::new("/proc/backup")).unwrap_err();
        assert!(matches!(error.code(), Code::ReadOnly | Code::NotFound), "{error}");
        return;
    }
    let error = create(&library, &house.path("locked/b")).unwrap_err();
    assert_eq!(error.code(), Code::ReadOnly, "{error}");
    assert!(error.to_string().contains("locked"), "{error}");
}

#[test]
fn the_library_knows_when_it_was_last_backed_up_and_a_failed_backup_is_none() {
    let house = House::new();
    let library = filled(&house);
    let last = || library.read(backup::last).unwrap();
    assert_eq!(last(), None);
    create(&library, &house.folder().root().join("inside")).unwrap_err();
    assert_eq!(last(), None);
    let before = library.now();
    let made = create(&library, &house.path("one")).unwrap();
    let first = last().unwrap();
    assert!(first.at > before);
    assert_eq!((Path::new(&first.file).file_name(), first.bytes), (Some("one".as_ref()), made.bytes));
    create(&library, &house.path("two")).unwrap();
    assert!(last().is_some_and(|second| second.at > first.at && second.file.ends_with("two")));
}
