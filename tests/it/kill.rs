//! The import is killed at random moments: nothing is lost, nothing is doubled, the stores agree.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use kernel::{LibraryFolder, SystemClock};
use library::Library;
use retrieval::{Reconciled, VectorIndex};
use rusqlite::Connection;

use crate::cli::Shelf;
use pdf_maker::{Pdf, book};

const ROUNDS: u32 = 30;
/// Another seed is another set of moments.
const SEED: u64 = 0x5eed_0f57_0d7e;

#[test]
fn nothing_is_lost_or_doubled_by_thirty_kills() {
    let calm = Shelf::new();
    let files = documents(&calm);
    let started = Instant::now();
    let ends = calm.import(&paths(&files));
    let whole = started.elapsed();
    assert_eq!(ends.len(), files.len());
    let searchable = ends.iter().filter_map(|end| end["searchable_ms"].as_u64()).max().unwrap();
    let searchable = Duration::from_millis(searchable);
    let expected = Stored::of(&calm.data());
    assert!(expected.passages.len() > 60, "{} passages", expected.passages.len());

    let mut random = Random(SEED);
    let mut shelf = Shelf::new();
    let (mut kills, mut finished) = (0, 0);
    while kills < ROUNDS {
        let round = kills + finished;
        let before = Stored::of(&shelf.data());
        let mut child = start(&shelf, &files);
        // Reading is the smaller part of the time and gets half of the kills.
        let moment = if kills % 2 == 0 { searchable } else { whole }.mul_f64(random.next());
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
    eprintln!("{kills} kills, {finished} imports that ended between them");
    shelf.import(&paths(&files));
    assert_same(&shelf, &expected);
}

fn documents(shelf: &Shelf) -> Vec<PathBuf> {
    let small = Pdf::new().titled("Small").page("Alone", &["A single page."]).scanned_page();
    vec![
        shelf.file("large.pdf", book("Large", 48)),
        shelf.file("small.pdf", small.bytes()),
        shelf.file("middle.pdf", book("Middle", 20)),
    ]
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
        // Not bit for bit: the integer model rounds by what shares a batch.
        assert!(cosine > 0.97, "the vector of {passage:?} differs: cosine {cosine}");
    }
    assert_eq!(index_differs(&shelf.data()), Reconciled::default(), "the vector index differs from the library");
}

/// What would have to be done to the vector index to make it agree with the library, row by row.
fn index_differs(data: &Path) -> Reconciled {
    let folder = LibraryFolder::new(data);
    let library = Library::open(folder.clone(), Arc::new(SystemClock)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(VectorIndex::open(&folder).reconcile(&library)).unwrap()
}

/// A document's hash and a place in it.
type Place = (String, i64);

/// Everything an import stores, by place; what is counted there is counted by SQLite's own unique keys.
#[derive(Default)]
struct Stored {
    pages: BTreeMap<Place, Vec<String>>,
    passages: BTreeMap<Place, Vec<String>>,
    vectors: BTreeMap<Place, Vec<f32>>,
}

impl Stored {
    fn of(data: &Path) -> Self {
        let database = data.join("library.sqlite");
        if !database.exists() {
            return Self::default();
        }
        // As the next start would: with the log that the killed process has left.
        let connection = Connection::open(database).unwrap();
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'vectors'", [], |row| row.get(0))
            .unwrap();
        if tables == 0 {
            return Self::default();
        }
        let indexed: (i64, i64) = connection
            .query_row(
                "SELECT (SELECT count(*) FROM passages_fts_docsize), (SELECT count(*) FROM passages)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        assert_eq!(indexed.0, indexed.1, "passages and keyword index differ");
        let rows = |sql: &str| -> BTreeMap<Place, Vec<String>> {
            let mut query = connection.prepare(sql).unwrap();
            let columns = query.column_count();
            let mut found = BTreeMap::new();
            let mut rows = query.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let values = (2..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap())).collect();
                let before = found.insert((row.get(0).unwrap(), row.get(1).unwrap()), values);
                assert!(before.is_none(), "stored twice");
            }
            found
        };
        let blob = |bytes: Vec<u8>| bytes.as_chunks().0.iter().map(|number| f32::from_le_bytes(*number)).collect();
        let mut vectors = connection
            .prepare(
                "SELECT hash, ordinal, vector FROM vectors JOIN passages USING (passage)
                 JOIN documents ON documents.document = passages.document",
            )
            .unwrap();
        let vectors = vectors
            .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), blob(row.get(2)?))))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        Self {
            pages: rows(
                "SELECT hash, number, label, width, height, status, text, blocks, words
                 FROM pages JOIN documents USING (document)",
            ),
            passages: rows(
                "SELECT hash, ordinal, kind, page_start, page_end, tokens, headings, text, sentences
                 FROM passages JOIN passage_texts USING (passage) JOIN documents ON documents.document = passages.document",
            ),
            vectors,
        }
    }

    /// What is there is what an import without a kill stores at that place.
    fn assert_part_of(&self, whole: &Self, round: u32) {
        for (place, page) in &self.pages {
            assert_eq!(Some(page), whole.pages.get(place), "round {round}, page {place:?}");
        }
        for (place, passage) in &self.passages {
            assert_eq!(Some(passage), whole.passages.get(place), "round {round}, passage {place:?}");
        }
    }

    /// What had been committed is still there.
    fn assert_holds(&self, before: &Self, round: u32) {
        let missing = before.pages.keys().find(|place| !self.pages.contains_key(*place));
        assert_eq!(missing, None, "round {round}: a page is lost");
        let missing = before.passages.keys().find(|place| !self.passages.contains_key(*place));
        assert_eq!(missing, None, "round {round}: a passage is lost");
        let missing = before.vectors.keys().find(|place| !self.vectors.contains_key(*place));
        assert_eq!(missing, None, "round {round}: a vector is lost");
    }
}

/// Numbers that look random and are the same each time (xorshift64*, Vigna 2016).
struct Random(u64);

impl Random {
    /// At least 0, less than 1.
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
