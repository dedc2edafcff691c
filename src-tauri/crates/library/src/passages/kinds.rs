//! What passages hold, to choose them by.

use std::collections::HashMap;

use kernel::DocumentId;
use reader::{BlockKind, Sentence};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Error, stored, terms};

/// What a reader looks for in a passage. One passage may hold several: a paragraph with a short caption under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Running text: headings, paragraphs, lists and notes.
    Text,
    /// A list.
    List,
    /// A table, or a part of one.
    Table,
    /// The words under a figure or table.
    Caption,
    /// A formula on a line of its own.
    Formula,
    /// Program text.
    Code,
    /// A place that defines a term, as [`terms`] knows it: one that is [sure](terms::SURE).
    Definition,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::List, Self::Table, Self::Caption, Self::Formula, Self::Code, Self::Definition];

    /// What it is called on the command line and in the window's calls.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "list",
            Self::Table => "table",
            Self::Caption => "caption",
            Self::Formula => "formula",
            Self::Code => "code",
            Self::Definition => "definition",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its bit in the column `kinds`, of passages and of the vector index: stored, so never changed.
    pub const fn bit(self) -> u32 {
        match self {
            Self::Text => 1,
            Self::List => 2,
            Self::Table => 4,
            Self::Caption => 8,
            Self::Formula => 16,
            Self::Code => 32,
            Self::Definition => 64,
        }
    }

    fn of(block: BlockKind) -> &'static [Self] {
        match block {
            BlockKind::Heading | BlockKind::Paragraph | BlockKind::Footnote => &[Self::Text],
            BlockKind::List => &[Self::Text, Self::List],
            BlockKind::Table => &[Self::Table],
            BlockKind::Caption => &[Self::Caption],
            BlockKind::Formula => &[Self::Formula],
            BlockKind::Code => &[Self::Code],
        }
    }
}

/// The bits of a passage of these blocks.
pub(super) fn bits(blocks: &[BlockKind]) -> u32 {
    blocks.iter().flat_map(|block| Kind::of(*block)).fold(0, |bits, kind| bits | kind.bit())
}

/// Marks the passages in which a term is defined that stands on the pages `first..=last` of a document. Terms and
/// passages of a page are not always stored together: whichever comes second has the marks made.
pub(crate) fn mark_definitions(tx: &Transaction<'_>, document: DocumentId, first: u32, last: u32) -> Result<(), Error> {
    let mut defined: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut terms = tx.prepare_cached(
        "SELECT page, start FROM terms WHERE document = ? AND page BETWEEN ? AND ? AND strength >= ?",
    )?;
    let mut rows = terms.query((document.0, first, last, terms::SURE))?;
    while let Some(row) = rows.next()? {
        defined.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    if defined.is_empty() {
        return Ok(());
    }
    let mut mark = tx.prepare_cached("UPDATE passages SET kinds = kinds | ? WHERE passage = ?")?;
    // Backwards, as what was stored last is what is to be marked.
    let mut passages = tx.prepare_cached(
        "SELECT passage, page_start, page_end, sentences FROM passages JOIN passage_texts USING (passage)
         WHERE document = ? ORDER BY ordinal DESC",
    )?;
    let mut rows = passages.query([document.0])?;
    while let Some(row) = rows.next()? {
        let (start, end): (u32, u32) = (row.get(1)?, row.get(2)?);
        if end < first {
            break;
        }
        if start > last {
            continue;
        }
        let sentences: Vec<Sentence> = stored::from_postcard(row, 3)?;
        let defines = sentences.iter().flat_map(|sentence| &sentence.spans).any(|span| {
            let starts = defined.get(&span.page).map_or(&[][..], Vec::as_slice);
            starts.iter().any(|at| (span.start..span.end).contains(at))
        });
        if defines {
            mark.execute((Kind::Definition.bit(), row.get::<_, i64>(0)?))?;
        }
    }
    Ok(())
}

/// Takes all those marks of a document away.
pub(crate) fn unmark_definitions(tx: &Transaction<'_>, document: DocumentId) -> Result<(), Error> {
    tx.prepare_cached("UPDATE passages SET kinds = kinds & ~?1 WHERE document = ?2 AND kinds & ?1")?
        .execute((Kind::Definition.bit(), document.0))?;
    Ok(())
}
