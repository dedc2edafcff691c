//! Whatever becomes of the files: searches go on, damage is noticed, and the index comes back from the library.
#![allow(clippy::unwrap_used)]

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use kernel::{LibraryFolder, RoomId};
use seeded::Random;

use super::{Differences, VectorIndex};
use crate::embed::MODEL;
use crate::testing::{Shelf, direction, runtime, texts};

/// Passages are compared one by one up to here, so that a small shelf has an approximate index.
const EXACT_UP_TO: usize = 64;
const PASSAGES: usize = 150;
const WAYS: u32 = 40;
/// Another number is another set of damages.
const SEED: u64 = 7;

struct Damaged {
    shelf: Shelf,
    room: RoomId,
    random: Random,
}

impl Damaged {
    async fn new(seed: u64) -> Self {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        for name in ["cells", "genes", "leaves"] {
            let (document, _) = shelf.document(room, name, &texts(name, PASSAGES / 3));
            Self::index(&shelf).put_document(&shelf.library, document).await.unwrap();
        }
        let this = Self { shelf, room, random: Random::new(seed) };
        this.index_of_one().keep_up().await.unwrap();
        this
    }

    /// As another process opens it.
    fn index(shelf: &Shelf) -> VectorIndex {
        VectorIndex::open_exact_up_to(&LibraryFolder::new(shelf.folder.path()), MODEL, EXACT_UP_TO)
    }

    fn index_of_one(&self) -> VectorIndex {
        Self::index(&self.shelf)
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.index_of_one().folder().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        files
    }

    /// Deletes a file, cuts it off or changes some of its bytes. Says what it did.
    fn damage(&mut self) -> String {
        let files = self.files();
        let file = &files[self.random.below(files.len())];
        let length = fs::metadata(file).unwrap().len() as usize;
        let name = file.strip_prefix(self.index_of_one().folder()).unwrap().display();
        match self.random.below(3) {
            0 => {
                fs::remove_file(file).unwrap();
                format!("{name} deleted")
            }
            1 => {
                let left = self.random.below(length);
                OpenOptions::new().write(true).open(file).unwrap().set_len(left as u64).unwrap();
                format!("{name} cut off at {left} of {length}")
            }
            _ => {
                let count = 1 + self.random.below(8);
                let at = self.flip(file, length, count);
                format!("{name} changed at {at:?} of {length}")
            }
        }
    }

    fn flip(&mut self, file: &Path, length: usize, count: usize) -> Vec<usize> {
        let handle = OpenOptions::new().read(true).write(true).open(file).unwrap();
        let places: Vec<usize> = (0..count.min(length)).map(|_| self.random.below(length)).collect();
        for &at in &places {
            let mut byte = [0];
            handle.read_exact_at(&mut byte, at as u64).unwrap();
            byte[0] ^= 1 << self.random.below(8);
            handle.write_all_at(&byte, at as u64).unwrap();
        }
        places
    }

    async fn is_whole(&self) -> bool {
        matches!(self.index_of_one().compare(&self.shelf.library).await, Ok(found) if found == Differences::default())
    }
}

#[test]
fn an_index_comes_back_from_damage_of_any_kind() {
    runtime().block_on(async {
        let mut damaged = Damaged::new(SEED).await;
        let library = damaged.shelf.library.clone();
        let mut noticed = 0;
        for _ in 0..WAYS {
            let what = damaged.damage();
            let reader = damaged.index_of_one();
            let searched = reader.search(damaged.room, &direction("cells 7"), 10).await;
            let is_marked = reader.needs_mending(&library).unwrap();
            assert!(searched.is_ok() || is_marked, "{what}: nobody is told of {searched:?}");
            noticed += u32::from(is_marked);
            // What a search doesn't come across, or can't tell, a check finds.
            if !is_marked && !damaged.is_whole().await {
                damaged.index_of_one().mark_damaged();
            }
            let writer = damaged.index_of_one();
            writer.reconcile(&library).await.unwrap();
            // It reads what no search and no check does, and has it mended as well.
            if writer.keep_up().await.is_err() {
                assert!(writer.reconcile(&library).await.unwrap().rebuilt, "{what}");
                writer.keep_up().await.unwrap();
            }
            assert!(damaged.is_whole().await, "{what}");
            let found = damaged.index_of_one().search(damaged.room, &direction("cells 7"), 200).await.unwrap();
            assert_eq!(found.len(), PASSAGES, "{what}");
            assert!((found[0].1 - 1.0).abs() < 1e-4, "{what}");
        }
        assert!(noticed > WAYS / 4, "searches noticed only {noticed} of {WAYS}");
    });
}
