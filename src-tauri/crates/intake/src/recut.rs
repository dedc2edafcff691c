//! Passages and terms from pages that are already stored, after some of these have changed.

use kernel::DocumentId;
use library::passages::{self, Recut};
use library::{Transaction, documents, pages, terms};
use reader::{Passage, Term};

use crate::Error;
use crate::checkpoint::Checkpoint;
use crate::shared::Shared;
use crate::tokens::Tokens;

/// Pages that are held in memory at once.
const PAGES: u32 = 64;

/// What the pages of a document come to.
pub(crate) struct Cut {
    passages: Vec<Passage>,
    terms: Vec<Term>,
}

/// Cuts all pages of a document, with `title` above passages that have no heading.
pub(crate) fn cut(shared: &Shared, document: DocumentId, title: &str, tokens: &mut Tokens) -> Result<Cut, Error> {
    let Checkpoint { mut builder, terms: mut finder, .. } = Checkpoint::start(title);
    let mut count = |text: &str| tokens.count(text);
    let (mut passages, mut terms) = (Vec::new(), Vec::new());
    let mut from = 0;
    loop {
        let pages = shared.library.read(|connection| pages::range(connection, document, from, PAGES))?;
        let Some(last) = pages.last() else { break };
        from = last.number + 1;
        for page in &pages {
            passages.extend(builder.push(page, &mut count));
            terms.extend(finder.push(page));
        }
    }
    passages.extend(builder.finish(&mut count));
    terms.extend(finder.finish());
    Ok(Cut { passages, terms })
}

/// Puts it in place of what a document has; what says the same keeps its vector.
pub(crate) fn store(tx: &Transaction<'_>, document: DocumentId, cut: &Cut) -> Result<Recut, library::Error> {
    let recut = passages::recut(tx, document, &cut.passages)?;
    terms::replace(tx, document, &cut.terms)?;
    documents::derive_outline(tx, document)?;
    Ok(recut)
}
