//! Questions, one or a file of them.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use kernel::Code;
use serde::Deserialize;
use serde_json::Value;

use super::arguments::Questions;
use super::{Failure, Session, output};
use crate::app::App;

/// A question with the name its answer goes by.
#[derive(Debug, PartialEq)]
pub(super) struct Question {
    /// As given in the batch; none for the one on the command line.
    pub(super) id: Option<Value>,
    /// The words.
    pub(super) text: String,
}

/// A line of a batch; every other key of it is ignored.
#[derive(Deserialize)]
struct Line {
    id: Value,
    question: String,
}

/// Does what `each` does with every question asked for. In a batch, one that can't be done is reported and the rest goes
/// on; a question on the command line that can't be done is the verb's own failure.
pub(super) fn run(
    session: &Session,
    app: &App,
    asked: Questions,
    mut each: impl FnMut(Question) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let is_batch = asked.batch.is_some();
    if is_batch {
        app.runtime().block_on(app.retrieval.warm());
    }
    let mut failed = false;
    for question in questions(asked)? {
        let (id, done) = match question {
            Ok(question) => (question.id.clone(), each(question)),
            Err(Unreadable { id, failure }) => (id, Err(failure)),
        };
        app.mend_index();
        if let Err(failure) = done {
            if !is_batch {
                return Err(failure);
            }
            failed = true;
            say_failed(session, id, failure)?;
        }
    }
    if failed { Err(Failure::Said) } else { Ok(()) }
}

/// The questions asked for, read one at a time; a line that is none is a failure of its own, with its id if it has one.
fn questions(asked: Questions) -> Result<Box<dyn Iterator<Item = Result<Question, Unreadable>>>, Failure> {
    match asked {
        Questions { batch: Some(path), .. } => {
            let lines = open(&path)?.split(b'\n').enumerate();
            Ok(Box::new(lines.filter_map(|(at, line)| parse(at, line))))
        }
        Questions { query, batch: None } => {
            let text = query.unwrap_or_default();
            Ok(Box::new(std::iter::once(Ok(Question { id: None, text }))))
        }
    }
}

/// A line of a batch that holds no question.
#[derive(Debug)]
struct Unreadable {
    /// Its id, where at least that could be read.
    id: Option<Value>,
    /// What is wrong with it.
    failure: Failure,
}

/// One question of a batch could not be done; the batch goes on.
fn say_failed(session: &Session, id: Option<Value>, failure: Failure) -> Result<(), Failure> {
    let line = failure.into_line(id, None)?;
    if session.out.is_json() {
        return session.out.object(&line);
    }
    output::complain(line.code, &line.message);
    Ok(())
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).map_err(|error| {
        Failure::new(Code::of_io(&error), format!("The batch {} can't be read: {error}.", path.display()))
    })?;
    Ok(Box::new(BufReader::new(file)))
}

fn parse(at: usize, line: io::Result<Vec<u8>>) -> Option<Result<Question, Unreadable>> {
    let unreadable = |id, why: &dyn std::fmt::Display| {
        let message = format!("Line {} of the batch is no {{\"id\", \"question\"}}: {why}.", at + 1);
        Some(Err(Unreadable { id, failure: Failure::new(Code::Invalid, message) }))
    };
    let line = match line {
        Ok(line) => line,
        Err(error) => return unreadable(None, &error),
    };
    if line.trim_ascii().is_empty() {
        return None;
    }
    match serde_json::from_slice::<Line>(&line) {
        Ok(Line { id, question }) => Some(Ok(Question { id: Some(id), text: question })),
        Err(error) => {
            let value: Option<Value> = serde_json::from_slice(&line).ok();
            unreadable(value.and_then(|mut value| value.get_mut("id").map(Value::take)), &error)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_id_and_question_of_a_line_are_looked_at() {
        let line = br#"{"id": 7, "question": "Why?", "answer": 3}"#.to_vec();
        let question = parse(0, Ok(line)).unwrap().unwrap();
        assert_eq!(question, Question { id: Some(7.into()), text: "Why?".into() });
    }

    #[test]
    fn a_line_without_a_question_says_where_it_stands_and_keeps_its_id() {
        let error = parse(4, Ok(br#"{"id": "q5"}"#.to_vec())).unwrap().unwrap_err();
        assert_eq!(error.id, Some("q5".into()));
        let Failure::Failed { message, .. } = error.failure else { panic!("no message") };
        assert!(message.starts_with("Line 5 "), "{message}");
        assert!(parse(0, Ok(b"  \r".to_vec())).is_none());
        assert!(parse(0, Ok(vec![0xff])).unwrap().is_err());
    }
}
