//! Questions about a document's structure, answered exactly from what the document knows: its table of contents, its
//! page labels, and the terms it defines. No search, no ranking, no model.
//!
//! A question is recognised by its whole wording (`asked`, `wording`), and only where the room has what it names;
//! everything else goes the way of any question.

mod asked;
mod contents;
mod defined;
mod follow_up;
mod named;
mod numeral;
mod outline;
mod page;
mod place;
mod quote;
mod shelf;
mod wording;

use kernel::{Citation, RoomId};
use library::{Connection, Error};

use crate::phrases::Phrases;
use crate::verification::Pages;
use asked::Asked;
use shelf::Shelf;

pub(crate) use follow_up::follow_up;
pub(crate) use named::{Named, about, named};
pub(crate) use quote::of_term;

/// Who is named as having answered.
pub(crate) const NAME: &str = "structure";

/// An answer from a document's structure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    /// Its lines, each with its proof.
    pub(crate) lines: Vec<Line>,
    /// False when what was asked for does not exist: the lines say what there is instead.
    pub(crate) answered: bool,
}

/// A line of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its words, without markers.
    pub(crate) text: String,
    /// Its proof; none for a line that only says what the others are.
    pub(crate) citations: Vec<Citation>,
}

impl Line {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), citations: Vec::new() }
    }

    fn cited(text: impl Into<String>, citation: Option<Citation>) -> Self {
        Self { text: text.into(), citations: citation.into_iter().collect() }
    }
}

impl Reply {
    fn answered(lines: Vec<Line>) -> Self {
        Self { lines, answered: true }
    }

    fn missing(text: impl Into<String>) -> Self {
        Self { lines: vec![Line::plain(text)], answered: false }
    }
}

/// The answer to a question about structure; none for any other question, and none where the room does not have what
/// the question names.
pub(crate) fn reply(
    connection: &Connection,
    room: RoomId,
    question: &str,
    phrases: &'static dyn Phrases,
) -> Result<Option<Reply>, Error> {
    let Some(asked) = asked::recognise(question) else {
        return Ok(None);
    };
    let shelf = Shelf::of(connection, room, phrases)?;
    let mut pages = Pages::new(connection);
    match asked {
        Asked::Contents { level, of } => contents::list(&shelf, &mut pages, level, &of),
        Asked::Count { level, of } => contents::count(&shelf, &mut pages, level, &of),
        Asked::On { place, book } => place::on(&shelf, &mut pages, &place, book.as_deref()),
        Asked::Start { place, book } => place::start(&shelf, &mut pages, &place, book.as_deref()),
        Asked::Defined { term } => defined::defined(&shelf, &mut pages, &term),
        Asked::Called { description } => defined::called(&shelf, &mut pages, &description),
        Asked::Terms { of } => defined::terms(&shelf, &mut pages, &of),
    }
}
