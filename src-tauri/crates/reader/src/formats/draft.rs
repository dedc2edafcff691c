//! Blocks before they stand on a page.

use crate::{Block, BlockKind, CELL, Page, PageStatus, ROW};

/// A block and its text; the text is never empty and begins and ends with no white space, but for code, which keeps
/// its first line's indentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) kind: BlockKind,
    /// Level of a heading, from 1.
    pub(crate) level: Option<u8>,
    pub(crate) text: String,
}

impl Draft {
    pub(crate) fn new(kind: BlockKind, text: impl Into<String>) -> Self {
        Self { kind, level: None, text: text.into() }
    }

    pub(crate) fn heading(level: u8, text: impl Into<String>) -> Self {
        Self { kind: BlockKind::Heading, level: Some(level.max(1)), text: text.into() }
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
        page.blocks.push(Block { kind: draft.kind, level: draft.level, start, end: offset(page.text.len()) });
        page.status = PageStatus::Text;
    }

    pub(crate) fn finish(self) -> Page {
        self.0
    }
}

/// Units are far below four gigabytes of text.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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
