//! A few words, looked for in everything there is: what a person wants to jump to.
//!
//! By words alone, the last of which may be the beginning of one. Titles and names are compared one by one, texts are
//! found by their full-text indexes. What the open room has comes first.

mod named;
mod texts;

use kernel::{CardId, DocumentId, Locator, NoteId, PageBox, PassageId, QuizId, RoomId, Timestamp};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::fulltext::{self, TextRun, words};
use crate::{Error, annotations, conversations};

/// What a few words find, the best of each kind first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Everything {
    /// Rooms, by their names.
    pub rooms: Vec<FoundRoom>,
    /// Documents, by title, file name and tags.
    pub documents: Vec<FoundDocument>,
    /// Places in documents.
    pub passages: Vec<FoundPassage>,
    /// Questions and answers.
    pub turns: Vec<conversations::Found>,
    /// What cards are made of.
    pub notes: Vec<FoundNote>,
    /// Highlights, and notes on pages.
    pub annotations: Vec<annotations::Found>,
    /// Quizzes, by their titles.
    pub quizzes: Vec<FoundQuiz>,
}

/// A room whose name has the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FoundRoom {
    /// The room.
    pub room: RoomId,
    /// Its name.
    pub name: Vec<TextRun>,
    /// Its colour, in degrees of the colour circle.
    pub hue: u16,
}

/// A document whose title, file name or tags have the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FoundDocument {
    /// The document.
    pub document: DocumentId,
    /// Its room.
    pub room: RoomId,
    /// Its title.
    pub title: Vec<TextRun>,
    /// The file name and the tags, where the title alone does not have all of the words; else nothing.
    pub beside: Vec<TextRun>,
    /// When somebody last came to read it.
    pub opened: Option<Timestamp>,
}

/// A place in a document that has the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FoundPassage {
    /// The passage.
    pub passage: PassageId,
    /// Its document.
    pub document: DocumentId,
    /// That document's room.
    pub room: RoomId,
    /// The document's title.
    pub title: String,
    /// Where the line stands: the page, or the part that a viewer shows where the format has no pages.
    pub page: u32,
    /// The page's printed label.
    pub label: Option<String>,
    /// The same in a format without pages.
    pub locator: Option<Locator>,
    /// Where in the document: chapter, section, …
    pub headings: Vec<String>,
    /// The line that has the words.
    pub line: Vec<TextRun>,
    /// Where its sentence stands on the page, one box a line.
    pub boxes: Vec<PageBox>,
}

/// A note of cards that has the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FoundNote {
    /// The note.
    pub note: NoteId,
    /// The first of its cards.
    pub card: Option<CardId>,
    /// Its room.
    pub room: RoomId,
    /// What it asks, or the text with its gaps filled.
    pub front: Vec<TextRun>,
    /// What answers it where that has the words, or else its beginning.
    pub back: Vec<TextRun>,
}

/// A quiz whose title has the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FoundQuiz {
    /// The quiz.
    pub quiz: QuizId,
    /// Its room.
    pub room: RoomId,
    /// Its title.
    pub title: Vec<TextRun>,
    /// When it was made.
    pub created: Timestamp,
}

/// A prefix of fewer letters stands in most passages of a library, and says nothing about any of them.
const LEAST_BEGUN: usize = 3;

/// Looks in everything, `limit` of each kind at most; what `room` has stands first. `stop` is asked between two kinds.
///
/// # Errors
/// `Stopped` where it was.
pub fn find(
    connection: &Connection,
    room: Option<RoomId>,
    query: &str,
    limit: u32,
    stop: &dyn Fn() -> bool,
) -> Result<Everything, Error> {
    let mut found = Everything::default();
    let words = words(query);
    let Some(expression) = fulltext::expression(query) else { return Ok(found) };
    let looked = Looked { connection, room, words: &words, limit };
    let go_on = || if stop() { Err(Error::Stopped) } else { Ok(()) };
    found.rooms = looked.rooms()?;
    found.documents = looked.documents()?;
    found.quizzes = looked.quizzes()?;
    go_on()?;
    found.turns = looked.turns(&expression)?;
    found.notes = looked.notes(&expression)?;
    found.annotations = looked.annotations(&expression)?;
    go_on()?;
    // Of a text's many words whole ones say more than the beginning of one.
    let expression = fulltext::expression_begun(query, LEAST_BEGUN).unwrap_or(expression);
    found.passages = looked.passages(&expression, &go_on)?;
    Ok(found)
}

/// What is looked for, and where.
struct Looked<'a> {
    connection: &'a Connection,
    room: Option<RoomId>,
    words: &'a [String],
    limit: u32,
}
