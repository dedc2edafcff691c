use kernel::{Citation, Code, Coded, DocumentId, Locator, LocatorKind, PageBox, Rect, Timestamp, TurnId};
use library::conversations::{self, NewTurn, Outcome, Provenance, Tokens, TurnState};
use library::spending::{self, Request};
use library::{WriterLock, documents, rooms, settings};

use crate::shelf::Shelf;

fn ask(shelf: &Shelf, conversation: kernel::ConversationId, question: &str) -> TurnId {
    let new = NewTurn::new(question, "extractive");
    let now = shelf.library.now();
    shelf.write(|tx| conversations::begin_turn(tx, conversation, &new, now))
}

fn citation(document: DocumentId) -> Citation {
    let rect = Rect { x0: 0.125, y0: 0.25, x1: 0.5, y1: 0.375 };
    Citation {
        document,
        title: "Biology".into(),
        page: Some(12),
        label: Some("iv".into()),
        locator: Some(Locator { kind: LocatorKind::Paragraph, number: 3, label: None, paragraph: None, part: 12 }),
        quote: "Water moves “by osmosis”.".into(),
        boxes: vec![PageBox { page: 12, rect }],
        changed: false,
    }
}

#[test]
fn an_answer_keeps_its_proof_after_the_document_is_gone() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let talk = shelf.write(|tx| conversations::create(tx, room, "What is osmosis?", Timestamp(1)));
    let turn = ask(&shelf, talk.conversation, "What is osmosis?");
    shelf.write(|tx| conversations::append(tx, turn, "Water ", &[], &Provenance::default()));
    shelf.write(|tx| conversations::append(tx, turn, "moves", &[], &Provenance::default()));
    let streaming = shelf.read(|c| conversations::turn(c, turn));
    assert_eq!((streaming.answer.as_str(), streaming.state), ("Water moves", TurnState::Streaming));
    let tokens = Tokens { prompt: 900, reused: 100, generated: 50 };
    let provenance = Provenance { remote: true, tokens, ..Provenance::default() };
    let outcome = Outcome {
        answer: "Water moves [1].",
        answered: true,
        citations: &[citation(document)],
        further: &[citation(document), citation(document)],
        degraded: Some("Some vectors are still on their way."),
        elapsed_ms: 42,
        provenance: Some(&provenance),
    };
    shelf.write(|tx| conversations::complete(tx, turn, &outcome));
    shelf.write(|tx| documents::remove(tx, document));
    let turns = shelf.read(|c| conversations::turns(c, talk.conversation));
    assert_eq!(turns.len(), 1);
    assert_eq!((turns[0].answer.as_str(), turns[0].answered), ("Water moves [1].", true));
    assert_eq!(turns[0].citations, [citation(document)]);
    assert_eq!((turns[0].further.len(), turns[0].elapsed_ms), (2, Some(42)));
    assert_eq!(turns[0].degraded.as_deref(), outcome.degraded);
    assert_eq!((turns[0].state, turns[0].ordinal), (TurnState::Complete, 1));
    assert_eq!(turns[0].provenance.as_ref(), Some(&provenance));
    assert_eq!(shelf.read(|c| conversations::spent_in(c, talk.conversation)), 950);
    let request = Request { model: "m", prompt: "choice/1", tokens };
    shelf.write(|tx| spending::add(tx, request, Timestamp(5)));
    let of_turn = turns[0].created;
    assert_eq!(shelf.read(|c| spending::since(c, Timestamp(of_turn.0.min(5)))), 2 * 950, "in answers and beside them");
    assert_eq!(shelf.read(|c| spending::since(c, Timestamp(i64::MAX))), 0);
}

#[test]
fn an_answer_cut_off_by_a_kill_is_stopped_with_all_that_was_known_of_it() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let talk = shelf.write(|tx| conversations::create(tx, room, "Osmosis", Timestamp(1)));
    let done = ask(&shelf, talk.conversation, "First?");
    shelf.write(|tx| conversations::complete(tx, done, &Outcome::default()));
    let cut = ask(&shelf, talk.conversation, "Second?");
    let proof = citation(shelf.document(room, "a"));
    let tokens = Tokens { prompt: 7, ..Tokens::default() };
    let written = Provenance { model: Some("m".into()), remote: true, tokens, written: 11, ..Provenance::default() };
    shelf.write(|tx| conversations::append(tx, cut, "Because [1]", std::slice::from_ref(&proof), &written));
    let spent = || shelf.read(|c| conversations::spent_in(c, talk.conversation));
    assert_eq!(spent(), 0, "an answer counts its own requests until it has ended");
    let lock = WriterLock::try_acquire(&shelf.folder()).unwrap().unwrap();
    assert_eq!(shelf.library.recover(&lock).unwrap().turns, 1);
    let turn = shelf.read(|c| conversations::turn(c, cut));
    assert_eq!((turn.state, turn.answer.as_str(), turn.ordinal), (TurnState::Stopped, "Because [1]", 2));
    assert_eq!((turn.citations, turn.provenance), (vec![proof], Some(written)));
    assert_eq!(spent(), 7);
    assert_eq!(shelf.read(|c| conversations::turn(c, done)).state, TurnState::Complete);
}

#[test]
fn the_last_used_conversation_comes_first_and_removal_takes_its_turns() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let create = |title| shelf.write(|tx| conversations::create(tx, room, title, Timestamp(0)));
    let (first, second) = (create("First").conversation, create("Second").conversation);
    let turn = ask(&shelf, first, "Why?");
    let list = shelf.read(|c| conversations::list(c, room));
    let order: Vec<_> = list.iter().map(|c| (c.conversation, c.turns)).collect();
    assert_eq!(order, [(first, 1), (second, 0)]);
    shelf.write(|tx| conversations::rename(tx, first, " Causes  of war "));
    assert_eq!(shelf.read(|c| conversations::get(c, first)).title, "Causes of war");
    let blank = shelf.library.write(|tx| conversations::rename(tx, first, " "));
    assert_eq!(blank.unwrap_err().code(), Code::Invalid);
    shelf.write(|tx| conversations::remove(tx, first));
    let gone = shelf.library.read(|c| conversations::turn(c, turn)).unwrap_err();
    assert_eq!(gone.code(), Code::NotFound);
    let late = shelf.library.write(|tx| conversations::append(tx, turn, "late", &[], &Provenance::default()));
    assert_eq!(late.unwrap_err().code(), Code::NotFound);
    shelf.write(|tx| rooms::remove(tx, room));
    assert!(shelf.read(|c| conversations::list(c, room)).is_empty());
}

#[test]
fn settings_hold_any_value_and_pass_over_what_they_no_longer_understand() {
    let shelf = Shelf::new();
    assert_eq!(shelf.read(|c| settings::get::<u32>(c, "last_room")), None);
    shelf.write(|tx| settings::set(tx, "last_room", &7_u32));
    shelf.write(|tx| settings::set(tx, "last_room", &8_u32));
    shelf.write(|tx| settings::set(tx, "theme", "dark"));
    assert_eq!(shelf.read(|c| settings::get::<u32>(c, "last_room")), Some(8));
    assert_eq!(shelf.read(|c| settings::get::<u32>(c, "theme")), None);
    shelf.write(|tx| settings::remove(tx, "theme"));
    assert_eq!(shelf.read(|c| settings::get::<String>(c, "theme")), None);
}
