//! A process that is killed in the middle of its work leaves whole batches only.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kernel::{JobId, LibraryFolder, Timestamp};
use library::jobs::{self, JobKind, JobStage};
use library::{Library, check, documents, pages, passages};

use crate::shelf::{self, Shelf, page, passage};

const FOLDER: &str = "SMART_STUDY_ROOM_TEST_KILL";
const PAGES: u32 = 16;
const PASSAGES: u32 = 40;
const ROUNDS: u32 = 12;

/// Not a test by itself: the process that is killed. Says each committed batch on standard error.
#[test]
#[ignore = "run by the test below"]
fn writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let library = shelf::open(&LibraryFolder::new(folder)).unwrap();
    loop {
        let batch = write_batch(&library);
        writeln!(std::io::stderr(), "{batch}").unwrap();
    }
}

fn write_batch(library: &Library) -> u32 {
    let text = "The membrane lets water pass by osmosis and holds back what is dissolved. ".repeat(12);
    let job = library.read(|c| jobs::get(c, JobId(1))).unwrap();
    let done = batches(&job);
    library
        .write(|tx| {
            for number in done * PAGES + 1..=(done + 1) * PAGES {
                pages::insert(tx, job.document, &page(number, &text))?;
            }
            let cut: Vec<_> = (done * PASSAGES..(done + 1) * PASSAGES)
                .map(|ordinal| passage(ordinal, done * PAGES + 1, &text))
                .collect();
            passages::insert(tx, job.document, &cut)?;
            let checkpoint = (done + 1).to_le_bytes();
            jobs::set_checkpoint(tx, job.job, JobStage::Reading, Some(&checkpoint), Timestamp(0))
        })
        .unwrap();
    done + 1
}

fn batches(job: &jobs::Job) -> u32 {
    let bytes = job.checkpoint.as_deref().map(|bytes| bytes.try_into().unwrap());
    bytes.map_or(0, u32::from_le_bytes)
}

#[test]
fn a_kill_leaves_whole_batches_and_loses_none_that_was_committed() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    shelf.write(|tx| jobs::enqueue(tx, document, JobKind::Import, 0, Timestamp(0)));
    let folder = shelf.folder();
    let Shelf { place, library } = shelf;
    drop(library);
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::writes_until_it_is_killed", "--ignored", "--nocapture"])
            .env(FOLDER, folder.root())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let first: u32 = lines.next().unwrap().unwrap().parse().unwrap();
        // Each round a little later: before, inside and after the next commit.
        let moment = Instant::now() + Duration::from_micros(u64::from(round) * 700);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let committed = lines.map_while(Result::ok).filter_map(|line| line.parse().ok()).last().unwrap_or(first);

        let library = shelf::open(&folder).unwrap();
        let job = library.read(|c| jobs::get(c, JobId(1))).unwrap();
        let stored = batches(&job);
        assert!(stored == committed || stored == committed + 1, "{stored} {committed}");
        let pages = library.read(|c| pages::count(c, document)).unwrap();
        let found = library.read(|c| passages::count(c, document)).unwrap();
        assert_eq!((pages, found), (stored * PAGES, stored * PASSAGES));
        let row = library.read(|c| documents::get(c, document)).unwrap();
        assert_eq!((row.pages_read, row.passages), (pages, found));
        assert_eq!(check::check(&library).unwrap().problems, [] as [&str; 0]);
    }
    drop(place);
}
