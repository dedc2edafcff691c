//! Documents and pages that nobody has imported.

use std::hash::{DefaultHasher, Hash, Hasher};

use kernel::{DocumentId, Rect, RoomId, Timestamp};
use library::documents::{self, NewDocument};
use library::{Error, Transaction};
use reader::{Block, BlockKind, Page, PageStatus, Word};

/// Adds a document of a format, with nothing in it yet. No two of a room may have the same title.
pub(crate) fn document(
    tx: &Transaction<'_>,
    room: RoomId,
    title: &str,
    format: &str,
    now: Timestamp,
) -> Result<DocumentId, Error> {
    let new = NewDocument {
        room,
        title: title.to_owned(),
        file_name: format!("{title}.{format}"),
        source: None,
        hash: hash(title),
        format: format.to_owned(),
        bytes: 1_000_000,
        replaces: None,
    };
    Ok(documents::add(tx, &new, now)?.document)
}

/// What stands for the hash of its file.
pub(crate) fn hash(title: &str) -> String {
    let mut hasher = DefaultHasher::new();
    title.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// A page of ten words a line.
pub(crate) fn page(number: u32, text: &str) -> Page {
    let mut start = 0;
    let words = text.split(' ').enumerate().map(|(at, word)| {
        let end = start + word.len() as u32;
        let (x0, y0) = (0.1 + 0.08 * (at % 10) as f32, 0.05 + 0.02 * (at / 10) as f32);
        let placed = Word { start, end, rect: Rect { x0, y0, x1: x0 + 0.07, y1: y0 + 0.015 } };
        start = end + 1;
        placed
    });
    let words: Vec<Word> = words.collect();
    let block = |start, end| Block { kind: BlockKind::Paragraph, level: None, start, end };
    Page {
        status: PageStatus::Text,
        blocks: words.chunks(60).map(|run| block(run[0].start, run[run.len() - 1].end)).collect(),
        text: text.to_owned(),
        words,
        ..Page::unreadable(number)
    }
}
