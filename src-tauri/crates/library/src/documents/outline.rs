use kernel::DocumentId;
use reader::{Block, BlockKind, OutlineItem};
use rusqlite::{Connection, Transaction};

use crate::Error;
use crate::stored;

/// A document of more headings than this has no outline that a person would read.
const MOST_DERIVED: usize = 5_000;
/// Longer headings are paragraphs that look like one, in characters.
const LONGEST_HEADING: usize = 200;

/// Replaces the table of contents by the one that the file carries.
pub fn set_outline(tx: &Transaction<'_>, document: DocumentId, items: &[OutlineItem]) -> Result<(), Error> {
    store(tx, document, items, false)
}

/// Where the file carries no table of contents, stores one made of the headings of the pages, marked as derived.
/// Gives the number of its entries. For the end of reading; a derived one that is there is made anew.
pub fn derive_outline(tx: &Transaction<'_>, document: DocumentId) -> Result<usize, Error> {
    if !outline(tx, document)?.is_empty() && !outline_is_derived(tx, document)? {
        return Ok(0);
    }
    let items = headings(tx, document)?;
    store(tx, document, &items, true)?;
    Ok(items.len())
}

/// The table of contents, in order; empty when the file carries none and no heading was found.
pub fn outline(connection: &Connection, document: DocumentId) -> Result<Vec<OutlineItem>, Error> {
    let mut items =
        connection.prepare_cached("SELECT level, title, page FROM outlines WHERE document = ? ORDER BY ordinal")?;
    let rows = items
        .query_map([document.0], |row| Ok(OutlineItem { level: row.get(0)?, title: row.get(1)?, page: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether the table of contents was told from the headings of the pages.
pub fn outline_is_derived(connection: &Connection, document: DocumentId) -> Result<bool, Error> {
    let derived = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM outlines WHERE document = ? AND derived)")?
        .query_row([document.0], |row| row.get(0))?;
    Ok(derived)
}

fn store(tx: &Transaction<'_>, document: DocumentId, items: &[OutlineItem], derived: bool) -> Result<(), Error> {
    tx.prepare_cached("DELETE FROM outlines WHERE document = ?")?.execute([document.0])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO outlines (document, ordinal, level, title, page, derived) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    for (ordinal, item) in (0_i64..).zip(items) {
        insert.execute((document.0, ordinal, item.level, &item.title, item.page, derived))?;
    }
    Ok(())
}

/// The headings of the pages, in reading order. Without the words and boxes of a page, reading thousands is quick.
fn headings(connection: &Connection, document: DocumentId) -> Result<Vec<OutlineItem>, Error> {
    let mut pages =
        connection.prepare_cached("SELECT number, text, blocks FROM pages WHERE document = ? ORDER BY number")?;
    let mut rows = pages.query([document.0])?;
    let mut items: Vec<OutlineItem> = Vec::new();
    while let (Some(row), true) = (rows.next()?, items.len() < MOST_DERIVED) {
        let page: u32 = row.get(0)?;
        let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let blocks: Vec<Block> = stored::from_postcard(row, 2)?;
        for block in blocks.iter().filter(|block| block.kind == BlockKind::Heading) {
            let heading = text.get(block.start as usize..block.end as usize).unwrap_or("");
            let title = heading.split_whitespace().collect::<Vec<_>>().join(" ");
            if (1..=LONGEST_HEADING).contains(&title.chars().count()) {
                items.push(OutlineItem { level: block.level.unwrap_or(1), title, page });
            }
        }
    }
    items.truncate(MOST_DERIVED);
    Ok(items)
}
