//! Words that a person selected, as a citation.

use kernel::{Citation, DocumentId};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::locators::{Locators, Place};
use crate::{Error, documents, pages};

/// Longest run of words that is marked at once, in bytes: some six pages of a book.
pub const LONGEST_QUOTE: usize = 20_000;

/// Words on a page, as bytes of its stored text; none of them is the page as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Selection {
    /// The document.
    pub document: DocumentId,
    /// Its page, or the part that a viewer shows where the format has no pages.
    pub page: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The words as the person sees them: a page that was read anew meanwhile may have others there.
    pub quote: String,
}

/// A citation with where its quote begins.
pub(super) struct Cited {
    pub(super) citation: Citation,
    pub(super) start: u32,
}

/// The selected words with where they stand.
///
/// # Errors
/// `NotFound` without the document or the page; `Invalid` where the page has other words there, or where they are too
/// many.
pub fn cite(connection: &Connection, on: &Selection) -> Result<Citation, Error> {
    cited(connection, on).map(|cited| cited.citation)
}

pub(super) fn cited(connection: &Connection, on: &Selection) -> Result<Cited, Error> {
    let document = documents::get(connection, on.document)?;
    let page = pages::get(connection, on.document, on.page)?;
    let selected = page.text.get(on.start as usize..on.end as usize);
    if selected != Some(on.quote.as_str()) {
        return Err(Error::Invalid(format!(
            "Page {} of \u{201c}{}\u{201d} has been read anew. Select the words once more.",
            on.page, document.title
        )));
    }
    if on.quote.len() > LONGEST_QUOTE {
        let why = "These are more words than can be marked at once. Select fewer of them.";
        return Err(Error::Invalid(why.into()));
    }
    let quote = on.quote.trim();
    let lead = on.quote.len() - on.quote.trim_start().len();
    let start = on.start + u32::try_from(lead).unwrap_or_default();
    let end = start + u32::try_from(quote.len()).unwrap_or_default();
    let Place { page: number, locator } = Locators::new(connection).of(on.document, &page, start)?;
    let citation = Citation {
        document: on.document,
        title: document.title,
        page: number,
        label: page.label.clone(),
        locator: Some(locator),
        boxes: if quote.is_empty() { Vec::new() } else { page.boxes(start, end) },
        quote: quote.to_owned(),
        changed: false,
    };
    Ok(Cited { citation, start })
}
