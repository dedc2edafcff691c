//! Quizzes that are, or were, taken.

use kernel::{QuizId, QuizItemId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Grade, Item, Verdict};
use crate::stored::{self, Named, is_null};
use crate::{Error, rooms};

/// When it is told what was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Feedback {
    /// Behind every answer.
    #[default]
    AtOnce,
    /// Behind the last one, as in a test.
    AtTheEnd,
}

impl Named for Feedback {
    const NAMES: &'static [(Self, &'static str)] = &[(Self::AtOnce, "at_once"), (Self::AtTheEnd, "at_the_end")];
}

/// A quiz and how it goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Quiz {
    /// Its number.
    pub quiz: QuizId,
    /// The room it is about.
    pub room: RoomId,
    /// What it asks about, for people.
    pub title: String,
    /// When it is told what was right.
    pub feedback: Feedback,
    /// Seconds for all of it, counted from when it was made; none without a limit.
    pub time_limit_s: Option<u32>,
    /// The quiz whose wrong answers it asks again.
    pub again: Option<QuizId>,
    /// When it was made, and its clock began.
    pub created: Timestamp,
    /// When it ended; none while it can be gone on with.
    pub ended: Option<Timestamp>,
    /// How much it asks.
    pub questions: u32,
    /// How much of it is answered.
    pub answered: u32,
    /// How many answers count as right: by the person's own word where they have appealed.
    pub correct: u32,
}

impl Quiz {
    /// Whether its time was up at a moment.
    pub fn is_out_of_time(&self, at: Timestamp) -> bool {
        self.time_limit_s.is_some_and(|seconds| at.0 > self.created.0 + i64::from(seconds) * 1000)
    }
}

/// A quiz that is about to begin.
#[derive(Clone, Debug, PartialEq)]
pub struct NewQuiz<'a> {
    /// The room it is about.
    pub room: RoomId,
    /// What it asks about, for people.
    pub title: &'a str,
    /// When it is told what was right.
    pub feedback: Feedback,
    /// Seconds for all of it.
    pub time_limit_s: Option<u32>,
    /// The quiz whose wrong answers it asks again.
    pub again: Option<QuizId>,
    /// What it asks, in this order and in these words.
    pub questions: &'a [(QuizItemId, Item)],
}

/// A question of a quiz.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Question {
    /// Its place in the quiz, from 1.
    pub ordinal: u32,
    /// The item that it was made of, while that is there.
    pub item: Option<QuizItemId>,
    /// What it asks, as it was asked.
    pub asked: Item,
    /// What was answered; none before.
    pub answered: Option<Answered>,
}

/// An answer to a question of a quiz.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Answered {
    /// As it was given: one text, or one for each term. None at all when it was passed over.
    pub given: Vec<String>,
    /// When.
    pub at: Timestamp,
    /// How long the question was looked at, in milliseconds.
    pub took_ms: u32,
    /// What it is worth; none while that is being worked out.
    pub grade: Option<Grade>,
    /// What the person says that it is, against the verdict.
    pub appeal: Option<Verdict>,
}

impl Answered {
    /// What it counts as: what the person says, or else the grade.
    pub fn verdict(&self) -> Option<Verdict> {
        self.appeal.or(self.grade.as_ref().map(|grade| grade.verdict))
    }
}

const COLUMNS: &str = "q.quiz, q.room, q.title, q.feedback, q.time_limit, q.again, q.created, q.ended,
    (SELECT count(*) FROM quiz_questions a WHERE a.quiz = q.quiz),
    (SELECT count(answered) FROM quiz_questions a WHERE a.quiz = q.quiz),
    (SELECT count(*) FROM quiz_questions a WHERE a.quiz = q.quiz AND coalesce(a.appeal, a.verdict) = 'correct')";

fn read(row: &Row<'_>) -> rusqlite::Result<Quiz> {
    Ok(Quiz {
        quiz: QuizId(row.get(0)?),
        room: RoomId(row.get(1)?),
        title: row.get(2)?,
        feedback: stored::named(row, 3)?,
        time_limit_s: row.get(4)?,
        again: row.get::<_, Option<i64>>(5)?.map(QuizId),
        created: Timestamp(row.get(6)?),
        ended: row.get::<_, Option<i64>>(7)?.map(Timestamp),
        questions: row.get(8)?,
        answered: row.get(9)?,
        correct: row.get(10)?,
    })
}

/// Begins a quiz: its clock runs from now on.
///
/// # Errors
/// Not found when the room is gone, and `Invalid` when nothing is asked.
pub fn create(tx: &Transaction<'_>, new: &NewQuiz<'_>, now: Timestamp) -> Result<Quiz, Error> {
    rooms::get(tx, new.room)?;
    if new.questions.is_empty() {
        return Err(Error::Invalid("A quiz needs a question.".into()));
    }
    let quiz = tx
        .prepare_cached(
            "INSERT INTO quizzes (room, title, feedback, time_limit, again, created)
             VALUES (?, ?, ?, ?, ?, ?) RETURNING quiz",
        )?
        .query_row(
            (new.room.0, new.title, new.feedback.stored_name(), new.time_limit_s, new.again.map(|quiz| quiz.0), now.0),
            |row| row.get(0),
        )
        .map(QuizId)?;
    let mut insert =
        tx.prepare_cached("INSERT INTO quiz_questions (quiz, ordinal, item, asked) VALUES (?, ?, ?, ?)")?;
    for (ordinal, (item, asked)) in (1u32..).zip(new.questions) {
        insert.execute((quiz.0, ordinal, item.0, stored::to_json(asked)?))?;
    }
    get(tx, quiz)
}

/// One quiz.
pub fn get(connection: &Connection, quiz: QuizId) -> Result<Quiz, Error> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM quizzes q WHERE quiz = ?"))?
        .query_row([quiz.0], read)
        .optional()?
        .ok_or_else(|| Error::not_found("quiz", quiz))
}

/// The quizzes of a room, the newest first.
pub fn list(connection: &Connection, room: RoomId) -> Result<Vec<Quiz>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM quizzes q WHERE room = ? ORDER BY created DESC, quiz DESC");
    let mut quizzes = connection.prepare_cached(&sql)?;
    let rows = quizzes.query_map([room.0], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Removes a quiz with its answers; its items stay.
pub fn remove(tx: &Transaction<'_>, quiz: QuizId) -> Result<(), Error> {
    let removed = tx.prepare_cached("DELETE FROM quizzes WHERE quiz = ?")?.execute([quiz.0])?;
    if removed == 0 { Err(Error::not_found("quiz", quiz)) } else { Ok(()) }
}

const QUESTION: &str = "ordinal, item, asked, given, answered, took_ms, grade, appeal";

fn read_question(row: &Row<'_>) -> rusqlite::Result<Question> {
    let answered = match row.get::<_, Option<i64>>(4)? {
        None => None,
        Some(at) => Some(Answered {
            given: stored::from_json(row, 3)?,
            at: Timestamp(at),
            took_ms: row.get(5)?,
            grade: if is_null(row, 6)? { None } else { Some(stored::from_json(row, 6)?) },
            appeal: if is_null(row, 7)? { None } else { Some(stored::named(row, 7)?) },
        }),
    };
    Ok(Question {
        ordinal: row.get(0)?,
        item: row.get::<_, Option<i64>>(1)?.map(QuizItemId),
        asked: stored::from_json(row, 2)?,
        answered,
    })
}

/// What a quiz asks, in order.
pub fn questions(connection: &Connection, quiz: QuizId) -> Result<Vec<Question>, Error> {
    let sql = format!("SELECT {QUESTION} FROM quiz_questions WHERE quiz = ? ORDER BY ordinal");
    let mut questions = connection.prepare_cached(&sql)?;
    let rows = questions.query_map([quiz.0], read_question)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One question of a quiz.
pub fn question(connection: &Connection, quiz: QuizId, ordinal: u32) -> Result<Question, Error> {
    connection
        .prepare_cached(&format!("SELECT {QUESTION} FROM quiz_questions WHERE quiz = ? AND ordinal = ?"))?
        .query_row((quiz.0, ordinal), read_question)
        .optional()?
        .ok_or_else(|| Error::not_found("question of this quiz", ordinal))
}

/// Stores an answer as it was given; what it is worth comes [later](grade).
///
/// # Errors
/// `Invalid` when it is answered already, when the quiz has ended, and when its time is up.
pub fn answer(
    tx: &Transaction<'_>,
    quiz: QuizId,
    ordinal: u32,
    given: &[String],
    took_ms: u32,
    now: Timestamp,
) -> Result<(), Error> {
    let taken = get(tx, quiz)?;
    if taken.ended.is_some() {
        return Err(Error::Invalid("This quiz has ended: what it asked can be asked again in another one.".into()));
    }
    if taken.is_out_of_time(now) {
        return Err(Error::Invalid("The time of this test is up.".into()));
    }
    if question(tx, quiz, ordinal)?.answered.is_some() {
        return Err(Error::Invalid("This question is answered already; answers stay as they were given.".into()));
    }
    tx.prepare_cached("UPDATE quiz_questions SET given = ?, answered = ?, took_ms = ? WHERE quiz = ? AND ordinal = ?")?
        .execute((stored::to_json(given)?, now.0, took_ms, quiz.0, ordinal))?;
    Ok(())
}

/// Stores what an answer is worth.
///
/// # Errors
/// `Invalid` when nothing is answered yet.
pub fn grade(tx: &Transaction<'_>, quiz: QuizId, ordinal: u32, grade: &Grade) -> Result<(), Error> {
    let graded = tx
        .prepare_cached(
            "UPDATE quiz_questions SET grade = ?, score = ?, verdict = ?
             WHERE quiz = ? AND ordinal = ? AND answered IS NOT NULL",
        )?
        .execute((stored::to_json(grade)?, grade.score, grade.verdict.stored_name(), quiz.0, ordinal))?;
    if graded == 0 { Err(unanswered()) } else { Ok(()) }
}

/// Stores what the person says that their answer is; none takes that back.
///
/// # Errors
/// `Invalid` when the answer has no grade yet.
pub fn appeal(tx: &Transaction<'_>, quiz: QuizId, ordinal: u32, says: Option<Verdict>) -> Result<(), Error> {
    let says = says.map(Named::stored_name);
    let done = tx
        .prepare_cached("UPDATE quiz_questions SET appeal = ? WHERE quiz = ? AND ordinal = ? AND verdict IS NOT NULL")?
        .execute((says, quiz.0, ordinal))?;
    if done == 0 { Err(unanswered()) } else { Ok(()) }
}

fn unanswered() -> Error {
    Error::Invalid("This question has no graded answer yet.".into())
}

/// Ends a quiz; what is not answered stays so. A quiz that has ended stays as it is.
pub fn end(tx: &Transaction<'_>, quiz: QuizId, now: Timestamp) -> Result<Quiz, Error> {
    tx.prepare_cached("UPDATE quizzes SET ended = ? WHERE quiz = ? AND ended IS NULL")?.execute((now.0, quiz.0))?;
    get(tx, quiz)
}
