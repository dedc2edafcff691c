//! What a verb does again and again: for the one thing on the command line, or for every line of a file.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use kernel::Code;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::arguments::Questions;
use super::{Failure, Session, output};
use crate::app::App;

/// What stands in a line of a batch beside its id; every other key is ignored.
pub(super) trait Line: DeserializeOwned {
    /// The keys of a line, as they are written in a message.
    const SHAPE: &'static str;
}

/// A question.
#[derive(Debug, Deserialize, PartialEq)]
pub(super) struct Question {
    /// The words.
    #[serde(rename = "question")]
    pub(super) text: String,
}

impl Line for Question {
    const SHAPE: &'static str = r#"{"id", "question"}"#;
}

/// One thing to do, or a file of them.
#[derive(Debug)]
pub(super) enum Given<T> {
    /// What stands on the command line.
    One(T),
    /// A file, `-` for standard input, with one a line.
    Batch(PathBuf),
}

impl From<Questions> for Given<Question> {
    fn from(questions: Questions) -> Self {
        match questions.batch {
            Some(file) => Self::Batch(file),
            None => Self::One(Question { text: questions.query.unwrap_or_default() }),
        }
    }
}

/// A line with the name that what comes of it goes by; none for what stands on the command line.
#[derive(Debug, Deserialize)]
struct Named<T> {
    id: Option<Value>,
    #[serde(flatten)]
    what: T,
}

/// Does what `each` does with everything given and its id. In a batch, one that can't be done is reported and the rest
/// goes on; what stands on the command line and can't be done is the verb's own failure.
pub(super) fn run<T: Line + 'static>(
    session: &Session,
    app: &App,
    given: Given<T>,
    mut each: impl FnMut(Option<Value>, T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if matches!(given, Given::Batch(_)) {
        app.runtime().block_on(app.retrieval.warm());
    }
    each_of(session, given, |id, what| {
        let done = each(id, what);
        app.mend_index();
        done
    })
}

/// The same for what needs nothing but the library.
pub(super) fn each_of<T: Line + 'static>(
    session: &Session,
    given: Given<T>,
    mut each: impl FnMut(Option<Value>, T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let is_batch = matches!(given, Given::Batch(_));
    let mut failed = false;
    for line in lines(given)? {
        let (id, done) = match line {
            Ok(Named { id, what }) => (id.clone(), each(id, what)),
            Err(Unreadable { id, failure }) => (id, Err(failure)),
        };
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

/// Lines, read one at a time.
type Lines<T> = Box<dyn Iterator<Item = Result<Named<T>, Unreadable>>>;

/// What is given; a line that can't be read is a failure of its own, with its id if it has one.
fn lines<T: Line + 'static>(given: Given<T>) -> Result<Lines<T>, Failure> {
    match given {
        Given::Batch(path) => {
            let lines = open(&path)?.split(b'\n').enumerate();
            Ok(Box::new(lines.filter_map(|(at, line)| parse(at, line))))
        }
        Given::One(what) => Ok(Box::new(std::iter::once(Ok(Named { id: None, what })))),
    }
}

/// A line of a batch that isn't what it should be.
#[derive(Debug)]
struct Unreadable {
    /// Its id, where at least that could be read.
    id: Option<Value>,
    /// What is wrong with it.
    failure: Failure,
}

/// One line of a batch could not be done; the batch goes on.
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

fn parse<T: Line>(at: usize, line: io::Result<Vec<u8>>) -> Option<Result<Named<T>, Unreadable>> {
    let unreadable = |id, why: &dyn std::fmt::Display| {
        let message = format!("Line {} of the batch is no {}: {why}.", at + 1, T::SHAPE);
        Some(Err(Unreadable { id, failure: Failure::new(Code::Invalid, message) }))
    };
    let line = match line {
        Ok(line) => line,
        Err(error) => return unreadable(None, &error),
    };
    if line.trim_ascii().is_empty() {
        return None;
    }
    let value: Value = match serde_json::from_slice(&line) {
        Ok(value) => value,
        Err(error) => return unreadable(None, &error),
    };
    let id = value.get("id").cloned();
    if id.is_none() {
        return unreadable(None, &"it has no id");
    }
    match serde_json::from_value(value) {
        Ok(named) => Some(Ok(named)),
        Err(error) => unreadable(id, &error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn parsed(at: usize, line: &[u8]) -> Option<Result<Named<Question>, Unreadable>> {
        parse(at, Ok(line.to_vec()))
    }

    #[test]
    fn only_id_and_question_of_a_line_are_looked_at() {
        let named = parsed(0, br#"{"id": 7, "question": "Why?", "answer": 3}"#).unwrap().unwrap();
        assert_eq!((named.id, named.what), (Some(7.into()), Question { text: "Why?".into() }));
    }

    #[test]
    fn a_line_without_a_question_says_where_it_stands_and_keeps_its_id() {
        let error = parsed(4, br#"{"id": "q5"}"#).unwrap().unwrap_err();
        assert_eq!(error.id, Some("q5".into()));
        let Failure::Failed { message, .. } = error.failure else { panic!("no message") };
        assert!(message.starts_with("Line 5 ") && message.contains(Question::SHAPE), "{message}");
        assert!(parsed(0, b"  \r").is_none());
        assert!(parsed(0, &[0xff]).unwrap().is_err());
        assert!(parsed(0, br#"{"question": "Whose?"}"#).unwrap().is_err());
    }
}
