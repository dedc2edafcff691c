//! Pages as they were read: text, blocks, and where every word stands.

mod blobs;
mod find;
mod recognition;

use kernel::DocumentId;
use reader::{Page, PageStatus};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Error;
use crate::stored::{self, Named};
pub use find::{DocumentMatches, PageMatch, find};
pub use recognition::{documents_to_recognise, forget_recognised, recognised, to_recognise};

/// What a viewer must know of a page before it shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PageInfo {
    /// Physical page, from 1.
    pub number: u32,
    /// The printed label.
    pub label: Option<String>,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What could be read.
    pub status: PageStatus,
    /// How sure text recognition was of it, 0 to 1; none where it was not at work.
    pub confidence: Option<f32>,
}

impl Named for PageStatus {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Text, "text"),
        (Self::Scanned, "scanned"),
        (Self::Garbled, "garbled"),
        (Self::Empty, "empty"),
        (Self::Unreadable, "unreadable"),
    ];
}

/// Stores a page; the document's ledger counts it. A page is stored once.
pub fn insert(tx: &Transaction<'_>, document: DocumentId, page: &Page) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO pages (document, number, label, width, height, status, text, blocks, words, emphasis, lines,
         confidence)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute((
        document.0,
        page.number,
        &page.label,
        page.width,
        page.height,
        page.status.stored_name(),
        &page.text,
        stored::to_postcard(&page.blocks)?,
        blobs::pack(&page.words)?,
        stored::to_postcard(&page.emphasis)?,
        stored::to_postcard(&page.lines)?,
        page.confidence,
    ))?;
    Ok(())
}

const SELECT: &str =
    "SELECT number, label, width, height, status, text, blocks, words, emphasis, lines, confidence FROM pages";

fn read(row: &Row<'_>) -> rusqlite::Result<Page> {
    Ok(Page {
        number: row.get(0)?,
        label: row.get(1)?,
        width: row.get(2)?,
        height: row.get(3)?,
        status: stored::named(row, 4)?,
        text: row.get(5)?,
        blocks: stored::from_postcard(row, 6)?,
        words: blobs::unpack(&stored::from_postcard::<Vec<_>>(row, 7)?),
        emphasis: stored::from_postcard(row, 8)?,
        lines: stored::from_postcard(row, 9)?,
        confidence: row.get(10)?,
    })
}

/// One page as it was read. Boxes of words come back within 1/65535 of the page's width or height.
pub fn get(connection: &Connection, document: DocumentId, number: u32) -> Result<Page, Error> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE document = ? AND number = ?"))?
        .query_row((document.0, number), read)
        .optional()?
        .ok_or_else(|| Error::not_found("page", format!("{number} of document {document}")))
}

/// Up to `limit` pages in order, from the first whose number is not below `from`.
pub fn range(connection: &Connection, document: DocumentId, from: u32, limit: u32) -> Result<Vec<Page>, Error> {
    let mut pages =
        connection.prepare_cached(&format!("{SELECT} WHERE document = ? AND number >= ? ORDER BY number LIMIT ?"))?;
    let rows = pages.query_map((document.0, from, limit), read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The pages that have been read, in order, without their text.
pub fn list(connection: &Connection, document: DocumentId) -> Result<Vec<PageInfo>, Error> {
    let mut pages = connection.prepare_cached(
        "SELECT number, label, width, height, status, confidence FROM pages WHERE document = ? ORDER BY number",
    )?;
    let rows = pages.query_map([document.0], |row| {
        Ok(PageInfo {
            number: row.get(0)?,
            label: row.get(1)?,
            width: row.get(2)?,
            height: row.get(3)?,
            status: stored::named(row, 4)?,
            confidence: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many pages have been read.
pub fn count(connection: &Connection, document: DocumentId) -> Result<u32, Error> {
    let count = connection
        .prepare_cached("SELECT count(*) FROM pages WHERE document = ?")?
        .query_row([document.0], |row| row.get(0))?;
    Ok(count)
}

/// The last page that has been read; none before the first. Reading goes on at the next.
pub fn last(connection: &Connection, document: DocumentId) -> Result<Option<u32>, Error> {
    let last = connection
        .prepare_cached("SELECT max(number) FROM pages WHERE document = ?")?
        .query_row([document.0], |row| row.get(0))?;
    Ok(last)
}

/// The printed label of a page, where it has one.
pub fn label(connection: &Connection, document: DocumentId, number: u32) -> Result<Option<String>, Error> {
    let label = connection
        .prepare_cached("SELECT label FROM pages WHERE document = ? AND number = ?")?
        .query_row((document.0, number), |row| row.get(0))
        .optional()?;
    Ok(label.flatten())
}

/// Every page that has a printed label, in order.
pub fn labels(connection: &Connection, document: DocumentId) -> Result<Vec<(u32, String)>, Error> {
    let mut labels = connection
        .prepare_cached("SELECT number, label FROM pages WHERE document = ? AND label IS NOT NULL ORDER BY number")?;
    let rows = labels.query_map([document.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
