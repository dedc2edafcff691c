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

const ALL: [JobStage; 4] = [JobStage::Reading, JobStage::Embedding, JobStage::Indexing, JobStage::Recognising];

fn next_at(shelf: &Shelf, stages: &[JobStage], now: Timestamp) -> Option<kernel::JobId> {
    let next = shelf.write(|tx| jobs::next(tx, stages, "me", now)).map(|job| job.job);
    assert!(next.is_none() || shelf.read(|c| jobs::get(c, next.unwrap())).owner.as_deref() == Some("me"));
    next
}

fn next(shelf: &Shelf) -> Option<kernel::JobId> {
    next_at(shelf, &ALL, shelf.library.now())
}

fn done(shelf: &Shelf, job: kernel::JobId) {
    shelf.write(|tx| jobs::set_state(tx, job, JobState::Done, Timestamp(200)));
}

#[test]
fn reading_goes_before_embedding_and_recognition_comes_last() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    let recognising = enqueue(&shelf, "recognising", 9);
    let embedding = enqueue(&shelf, "embedding", 5);
    let indexing = enqueue(&shelf, "indexing", 5);
    let (old, young) = (enqueue(&shelf, "old", 0), enqueue(&shelf, "young", 0));
    let waiting = enqueue(&shelf, "waiting", 0);
    let now = Timestamp(100);
    shelf.write(|tx| {
        jobs::set_checkpoint(tx, recognising, JobStage::Recognising, None, now)?;
        jobs::set_checkpoint(tx, embedding, JobStage::Embedding, None, now)?;
        jobs::set_checkpoint(tx, indexing, JobStage::Indexing, None, now)?;
        jobs::set_state(tx, waiting, JobState::Paused, now)
    });
    // Nothing later begins while something is read, or waits to be.
    let later = &[JobStage::Embedding, JobStage::Indexing, JobStage::Recognising];
    assert_eq!(next_at(&shelf, later, now), None);
    assert_eq!(next(&shelf), Some(old));
    assert_eq!(next_at(&shelf, later, now), None);
    assert_eq!(next(&shelf), Some(young));
    assert_eq!(next(&shelf), None);
    done(&shelf, old);
    done(&shelf, young);
    assert_eq!(next_at(&shelf, &[JobStage::Recognising], now), None);
    assert_eq!([next(&shelf), next(&shelf), next(&shelf)], [Some(indexing), Some(embedding), None]);
    done(&shelf, indexing);
    done(&shelf, embedding);
    assert_eq!(next(&shelf), Some(recognising));
}

#[test]
fn what_somebody_looks_at_goes_first_and_the_rest_makes_way() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    let (first, second) = (enqueue(&shelf, "first", 0), enqueue(&shelf, "second", 0));
    let now = Timestamp(100);
    let taken = shelf.write(|tx| jobs::next(tx, &ALL, "me", now)).unwrap();
    assert_eq!(taken.job, first);
    let makes_way = || shelf.read(|c| jobs::makes_way(c, &taken, now));
    assert!(!makes_way());
    let wanted = shelf.read(|c| jobs::get(c, second)).document;
    shelf.write(|tx| jobs::prefer(tx, Some(wanted)));
    assert!(makes_way());
    shelf.write(|tx| jobs::release(tx, first, now));
    // To have made way is no failed attempt.
    assert_eq!(shelf.read(|c| jobs::get(c, first)).attempts, 0);
    assert_eq!(next(&shelf), Some(second));
    shelf.write(|tx| jobs::prefer(tx, None));
    assert_eq!(shelf.read(|c| jobs::get(c, second)).priority, 0);
}

#[test]
fn what_is_put_off_waits_for_its_time_and_holds_nothing_up() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    let (failing, other) = (enqueue(&shelf, "failing", 0), enqueue(&shelf, "other", 0));
    shelf.write(|tx| jobs::set_checkpoint(tx, other, JobStage::Embedding, None, Timestamp(100)));
    assert_eq!(next_at(&shelf, &ALL, Timestamp(100)), Some(failing));
    shelf.write(|tx| jobs::put_off(tx, failing, Timestamp(600), Timestamp(100)));
    assert_eq!(next_at(&shelf, &[JobStage::Reading], Timestamp(599)), None);
    assert_eq!(next_at(&shelf, &[JobStage::Embedding], Timestamp(599)), Some(other));
    assert_eq!(next_at(&shelf, &[JobStage::Reading], Timestamp(600)), Some(failing));
    let job = shelf.read(|c| jobs::get(c, failing));
    assert_eq!((job.attempts, job.not_before), (2, None));
}

#[test]
fn a_leased_job_is_taken_from_a_process_that_fell_silent() {
    let shelf = Shelf::new();
    shelf.room("Biology");
    let (leased, own) = (enqueue(&shelf, "leased", 0), enqueue(&shelf, "own", 0));
    let (start, end) = (Timestamp(100), Timestamp(1_000));
    shelf.write(|tx| jobs::lease(tx, leased, "beside", end, start));
    assert_eq!(next_at(&shelf, &ALL, start), Some(own));
    // Who comes into charge takes over from whoever was, but not from one that works beside it.
    assert_eq!(shelf.write(|tx| jobs::recover(tx, Timestamp(500))), 1);
    assert_eq!(shelf.write(|tx| jobs::expire(tx, end)), 0);
    shelf.write(|tx| jobs::renew(tx, "beside", Timestamp(2_000)));
    assert_eq!(shelf.write(|tx| jobs::expire(tx, Timestamp(1_001))), 0);
    assert_eq!(shelf.write(|tx| jobs::expire(tx, Timestamp(2_001))), 1);
    let job = shelf.read(|c| jobs::get(c, leased));
    assert_eq!((job.state, job.owner), (JobState::Queued, None));
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
