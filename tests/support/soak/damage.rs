//! Files of the vector index that are deleted, cut off or changed: searches go on, and the index comes back by itself.

use std::fs::{self, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use document_maker::prose;
use kernel::PassageId;
use retrieval::{Differences, Hits, Retrieval, Scope, Upkeep};
use seeded::Random;

use super::process::{Process, files};

/// So that a few documents have an approximate index as well.
const EXACT_UP_TO: usize = 32;
const DOCUMENTS: u32 = 4;
const SECTIONS: u32 = 20;
/// Longest that a whole index may take to come back.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a run came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Damaged {
    /// Ways in which files were damaged.
    pub ways: u32,
    /// Those that a search noticed, and had mended.
    pub noticed: u32,
    /// Those that only a check could notice.
    pub silent: u32,
    /// Those that did no harm: a file that nothing depends on.
    pub harmless: u32,
}

/// Damages the index of a library under the hands of the process in charge, again and again. Expects of each time that
/// the next search answers, and that the index comes to hold just what the library holds, without anybody's help.
///
/// # Panics
/// When anything of that is not so.
pub fn run(ways: u32, seed: u64) -> Damaged {
    let process = Process::start(EXACT_UP_TO);
    process.import(&(0..DOCUMENTS).map(document).collect::<Vec<_>>());
    let question = "The number of this section is 17 of 3.";
    let whole = search(&process, &process.retrieval(process.index()), question);
    assert_eq!(whole.degraded, None);
    assert!(whole.hits.len() > 5);

    let mut random = Random::new(seed);
    let mut done = Damaged { ways, ..Damaged::default() };
    for _ in 0..ways {
        until(&process, question, |_| is_at_rest(&process));
        let what = damage(process.index().folder(), &mut random);
        // Another process that opens it now.
        let index = process.index();
        let found = search(&process, &process.retrieval(index.clone()), question);
        assert!(found.hits.iter().any(|hit| hit.passage.text.contains("17 of 3.")), "{what}: not found by its words");
        if found.degraded.is_some() || index.needs_mending(&process.library).unwrap() {
            done.noticed += 1;
        } else if is_whole(&process) {
            done.harmless += 1;
        } else if !index.needs_mending(&process.library).unwrap() {
            // As `check --repair` does.
            index.mark_damaged();
            done.silent += 1;
        }
        let mended = until(&process, question, |found| found.degraded.is_none() && is_whole(&process));
        assert_eq!(ranked(&mended), ranked(&whole), "{what}: other passages than before");
    }
    done
}

fn document(number: u32) -> String {
    let section = |section: u32| {
        let text = prose(u64::from(100 * number + section), 60);
        format!("## Section {section}\n\n{text} The number of this section is {section} of {number}.\n\n")
    };
    format!("# Document {number}\n\n{}", (0..SECTIONS).map(section).collect::<String>())
}

fn search(process: &Process, retrieval: &Retrieval, question: &str) -> Hits {
    process.runtime.block_on(retrieval.search(&Scope::room(process.room), question, 10)).unwrap()
}

/// Searches as another process would until it is so.
fn until(process: &Process, question: &str, is_so: impl Fn(&Hits) -> bool) -> Hits {
    let begun = Instant::now();
    loop {
        let found = search(process, &process.retrieval(process.index()), question);
        if is_so(&found) {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "the index does not come back: {:?}", found.degraded);
    }
}

/// Whether there is nothing left to do, be it to mend what the last damage left.
fn is_at_rest(process: &Process) -> bool {
    let upkeep = process.runtime.block_on(process.index().upkeep());
    upkeep.is_ok_and(|due| due == Upkeep::Nothing)
        && is_whole(process)
        && !process.index().needs_mending(&process.library).unwrap()
}

fn is_whole(process: &Process) -> bool {
    let found = process.runtime.block_on(process.index().compare(&process.library));
    found.is_ok_and(|found| found == Differences::default())
}

/// Passages with their cosines, which an approximate index gives exactly.
fn ranked(hits: &Hits) -> Vec<(PassageId, Option<i32>)> {
    let rounded = |cosine: f32| (cosine * 1e4).round() as i32;
    hits.hits.iter().map(|hit| (hit.passage.passage, hit.similarity.map(rounded))).collect()
}

/// Deletes a file, cuts it off or changes some of its bytes. Says what it did.
fn damage(folder: &Path, random: &mut Random) -> String {
    let files = files(folder);
    let mut below = |end: u64| random.below(end as usize) as u64;
    let (file, length) = &files[below(files.len() as u64) as usize];
    let name = file.strip_prefix(folder).unwrap().display();
    match below(3) {
        0 => {
            fs::remove_file(file).unwrap();
            format!("{name} deleted")
        }
        1 => {
            let left = below(*length);
            OpenOptions::new().write(true).open(file).unwrap().set_len(left).unwrap();
            format!("{name} cut off at {left} of {length}")
        }
        _ => {
            let places: Vec<u64> = (0..=below(8)).map(|_| below(*length)).collect();
            for &at in places.iter().filter(|at| *at < length) {
                change(file, at, 1 << below(8));
            }
            format!("{name} changed at {places:?} of {length}")
        }
    }
}

/// Changes bits of a byte of a file.
///
/// # Panics
/// When it can't be written to, or ends before.
pub fn change(file: &Path, at: u64, bits: u8) {
    let mut file = OpenOptions::new().read(true).write(true).open(file).unwrap();
    let mut byte = [0];
    file.seek(SeekFrom::Start(at)).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(&[byte[0] ^ bits]).unwrap();
}
