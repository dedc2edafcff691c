use kernel::{Code, Timestamp};
use library::jobs::{self, JobKind, JobStage, JobState};
use library::{WriterLock, pages};

use crate::shelf::{Shelf, page};

fn enqueue(shelf: &Shelf, hash: &str, priority: i32) -> kernel::JobId {
    let room = shelf.read(library::rooms::list)[0].room;
    let document = shelf.document(room, hash);
    let now = shelf.library.now();
    shelf.write(|tx| jobs::enqueue(tx, document, JobKind::Import, priority, now))
}

fn next(shelf: &Shelf) -> Option<kernel::JobId> {
    let now = shelf.library.now();
    shelf.write(|tx| jobs::next(tx, now)).map(|job| job.job)
}

#[test]
fn reading_goes_before_embedding_then_priority_then_age() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    let old = enqueue(&shelf, "old", 0);
    let embedding = enqueue(&shelf, "embedding", 9);
    let urgent = enqueue(&shelf, "urgent", 5);
    let young = enqueue(&shelf, "young", 0);
    let waiting = enqueue(&shelf, "waiting", 0);
    let now = Timestamp(100);
    shelf.write(|tx| {
        jobs::set_checkpoint(tx, embedding, JobStage::Embedding, None, now)?;
        jobs::set_state(tx, waiting, JobState::Paused, now)
    });
    let only = |stage| shelf.write(|tx| jobs::next_of(tx, &[stage], now)).map(|job| job.job);
    assert_eq!(only(JobStage::Indexing), None);
    let order: Vec<_> = std::iter::from_fn(|| next(&shelf)).collect();
    assert_eq!(order, [urgent, old, young, embedding]);
    shelf.write(|tx| jobs::set_state(tx, embedding, JobState::Queued, now));
    assert_eq!(only(JobStage::Reading), None);
    assert_eq!(only(JobStage::Embedding), Some(embedding));
}

#[test]
fn what_a_kill_left_running_is_queued_again_and_what_was_paused_stays_paused() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    let (running, paused) = (enqueue(&shelf, "a", 0), enqueue(&shelf, "b", 0));
    let now = Timestamp(100);
    shelf.write(|tx| jobs::set_state(tx, paused, JobState::Paused, now));
    assert_eq!(next(&shelf), Some(running));
    let lock = WriterLock::try_acquire(&shelf.folder()).unwrap().unwrap();
    assert_eq!(shelf.library.recover(&lock).unwrap().jobs, 1);
    let state = |job| shelf.read(|c| jobs::get(c, job)).state;
    assert_eq!((state(running), state(paused)), (JobState::Queued, JobState::Paused));
    // The second start of the same page counts; getting further begins the count anew.
    next(&shelf);
    assert_eq!(shelf.read(|c| jobs::get(c, running)).attempts, 2);
    shelf.write(|tx| jobs::set_checkpoint(tx, running, JobStage::Reading, Some(b"16"), now));
    let job = shelf.read(|c| jobs::get(c, running));
    assert_eq!((job.attempts, job.checkpoint.as_deref()), (1, Some(&b"16"[..])));
}

#[test]
fn pages_and_checkpoint_are_kept_or_lost_together() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    let job = enqueue(&shelf, "a", 0);
    let document = shelf.read(|c| jobs::get(c, job)).document;
    let store = |number, fail: bool| {
        shelf.library.write(|tx| {
            pages::insert(tx, document, &page(number, "text"))?;
            let at = number.to_string();
            jobs::set_checkpoint(tx, job, JobStage::Reading, Some(at.as_bytes()), Timestamp(1))?;
            // The same page once more is refused, and takes the whole batch with it.
            if fail {
                pages::insert(tx, document, &page(number, "text"))?;
            }
            Ok(())
        })
    };
    store(1, false).unwrap();
    store(2, true).unwrap_err();
    assert_eq!(shelf.read(|c| pages::last(c, document)), Some(1));
    let checkpoint = shelf.read(|c| jobs::get(c, job)).checkpoint;
    assert_eq!(checkpoint.as_deref(), Some(&b"1"[..]));
}

#[test]
fn a_retry_begins_as_a_new_job() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    let job = enqueue(&shelf, "a", 0);
    next(&shelf);
    let now = Timestamp(100);
    shelf.write(|tx| jobs::set_failed(tx, job, Code::Damaged, "Cut off at page 3.", now));
    let failed = shelf.read(|c| jobs::list(c, JobState::Failed));
    assert_eq!((failed[0].job, failed[0].code), (job, Some(Code::Damaged)));
    let document = failed[0].document;
    let again = shelf.write(|tx| jobs::enqueue(tx, document, JobKind::Import, 3, now));
    let retried = shelf.read(|c| jobs::of_document(c, document)).unwrap();
    assert_eq!((retried.job, again), (job, job));
    assert_eq!((retried.state, retried.attempts, retried.priority), (JobState::Queued, 0, 3));
    assert_eq!((retried.code, retried.message, retried.checkpoint), (None, None, None));
}
