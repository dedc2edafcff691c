//! Quizzes that are taken: answers, grades, what a kill leaves, and what is asked again.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use kernel::{Citation, Coded, DocumentId, InterfaceLanguage, LibraryFolder, NativeParts, QuizId, RoomId, SystemClock};
use library::quizzes::{self, Answered, Feedback, Item, ItemKind, ItemState, Key, NewQuiz, Verdict};
use library::{Library, rooms};
use retrieval::{ModelFiles, Retrieval, Spaces};
use study::taking;
use tempfile::TempDir;

/// A library that is searched by words alone.
struct Desk {
    retrieval: Retrieval,
    room: RoomId,
    _folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock)).unwrap();
        let native = NativeParts::new(folder.path().join("none"));
        let spaces = Spaces::open(&library, &native, &ModelFiles::built_in(&native), 1).unwrap();
        let room = library.write(|tx| rooms::create(tx, "Cells", library.now())).unwrap().room;
        Self { retrieval: Retrieval::new(library, spaces), room, _folder: folder }
    }

    fn library(&self) -> &Library {
        self.retrieval.library()
    }

    fn quiz(&self, items: &[Item], time_limit_s: Option<u32>) -> QuizId {
        let library = self.library();
        let made = library.write(|tx| {
            let mut questions = Vec::new();
            for body in items {
                let item = quizzes::add(tx, self.room, body, "rules", ItemState::Ready, library.now())?;
                questions.push((item, body.clone()));
            }
            let new = NewQuiz {
                room: self.room,
                title: "Cells",
                feedback: Feedback::AtOnce,
                time_limit_s,
                again: None,
                questions: &questions,
            };
            quizzes::create(tx, &new, library.now())
        });
        made.unwrap().quiz
    }

    async fn answer(&self, quiz: QuizId, ordinal: u32, given: &str) -> Result<Option<Verdict>, study::Error> {
        let answered =
            taking::answer(&self.retrieval, quiz, ordinal, vec![given.to_owned()], 1200, InterfaceLanguage::En, |_| ())
                .await?;
        Ok(answered.answered.as_ref().and_then(Answered::verdict))
    }
}

fn item(kind: ItemKind, stem: &str, options: &[&str], key: &str) -> Item {
    Item {
        kind,
        stem: stem.to_owned(),
        terms: Vec::new(),
        options: options.iter().map(|&option| option.to_owned()).collect(),
        answer: Key::One(key.to_owned()),
        explanation: String::new(),
        citation: Citation {
            document: DocumentId(1),
            title: "Cells".to_owned(),
            page: Some(1),
            label: None,
            locator: None,
            quote: "Ribosomes make proteins.".to_owned(),
            boxes: Vec::new(),
            changed: false,
        },
        further: Vec::new(),
        confidence: 0.9,
    }
}

fn three() -> [Item; 3] {
    let options = ["ribosome", "nucleus", "membrane", "vacuole"];
    [
        item(ItemKind::Choice, "Which part of a cell makes proteins?", &options, "ribosome"),
        item(ItemKind::Cloze, "Proteins are made by the _____.", &[], "ribosomes"),
        item(ItemKind::TrueFalse, "The nucleus makes proteins.", &["true", "false"], "false"),
    ]
}

#[tokio::test]
async fn a_quiz_ends_with_its_last_answer_and_what_was_wrong_is_asked_again() {
    let desk = Desk::new();
    let quiz = desk.quiz(&three(), None);
    assert_eq!(desk.answer(quiz, 1, "nucleus").await.unwrap(), Some(Verdict::Incorrect));
    assert_eq!(desk.answer(quiz, 2, "ribosome").await.unwrap(), Some(Verdict::Correct));
    let (under_way, _) = taking::resume(&desk.retrieval, quiz, InterfaceLanguage::En).await.unwrap();
    assert_eq!((under_way.ended, under_way.answered), (None, 2));
    assert_eq!(desk.answer(quiz, 3, "false").await.unwrap(), Some(Verdict::Correct));
    let (over, questions) = taking::resume(&desk.retrieval, quiz, InterfaceLanguage::En).await.unwrap();
    assert!(over.ended.is_some());
    assert_eq!((over.answered, over.correct), (3, 2));
    assert!(desk.answer(quiz, 1, "ribosome").await.is_err(), "an answer was given twice");

    let again = taking::again(desk.library(), quiz, 1).unwrap();
    assert_eq!((again.again, again.questions), (Some(quiz), 1));
    let asked = desk.library().read(|connection| quizzes::question(connection, again.quiz, 1)).unwrap();
    let (mut before, mut now) = (questions[0].asked.options.clone(), asked.asked.options);
    before.sort();
    now.sort();
    assert_eq!((asked.item, before), (questions[0].item, now));
    desk.answer(again.quiz, 1, "ribosome").await.unwrap();
    let nothing = taking::again(desk.library(), again.quiz, 1);
    assert!(nothing.is_err_and(|error| error.to_string().contains("nothing to ask again")));
}

#[tokio::test]
async fn an_answer_that_a_kill_left_without_a_grade_gets_it_later() {
    let desk = Desk::new();
    let quiz = desk.quiz(&three()[..1], None);
    let library = desk.library();
    let given = ["ribosome".to_owned()];
    library.write(|tx| quizzes::answer(tx, quiz, 1, &given, 900, library.now())).unwrap();
    let (over, questions) = taking::resume(&desk.retrieval, quiz, InterfaceLanguage::En).await.unwrap();
    assert_eq!(questions[0].answered.as_ref().and_then(Answered::verdict), Some(Verdict::Correct));
    assert!(over.ended.is_some());
}

#[tokio::test]
async fn a_free_answer_is_held_against_its_reference_point_by_point() {
    let desk = Desk::new();
    let reference = "Arteries carry blood away from the heart, while veins bring it back.";
    let quiz = desk.quiz(&[item(ItemKind::Short, "What do arteries and veins do?", &[], reference)], None);
    let mut told = Vec::new();
    let given = vec!["Arteries carry blood away from the heart.".to_owned()];
    let question =
        taking::answer(&desk.retrieval, quiz, 1, given, 900, InterfaceLanguage::En, |point| told.push(point.clone()))
            .await;
    let grade = question.unwrap().answered.and_then(|answered| answered.grade).unwrap();
    assert_eq!((told.len(), &told), (2, &grade.points));
    assert!(grade.score > 0.3 && grade.score < 0.9, "{grade:?}");
}

#[tokio::test]
async fn a_test_whose_time_is_up_ends_and_an_answer_beyond_all_measure_is_refused() {
    let desk = Desk::new();
    let quiz = desk.quiz(&three(), Some(0));
    // The clock is the machine's own: a millisecond passes before the second look.
    while desk.answer(quiz, 1, "ribosome").await.is_ok() {}
    let (over, _) = taking::resume(&desk.retrieval, quiz, InterfaceLanguage::En).await.unwrap();
    assert!(over.ended.is_some());
    let endless = desk.quiz(&three(), None);
    let error = desk.answer(endless, 2, &"x".repeat(5000)).await.unwrap_err();
    assert_eq!(error.code(), kernel::Code::Invalid);
    assert!(error.to_string().contains("5000"), "{error}");
}
