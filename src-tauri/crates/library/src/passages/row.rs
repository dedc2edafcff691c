use kernel::{DocumentId, PassageId, RoomId};
use reader::{BlockKind, Sentence};
use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::stored::{self, Named};

/// A passage with what is needed to show and to cite it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPassage {
    /// Its number.
    pub passage: PassageId,
    /// Its document.
    pub document: DocumentId,
    /// Its room.
    pub room: RoomId,
    /// The document's title.
    pub title: String,
    /// The printed label of its first page.
    pub label_start: Option<String>,
    /// Place in the document, from 0.
    pub ordinal: u32,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Kind of its main block.
    pub kind: BlockKind,
    /// Its words.
    pub text: String,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// First physical page.
    pub page_start: u32,
    /// Last physical page.
    pub page_end: u32,
    /// Model tokens, as counted when it was cut.
    pub tokens: u32,
}

impl StoredPassage {
    /// Puts the words of a neighbour, of the same document and under the same headings, before or behind those that are
    /// there. The passage keeps its number and its kind.
    pub fn join(&mut self, mut neighbour: Self) {
        let (number, kind) = (self.passage, self.kind);
        if neighbour.ordinal < self.ordinal {
            std::mem::swap(self, &mut neighbour);
        }
        (self.passage, self.kind) = (number, kind);
        self.text.push('\n');
        let offset = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(&neighbour.text);
        self.sentences.extend(neighbour.sentences.into_iter().map(|sentence| Sentence {
            start: sentence.start.saturating_add(offset),
            end: sentence.end.saturating_add(offset),
            ..sentence
        }));
        self.page_end = self.page_end.max(neighbour.page_end);
        self.tokens = self.tokens.saturating_add(neighbour.tokens);
    }
}

/// A passage that waits for its vector, with what [`reader`] makes the embedded text of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unembedded {
    /// Its number.
    pub passage: PassageId,
    /// The document's title.
    pub title: String,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Its words.
    pub text: String,
    /// Model tokens, as counted when it was cut.
    pub tokens: u32,
    /// Place in the document, from 0.
    pub ordinal: u32,
}

impl Named for BlockKind {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Heading, "heading"),
        (Self::Paragraph, "paragraph"),
        (Self::List, "list"),
        (Self::Table, "table"),
        (Self::Caption, "caption"),
        (Self::Formula, "formula"),
        (Self::Code, "code"),
        (Self::Footnote, "footnote"),
    ];
}

pub(super) const SELECT: &str = "SELECT p.passage, p.document, p.room, d.title, g.label, p.ordinal, p.kind,
        p.page_start, p.page_end, p.tokens, t.headings, t.text, t.sentences
     FROM passages p
     JOIN documents d ON d.document = p.document
     JOIN passage_texts t ON t.passage = p.passage
     LEFT JOIN pages g ON g.document = p.document AND g.number = p.page_start";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<StoredPassage> {
    Ok(StoredPassage {
        passage: PassageId(row.get(0)?),
        document: DocumentId(row.get(1)?),
        room: RoomId(row.get(2)?),
        title: row.get(3)?,
        label_start: row.get(4)?,
        ordinal: row.get(5)?,
        kind: stored::named(row, 6)?,
        page_start: row.get(7)?,
        page_end: row.get(8)?,
        tokens: row.get(9)?,
        headings: split_headings(row.get_ref(10)?.as_str()?),
        text: row.get(11)?,
        sentences: stored::from_postcard(row, 12)?,
    })
}

/// One column for the keyword index. A heading is one line, so a line feed parts two of them.
pub(super) fn join_headings(headings: &[String]) -> String {
    let lines: Vec<String> = headings.iter().map(|heading| heading.replace('\n', " ")).collect();
    lines.join("\n")
}

pub(super) fn split_headings(joined: &str) -> Vec<String> {
    if joined.is_empty() {
        return Vec::new();
    }
    joined.split('\n').map(str::to_owned).collect()
}
