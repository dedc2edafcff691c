//! Blocks before they stand on a page.

use super::styled::{Styled, offset};
use crate::emphasis;
use crate::{Block, BlockKind, CELL, Emphasis, Page, PageStatus, ROW};

/// A block and its text; the text is never empty and begins and ends with no white space, but for code, which keeps
/// its first line's indentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) kind: BlockKind,
    /// Level of a heading, from 1.
    pub(crate) level: Option<u8>,
    pub(crate) text: String,
    /// How its letters look where they are not plain, as bytes of its text.
    pub(crate) runs: Vec<Emphasis>,
    /// Line of the file that it begins on, from 1; 0 where nobody would look for one.
    pub(crate) line: u32,
}

impl Draft {
    pub(crate) fn new(kind: BlockKind, text: impl Into<Styled>) -> Self {
        let Styled { text, runs } = text.into();
        Self { kind, level: None, text, runs, line: 0 }
    }

    pub(crate) fn heading(level: u8, text: impl Into<Styled>) -> Self {
        Self { level: Some(level.max(1)), ..Self::new(BlockKind::Heading, text) }
    }

    pub(crate) fn on_line(self, line: u32) -> Self {
        Self { line, ..self }
    }

    /// Rows and cells, see [`ROW`] and [`CELL`]; none if all cells are empty.
    pub(crate) fn table(rows: &[Vec<String>]) -> Option<Self> {
        let lines: Vec<String> = rows.iter().filter_map(|cells| row(cells)).collect();
        (!lines.is_empty()).then(|| Self::new(BlockKind::Table, lines.join(&ROW.to_string())))
    }
}

/// A table's row as it stands in the text: an empty cell at the end leaves no trace, one in the middle its place.
pub(crate) fn row(cells: &[String]) -> Option<String> {
    let last = cells.iter().rposition(|it| !it.is_empty())?;
    // A block doesn't begin with white space, so empty cells at the start leave no trace either.
    let first = cells.iter().position(|it| !it.is_empty())?;
    Some(cells[first..=last].join(&CELL.to_string()))
}

/// Puts blocks together to the page of a unit.
#[derive(Debug)]
pub(crate) struct UnitPage(Page);

impl UnitPage {
    pub(crate) fn new(number: u32, label: Option<String>) -> Self {
        let label = label.filter(|it| !it.is_empty());
        Self(Page { label, status: PageStatus::Empty, ..super::unreadable(number) })
    }

    pub(crate) fn push(&mut self, draft: &Draft) {
        let page = &mut self.0;
        if draft.text.is_empty() {
            return;
        }
        if !page.text.is_empty() {
            page.text.push('\n');
        }
        let start = offset(page.text.len());
        page.text.push_str(&draft.text);
        let standing_out = emphasis::of_block(draft.kind, &draft.text, draft.runs.iter().copied());
        page.emphasis.extend(standing_out.into_iter().map(|it| Emphasis {
            start: it.start + start,
            end: it.end + start,
            ..it
        }));
        if draft.line > 0 {
            page.lines.resize(page.blocks.len(), 0);
            page.lines.push(draft.line);
        }
        page.blocks.push(Block { kind: draft.kind, level: draft.level, start, end: offset(page.text.len()) });
        page.status = PageStatus::Text;
    }

    pub(crate) fn finish(self) -> Page {
        self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_table_has_its_rows_on_lines_of_their_own() {
        let cells = |row: [&str; 3]| row.map(str::to_owned).to_vec();
        let table = Draft::table(&[cells(["Name", "", "Age"]), cells(["", "", ""]), cells(["Ada", "", ""])]).unwrap();
        assert_eq!(table.text, "Name\t\tAge\nAda");
        assert_eq!(Draft::table(&[cells(["", "", ""])]), None);
    }

    #[test]
    fn blocks_are_joined_by_line_feeds() {
        let mut page = UnitPage::new(3, Some(String::new()));
        page.push(&Draft::heading(2, "One"));
        page.push(&Draft::new(BlockKind::Paragraph, "Two ä."));
        let page = page.finish();
        assert_eq!((page.text.as_str(), page.label), ("One\nTwo ä.", None));
        assert_eq!((page.blocks[1].start, page.blocks[1].end), (4, 11));
        assert_eq!(UnitPage::new(1, None).finish().status, PageStatus::Empty);
    }
}
