//! Where words stand, in terms that a person can check in the file.

use std::collections::HashMap;

use kernel::{DocumentId, Locator, LocatorKind};
use reader::{Block, BlockKind, Format, Page, ROW, Unit};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::passages::StoredPassage;
use crate::{Error, pages, stored};

/// Where words stand: on a page, or elsewhere in a format without pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Physical page, from 1; none where the format has no pages.
    pub page: Option<u32>,
    /// The finest place that is known.
    pub locator: Locator,
}

/// Places in documents at one moment of the library. Each page is counted once, however many places are asked for.
pub struct Locators<'a> {
    connection: &'a Connection,
    units: HashMap<DocumentId, Unit>,
    counts: HashMap<DocumentId, Count>,
    /// The page looked at last: places are mostly asked for page by page.
    page: Option<(DocumentId, Page)>,
}

/// What stands in front of a page.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    /// Blocks of the document, or rows of the sheet.
    count: u32,
    /// Lines of this page's own text that don't count: the sheet's name, its header said again.
    uncounted: u32,
}

/// How far the pages of a document have been counted.
#[derive(Debug, Default)]
struct Count {
    before: HashMap<u32, Before>,
    /// The last page that was counted, and what it and all before it hold.
    last: u32,
    total: u32,
    /// The name of the sheet that it is of, and its first row.
    sheet: Option<String>,
    header: Option<String>,
}

impl<'a> Locators<'a> {
    /// Places in the library that `connection` reads.
    pub fn new(connection: &'a Connection) -> Self {
        Self { connection, units: HashMap::new(), counts: HashMap::new(), page: None }
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
    /// | text, Markdown | line | of the file, under its section's heading |
    /// | DOCX, ODT, HTML | paragraph | in the document, under its section's heading |
    /// | CSV, XLSX | line | row of the sheet with anything in it, its header being the first |
    ///
    /// A paragraph is any block: headings, lists and tables count as one each. The line is the one on which that block
    /// begins; a text that an earlier version has read knows no lines and has paragraphs instead.
    pub fn of(&mut self, document: DocumentId, page: &Page, start: u32) -> Result<Place, Error> {
        let unit = self.unit(document)?;
        let at = page.blocks.partition_point(|block| block.end <= start).min(page.blocks.len().saturating_sub(1));
        let block = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
        let locator =
            |kind, number, paragraph| Locator { kind, number, label: page.label.clone(), paragraph, part: page.number };
        let locator = match unit {
            Unit::Page => Locator { label: None, ..locator(LocatorKind::Paragraph, block, None) },
            Unit::Chapter => locator(LocatorKind::Chapter, page.number, Some(block)),
            Unit::Slide => locator(LocatorKind::Slide, page.number, None),
            Unit::Section => {
                let counted = match page.lines.get(at) {
                    Some(line) if *line > 0 => locator(LocatorKind::Line, *line, None),
                    _ => {
                        let before = self.before(document, unit, page.number)?;
                        locator(LocatorKind::Paragraph, before.count.saturating_add(block), None)
                    }
                };
                Locator { label: heading_above(page, at).or(counted.label), ..counted }
            }
            Unit::Sheet => {
                let before = self.before(document, unit, page.number)?;
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
        let read = match self.page.take() {
            Some((of, read)) if of == document && read.number == page => read,
            _ => match pages::get(self.connection, document, page) {
                Ok(read) => read,
                Err(Error::NotFound { .. }) => return Ok(None),
                Err(error) => return Err(error),
            },
        };
        let place = self.of(document, &read, start)?;
        self.page = Some((document, read));
        Ok(Some(place))
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

    /// Counts on, up to this page.
    fn before(&mut self, document: DocumentId, unit: Unit, page: u32) -> Result<Before, Error> {
        let count = self.counts.entry(document).or_default();
        if page > count.last {
            // Of a list of blocks only its length is needed, which it begins with.
            let columns = if unit == Unit::Sheet { "blocks, label, text" } else { "substr(blocks, 1, 5), NULL, NULL" };
            let sql = format!(
                "SELECT number, {columns} FROM pages WHERE document = ? AND number > ? AND number <= ? ORDER BY number"
            );
            let mut query = self.connection.prepare_cached(&sql)?;
            let mut rows = query.query((document.0, count.last, page))?;
            while let Some(row) = rows.next()? {
                let number = row.get(0)?;
                if unit == Unit::Sheet {
                    count.sheet_page(number, row)?;
                } else {
                    let start = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
                    let (blocks, _) = postcard::take_from_bytes::<u32>(start).unwrap_or_default();
                    count.add(number, Before { count: count.total, uncounted: 0 }, blocks);
                }
            }
        }
        Ok(count.before.get(&page).copied().unwrap_or_default())
    }
}

impl Count {
    fn add(&mut self, number: u32, before: Before, more: u32) {
        self.before.insert(number, before);
        self.last = number;
        self.total = before.count.saturating_add(more);
    }

    /// A sheet is a run of pages of one name. Its first page may begin with that name, every other one with the header.
    fn sheet_page(&mut self, number: u32, row: &Row<'_>) -> Result<(), Error> {
        let blocks: Vec<Block> = stored::from_postcard(row, 1)?;
        let sheet: Option<String> = row.get(2)?;
        let text = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        if sheet != self.sheet {
            (self.total, self.header, self.sheet) = (0, None, sheet);
        }
        let named = blocks.first().is_some_and(|block| block.kind == BlockKind::Heading);
        let again = self.header.as_deref().is_some_and(|header| text.split(ROW).next() == Some(header));
        let uncounted = u32::from(named) + u32::from(again);
        if self.header.is_none() {
            self.header = text.split(ROW).nth(usize::from(named)).map(str::to_owned);
        }
        let rows = if text.is_empty() { 0 } else { lines(text).saturating_sub(uncounted) };
        self.add(number, Before { count: self.total, uncounted }, rows);
        Ok(())
    }
}

/// The last heading on the page that the block stands under, or is. Short sections share a page.
fn heading_above(page: &Page, block: usize) -> Option<String> {
    let above = page.blocks.get(..=block)?;
    let heading = above.iter().rfind(|block| block.kind == BlockKind::Heading)?;
    page.text.get(heading.start as usize..heading.end as usize).map(str::to_owned)
}

/// The lines of a text, begun ones included.
fn lines(text: &str) -> u32 {
    u32::try_from(text.matches(ROW).count()).unwrap_or(u32::MAX).saturating_add(1)
}
