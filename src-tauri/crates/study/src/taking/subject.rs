//! What a quiz is about.

use std::ops::Range;

use kernel::{DocumentId, RoomId};
use library::quizzes::Item;
use library::{Connection, documents, passages, rooms};

use crate::quiz::Scope;

/// A part of a room, and what people call it.
pub(super) struct Subject {
    pub(super) room: RoomId,
    pub(super) title: String,
    part: Part,
}

enum Part {
    Room,
    Documents(Vec<DocumentId>),
    /// Pages of a document; without end where it has none.
    Pages(DocumentId, Range<u32>),
    /// Only what is made for it.
    Nothing,
}

impl Subject {
    pub(super) fn of(connection: &Connection, scope: &Scope) -> Result<Self, library::Error> {
        match scope {
            Scope::Room(room) => Ok(Self { room: *room, title: rooms::get(connection, *room)?.name, part: Part::Room }),
            Scope::Documents(chosen) => {
                let (room, title) = of_document(connection, chosen.first().copied())?;
                let more = match chosen.len() {
                    0 | 1 => String::new(),
                    2 => " and another document".to_owned(),
                    all => format!(" and {} other documents", all - 1),
                };
                Ok(Self { room, title: title + &more, part: Part::Documents(chosen.clone()) })
            }
            Scope::Section(document, entry) => {
                let (room, title) = of_document(connection, Some(*document))?;
                let outline = documents::outline(connection, *document)?;
                let title = outline.into_iter().nth(*entry as usize).map_or(title, |item| item.title);
                let pages = pages(connection, *document, documents::section(connection, *document, *entry)?)?;
                Ok(Self { room, title, part: Part::Pages(*document, pages) })
            }
            Scope::Passages(chosen) => {
                let passages = passages::get(connection, chosen)?;
                let first = passages.first();
                let (room, title) = of_document(connection, first.map(|passage| passage.document))?;
                let title = first.and_then(|passage| passage.headings.last().cloned()).unwrap_or(title);
                Ok(Self { room, title, part: Part::Nothing })
            }
        }
    }

    /// Whether an item that was made before is about it.
    pub(super) fn holds(&self, item: &Item) -> bool {
        let (document, page) = (item.citation.document, item.citation.page);
        match &self.part {
            Part::Room => true,
            Part::Documents(documents) => documents.contains(&document),
            Part::Pages(of, pages) => document == *of && page.is_some_and(|page| pages.contains(&page)),
            Part::Nothing => false,
        }
    }
}

fn of_document(connection: &Connection, document: Option<DocumentId>) -> Result<(RoomId, String), library::Error> {
    let Some(document) = document else {
        return Err(library::Error::Invalid("What this quiz is to be about is gone.".into()));
    };
    let document = documents::get(connection, document)?;
    Ok((document.room, document.title))
}

/// The pages that passages stand on.
fn pages(connection: &Connection, document: DocumentId, section: Range<u32>) -> Result<Range<u32>, library::Error> {
    let passages = passages::of_document(connection, document, section.start, section.end - section.start)?;
    let first = passages.iter().map(|passage| passage.page_start).min().unwrap_or(0);
    let last = passages.iter().map(|passage| passage.page_end).max().unwrap_or(0);
    Ok(first..last + 1)
}
