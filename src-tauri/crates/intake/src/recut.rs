//! Passages from pages that are already stored.

use kernel::DocumentId;
use library::pages;
use reader::Passage;

use crate::Error;
use crate::checkpoint::Checkpoint;
use crate::shared::Shared;
use crate::tokens::Tokens;

/// Pages that are held in memory at once.
const PAGES: u32 = 64;

/// Cuts all pages of a document, with `title` above passages that have no heading.
pub(crate) fn cut(
    shared: &Shared,
    document: DocumentId,
    title: &str,
    tokens: &mut Tokens,
) -> Result<Vec<Passage>, Error> {
    let mut builder = Checkpoint::start(title).builder;
    let mut count = |text: &str| tokens.count(text);
    let mut passages = Vec::new();
    let mut from = 0;
    loop {
        let pages = shared.library.read(|connection| pages::range(connection, document, from, PAGES))?;
        let Some(last) = pages.last() else { break };
        from = last.number + 1;
        for page in &pages {
            passages.extend(builder.push(page, &mut count));
        }
    }
    passages.extend(builder.finish(&mut count));
    Ok(passages)
}
