//! Backups of somebody else's making.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use kernel::{Cancel, Code, Coded, LibraryFolder};
use library::rusqlite::Connection;
use library::{SCHEMA_VERSION, backup};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::backup::import;
use crate::shelf::open;

/// The parts of a backup, to be changed and put together again.
struct Parts {
    place: tempfile::TempDir,
    manifest: Value,
    /// Names and contents, manifest and kind apart.
    members: Vec<(String, Vec<u8>)>,
}

impl Parts {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("good");
        let library = open(&LibraryFolder::new(place.path().join("source"))).unwrap();
        import(&library, "osmosis moves water");
        backup::create(&library, &file, "1.2.3", &Cancel::new(), &mut |_| {}).unwrap();
        let mut zip = zip::ZipArchive::new(File::open(&file).unwrap()).unwrap();
        let mut members = Vec::new();
        for at in 0..zip.len() {
            let mut member = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut member, &mut content).unwrap();
            members.push((member.name().to_owned(), content));
        }
        assert_eq!(members.remove(0).0, "mimetype");
        let manifest = serde_json::from_slice(&members.pop().unwrap().1).unwrap();
        Self { place, manifest, members }
    }

    fn database(&mut self, change: impl FnOnce(&Connection)) {
        let path = self.place.path().join("database");
        let member = self.members.iter_mut().find(|(name, _)| name == "library.sqlite").unwrap();
        fs::write(&path, &member.1).unwrap();
        let connection = Connection::open(&path).unwrap();
        change(&connection);
        connection.close().unwrap();
        member.1 = fs::read(&path).unwrap();
        self.describe();
    }

    /// Makes the manifest fit the members, hashes and all.
    fn describe(&mut self) {
        let members = self.members.iter().map(|(name, content)| {
            let hash = blake3::hash(content).to_hex().to_string();
            json!({"name": name, "bytes": content.len(), "blake3": hash})
        });
        self.manifest["members"] = members.collect();
    }

    fn write(&self, method: CompressionMethod) -> PathBuf {
        let path = self.place.path().join("bad");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut add = |name: &str, content: &[u8], method| {
            zip.start_file(name, stored.compression_method(method)).unwrap();
            zip.write_all(content).unwrap();
        };
        add("mimetype", b"application/vnd.smart-study-room.backup", CompressionMethod::Stored);
        self.members.iter().for_each(|(name, content)| add(name, content, method));
        add("manifest.json", &serde_json::to_vec(&self.manifest).unwrap(), CompressionMethod::Stored);
        zip.finish().unwrap();
        path
    }

    /// Restores it over a library that must stay as it is.
    fn refused(&self) -> (Code, String) {
        let place = tempfile::tempdir().unwrap();
        let folder = LibraryFolder::new(place.path().join("library"));
        import(&open(&folder).unwrap(), "what was there");
        let file = self.write(CompressionMethod::Stored);
        let error = restore(&file, &folder).unwrap_err();
        assert!(!folder.restoring().exists());
        assert_eq!(crate::shelf::find_in(&open(&folder).unwrap(), "there"), 1);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is unpacked beside the library");
        (error.code(), error.to_string())
    }
}

fn restore(file: &Path, folder: &LibraryFolder) -> Result<backup::Restored, library::Error> {
    backup::restore(file, folder, &Cancel::new(), &mut |_| {})
}

#[test]
fn put_together_again_it_is_a_backup_like_any_other() {
    let parts = Parts::new();
    let folder = LibraryFolder::new(parts.place.path().join("library"));
    let restored = restore(&parts.write(CompressionMethod::Stored), &folder).unwrap();
    assert_eq!(restored.documents, 1);
}

#[test]
fn no_file_leaves_the_library_or_joins_it_uninvited() {
    for name in ["../evil", "/tmp/evil", "originals/../../evil", "vectors/evil", "logs/evil"] {
        let mut parts = Parts::new();
        parts.members.push((name.into(), b"evil".to_vec()));
        assert_eq!(parts.refused().0, Code::Damaged, "{name}, not in the manifest");
        parts.describe();
        let (code, message) = parts.refused();
        assert_eq!(code, Code::Damaged, "{name}");
        assert!(message.contains("does not belong"), "{message}");
    }
    // An original of no document, and a document without its original.
    let mut parts = Parts::new();
    let hash = blake3::hash(b"stray").to_hex();
    parts.members.push((format!("originals/{hash}.pdf"), b"stray".to_vec()));
    parts.describe();
    assert!(parts.refused().1.contains("belongs to no document"));
    let mut parts = Parts::new();
    parts.members.retain(|(name, _)| !name.starts_with("originals/"));
    parts.describe();
    assert!(parts.refused().1.contains("is not in it"));
    let mut parts = Parts::new();
    parts.members.iter_mut().filter(|(name, _)| name.starts_with("originals/")).for_each(|it| it.1.push(b'!'));
    parts.describe();
    assert!(parts.refused().1.contains("not what its name says"));
}

#[test]
fn a_bomb_does_not_go_off() {
    let mut parts = Parts::new();
    parts.members[0].1 = vec![b' '; 64 << 20];
    parts.describe();
    let file = parts.write(CompressionMethod::Deflated);
    assert!(fs::metadata(&file).unwrap().len() < 1 << 20);
    let folder = LibraryFolder::new(parts.place.path().join("library"));
    assert_eq!(restore(&file, &folder).unwrap_err().code(), Code::Damaged);
    assert!(!folder.restoring().exists());
    // Nor one that lies about its size.
    let mut parts = Parts::new();
    parts.manifest["members"][0]["bytes"] = json!(u64::MAX);
    assert_eq!(parts.refused().0, Code::Damaged);
}

#[test]
fn a_database_that_this_app_did_not_make_is_refused() {
    let changes: [(&str, Code); 5] = [
        ("CREATE TRIGGER evil AFTER INSERT ON rooms BEGIN DELETE FROM documents; END", Code::Damaged),
        ("CREATE VIEW evil AS SELECT * FROM documents", Code::Damaged),
        ("DROP TRIGGER documents_removed", Code::Damaged),
        ("PRAGMA user_version = 1", Code::Damaged),
        ("UPDATE documents SET hash = '../../evil'", Code::Damaged),
    ];
    for (change, code) in changes {
        let mut parts = Parts::new();
        parts.database(|connection| connection.execute_batch(change).unwrap());
        assert_eq!(parts.refused().0, code, "{change}");
    }
    // Not even with a file that is said to be missing.
    let mut parts = Parts::new();
    parts.database(|connection| connection.execute_batch("UPDATE documents SET hash = '../../evil'").unwrap());
    parts.members.retain(|(name, _)| name == "library.sqlite");
    parts.describe();
    parts.manifest["missing"] = json!(["../../evil.pdf"]);
    assert!(parts.refused().1.contains("whose name is none"));
    let mut parts = Parts::new();
    parts.members.iter_mut().filter(|(name, _)| name == "library.sqlite").for_each(|it| it.1 = vec![7; 9000]);
    parts.describe();
    assert_eq!(parts.refused().0, Code::Damaged);
}

#[test]
fn a_backup_of_a_newer_version_asks_for_an_update() {
    let mut parts = Parts::new();
    parts.manifest["schema"] = json!(SCHEMA_VERSION + 1);
    parts.manifest["app"] = json!("9.8.7");
    let (code, message) = parts.refused();
    assert_eq!(code, Code::NewerLibrary);
    assert!(message.contains("9.8.7") && message.contains("Update the app"), "{message}");
}

#[test]
fn a_backup_of_every_released_version_is_restored_and_brought_to_the_present() {
    let mut parts = Parts::new();
    parts.members.retain(|(name, _)| name == "library.sqlite");
    let file = parts.place.path().join("old.sqlite");
    let steps = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released");
    let mut names: Vec<_> = fs::read_dir(steps).unwrap().map(|it| it.unwrap().path()).collect();
    names.sort();
    for version in 1..=names.len() {
        let _ = fs::remove_file(&file);
        let old = Connection::open(&file).unwrap();
        for step in &names[..version] {
            old.execute_batch(&fs::read_to_string(step).unwrap()).unwrap();
        }
        old.close().unwrap();
        parts.members[0].1 = fs::read(&file).unwrap();
        parts.describe();
        parts.manifest["schema"] = json!(version);
        let connection = Connection::open(&file).unwrap();
        let mut query = connection.prepare("SELECT DISTINCT hash || '.' || format FROM documents").unwrap();
        let originals: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        parts.manifest["missing"] = json!(originals);
        let folder = LibraryFolder::new(parts.place.path().join("library"));
        restore(&parts.write(CompressionMethod::Stored), &folder).unwrap();
        let library = open(&folder).unwrap();
        assert_eq!(library.read(library::rooms::list).unwrap()[0].name, "Biology", "version {version}");
    }
}
