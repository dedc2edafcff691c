//! Taking a quiz: what is answered is stored as it was given, then graded, and what was wrong is asked again.
//!
//! An answer is stored before anything else is done with it. One whose grade a kill took away is graded when its quiz
//! is [gone on with](resume).

mod bank;
mod begin;
mod gap;
mod marking;
mod subject;

pub use bank::{Kept, keep};
pub use begin::{Begun, Manner, begin};
use kernel::{InterfaceLanguage, QuizId};
use library::quizzes::{self, Answered, Item, ItemKind, Key, NewQuiz, Point, Question, Quiz, Verdict};
use library::{Connection, Library, Transaction, passages};
use retrieval::Retrieval;

use crate::Error;
use crate::blocking::{reading, writing, writing_durably};
use crate::grading;
use crate::phrases::phrases;
use crate::quiz::draw::draw;

/// Stores an answer and grades it, with feedback in `language`; `on_point` sees each key point of a free answer as soon
/// as it is decided.
///
/// `given` is one text, or one for each term of a matching item; nothing at all when the question is passed over.
///
/// # Errors
/// When it can't be answered (any more); when it is too long. A fault of the store.
pub async fn answer(
    retrieval: &Retrieval,
    quiz: QuizId,
    ordinal: u32,
    given: Vec<String>,
    took_ms: u32,
    language: InterfaceLanguage,
    on_point: impl FnMut(&Point),
) -> Result<Question, Error> {
    if let Some(text) = given.iter().find(|text| text.chars().count() > grading::LONGEST) {
        return Err(Error::TooLong { what: "answer", length: text.chars().count(), most: grading::LONGEST });
    }
    let library = retrieval.library();
    let now = library.now();
    let stored = move |tx: &Transaction<'_>| quizzes::answer(tx, quiz, ordinal, &given, took_ms, now);
    writing_durably(library, stored).await?;
    let question = reading(library, move |connection| quizzes::question(connection, quiz, ordinal)).await?;
    mark(retrieval, quiz, &question, language, on_point).await?;
    end_if_over(library, quiz).await?;
    reading(library, move |connection| quizzes::question(connection, quiz, ordinal)).await
}

/// A quiz with its questions, to begin or to go on with; answers without a grade get it now, with feedback in
/// `language`.
///
/// # Errors
/// Not found. A fault of the store.
pub async fn resume(
    retrieval: &Retrieval,
    quiz: QuizId,
    language: InterfaceLanguage,
) -> Result<(Quiz, Vec<Question>), Error> {
    let library = retrieval.library();
    let questions = reading(library, move |connection| quizzes::questions(connection, quiz)).await?;
    for question in &questions {
        if question.answered.as_ref().is_some_and(|answered| answered.grade.is_none()) {
            mark(retrieval, quiz, question, language, |_| {}).await?;
        }
    }
    end_if_over(library, quiz).await?;
    reading(library, move |connection| Ok((quizzes::get(connection, quiz)?, quizzes::questions(connection, quiz)?)))
        .await
}

/// Begins a quiz of what was not answered right in another one, with the options in another order.
///
/// # Errors
/// [`Error::NothingToRepeat`] when all of it was. A fault of the store.
pub fn again(library: &Library, quiz: QuizId, seed: u64) -> Result<Quiz, Error> {
    let (of, questions) =
        library.read(|connection| Ok((quizzes::get(connection, quiz)?, quizzes::questions(connection, quiz)?)))?;
    let wrong: Vec<_> = questions
        .into_iter()
        .filter(|question| question.answered.as_ref().and_then(Answered::verdict) != Some(Verdict::Correct))
        .filter_map(|question| Some((question.item?, reordered(question.asked, seed))))
        .collect();
    if wrong.is_empty() {
        return Err(Error::NothingToRepeat);
    }
    let new = NewQuiz {
        room: of.room,
        title: &of.title,
        feedback: of.feedback,
        time_limit_s: None,
        again: Some(quiz),
        questions: &wrong,
    };
    Ok(library.write(|tx| quizzes::create(tx, &new, library.now()))?)
}

/// An item with its options in an order of their own; true comes before false always.
fn reordered(mut item: Item, seed: u64) -> Item {
    if item.kind != ItemKind::TrueFalse {
        item.options.sort_by_key(|option| draw(seed, option));
    }
    item
}

/// Grades an answer that is stored, and stores the grade.
async fn mark(
    retrieval: &Retrieval,
    quiz: QuizId,
    question: &Question,
    language: InterfaceLanguage,
    on_point: impl FnMut(&Point),
) -> Result<(), Error> {
    let Some(answered) = &question.answered else { return Ok(()) };
    let library = retrieval.library();
    let item = &question.asked;
    let grade = match (&item.answer, answered.given.first()) {
        (Key::One(reference), Some(answer)) if item.kind == ItemKind::Short => {
            let answered = grading::Answered { question: &item.stem, reference, answer };
            grading::grade(retrieval, answered, language, on_point).await?
        }
        _ => {
            let (item, given) = (item.clone(), answered.given.clone());
            let marked = move |connection: &Connection| {
                marking::mark(&item, &given, phrases(language), |word| passages::hold_word(connection, word))
            };
            reading(library, marked).await?
        }
    };
    let ordinal = question.ordinal;
    writing_durably(library, move |tx| quizzes::grade(tx, quiz, ordinal, &grade)).await
}

/// A quiz has ended when its last question is answered, or its time is up.
async fn end_if_over(library: &Library, quiz: QuizId) -> Result<(), Error> {
    let now = library.now();
    let over = move |tx: &Transaction<'_>| {
        let quiz = quizzes::get(tx, quiz)?;
        let is_over = quiz.answered == quiz.questions || quiz.is_out_of_time(now);
        if quiz.ended.is_none() && is_over {
            quizzes::end(tx, quiz.quiz, now)?;
        }
        Ok(())
    };
    writing(library, over).await
}
