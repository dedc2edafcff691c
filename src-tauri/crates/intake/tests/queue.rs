//! What a person may want of imports, on a real library; the reading itself is tested with the built app.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use intake::{Event, Intake};
use kernel::{Code, Coded, DocumentId, LibraryFolder, NativeParts, RoomId, SystemClock};
use library::documents::{self, Document, DocumentState};
use library::jobs::{self, JobState};
use library::{Library, pages, passages, rooms, vectors};
use reader::{BlockKind, Limits, Page, Passage, Worker};
use retrieval::{ModelFiles, Spaces, VectorIndex};
use tokio::runtime::Runtime;

struct Desk {
    folder: tempfile::TempDir,
    runtime: Runtime,
    library: Library,
    room: RoomId,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = LibraryFolder::new(folder.path().join("library"));
        let library = Library::open(place, Arc::new(SystemClock)).unwrap();
        let room = library.write(|tx| rooms::create(tx, "Books", library.now())).unwrap().room;
        Self { folder, runtime: Runtime::new().unwrap(), library, room }
    }

    /// An intake whose reading process can't be started, and that has no model.
    fn intake(&self) -> Intake {
        let native = NativeParts::new(self.folder.path().join("native"));
        let program = self.folder.path().join("no such program");
        let spaces = Spaces::open(&self.library, &native, &ModelFiles::built_in(&native), 1).unwrap();
        let worker = Worker { program, args: Vec::new(), native, limits: Limits::default() };
        Intake::new(self.library.clone(), worker, spaces, self.runtime.handle().clone())
    }

    fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, format!("%PDF-1.7\n{content}")).unwrap();
        path
    }

    fn document(&self, document: DocumentId) -> Document {
        self.library.read(|connection| documents::get(connection, document)).unwrap()
    }

    fn job_state(&self, document: DocumentId) -> JobState {
        self.library.read(|connection| jobs::of_document(connection, document)).unwrap().unwrap().state
    }

    fn copies(&self) -> usize {
        std::fs::read_dir(self.library.folder().originals()).unwrap().count()
    }
}

/// The next state that is told of a document.
fn told(events: &Receiver<Event>, document: DocumentId) -> Document {
    loop {
        match events.recv_timeout(Duration::from_secs(60)).expect("an event") {
            Event::Changed { document: now, .. } if now.document == document => return *now,
            _ => {}
        }
    }
}

#[test]
fn an_import_is_held_resumed_cancelled_and_tried_again() {
    let desk = Desk::new();
    let intake = desk.intake();
    let added = intake.add(desk.room, &desk.file("a.pdf", "a"), None).unwrap();
    let id = added.document;
    assert!(!added.duplicate);
    assert_eq!(desk.document(id).state, DocumentState::Queued);
    assert_eq!(intake.resume(id).unwrap_err().code(), Code::Invalid);

    intake.pause(id).unwrap();
    assert_eq!((desk.document(id).state, desk.job_state(id)), (DocumentState::Paused, JobState::Paused));
    intake.resume(id).unwrap();
    assert_eq!((desk.document(id).state, desk.job_state(id)), (DocumentState::Queued, JobState::Queued));

    intake.cancel(id).unwrap();
    let cancelled = desk.document(id);
    assert_eq!((cancelled.state, cancelled.code), (DocumentState::Failed, Some(Code::Cancelled)));
    assert!(cancelled.message.unwrap().contains("a.pdf"));
    let refused = intake.pause(id).unwrap_err();
    assert!(refused.to_string().contains("is cancelled"), "{refused}");

    intake.retry(id, None).unwrap();
    assert_eq!((desk.document(id).state, desk.document(id).message), (DocumentState::Queued, None));
    assert_eq!(intake.retry(id, None).unwrap_err().code(), Code::Invalid);
    assert_eq!(intake.pause(DocumentId(99)).unwrap_err().code(), Code::NotFound);
}

#[test]
fn a_file_that_failed_before_is_tried_again_when_it_is_added_again() {
    let desk = Desk::new();
    let intake = desk.intake();
    let path = desk.file("a.pdf", "a");
    let first = intake.add(desk.room, &path, None).unwrap();
    intake.cancel(first.document).unwrap();
    let again = intake.add(desk.room, &path, None).unwrap();
    assert_eq!((again.document, again.duplicate), (first.document, true));
    assert_eq!(desk.job_state(first.document), JobState::Queued);
}

#[test]
fn a_room_that_is_gone_takes_nothing_in() {
    let desk = Desk::new();
    let intake = desk.intake();
    let refused = intake.add(RoomId(99), &desk.file("a.pdf", "a"), None).unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
}

#[test]
fn a_copy_lives_as_long_as_one_room_needs_it() {
    let desk = Desk::new();
    let intake = desk.intake();
    let other = desk.library.write(|tx| rooms::create(tx, "Other", desk.library.now())).unwrap().room;
    let path = desk.file("a.pdf", "a");
    let here = intake.add(desk.room, &path, None).unwrap().document;
    let there = intake.add(other, &path, None).unwrap().document;
    assert_ne!(here, there);
    assert_eq!(desk.copies(), 1);
    intake.remove(here).unwrap();
    assert_eq!(desk.copies(), 1);
    intake.hide_room(other).unwrap();
    // It may come back until the intake stops.
    assert_eq!(desk.copies(), 1);
    intake.stop();
    assert_eq!(desk.copies(), 0);
    assert_eq!(intake.remove(there).unwrap_err().code(), Code::NotFound);
}

#[test]
fn what_was_removed_comes_back_until_the_intake_stops() {
    let desk = Desk::new();
    let intake = desk.intake();
    let path = desk.file("a.pdf", "a");
    let id = intake.add(desk.room, &path, None).unwrap().document;
    intake.hide(id).unwrap();
    assert_eq!(desk.library.read(|c| documents::list(c, desk.room)).unwrap(), []);
    intake.bring_back(id).unwrap();
    assert_eq!((desk.document(id).state, desk.job_state(id)), (DocumentState::Queued, JobState::Queued));

    // Added again while it is away, it can't come back: the room would have it twice.
    intake.hide(id).unwrap();
    let again = intake.add(desk.room, &path, None).unwrap();
    assert!(!again.duplicate && again.document != id);
    assert_eq!(intake.bring_back(id).unwrap_err().code(), Code::Duplicate);
    intake.stop();
    assert_eq!(intake.bring_back(id).unwrap_err().code(), Code::NotFound);
    assert_eq!(desk.copies(), 1);
}

#[test]
fn what_a_killed_process_had_removed_is_cleared_away_by_the_next() {
    let desk = Desk::new();
    let first = desk.intake();
    let id = first.add(desk.room, &desk.file("a.pdf", "a"), None).unwrap().document;
    first.hide(id).unwrap();
    let next = desk.intake();
    next.start().unwrap();
    assert_eq!(next.bring_back(id).unwrap_err().code(), Code::NotFound);
    assert_eq!(desk.copies(), 0);
}

#[test]
fn a_new_edition_that_can_t_be_read_leaves_the_old_one_and_says_so() {
    let desk = Desk::new();
    let intake = desk.intake();
    let first = desk.file("a.pdf", "a");
    let id = intake.add(desk.room, &first, None).unwrap().document;
    intake.cancel(id).unwrap();
    assert_eq!(intake.replace(id, &first, None).unwrap_err().code(), Code::Duplicate);

    let events = intake.watch();
    intake.start().unwrap();
    let edition = intake.replace(id, &desk.file("b.pdf", "b"), None).unwrap();
    let told = loop {
        let now = told(&events, id);
        if now.code == Some(Code::Internal) {
            break now;
        }
    };
    let message = told.message.unwrap();
    assert!(message.contains("old one is kept") && message.contains("can't be started"), "{message}");
    assert_eq!(desk.library.read(|c| documents::edition_of(c, id)).unwrap(), None);
    assert_eq!(intake.cancel(edition).unwrap_err().code(), Code::NotFound);
    intake.stop();
    assert_eq!(desk.copies(), 1);
}

#[test]
fn what_may_pass_is_tried_some_times_and_then_failed_with_the_reason() {
    let desk = Desk::new();
    let intake = desk.intake();
    let events = intake.watch();
    intake.start().unwrap();
    let id = intake.add(desk.room, &desk.file("a.pdf", "a"), None).unwrap().document;
    let failed = loop {
        let now = told(&events, id);
        if now.state == DocumentState::Failed {
            break now;
        }
    };
    assert_eq!(failed.code, Some(Code::Internal));
    assert!(failed.message.unwrap().contains("can't be started"));
    let job = desk.library.read(|connection| jobs::of_document(connection, id)).unwrap().unwrap();
    assert_eq!(job.attempts, 3);
}

#[test]
fn one_intake_is_in_charge_and_the_next_takes_over_when_it_ends() {
    let desk = Desk::new();
    let (first, second) = (desk.intake(), desk.intake());
    first.start().unwrap();
    second.start().unwrap();
    assert!(first.is_in_charge() && !second.is_in_charge());
    first.stop();
    let events = second.watch();
    let id = second.add(desk.room, &desk.file("a.pdf", "a"), None).unwrap().document;
    while told(&events, id).state != DocumentState::Failed {}
    assert!(second.is_in_charge());
}

#[test]
fn who_watches_hears_of_what_another_process_does() {
    let desk = Desk::new();
    let watching = desk.intake();
    let events = watching.watch();
    // Another open library is what another process has.
    let library = Library::open(desk.library.folder().clone(), Arc::new(SystemClock)).unwrap();
    let elsewhere = Desk { library, ..desk };
    let intake = elsewhere.intake();
    let id = intake.add(elsewhere.room, &elsewhere.file("a.pdf", "a"), None).unwrap().document;
    assert_eq!(told(&events, id).state, DocumentState::Queued);
    intake.pause(id).unwrap();
    assert_eq!(told(&events, id).state, DocumentState::Paused);
    intake.remove(id).unwrap();
    let removed = events.iter().find_map(|event| match event {
        Event::Removed { document, room } => Some((document, room)),
        _ => None,
    });
    assert_eq!(removed, Some((id, elsewhere.room)));
}

#[test]
fn a_document_that_goes_to_another_room_is_told_of_in_both() {
    let desk = Desk::new();
    let intake = desk.intake();
    let other = desk.library.write(|tx| rooms::create(tx, "Other", desk.library.now())).unwrap().room;
    let id = intake.add(desk.room, &desk.file("a.pdf", "a"), None).unwrap().document;
    let events = intake.watch();
    let moved = intake.place(id, other, None).unwrap();
    let mut heard = events.iter().filter(|event| !matches!(event, Event::Rooms));
    let left = heard.next();
    assert!(matches!(left, Some(Event::Removed { document, room }) if document == id && room == desk.room), "{left:?}");
    assert!(matches!(heard.next(), Some(Event::Changed { document, .. }) if *document == moved));
    assert_eq!((moved.room, desk.job_state(id)), (other, JobState::Queued));

    // Its order and its tags are told of as well.
    let second = intake.add(other, &desk.file("b.pdf", "b"), None).unwrap().document;
    intake.place(id, other, Some(second)).unwrap();
    while told(&events, id).position == moved.position {}
    desk.library.write(|tx| documents::tag(tx, id, &["exam".into()])).unwrap();
    assert_eq!(told(&events, id).tags, ["exam"]);
}

/// The places of a document's passages that the index finds in a room.
fn near(desk: &Desk, index: &VectorIndex, room: RoomId) -> usize {
    desk.runtime.block_on(index.search(room, &[0.05; 384], 9)).unwrap().len()
}

#[test]
fn the_vector_index_follows_a_document_into_another_room() {
    let desk = Desk::new();
    let intake = desk.intake();
    let other = desk.library.write(|tx| rooms::create(tx, "Other", desk.library.now())).unwrap().room;
    let id = intake.add(desk.room, &desk.file("a.pdf", "a"), None).unwrap().document;
    let model = ModelFiles::built_in(&NativeParts::new(desk.folder.path().join("native"))).name().to_owned();
    let job = |library: &Library| library.read(|c| jobs::of_document(c, id)).unwrap().unwrap().job;
    desk.library
        .write(|tx| {
            let passage = Passage {
                ordinal: 0,
                headings: Vec::new(),
                kind: BlockKind::Paragraph,
                kinds: vec![BlockKind::Paragraph],
                text: "Water moves.".into(),
                sentences: Vec::new(),
                page_start: 1,
                page_end: 1,
                tokens: 3,
            };
            let ids = passages::insert(tx, id, &[passage])?;
            vectors::put(tx, &model, &[(ids[0], &[0.05; 384])])?;
            jobs::set_state(tx, jobs::of_document(tx, id)?.unwrap().job, JobState::Done, desk.library.now())?;
            documents::set_state(tx, id, DocumentState::Complete)
        })
        .unwrap();
    let index = VectorIndex::open(desk.library.folder(), &model);
    intake.start().unwrap();
    let settled = || {
        let begun = std::time::Instant::now();
        while begun.elapsed() < Duration::from_secs(60) {
            let is_settled = desk.library.read(documents::removals).unwrap().is_empty();
            if is_settled && near(&desk, &index, desk.room) + near(&desk, &index, other) == 1 {
                return;
            }
            std::thread::yield_now();
        }
        panic!("the index has not settled");
    };
    settled();
    assert_eq!((near(&desk, &index, desk.room), near(&desk, &index, other)), (1, 0));
    let before = job(&desk.library);
    for (to, expected) in [(other, (0, 1)), (desk.room, (1, 0)), (other, (0, 1))] {
        intake.place(id, to, None).unwrap();
        settled();
        assert_eq!((near(&desk, &index, desk.room), near(&desk, &index, other)), expected);
    }
    assert_eq!((job(&desk.library), desk.job_state(id)), (before, JobState::Done), "nothing is imported again");
}

#[test]
fn a_dead_import_is_cleared_and_a_document_without_a_page_goes_with_it() {
    let desk = Desk::new();
    let intake = desk.intake();
    let add = |name: &str| {
        let id = intake.add(desk.room, &desk.file(name, name), None).unwrap().document;
        (id, desk.library.read(|c| jobs::of_document(c, id)).unwrap().unwrap().job)
    };
    let ((empty, first), (begun, second)) = (add("a.pdf"), add("b.pdf"));
    let refused = intake.clear(first).unwrap_err();
    assert!(refused.code() == Code::Invalid && refused.to_string().contains("waiting"), "{refused}");
    desk.library.write(|tx| pages::insert(tx, begun, &Page::unreadable(1))).unwrap();
    intake.cancel(empty).unwrap();
    intake.cancel(begun).unwrap();
    let unfinished = || desk.library.read(jobs::unfinished).unwrap().len();
    assert_eq!(unfinished(), 2);
    assert!(intake.clear(first).unwrap());
    assert!(!intake.clear(second).unwrap());
    assert_eq!(unfinished(), 0);
    let left = desk.library.read(|c| documents::list(c, desk.room)).unwrap();
    assert_eq!(left.iter().map(|document| document.document).collect::<Vec<_>>(), [begun]);
    intake.bring_back(empty).unwrap();
    intake.retry(begun, None).unwrap();
    assert_eq!(desk.job_state(begun), JobState::Queued);
}
