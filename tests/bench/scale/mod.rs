//! A library, and a vector index, larger than anybody's: how long a search takes, what is found, what it costs.

pub(crate) mod prose;
pub(crate) mod shelf;
mod vectors;

use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

use kernel::{LibraryFolder, PassageId, RoomId};
use library::{Library, rooms};
use retrieval::{MODEL, Vector, VectorIndex};
use tokio::runtime::Runtime;

use crate::latency::{self, Latency};
use crate::memory;
use crate::questions;
use crate::report::Report;

/// How many passages each half of a search hands to the common ranking.
const K: usize = 60;
/// Of so many is told how many are found.
const RECALLED: usize = 10;
/// Questions to the index alone.
const QUESTIONS: usize = 200;
/// Searches that are not counted: they open files.
const WARM_UP: usize = 10;

/// Measures a library of `passages`, asked `count` distinct questions, and the index of `vectors` alone.
pub(crate) fn run(work: &Path, passages: usize, vectors: usize, count: usize) {
    let runtime = Runtime::new().expect("a runtime");
    if passages > 0 {
        whole(&runtime, &work.join("library"), work, passages, count);
    }
    if vectors > 0 {
        index_alone(&runtime, &work.join("vectors"), vectors);
    }
}

/// The whole search, as the command line answers it.
fn whole(runtime: &Runtime, data: &Path, work: &Path, passages: usize, count: usize) {
    let mut report = Report::new(&format!("A library of {passages} passages"));
    let library = shelf::open(data);
    shelf::fill(&library, passages, true);
    make_index(runtime, &library, &mut report);
    drop(library);
    sizes(data, passages, &mut report);
    let texts = questions::passages(data);
    let batch = questions::write_batch(work, &questions::from_passages(&texts, count));
    let (latency, memory) = latency::search_in_memory(data, &batch);
    report.latency("search, warm, p95", 40.0, &latency);
    report.row("search, p99", format!("{:.1} ms", latency.percentile(0.99)), "80 ms", String::new());
    report.row("peak memory while searching", megabytes(memory), "", "the model included".into());
    report.print();
}

/// The nearest of very many vectors, beside what comparing each one finds.
fn index_alone(runtime: &Runtime, data: &Path, vectors: usize) {
    let mut report = Report::new(&format!("An index of {vectors} vectors"));
    let library = shelf::open(data);
    shelf::fill(&library, vectors, false);
    make_index(runtime, &library, &mut report);
    sizes(data, vectors, &mut report);

    let folder = LibraryFolder::new(data);
    let room = library.read(rooms::list).expect("the rooms")[0].room;
    let asked = asked(&library, vectors);
    let before = memory::own();
    let index = VectorIndex::open(&folder, MODEL);
    let (quick, found) = time(runtime, &index, room, &asked);
    let grown = memory::own().saturating_sub(before);
    let exact = VectorIndex::open_exact_up_to(&folder, MODEL, usize::MAX);
    let (slow, wanted) = time(runtime, &exact, room, &asked);
    report.latency("search of the index, p95", 120.0, &quick);
    for (among, asked) in [(RECALLED, "0.95"), (K, "")] {
        report.row(
            &format!("recall of the {among} nearest"),
            format!("{:.3}", recall(&found, &wanted, among)),
            asked,
            String::new(),
        );
    }
    let compared = format!("{:.1} ms", slow.percentile(0.95));
    report.row("comparing each one, p95", compared, "", format!("p50 {:.1}", slow.percentile(0.5)));
    report.row("memory that searching takes", megabytes(grown), "", a_passage(grown, vectors));
    report.print();
}

fn make_index(runtime: &Runtime, library: &Library, report: &mut Report) {
    let index = VectorIndex::open(library.folder(), MODEL);
    let begun = Instant::now();
    runtime.block_on(index.reconcile(library)).expect("an index");
    report.row("index made from SQLite", format!("{:.1} s", begun.elapsed().as_secs_f64()), "", String::new());
    let begun = Instant::now();
    runtime.block_on(index.keep_up()).expect("an index");
    report.row(
        "files joined, approximate index made",
        format!("{:.1} s", begun.elapsed().as_secs_f64()),
        "",
        String::new(),
    );
}

fn sizes(data: &Path, passages: usize, report: &mut Report) {
    for (what, bytes) in [("SQLite", size(&data.join("library.sqlite"))), ("vector index", size(&data.join("vectors")))]
    {
        report.row(&format!("{what} on disk"), megabytes(bytes), "", a_passage(bytes, passages));
    }
}

/// Questions about passages from everywhere.
fn asked(library: &Library, passages: usize) -> Vec<Vector> {
    let about: Vec<PassageId> = (1..=QUESTIONS).map(|n| PassageId((n * passages / QUESTIONS) as i64)).collect();
    let vectors = library.read(|c| library::vectors::of_passages(c, MODEL, &about)).expect("their vectors");
    let mut made = vectors::Vectors::new(2);
    vectors.into_iter().flatten().map(|stored| made.question(&stored.vector)).collect()
}

fn time(runtime: &Runtime, index: &VectorIndex, room: RoomId, asked: &[Vector]) -> (Latency, Vec<Vec<PassageId>>) {
    let search = |vector| runtime.block_on(index.search(room, vector, K)).expect("an answer");
    for vector in &asked[..WARM_UP.min(asked.len())] {
        search(vector);
    }
    let timed = asked.iter().map(|vector| {
        let begun = Instant::now();
        let found = search(vector);
        (begun.elapsed().as_secs_f64() * 1e3, found.into_iter().map(|(passage, _)| passage).collect())
    });
    let (millis, found) = timed.unzip();
    (Latency::new(millis), found)
}

/// The share of the nearest `among` that were found.
fn recall(found: &[Vec<PassageId>], wanted: &[Vec<PassageId>], among: usize) -> f64 {
    let shares = found.iter().zip(wanted).map(|(found, wanted)| {
        let found: HashSet<&PassageId> = found.iter().collect();
        let wanted = &wanted[..among.min(wanted.len())];
        wanted.iter().filter(|passage| found.contains(passage)).count() as f64 / wanted.len() as f64
    });
    shares.sum::<f64>() / found.len() as f64
}

fn size(path: &Path) -> u64 {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).expect("a folder");
        return entries.map(|entry| size(&entry.expect("an entry").path())).sum();
    }
    std::fs::metadata(path).map_or(0, |file| file.len())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}

fn a_passage(bytes: u64, passages: usize) -> String {
    format!("{:.0} bytes a passage", bytes as f64 / passages as f64)
}
