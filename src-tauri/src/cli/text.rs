use kernel::Code;
use library::{documents, pages};
use reader::{BlockJoiner, BlockKind, JoinedBlock};
use serde::Serialize;

use super::{Failure, Session, arguments};

#[derive(Serialize)]
struct Line {
    page: u32,
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
    let mut joiner = BlockJoiner::new();
    for info in library.read(|connection| pages::list(connection, what.document))? {
        let page = library.read(|connection| pages::get(connection, what.document, info.number))?;
        print(session, joiner.push(&page))?;
    }
    print(session, joiner.finish())
}

fn print(session: &Session, blocks: Vec<JoinedBlock>) -> Result<(), Failure> {
    for JoinedBlock { page, kind, level, text, .. } in blocks {
        // What a table calls its level counts the rows of its header.
        let level = level.filter(|_| kind == BlockKind::Heading);
        // The kinds that are printed are fixed for those who read them; a note is a paragraph among them.
        let kind = if kind == BlockKind::Footnote { BlockKind::Paragraph } else { kind };
        session.out.line(&Line { page, kind, level, text }, |line| match line.kind {
            BlockKind::Heading => {
                let marks = "#".repeat(usize::from(line.level.unwrap_or(1)));
                format!("\n{marks} {}\n", line.text)
            }
            _ => format!("{}\n", line.text),
        })?;
    }
    Ok(())
}
