//! Citations that follow a document to its new edition.

use kernel::{Citation, DocumentId};
use rusqlite::Transaction;

use crate::locators::Locators;
use crate::{Error, pages};

/// A document with the pages of its new edition.
pub(crate) struct NewEdition<'a> {
    tx: &'a Transaction<'a>,
    document: DocumentId,
    texts: Vec<(u32, String)>,
}

impl<'a> NewEdition<'a> {
    /// Reads its pages.
    pub(crate) fn of(tx: &'a Transaction<'a>, document: DocumentId) -> Result<Self, Error> {
        let mut pages = tx.prepare_cached("SELECT number, text FROM pages WHERE document = ? ORDER BY number")?;
        let rows = pages.query_map([document.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self { tx, document, texts: rows.collect::<Result<_, _>>()? })
    }

    /// Whether it is this document that a citation cites.
    pub(crate) fn is_cited_by(&self, citation: &Citation) -> bool {
        citation.document == self.document
    }

    /// Whether it has this page.
    pub(crate) fn has(&self, page: u32) -> bool {
        self.texts.iter().any(|(number, _)| *number == page)
    }

    /// Points a citation to the page that has its words, the nearest to the old one if there are several; one whose
    /// words are gone keeps its place and is marked as changed. A quote stands on one page.
    pub(crate) fn follow(&self, citation: &mut Citation) -> Result<(), Error> {
        let old = citation.page.or(citation.locator.as_ref().map(|locator| locator.part)).unwrap_or(1);
        self.follow_from(citation, old).map(drop)
    }

    /// The same from the page that it stood on. Returns the page and the byte of its text where the words begin; none
    /// where they are gone.
    pub(crate) fn follow_from(&self, citation: &mut Citation, old: u32) -> Result<Option<(u32, u32)>, Error> {
        let quote = citation.quote.as_str();
        let places = self.texts.iter().filter_map(|(number, text)| Some((*number, text.find(quote)?)));
        let Some((number, start)) = places.min_by_key(|(number, _)| number.abs_diff(old)) else {
            citation.changed = true;
            return Ok(None);
        };
        let page = pages::get(self.tx, self.document, number)?;
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let place = Locators::new(self.tx).of(self.document, &page, offset(start))?;
        citation.boxes = page.boxes(offset(start), offset(start + quote.len()));
        citation.page = place.page;
        citation.locator = Some(place.locator);
        citation.label = page.label;
        citation.changed = false;
        Ok(Some((number, offset(start))))
    }
}
