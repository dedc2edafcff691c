//! Where words stand, in terms that a person can check in the file.

use std::collections::HashMap;

use kernel::{DocumentId, Locator, LocatorKind};
use reader::{BlockKind, Format, Page, ROW, Unit};
use rusqlite::{Connection, OptionalExtension};

use crate::passages::StoredPassage;
use crate::{Error, pages};

/// Where words stand: on a page, or elsewhere in a format without pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Physical page, from 1; none where the format has no pages.
    pub page: Option<u32>,
    /// The finest place that is known.
    pub locator: Locator,
}

/// Places in documents at one moment of the library; what is counted in front of a page is counted once.
pub struct Locators<'a> {
    connection: &'a Connection,
    units: HashMap<DocumentId, Unit>,
    /// Blocks, or rows of the sheet, in front of a page.
    before: HashMap<(DocumentId, u32), Before>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Before {
    count: u32,
    /// Lines of this page's own text that don't count: the sheet's name, its header said again.
    uncounted: u32,
}

impl<'a> Locators<'a> {
    /// Places in the library that `connection` reads.
    pub fn new(connection: &'a Connection) -> Self {
        Self { connection, units: HashMap::new(), before: HashMap::new() }
    }

    /// Whether the document's format has pages that are numbered in the file. A document that is gone counts as one
    /// that has.
    pub fn has_pages(&mut self, document: DocumentId) -> Result<bool, Error> {
        Ok(self.unit(document)? == Unit::Page)
    }

    /// Where the byte `start` of a stored page's text stands.
    ///
    /// | format | kind | number |
    /// |---|---|---|
    /// | PDF, image | paragraph | on its page |
    /// | EPUB | chapter | in the book's order, with the paragraph in it |
    /// | PPTX | slide | as shown |
    /// | DOCX, ODT, HTML, Markdown, text | paragraph | in the document, under its section's heading |
    /// | CSV, XLSX | line | row of the sheet with anything in it, its header being the first |
    ///
    /// A paragraph is any block: headings, lists and tables count as one each.
    pub fn of(&mut self, document: DocumentId, page: &Page, start: u32) -> Result<Place, Error> {
        let unit = self.unit(document)?;
        let block = page.blocks.partition_point(|block| block.end <= start).min(page.blocks.len().saturating_sub(1));
        let block = u32::try_from(block).unwrap_or(u32::MAX).saturating_add(1);
        let locator =
            |kind, number, paragraph| Locator { kind, number, label: page.label.clone(), paragraph, part: page.number };
        let locator = match unit {
            Unit::Page => Locator { label: None, ..locator(LocatorKind::Paragraph, block, None) },
            Unit::Chapter => locator(LocatorKind::Chapter, page.number, Some(block)),
            Unit::Slide => locator(LocatorKind::Slide, page.number, None),
            Unit::Section => {
                let before = self.before(document, page, blocks_before)?;
                locator(LocatorKind::Paragraph, before.count.saturating_add(block), None)
            }
            Unit::Sheet => {
                let before = self.before(document, page, rows_before)?;
                let text = page.text.get(..start as usize).unwrap_or(&page.text);
                let row = lines(text).saturating_sub(before.uncounted);
                // In the header said again: that is the first row.
                let number =
                    if row == 0 && before.uncounted > 0 && before.count > 0 { 1 } else { before.count + row.max(1) };
                locator(LocatorKind::Line, number, None)
            }
        };
        Ok(Place { page: (unit == Unit::Page).then_some(page.number), locator })
    }

    /// Where a passage's first words stand; none when their page is gone.
    pub fn of_passage(&mut self, passage: &StoredPassage) -> Result<Option<Place>, Error> {
        let first = passage.sentences.first().and_then(|sentence| sentence.spans.first());
        let (page, start) = first.map_or((passage.page_start, 0), |span| (span.page, span.start));
        self.on(passage.document, page, start)
    }

    /// Where the byte `start` of a page's text stands, by the page's number; none when it is gone.
    pub fn on(&mut self, document: DocumentId, page: u32, start: u32) -> Result<Option<Place>, Error> {
        match pages::get(self.connection, document, page) {
            Ok(page) => self.of(document, &page, start).map(Some),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn unit(&mut self, document: DocumentId) -> Result<Unit, Error> {
        if let Some(unit) = self.units.get(&document) {
            return Ok(*unit);
        }
        let format: Option<String> = self
            .connection
            .prepare_cached("SELECT format FROM documents WHERE document = ?")?
            .query_row([document.0], |row| row.get(0))
            .optional()?;
        let unit = format.and_then(|name| Format::from_name(&name)).map_or(Unit::Page, Format::unit);
        self.units.insert(document, unit);
        Ok(unit)
    }

    fn before(
        &mut self,
        document: DocumentId,
        page: &Page,
        count: impl FnOnce(&Connection, DocumentId, &Page) -> Result<Before, Error>,
    ) -> Result<Before, Error> {
        let key = (document, page.number);
        if let Some(before) = self.before.get(&key) {
            return Ok(*before);
        }
        let before = count(self.connection, document, page)?;
        self.before.insert(key, before);
        Ok(before)
    }
}

/// Lines that a text begins with or goes into; none in an empty one but the first.
fn lines(text: &str) -> u32 {
    u32::try_from(text.matches(ROW).count()).unwrap_or(u32::MAX).saturating_add(1)
}

fn blocks_before(connection: &Connection, document: DocumentId, page: &Page) -> Result<Before, Error> {
    // A list begins with its length: nothing more of it is needed.
    let sql = "SELECT substr(blocks, 1, 5) FROM pages WHERE document = ? AND number < ?";
    let mut query = connection.prepare_cached(sql)?;
    let lengths = query.query_map((document.0, page.number), |row| row.get::<_, Vec<u8>>(0))?;
    let mut count = 0_u32;
    for length in lengths {
        let (length, _) = postcard::take_from_bytes::<u32>(&length?).unwrap_or_default();
        count = count.saturating_add(length);
    }
    Ok(Before { count, uncounted: 0 })
}

/// A sheet is a run of pages of one name. Its first page may begin with that name, every other one with the header.
fn rows_before(connection: &Connection, document: DocumentId, page: &Page) -> Result<Before, Error> {
    let sql = "SELECT number, text, blocks FROM pages WHERE document = ?1 AND number < ?2 AND label IS ?3
                   AND number > coalesce((SELECT max(number) FROM pages
                                          WHERE document = ?1 AND number < ?2 AND label IS NOT ?3), 0)
               ORDER BY number";
    let mut query = connection.prepare_cached(sql)?;
    let mut rows = query.query((document.0, page.number, &page.label))?;
    let mut count = 0_u32;
    let mut header: Option<String> = None;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let blocks: Vec<reader::Block> = crate::stored::from_postcard(row, 2)?;
        let named = begins_with_name(&blocks);
        let uncounted = uncounted(text, named, header.as_deref());
        if header.is_none() {
            header = text.split(ROW).nth(usize::from(named)).map(str::to_owned);
        }
        if !text.is_empty() {
            count = count.saturating_add(lines(text).saturating_sub(uncounted));
        }
    }
    let uncounted = uncounted(&page.text, begins_with_name(&page.blocks), header.as_deref());
    Ok(Before { count, uncounted })
}

fn begins_with_name(blocks: &[reader::Block]) -> bool {
    blocks.first().is_some_and(|block| block.kind == BlockKind::Heading)
}

fn uncounted(text: &str, named: bool, header: Option<&str>) -> u32 {
    let again = header.is_some_and(|header| text.split(ROW).next() == Some(header));
    u32::from(named) + u32::from(again)
}
