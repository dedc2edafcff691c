//! The kinds of files that can be read, and what their documents are divided into.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The kind of a file, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// A book of XHTML chapters.
    Epub,
    /// A text of Microsoft Word and others.
    Docx,
    /// Slides of Microsoft PowerPoint and others.
    Pptx,
    /// A text of LibreOffice and others.
    Odt,
    /// A web page.
    Html,
    /// Text with Markdown's marks.
    Markdown,
    /// Plain text.
    Text,
    /// Rows of values with a separator between them.
    Csv,
    /// Sheets of Microsoft Excel and others.
    Xlsx,
    /// A picture of a page; its text needs text recognition.
    Image,
}

/// What one [`Page`](crate::Page) of a document stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A page as it is printed.
    Page,
    /// A chapter of a book.
    Chapter,
    /// A slide.
    Slide,
    /// A part of a text, as a rule from one main heading to the next.
    Section,
    /// A sheet of a workbook, or some of its rows.
    Sheet,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 11] = [
        Self::Pdf,
        Self::Epub,
        Self::Docx,
        Self::Pptx,
        Self::Odt,
        Self::Html,
        Self::Markdown,
        Self::Text,
        Self::Csv,
        Self::Xlsx,
        Self::Image,
    ];

    /// The stable name, as it is stored; a file that ends in it is recognised as well as under its usual ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Image => "image",
        }
    }

    /// The format of a stored name; none for one that this version does not know.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// What its documents are divided into.
    pub fn unit(self) -> Unit {
        match self {
            Self::Pdf | Self::Image => Unit::Page,
            Self::Epub => Unit::Chapter,
            Self::Pptx => Unit::Slide,
            Self::Docx | Self::Odt | Self::Html | Self::Markdown | Self::Text => Unit::Section,
            Self::Csv | Self::Xlsx => Unit::Sheet,
        }
    }

    /// The endings that its files have, lower case, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Epub => &["epub"],
            Self::Docx => &["docx", "docm", "dotx"],
            Self::Pptx => &["pptx", "pptm", "ppsx"],
            Self::Odt => &["odt", "ott"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Markdown => &["md", "markdown"],
            Self::Text => &["txt", "text"],
            Self::Csv => &["csv", "tsv"],
            Self::Xlsx => &["xlsx", "xlsm"],
            Self::Image => &["png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp"],
        }
    }

    /// The format that an ending, in letters of any size, promises.
    pub fn of_extension(extension: &str) -> Option<Self> {
        let lower = extension.to_ascii_lowercase();
        Self::ALL.into_iter().find(|it| it.extensions().contains(&lower.as_str()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn names_come_back_as_the_same_format() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
        }
        assert_eq!(Format::of_extension("DOCX"), Some(Format::Docx));
        assert_eq!(Format::of_extension("exe"), None);
    }
}
