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

/// What a [`Locator`] counts. Its names are a public interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LocatorKind {
    /// Chapters of a book.
    Chapter,
    /// Slides.
    Slide,
    /// Blocks of text: on a page, or in a text without pages.
    Paragraph,
    /// Lines of a file, rows of a sheet.
    Line,
}

/// Where words stand: in a format without pages instead of a page, in one with pages beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Locator {
    /// What is counted.
    pub kind: LocatorKind,
    /// Which one, from 1.
    pub number: u32,
    /// The title of the chapter, slide or section, the name of the sheet, where it has one.
    pub label: Option<String>,
    /// The paragraph in a chapter, from 1.
    pub paragraph: Option<u32>,
    /// The chapter, slide, section or sheet as a viewer shows it, from 1; the page where there are pages.
    pub part: u32,
}

impl std::fmt::Display for Locator {
    /// For people: "Chapter 3, paragraph 12", "Membranes, paragraph 12" where it has a title, "Slide 4".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = self.number;
        match (self.kind, self.label.as_deref()) {
            (LocatorKind::Chapter, Some(title)) => f.write_str(title)?,
            (LocatorKind::Chapter, None) => write!(f, "Chapter {number}")?,
            (LocatorKind::Slide, _) => write!(f, "Slide {number}")?,
            (LocatorKind::Paragraph, Some(title)) => write!(f, "{title}, paragraph {number}")?,
            (LocatorKind::Paragraph, None) => write!(f, "Paragraph {number}")?,
            (LocatorKind::Line, Some(sheet)) => write!(f, "{sheet}, line {number}")?,
            (LocatorKind::Line, None) => write!(f, "Line {number}")?,
        }
        self.paragraph.map_or(Ok(()), |paragraph| write!(f, ", paragraph {paragraph}"))
    }
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
    /// Where the words stand within the document; none in what an earlier version has stored.
    #[serde(default)]
    pub locator: Option<Locator>,
    /// The words, letter for letter as they stand in the stored text of the page.
    pub quote: String,
    /// One box a line of the quote, in reading order.
    pub boxes: Vec<PageBox>,
    /// Whether a new edition of the document has other words: then page and boxes are those of the old one.
    #[serde(default)]
    pub changed: bool,
}

/// Where to look, for people: "p. iv (page 12 of the file)", "Chapter 3, paragraph 12".
pub fn place(page: Option<u32>, label: Option<&str>, locator: Option<&Locator>) -> String {
    match (page, label, locator) {
        (Some(page), Some(label), _) if label != page.to_string() => format!("p. {label} (page {page} of the file)"),
        (Some(page), ..) => format!("p. {page}"),
        (None, _, Some(locator)) => locator.to_string(),
        (None, Some(label), None) => label.into(),
        (None, None, None) => "somewhere in it".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locator_says_in_words_where_to_look() {
        let at = |kind, label: Option<&str>, paragraph| {
            Locator { kind, number: 3, label: label.map(str::to_owned), paragraph, part: 1 }.to_string()
        };
        assert_eq!(at(LocatorKind::Chapter, None, Some(12)), "Chapter 3, paragraph 12");
        assert_eq!(at(LocatorKind::Chapter, Some("Chapter 1: Light"), Some(2)), "Chapter 1: Light, paragraph 2");
        assert_eq!(at(LocatorKind::Slide, Some("Cells"), None), "Slide 3");
        assert_eq!(at(LocatorKind::Paragraph, Some("Membranes"), None), "Membranes, paragraph 3");
        assert_eq!(at(LocatorKind::Line, Some("Prices"), None), "Prices, line 3");
        assert_eq!(at(LocatorKind::Line, None, None), "Line 3");
    }

    #[test]
    fn a_citation_of_an_earlier_version_has_no_locator() {
        let stored = r#"{"document":1,"title":"T","page":3,"label":null,"quote":"q","boxes":[]}"#;
        assert!(serde_json::from_str::<Citation>(stored).is_ok_and(|citation| citation.locator.is_none()));
    }
}
