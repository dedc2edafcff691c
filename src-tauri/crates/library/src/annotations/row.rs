use kernel::{AnnotationId, Citation, DocumentId, RoomId, Timestamp};
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Selection;
use crate::stored::{self, Named};

/// What words are marked with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Yellow, as a marker pen is.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Pink.
    Pink,
}

impl Colour {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Yellow, Self::Green, Self::Blue, Self::Pink];

    /// As it is stored, and named to people.
    pub fn name(self) -> &'static str {
        self.stored_name()
    }
}

impl Named for Colour {
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Yellow, "yellow"), (Self::Green, "green"), (Self::Blue, "blue"), (Self::Pink, "pink")];
}

/// Words that a person marked, or a page that they wrote about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Annotation {
    /// Its number.
    pub annotation: AnnotationId,
    /// Its room.
    pub room: RoomId,
    /// Its document, while that is in the room.
    pub document: Option<DocumentId>,
    /// The words and where they stand; a note about a page has neither quote nor boxes.
    pub citation: Citation,
    /// The page, or the part that a viewer shows where the format has no pages.
    pub page: u32,
    /// First byte of the quote in the text of that page.
    pub start: u32,
    /// What the words are marked with.
    pub colour: Colour,
    /// What the person wrote beside it: Markdown, may be empty.
    pub note: String,
    /// When it was made.
    pub created: Timestamp,
    /// When its colour or note was last changed.
    pub updated: Timestamp,
}

/// What is known of an annotation when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NewAnnotation {
    /// What it is about.
    pub on: Selection,
    /// What the words are marked with.
    pub colour: Colour,
    /// What the person writes beside it.
    pub note: String,
}

/// The columns of an annotation `a`, for [`read`]. A document that is hidden is none that can be opened.
pub(super) const COLUMNS: &str = "a.annotation, a.room,
        (SELECT d.document FROM documents d WHERE d.document = a.document AND d.room = a.room),
        a.source, a.page, a.start, a.colour, a.note, a.created, a.updated";

/// What an annotation `a` is that can be seen.
pub(super) const THERE: &str = "a.removed IS NULL";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Annotation> {
    let citation: Citation = stored::from_json(row, 3)?;
    Ok(Annotation {
        annotation: AnnotationId(row.get(0)?),
        room: RoomId(row.get(1)?),
        document: row.get::<_, Option<i64>>(2)?.map(DocumentId),
        citation,
        page: row.get(4)?,
        start: row.get(5)?,
        colour: stored::named(row, 6)?,
        note: row.get(7)?,
        created: Timestamp(row.get(8)?),
        updated: Timestamp(row.get(9)?),
    })
}
