//! A block in the making.

use super::lines::Line;
use super::tables::{self, Row};
use super::words::Words;
use crate::BlockKind;

/// A block whose text is not put together yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: BlockKind,
    pub(super) level: Option<u8>,
    pub(super) lines: Vec<Line>,
    /// The rows of a table; the items of a list or the lines of a program as rows of one cell. Then there are no other
    /// lines.
    pub(super) rows: Vec<Row>,
    /// A table that no line closes at its head, at its foot.
    pub(super) open: (bool, bool),
    /// Column of the page that it stands in.
    pub(super) column: usize,
    /// Stands in a box.
    pub(super) boxed: bool,
    /// Stands in a box apart from the text around it.
    pub(super) aside: bool,
}

/// What stands one below the other in a column.
pub(super) enum Part {
    Lines(Vec<Line>),
    /// A ruled table, or what stands in a box.
    Apart(Vec<Draft>),
}

impl Draft {
    pub(super) fn of(lines: Vec<Line>, column: usize) -> Self {
        Self {
            kind: BlockKind::Paragraph,
            level: None,
            lines,
            rows: Vec::new(),
            open: (false, false),
            column,
            boxed: false,
            aside: false,
        }
    }

    /// A table; `open` says whether no line closes it at its head and at its foot.
    pub(super) fn table(words: &Words, rows: Vec<Row>, open: (bool, bool)) -> Self {
        let header = tables::header_rows(words, &rows);
        let level = (header > 0).then_some(header);
        Self { kind: BlockKind::Table, level, rows, open, ..Self::of(Vec::new(), 0) }
    }

    pub(super) fn text(&self, words: &Words) -> String {
        let lines: Vec<String> = self.all_lines().map(|it| it.text(words)).collect();
        lines.join(" ")
    }

    /// Its lines, those of a table's cells included.
    pub(super) fn all_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().chain(self.rows.iter().flatten().flatten())
    }
}
