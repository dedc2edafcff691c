//! A folder of thousands of files in one import.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::documents::short;
use crate::shelf::Shelf;

/// What an import of a folder came to.
#[derive(Clone, Copy, Debug)]
pub struct Imported {
    /// How many files.
    pub files: u32,
    /// From the start of the command to its end.
    pub took: Duration,
}

/// Imports a folder of `files` short files of several kinds, some folders deep, and expects every one of them to be
/// complete, to be found, and the library to be sound.
///
/// # Panics
/// When anything of that is not so.
pub fn run(files: u32) -> Imported {
    let shelf = Shelf::new();
    let root = shelf.path("folder");
    for number in 0..files {
        let (name, content) = short(number);
        let folder = root.join(format!("part {}", number / 500));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), content).unwrap();
    }
    let begun = Instant::now();
    let ends = shelf.import(&[&root]);
    let took = begun.elapsed();
    let mut states: BTreeMap<String, u32> = BTreeMap::new();
    for end in &ends {
        *states.entry(format!("{} {}", end["type"], end["state"])).or_default() += 1;
    }
    assert_eq!(states, BTreeMap::from([("\"imported\" \"complete\"".to_owned(), files)]));
    for number in [0, files / 2, files - 1] {
        let question = format!("The number of this file is {number}");
        let found = &shelf.json(&["search", "--room", "Books", &question])[0];
        let best = found["passages"][0]["text"].as_str().unwrap_or_default();
        assert!(best.contains(&format!("file is {number}.")), "file {number}: {best}");
    }
    shelf.assert_sound();
    Imported { files, took }
}
