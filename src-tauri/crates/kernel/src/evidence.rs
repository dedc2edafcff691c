use serde::{Deserialize, Serialize};
use specta::Type;

use crate::DocumentId;

/// A rectangle on a page as fractions of the page's width and height, origin top left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Rect {
    /// Left edge, 0 to 1.
    pub x0: f32,
    /// Top edge, 0 to 1.
    pub y0: f32,
    /// Right edge, 0 to 1.
    pub x1: f32,
    /// Bottom edge, 0 to 1.
    pub y1: f32,
}

/// A [`Rect`] that knows its page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PageBox {
    /// Physical page, from 1.
    pub page: u32,
    /// Where on that page.
    #[serde(flatten)]
    pub rect: Rect,
}

/// The proof of a statement: the exact words, the page that holds them, and where they stand on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Citation {
    /// The document that holds the words.
    pub document: DocumentId,
    /// Its title at the time of the answer.
    pub title: String,
    /// Physical page, from 1; none where the format has no pages.
    pub page: Option<u32>,
    /// The page's printed label, where it has one.
    pub label: Option<String>,
    /// The words, letter for letter as they stand in the stored text of the page.
    pub quote: String,
    /// One box a line of the quote, in reading order.
    pub boxes: Vec<PageBox>,
    /// Whether a new edition of the document has other words: then page and boxes are those of the old one.
    #[serde(default)]
    pub changed: bool,
}
