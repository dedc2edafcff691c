//! Imports that are killed at random moments: nothing is lost, nothing is doubled, the stores agree.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use kernel::{LibraryFolder, SystemClock};
use library::Library;
use retrieval::{MODEL, Reconciled, VectorIndex};
use seeded::Random;

use super::documents;
use super::stored::Stored;
use crate::shelf::Shelf;

/// What a run came to.
#[derive(Clone, Copy, Debug)]
pub struct Killed {
    /// Imports that were killed.
    pub kills: u32,
    /// Imports that ended before their moment came.
    pub finished: u32,
    /// An import that nobody disturbed.
    pub whole: Duration,
}

/// Imports documents of every kind again and again, kills each import at a random moment, and expects after each that
/// what was committed is there, once, and as an undisturbed import stores it; at the end, that nothing is missing.
///
/// # Panics
/// When anything of that is not so.
pub fn run(rounds: u32, seed: u64) -> Killed {
    let calm = Shelf::new();
    let files = documents::mixed(&calm);
    let started = Instant::now();
    let ends = calm.import(&paths(&files));
    let whole = started.elapsed();
    assert_eq!(ends.len(), files.len());
    let searchable = ends.iter().filter(|end| end["pages"].as_u64() > Some(2));
    let searchable = searchable.filter_map(|end| end["searchable_ms"].as_u64()).max().unwrap();
    let searchable = Duration::from_millis(searchable);
    let expected = Stored::of(&calm.data());
    assert!(expected.passages.len() > 60, "{} passages", expected.passages.len());

    let mut random = Random::new(seed);
    let mut shelf = Shelf::new();
    let (mut kills, mut finished) = (0, 0);
    while kills < rounds {
        let round = kills + finished;
        let before = Stored::of(&shelf.data());
        let mut child = start(&shelf, &files);
        // Reading is the smaller part of the time and gets half of the kills.
        let moment = if kills % 2 == 0 { searchable } else { whole }.mul_f32(random.share());
        let ended = ends_within(&mut child, moment);
        child.kill().unwrap();
        child.wait().unwrap();
        let after = Stored::of(&shelf.data());
        after.assert_part_of(&expected, round);
        after.assert_holds(&before, round);
        if ended {
            assert_same(&shelf, &expected);
            shelf = Shelf::new();
            finished += 1;
        } else {
            kills += 1;
        }
    }
    shelf.import(&paths(&files));
    assert_same(&shelf, &expected);
    Killed { kills, finished, whole }
}

fn paths(files: &[PathBuf]) -> Vec<&Path> {
    files.iter().map(PathBuf::as_path).collect()
}

fn start(shelf: &Shelf, files: &[PathBuf]) -> Child {
    let mut command = shelf.command();
    command.args(["--json", "import", "--room", "Books"]).args(files);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Whether the process ends by itself before the moment comes.
fn ends_within(child: &mut Child, moment: Duration) -> bool {
    let mut output = child.stdout.take().unwrap();
    let (send, ended) = channel();
    std::thread::spawn(move || {
        let mut rest = Vec::new();
        let _ = output.read_to_end(&mut rest);
        let _ = send.send(());
    });
    ended.recv_timeout(moment) != Err(RecvTimeoutError::Timeout)
}

fn assert_same(shelf: &Shelf, expected: &Stored) {
    shelf.assert_sound();
    let stored = Stored::of(&shelf.data());
    assert_eq!(stored.pages, expected.pages, "other pages than without a kill");
    assert_eq!(stored.passages, expected.passages, "other passages than without a kill");
    assert!(stored.vectors.keys().eq(expected.vectors.keys()), "not every passage has its vector");
    for (passage, vector) in &stored.vectors {
        let cosine: f32 = vector.iter().zip(&expected.vectors[passage]).map(|(a, b)| a * b).sum();
        assert!(cosine > 0.999, "the vector of {passage:?} differs: cosine {cosine}");
    }
    assert_eq!(index_differs(&shelf.data()), Reconciled::default(), "the vector index differs from the library");
}

/// What would have to be done to the vector index to make it agree with the library, row by row.
fn index_differs(data: &Path) -> Reconciled {
    let folder = LibraryFolder::new(data);
    let library = Library::open(folder.clone(), Arc::new(SystemClock)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(VectorIndex::open(&folder, MODEL).reconcile(&library)).unwrap()
}
