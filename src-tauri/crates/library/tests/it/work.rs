//! The list of what is to be done, for people.

use kernel::{Code, Timestamp};
use library::documents::{self, DocumentState};
use library::jobs::{self, JobKind, JobStage, JobState, Work};
use library::rooms;

use crate::shelf::Shelf;

fn titles(works: &[Work]) -> Vec<&str> {
    works.iter().map(|work| work.title.as_str()).collect()
}

#[test]
fn what_runs_stands_before_what_waits_and_what_ended_badly_last() {
    let shelf = Shelf::new();
    let (biology, history) = (shelf.room("Biology"), shelf.room("History"));
    let job = |room, hash: &str, at| {
        let document = shelf.document(room, hash);
        let job = shelf.write(|tx| jobs::enqueue(tx, document, JobKind::Import, 0, Timestamp(at)));
        (document, job)
    };
    let (running, _) = job(biology, "running", 1);
    shelf.write(|tx| jobs::next(tx, &[JobStage::Reading], "me", Timestamp(2)));
    let (_, later) = job(history, "later", 9);
    job(biology, "sooner", 5);
    shelf.write(|tx| jobs::set_checkpoint(tx, later, JobStage::Embedding, None, Timestamp(9)));
    let (_, held) = job(biology, "held", 6);
    shelf.write(|tx| jobs::set_state(tx, held, JobState::Paused, Timestamp(10)));
    let (failed, dead) = job(biology, "failed", 7);
    shelf.write(|tx| jobs::set_failed(tx, dead, Code::Encrypted, "It needs a password.", Timestamp(11)));
    let (cancelled, given_up) = job(history, "cancelled", 8);
    shelf.write(|tx| {
        jobs::set_state(tx, given_up, JobState::Cancelled, Timestamp(12))?;
        documents::set_state_because(tx, cancelled, DocumentState::Failed, Code::Cancelled, "Stopped after 0 pages.")
    });
    let (_, done) = job(history, "done", 3);
    shelf.write(|tx| jobs::set_state(tx, done, JobState::Done, Timestamp(13)));

    shelf.page(running, 1, "osmosis");
    let works = shelf.read(jobs::unfinished);
    let expected = ["running", "sooner", "later", "held", "cancelled", "failed"].map(|it| format!("Title of {it}"));
    assert_eq!(titles(&works), expected);
    assert_eq!((works[0].state, works[0].attempts, works[0].pages_read), (JobState::Running, 1, 1));
    assert_eq!((works[2].stage, works[2].room_name.as_str()), (JobStage::Embedding, "History"));
    assert_eq!((works[4].code, works[4].message.as_deref()), (Some(Code::Cancelled), Some("Stopped after 0 pages.")));
    let last = &works[5];
    assert_eq!(
        (last.document, last.code, last.message.as_deref()),
        (failed, Some(Code::Encrypted), Some("It needs a password."))
    );
    shelf.write(|tx| rooms::hide(tx, history, Timestamp(14)));
    assert_eq!(shelf.read(jobs::unfinished).len(), 4);
}

#[test]
fn what_was_cleared_is_out_of_sight_until_it_is_tried_again() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    let job = shelf.write(|tx| jobs::enqueue(tx, document, JobKind::Import, 0, Timestamp(1)));
    let clear = || shelf.write(|tx| jobs::clear(tx, job, Timestamp(3)));
    assert!(!clear(), "what waits is not over");
    shelf.write(|tx| jobs::set_failed(tx, job, Code::Damaged, "Broken.", Timestamp(2)));
    assert!(clear());
    assert_eq!(shelf.read(jobs::unfinished), []);
    assert_eq!(shelf.read(|c| jobs::get(c, job)).state, JobState::Failed, "it can still be tried again");
    shelf.write(|tx| jobs::set_state(tx, job, JobState::Queued, Timestamp(4)));
    assert_eq!(shelf.read(jobs::unfinished).len(), 1);
    shelf.write(|tx| jobs::set_failed(tx, job, Code::Damaged, "Broken.", Timestamp(5)));
    assert_eq!(shelf.read(jobs::unfinished).len(), 1, "a new failure is to be seen");
}
