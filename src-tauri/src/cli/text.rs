use kernel::{Code, DocumentId, Locator};
use library::locators::{Locators, Place};
use library::{Connection, documents, pages};
use reader::{BlockJoiner, BlockKind, JoinedBlock};
use serde::Serialize;

use super::{Failure, Session, arguments};

#[derive(Serialize)]
struct Line {
    /// Null in a format without pages.
    page: Option<u32>,
    /// Where the block begins, in every format.
    locator: Option<Locator>,
    kind: BlockKind,
    level: Option<u8>,
    text: String,
}

/// Prints a document as it was read; a block that goes on over pages stands whole at its first.
pub(super) fn run(session: &Session, what: &arguments::Text) -> Result<(), Failure> {
    let library = session.library()?;
    let document = library.read(|connection| documents::get(connection, what.document))?;
    if document.pages_read == 0 {
        let why = document.message.unwrap_or_else(|| "It has not been read yet; wait for its import.".into());
        let message = format!("Nothing of {} can be printed: {why}", document.file_name);
        return Err(Failure::new(document.code.unwrap_or(Code::Busy), message));
    }
    // One read for all: the places are counted on from page to page.
    library.read(|connection| Ok(print(session, connection, what.document)))?
}

fn print(session: &Session, connection: &Connection, document: DocumentId) -> Result<(), Failure> {
    let mut locators = Locators::new(connection);
    let mut joiner = BlockJoiner::new();
    for info in pages::list(connection, document)? {
        let page = pages::get(connection, document, info.number)?;
        print_blocks(session, document, &mut locators, joiner.push(&page))?;
    }
    print_blocks(session, document, &mut locators, joiner.finish())
}

fn print_blocks(
    session: &Session,
    document: DocumentId,
    locators: &mut Locators<'_>,
    blocks: Vec<JoinedBlock>,
) -> Result<(), Failure> {
    for JoinedBlock { page, kind, level, text, parts } in blocks {
        let start = parts.first().map_or(0, |part| part.span.start);
        let place = locators.on(document, page, start)?;
        let (page, locator) = place.map_or((Some(page), None), |Place { page, locator }| (page, Some(locator)));
        // What a table calls its level counts the rows of its header.
        let level = level.filter(|_| kind == BlockKind::Heading);
        // The kinds that are printed are fixed for those who read them; a note is a paragraph among them.
        let kind = if kind == BlockKind::Footnote { BlockKind::Paragraph } else { kind };
        session.out.line(&Line { page, locator, kind, level, text }, |line| match line.kind {
            BlockKind::Heading => {
                let marks = "#".repeat(usize::from(line.level.unwrap_or(1)));
                format!("\n{marks} {}\n", line.text)
            }
            _ => format!("{}\n", line.text),
        })?;
    }
    Ok(())
}
