//! Words in a document, page by page.

use kernel::{DocumentId, Locator, PageBox};
use reader::{Page, Phrase};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::get;
use crate::fulltext::TextRun;
use crate::locators::Locators;
use crate::{Error, documents};

/// Letters of an excerpt before the words that were found, and behind them.
const BEFORE: usize = 50;
const BEHIND: usize = 90;

/// Words that were found on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PageMatch {
    /// The page, or the part that a viewer shows where the format has no pages.
    pub page: u32,
    /// Its printed label.
    pub label: Option<String>,
    /// Where on it, or where in a format without pages.
    pub locator: Locator,
    /// First byte in the page's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// A box for each line that the words stand on; none where there is no page to show.
    pub boxes: Vec<PageBox>,
    /// The words with what stands around them.
    pub excerpt: Vec<TextRun>,
}

/// Where a document has certain words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct DocumentMatches {
    /// The first ones, in reading order.
    pub matches: Vec<PageMatch>,
    /// How many there are in all.
    pub total: u32,
}

/// Finds words in a document as they were typed, whatever their case, accents, ligatures and hyphens. Words stand on one
/// page. `stop` is asked between two pages.
///
/// # Errors
/// `NotFound` without the document; `Stopped` where it was.
pub fn find(
    connection: &Connection,
    document: DocumentId,
    query: &str,
    limit: u32,
    stop: &dyn Fn() -> bool,
) -> Result<DocumentMatches, Error> {
    documents::get(connection, document)?;
    let mut found = DocumentMatches::default();
    let Some(phrase) = Phrase::new(query) else { return Ok(found) };
    let mut locators = Locators::new(connection);
    let mut texts = connection
        .prepare_cached("SELECT number, text FROM pages WHERE document = ? AND text <> '' ORDER BY number")?;
    let mut rows = texts.query([document.0])?;
    while let Some(row) = rows.next()? {
        if stop() {
            return Err(Error::Stopped);
        }
        let places = phrase.places(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        let shown = (limit as usize).saturating_sub(found.matches.len()).min(places.len());
        found.total = found.total.saturating_add(offset(places.len()));
        if shown > 0 {
            let page = get(connection, document, row.get(0)?)?;
            for place in &places[..shown] {
                found.matches.push(matched(&mut locators, document, &page, place.start, place.end)?);
            }
        }
    }
    Ok(found)
}

fn matched(
    locators: &mut Locators<'_>,
    document: DocumentId,
    page: &Page,
    start: usize,
    end: usize,
) -> Result<PageMatch, Error> {
    Ok(PageMatch {
        page: page.number,
        label: page.label.clone(),
        locator: locators.of(document, page, offset(start))?.locator,
        start: offset(start),
        end: offset(end),
        boxes: page.boxes(offset(start), offset(end)),
        excerpt: excerpt(page, start, end),
    })
}

/// The words with some of their block before and behind them, cut between words.
fn excerpt(page: &Page, start: usize, end: usize) -> Vec<TextRun> {
    let text = page.text.as_str();
    let own = page.blocks.iter().find(|block| (block.start as usize..block.end as usize).contains(&start));
    let (from, to) = own.map_or((0, text.len()), |block| (block.start as usize, (block.end as usize).max(end)));
    let (before, behind) = (text.get(from..start).unwrap_or_default(), text.get(end..to).unwrap_or_default());
    let cut = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    // Whole words.
    let cut = if cut == 0 { 0 } else { before[cut..].find(char::is_whitespace).map_or(cut, |space| cut + space + 1) };
    let last = behind.char_indices().nth(BEHIND).map_or(behind.len(), |(at, _)| at);
    let last = if last == behind.len() { last } else { behind[..last].rfind(char::is_whitespace).unwrap_or(last) };
    let line = |text: &str| text.replace(['\n', '\t'], " ");
    let opening = if cut == 0 { "" } else { "…" };
    let closing = if last == behind.len() { "" } else { "…" };
    [
        (format!("{opening}{}", line(&before[cut..])), false),
        (line(text.get(start..end).unwrap_or_default()), true),
        (format!("{}{closing}", line(&behind[..last])), false),
    ]
    .into_iter()
    .filter(|(text, _)| !text.is_empty())
    .map(|(text, found)| TextRun { text, found })
    .collect()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
