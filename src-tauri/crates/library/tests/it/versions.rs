//! Questions that are asked again or otherwise, and the search through all of them.

use kernel::{Code, Coded, ConversationId, Timestamp, TurnId};
use library::conversations::{self, Mode, NewTurn, Outcome, Place};
use library::rooms;

use crate::shelf::Shelf;

fn ask(shelf: &Shelf, conversation: ConversationId, question: &str, place: Place) -> TurnId {
    let new = NewTurn { place, ..NewTurn::new(question, "extractive") };
    let now = shelf.library.now();
    shelf.write(|tx| conversations::begin_turn(tx, conversation, &new, now))
}

fn answer(shelf: &Shelf, turn: TurnId, answer: &str) {
    let outcome = Outcome { answer, answered: true, ..Outcome::default() };
    shelf.write(|tx| conversations::complete(tx, turn, &outcome));
}

fn shown(shelf: &Shelf, conversation: ConversationId) -> Vec<String> {
    shelf.read(|c| conversations::turns(c, conversation)).into_iter().map(|turn| turn.question).collect()
}

#[test]
fn a_question_asked_otherwise_stands_beside_the_first_with_what_followed_it() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let talk = shelf.write(|tx| conversations::create(tx, room, "Cells", Timestamp(1))).conversation;
    let first = ask(&shelf, talk, "What is a cell?", Place::Behind);
    let second = ask(&shelf, talk, "And a virus?", Place::Behind);
    ask(&shelf, talk, "Is it alive?", Place::Behind);
    let other = ask(&shelf, talk, "And a prion?", Place::Beside(second));
    assert_eq!(shown(&shelf, talk), ["What is a cell?", "And a prion?"]);
    ask(&shelf, talk, "Where from?", Place::Behind);
    let turns = shelf.read(|c| conversations::turns(c, talk));
    assert_eq!(turns.iter().map(|turn| turn.ordinal).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((turns[0].versions.clone(), turns[1].versions.clone()), (vec![first], vec![second, other]));
    assert_eq!(turns[1].parent, Some(first));
    assert_eq!(shelf.read(|c| conversations::get(c, talk)).turns, 3);

    shelf.write(|tx| conversations::show(tx, second));
    assert_eq!(shown(&shelf, talk), ["What is a cell?", "And a virus?", "Is it alive?"]);
    let again = ask(&shelf, talk, "What is a cell?", Place::Beside(first));
    assert_eq!(shown(&shelf, talk), ["What is a cell?"]);
    assert_eq!(shelf.read(|c| conversations::turn(c, again)).versions, [first, again]);
    shelf.write(|tx| conversations::show(tx, first));
    assert_eq!(shown(&shelf, talk).last().map(String::as_str), Some("Where from?"), "the newest way on is shown");
}

#[test]
fn a_long_conversation_is_read_in_parts_from_its_end() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let talk = shelf.write(|tx| conversations::create(tx, room, "Cells", Timestamp(1))).conversation;
    assert_eq!(shelf.read(|c| conversations::last_turns(c, talk, 2)), []);
    let asked: Vec<TurnId> =
        (1..=5).map(|number| ask(&shelf, talk, &format!("Question {number}?"), Place::Behind)).collect();
    // What is not on show is no part of it.
    let other = ask(&shelf, talk, "Question 4, in other words?", Place::Beside(asked[3]));
    shelf.write(|tx| conversations::show(tx, asked[3]));
    let last = |most| -> Vec<TurnId> {
        shelf.read(|c| conversations::last_turns(c, talk, most)).iter().map(|turn| turn.turn).collect()
    };
    let before = |turn, most| -> Vec<TurnId> {
        shelf.read(|c| conversations::turns_before(c, turn, most)).iter().map(|turn| turn.turn).collect()
    };
    assert_eq!(last(2), asked[3..]);
    assert_eq!(last(9), asked);
    assert_eq!(last(0), []);
    assert_eq!(before(asked[3], 2), asked[1..3]);
    assert_eq!(before(other, 9), asked[..3]);
    assert_eq!(before(asked[1], 9), asked[..1]);
    assert_eq!(before(asked[0], 9), []);
    let missing = shelf.library.read(|c| conversations::turns_before(c, TurnId(99), 9));
    assert_eq!(missing.map_err(|error| error.code()), Err(Code::NotFound));
}

#[test]
fn a_turn_stands_beside_one_of_its_own_conversation_alone() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let create = |title| shelf.write(|tx| conversations::create(tx, room, title, Timestamp(1))).conversation;
    let (one, other) = (create("One"), create("Other"));
    assert_ne!(one, other);
    let turn = ask(&shelf, one, "Why?", Place::Behind);
    let new = NewTurn { place: Place::Beside(turn), ..NewTurn::new("How?", "extractive") };
    let refused = shelf.library.write(|tx| conversations::begin_turn(tx, other, &new, Timestamp(1))).unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
    let nowhere = ConversationId::from_bits(7);
    let refused = shelf
        .library
        .write(|tx| conversations::begin_turn(tx, nowhere, &NewTurn::new("How?", "extractive"), Timestamp(1)));
    assert_eq!(refused.unwrap_err().code(), Code::NotFound);
    assert_eq!(shelf.library.write(|tx| conversations::show(tx, TurnId(99))).unwrap_err().code(), Code::NotFound);
    shelf.write(|tx| conversations::remove(tx, one));
    assert_eq!(shelf.library.read(|c| conversations::turn(c, turn)).unwrap_err().code(), Code::NotFound);
}

#[test]
fn a_turn_keeps_how_it_was_to_be_answered_and_of_what() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let talk = shelf.write(|tx| conversations::create(tx, room, "Cells", Timestamp(1))).conversation;
    let document = shelf.document(room, "a");
    let subject = conversations::Subject { document, section: Some(3) };
    let new = NewTurn { mode: Mode::Summary, subject: Some(subject), ..NewTurn::new("Summarise it", "extractive") };
    let turn = shelf.write(|tx| conversations::begin_turn(tx, talk, &new, Timestamp(1)));
    let turn = shelf.read(|c| conversations::turn(c, turn));
    assert_eq!((turn.mode, turn.subject), (Mode::Summary, Some(subject)));
}

#[test]
fn questions_and_answers_are_found_by_their_words_in_every_version() {
    let shelf = Shelf::new();
    let (biology, history) = (shelf.room("Biology"), shelf.room("History"));
    let create = |room, title| shelf.write(|tx| conversations::create(tx, room, title, Timestamp(1))).conversation;
    let (cells, wars) = (create(biology, "Cells"), create(history, "Wars"));
    let first = ask(&shelf, cells, "What do ribosomes make?", Place::Behind);
    answer(&shelf, first, "Ribosomes build proteins. [1]");
    let again = ask(&shelf, cells, "What do ribosomes make?", Place::Beside(first));
    answer(&shelf, again, "光合作用 of a cell is elsewhere. [1]");
    let war = ask(&shelf, wars, "Who began it?", Place::Behind);
    let found = |room, query: &str| -> Vec<TurnId> {
        shelf.read(|c| conversations::search(c, room, query, 10)).into_iter().map(|found| found.turn).collect()
    };
    assert_eq!(found(None, "protein"), [first], "endings are folded, and versions that are not on show are found");
    assert_eq!(found(None, "ribosomes prot"), [first], "the last word may be unfinished");
    assert_eq!(found(Some(history), "protein"), []);
    assert_eq!(found(None, "began"), [war], "a question is found while it is being answered");
    assert_eq!(found(None, "光合"), [again]);
    assert_eq!(found(None, "\"OR* NEAR(began"), [], "nothing in a query is an operator");
    assert_eq!(found(None, " ? "), []);
    let hit = &shelf.read(|c| conversations::search(c, None, "proteins", 10))[0];
    assert_eq!(hit.conversation.conversation, cells);
    assert!(hit.excerpt.iter().any(|part| part.found && part.text == "proteins"), "{hit:?}");
    shelf.write(|tx| conversations::remove(tx, cells));
    assert_eq!(found(None, "protein"), []);
    shelf.write(|tx| rooms::remove(tx, history));
    assert_eq!(found(None, "began"), []);
    let left = "SELECT count(*) FROM turns_fts";
    assert_eq!(shelf.read(|c| Ok(c.query_row(left, [], |row| row.get::<_, u32>(0))?)), 0);
}
