//! What is asked, what is answered, and what people decide about it.

use kernel::{Citation, Code, Coded, DocumentId, QuizItemId, RoomId, Timestamp};
use library::quizzes::{
    self, Feedback, Grade, Item, ItemKind, ItemState, Key, NewQuiz, Quiz, RejectReason, Statistics, Verdict,
};
use library::{documents, rooms};

use crate::shelf::Shelf;

fn item(document: DocumentId, stem: &str, key: &str) -> Item {
    Item {
        kind: ItemKind::Choice,
        stem: stem.into(),
        terms: Vec::new(),
        options: vec![key.into(), "mitochondria".into()],
        answer: Key::One(key.into()),
        explanation: "It says so.".into(),
        further: Vec::new(),
        citation: Citation {
            document,
            title: "Cells".into(),
            page: Some(1),
            label: None,
            locator: None,
            quote: "Ribosomes make proteins.".into(),
            boxes: Vec::new(),
            changed: false,
        },
        confidence: 0.8,
    }
}

fn grade(verdict: Verdict) -> Grade {
    Grade { score: 0.5, verdict, points: Vec::new(), feedback: String::new() }
}

struct Room {
    shelf: Shelf,
    room: RoomId,
    document: DocumentId,
}

impl Room {
    fn new() -> Self {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let document = shelf.document(room, "a");
        Self { shelf, room, document }
    }

    fn made(&self, stem: &str, state: ItemState) -> (QuizItemId, Item) {
        let body = item(self.document, stem, "ribosomes");
        let made = self.shelf.write(|tx| quizzes::add(tx, self.room, &body, "rules", state, Timestamp(1)));
        (made, body)
    }

    fn quiz(&self, questions: &[(QuizItemId, Item)], time_limit_s: Option<u32>) -> Quiz {
        let new = NewQuiz {
            room: self.room,
            title: "Cells",
            feedback: Feedback::AtOnce,
            time_limit_s,
            again: None,
            questions,
        };
        self.shelf.write(|tx| quizzes::create(tx, &new, Timestamp(1000)))
    }

    fn answer(&self, quiz: &Quiz, ordinal: u32, given: &str, at: i64) -> Result<(), library::Error> {
        let given = [given.to_owned()];
        self.shelf.library.write(|tx| quizzes::answer(tx, quiz.quiz, ordinal, &given, 900, Timestamp(at)))
    }
}

#[test]
fn answers_stay_as_they_were_given() {
    let room = Room::new();
    let quiz = room.quiz(&[room.made("Which?", ItemState::Ready), room.made("What?", ItemState::Ready)], None);
    assert_eq!((quiz.questions, quiz.answered, quiz.ended), (2, 0, None));
    room.answer(&quiz, 1, "  Ribosomes ", 2000).unwrap();
    assert_eq!(room.answer(&quiz, 1, "mitochondria", 3000).unwrap_err().code(), Code::Invalid);
    assert_eq!(room.answer(&quiz, 3, "mitochondria", 3000).unwrap_err().code(), Code::NotFound);
    let questions = room.shelf.read(|c| quizzes::questions(c, quiz.quiz));
    let answered = questions[0].answered.as_ref().unwrap();
    assert_eq!((answered.given.as_slice(), answered.at), (&["  Ribosomes ".to_owned()][..], Timestamp(2000)));
    assert_eq!((answered.took_ms, answered.verdict()), (900, None));
    assert!(questions[1].answered.is_none());
}

#[test]
fn a_person_has_the_last_word_and_the_grade_stays_beside_it() {
    let room = Room::new();
    let quiz = room.quiz(&[room.made("Which?", ItemState::Ready)], None);
    let appeal = |says| room.shelf.library.write(|tx| quizzes::appeal(tx, quiz.quiz, 1, says));
    assert_eq!(appeal(Some(Verdict::Correct)).unwrap_err().code(), Code::Invalid);
    room.answer(&quiz, 1, "the ribosome", 2000).unwrap();
    room.shelf.write(|tx| quizzes::grade(tx, quiz.quiz, 1, &grade(Verdict::Incorrect)));
    let counted = || {
        let now = room.shelf.read(|c| quizzes::get(c, quiz.quiz));
        (now.answered, now.correct, room.shelf.read(|c| quizzes::statistics(c, room.room)))
    };
    let statistics = |correct, appealed| Statistics {
        kind: ItemKind::Choice,
        answered: 1,
        correct,
        partial: 0,
        incorrect: 1 - correct,
        unsure: 0,
        appealed,
    };
    assert_eq!(counted(), (1, 0, vec![statistics(0, 0)]));
    appeal(Some(Verdict::Correct)).unwrap();
    assert_eq!(counted(), (1, 1, vec![statistics(1, 1)]));
    let question = room.shelf.read(|c| quizzes::question(c, quiz.quiz, 1)).answered.unwrap();
    assert_eq!(question.grade.map(|grade| grade.verdict), Some(Verdict::Incorrect));
    appeal(None).unwrap();
    assert_eq!(counted(), (1, 0, vec![statistics(0, 0)]));
}

#[test]
fn a_test_takes_no_answer_when_its_time_is_up_nor_when_it_has_ended() {
    let room = Room::new();
    let questions = [room.made("Which?", ItemState::Ready), room.made("What?", ItemState::Ready)];
    let quiz = room.quiz(&questions, Some(60));
    room.answer(&quiz, 1, "ribosomes", 61_000).unwrap();
    assert!(room.answer(&quiz, 2, "ribosomes", 61_001).unwrap_err().to_string().contains("time"));
    let untimed = room.quiz(&questions, None);
    let ended = room.shelf.write(|tx| quizzes::end(tx, untimed.quiz, Timestamp(5)));
    assert_eq!(ended.ended, Some(Timestamp(5)));
    assert_eq!(room.shelf.write(|tx| quizzes::end(tx, untimed.quiz, Timestamp(9))).ended, Some(Timestamp(5)));
    assert!(room.answer(&untimed, 1, "ribosomes", 6).is_err());
}

#[test]
fn decisions_are_counted_and_can_be_taken_back() {
    let room = Room::new();
    let [first, second, third] = ["Which?", "What?", "Who?"].map(|stem| room.made(stem, ItemState::Draft));
    assert_eq!(room.shelf.read(|c| quizzes::drafts(c, room.room)), 3);
    let better = item(room.document, "Which part of a cell makes proteins?", "ribosomes");
    room.shelf.write(|tx| quizzes::approve(tx, first.0, Some(&better), Timestamp(5)));
    room.shelf.write(|tx| quizzes::reject(tx, second.0, RejectReason::Ambiguous, Timestamp(6)));
    assert_eq!(room.shelf.read(|c| quizzes::item(c, first.0)).body, better);
    let decisions = room.shelf.read(quizzes::decisions);
    assert_eq!(decisions.len(), 1);
    assert_eq!((decisions[0].approved, decisions[0].rejected.as_slice()), (1, &[(RejectReason::Ambiguous, 1)][..]));
    let twice = room.shelf.library.write(|tx| quizzes::approve(tx, second.0, None, Timestamp(7)));
    assert_eq!(twice.unwrap_err().code(), Code::NotFound);
    room.shelf.write(|tx| quizzes::reopen(tx, second.0));
    let drafts = room.shelf.read(|c| quizzes::items(c, room.room, ItemState::Draft));
    assert_eq!(drafts.iter().map(|draft| draft.item).collect::<Vec<_>>(), [second.0, third.0]);
}

#[test]
fn what_was_asked_outlives_its_document_and_goes_with_its_room() {
    let room = Room::new();
    let asked = room.made("Which?", ItemState::Ready);
    let quiz = room.quiz(std::slice::from_ref(&asked), None);
    room.shelf.write(|tx| documents::remove(tx, room.document));
    let stored = room.shelf.read(|c| quizzes::item(c, asked.0));
    assert_eq!((stored.document, &stored.body.citation.quote), (None, &asked.1.citation.quote));
    assert_eq!(room.shelf.read(|c| quizzes::questions(c, quiz.quiz))[0].asked, asked.1);
    room.shelf.write(|tx| rooms::remove(tx, room.room));
    assert!(room.shelf.library.read(|c| quizzes::get(c, quiz.quiz)).is_err());
    assert!(room.shelf.library.read(|c| quizzes::item(c, asked.0)).is_err());
}

#[test]
fn an_item_whose_words_a_new_edition_has_not_waits_for_a_look() {
    let room = Room::new();
    let kept = room.made("Which?", ItemState::Ready);
    let mut other = item(room.document, "What?", "ribosomes");
    other.citation.quote = "Ribosomes are huge.".into();
    let lost = room.shelf.write(|tx| quizzes::add(tx, room.room, &other, "rules", ItemState::Ready, Timestamp(1)));
    let quiz = room.quiz(&[(lost, other)], None);
    room.shelf.page(room.document, 1, "An index.");
    room.shelf.page(room.document, 2, "Ribosomes make proteins.");
    assert_eq!(room.shelf.write(|tx| quizzes::follow_edition(tx, room.document)), 1);
    let stored = |item| room.shelf.read(|c| quizzes::item(c, item));
    assert_eq!((stored(kept.0).state, stored(kept.0).body.citation.page), (ItemState::Ready, Some(2)));
    assert_eq!((stored(lost).state, stored(lost).body.citation.changed), (ItemState::Draft, true));
    assert!(room.shelf.read(|c| quizzes::questions(c, quiz.quiz))[0].asked.citation.changed);
}
