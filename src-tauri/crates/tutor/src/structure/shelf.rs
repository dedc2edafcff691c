//! The documents of a room, by the names that questions use.

use kernel::RoomId;
use library::documents::{self, Document};
use library::{Connection, Error};
use reader::{Format, Unit};
use retrieval::{fold, words};

use crate::phrases::{Count, Noun, Phrases};

/// More documents than this are not gone through in one answer.
pub(super) const MOST: usize = 4;

/// A document, and what its parts are called.
#[derive(Clone, Debug)]
pub(super) struct Volume {
    pub(super) document: Document,
    pub(super) unit: Unit,
    pub(super) phrases: &'static dyn Phrases,
}

/// The documents of a room.
pub(super) struct Shelf<'a> {
    pub(super) connection: &'a Connection,
    pub(super) room: RoomId,
    pub(super) phrases: &'static dyn Phrases,
    volumes: Vec<Volume>,
}

impl<'a> Shelf<'a> {
    /// Those of which something has been read, to be told of in a language.
    pub(super) fn of(connection: &'a Connection, room: RoomId, phrases: &'static dyn Phrases) -> Result<Self, Error> {
        let all = documents::list(connection, room)?.into_iter();
        let volumes = all
            .filter(|document| document.pages_read > 0)
            .map(|document| {
                let unit = Format::from_name(&document.format).map_or(Unit::Page, Format::unit);
                Volume { document, unit, phrases }
            })
            .collect();
        Ok(Self { connection, room, phrases, volumes })
    }

    /// The documents that a question means: those that `book` names, or all where it names none.
    pub(super) fn named(&self, book: Option<&str>) -> Vec<&Volume> {
        match book {
            None => self.volumes.iter().collect(),
            Some(book) => self.volumes.iter().filter(|volume| volume.is_called(book)).collect(),
        }
    }
}

impl Volume {
    /// Its title in quotation marks.
    pub(super) fn name(&self) -> String {
        format!("“{}”", self.document.title)
    }

    /// How many pages, slides … it has.
    pub(super) fn length(&self) -> u32 {
        self.document.pages.unwrap_or(self.document.pages_read).max(self.document.pages_read)
    }

    /// The same with what they are.
    pub(super) fn extent(&self) -> Count {
        Count { number: self.length(), noun: self.noun() }
    }

    /// What one of its pages is.
    pub(super) fn noun(&self) -> Noun {
        match self.unit {
            Unit::Page => Noun::Page,
            Unit::Chapter => Noun::Chapter,
            Unit::Slide => Noun::Slide,
            Unit::Section => Noun::Section,
            Unit::Sheet => Noun::Sheet,
        }
    }

    /// How a page of it is called: by its printed label where it has one, else by its number.
    pub(super) fn place(&self, number: u32, label: Option<&str>) -> String {
        let label = match (self.unit, label) {
            (Unit::Page, Some(label)) => label.to_owned(),
            (Unit::Sheet | Unit::Chapter | Unit::Section, Some(label)) => format!("“{label}”"),
            _ => number.to_string(),
        };
        self.phrases.place(self.noun(), &label)
    }

    /// Whether `words` name it: all of them in its title or the name of its file, and enough to tell it by.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let asked = significant(name);
        let file = self.document.file_name.rsplit_once('.').map_or(&*self.document.file_name, |(stem, _)| stem);
        [self.document.title.as_str(), file].into_iter().any(|title| {
            let title = significant(title);
            let all = !asked.is_empty() && asked.iter().all(|word| title.contains(word));
            all && (asked.len() > 1 || 2 * asked.len() >= title.len())
        })
    }
}

/// The words that a title is told by.
fn significant(text: &str) -> Vec<String> {
    const NOISE: &[&str] = &[
        "the", "a", "an", "of", "and", "to", "in", "book", "textbook", "document", "file", "pdf", "slides", "notes",
        "my", "this", "der", "die", "das", "und", "dan", "buku", "edition", "ed",
    ];
    words(text).map(|(_, word)| fold(word).into_owned()).filter(|word| !NOISE.contains(&word.as_str())).collect()
}
