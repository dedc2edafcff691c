//! Thousands of imports and removals in a row, by one process: what it uses stays bounded.

use std::time::{Duration, Instant};

use super::documents::short;
use super::process::{Process, files};

/// Documents that come in before those before them are removed.
const AT_A_TIME: u32 = 25;
/// Looks at what is used, over the whole run.
const LOOKS: u32 = 20;

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Churned {
    /// Documents that were imported, and removed again.
    pub documents: u32,
    /// From the first to the last.
    pub took: Duration,
    /// What was used along the way.
    pub used: Vec<Used>,
}

/// What the process uses at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// Bytes in the library's folder.
    pub disk: u64,
    /// Files in the library's folder.
    pub files: u64,
    /// Files and sockets that the process has open.
    pub handles: u64,
    /// Bytes of memory that are the process's own.
    pub memory: u64,
}

/// Imports and removes `documents` short documents. Expects that after the first quarter nothing that is used grows
/// without end, that the rest of the library stays whole, and that nothing is left in the index.
///
/// # Panics
/// When anything of that is not so.
pub fn run(documents: u32) -> Churned {
    let process = Process::start(usize::MAX);
    let lasting = process.import(&[String::from_utf8(short(documents + 1).1).unwrap()]);
    let begun = Instant::now();
    let mut before = Vec::new();
    let mut used = Vec::new();
    for from in (0..documents).step_by(AT_A_TIME as usize) {
        let numbers = from..documents.min(from + AT_A_TIME);
        let texts: Vec<String> = numbers.map(|number| String::from_utf8(short(number).1).unwrap()).collect();
        let added = process.import(&texts);
        for document in std::mem::replace(&mut before, added) {
            process.intake.remove(document).unwrap();
        }
        if from % (documents / LOOKS).max(AT_A_TIME) < AT_A_TIME {
            used.push(look(&process));
        }
    }
    for document in before {
        process.intake.remove(document).unwrap();
    }
    let took = begun.elapsed();
    bounded("bytes on disk", &used, 64 << 20, |used| used.disk);
    bounded("files", &used, 300, |used| used.files);
    bounded("open files", &used, 40, |used| used.handles);
    bounded("bytes of memory", &used, 64 << 20, |used| used.memory);

    process.intake.stop();
    let index = process.index();
    process.runtime.block_on(index.reconcile(&process.library)).unwrap();
    let differences = process.runtime.block_on(index.compare(&process.library)).unwrap();
    assert_eq!(differences.count(), 0, "{differences:?}");
    let left = process.library.read(|c| library::documents::ids(c, process.room)).unwrap();
    assert_eq!(left, lasting);
    let checked = library::check::check(&process.library).unwrap();
    assert!(checked.problems.is_empty(), "{checked:?}");
    Churned { documents, took, used }
}

/// What is used later is no more than what was used early, give or take what comes and goes: a log of SQLite's, versions
/// of the index that wait to be joined, pages that the allocator keeps.
fn bounded(what: &str, used: &[Used], give: u64, of: impl Fn(&Used) -> u64) {
    let quarter = used.len().div_ceil(4);
    let most = |used: &[Used]| used.iter().map(&of).max().unwrap_or_default();
    let (early, late) = (most(&used[..quarter]), most(&used[quarter..]));
    assert!(late <= early + early / 2 + give, "{what} grow: at most {early} at first, {late} later; {used:?}");
}

#[cfg(target_os = "linux")]
fn look(process: &Process) -> Used {
    let files = files(&process.data());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let memory = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    let kilobytes: u64 = memory.split_whitespace().next().unwrap().parse().unwrap();
    Used {
        disk: files.iter().map(|(_, bytes)| bytes).sum(),
        files: files.len() as u64,
        handles: std::fs::read_dir("/proc/self/fd").unwrap().count() as u64,
        memory: kilobytes * 1024,
    }
}

#[cfg(not(target_os = "linux"))]
fn look(process: &Process) -> Used {
    let files = files(&process.data());
    Used { disk: files.iter().map(|(_, bytes)| bytes).sum(), files: files.len() as u64, handles: 0, memory: 0 }
}
