//! Tables: of values, or only to place text on a page.

use crate::BlockKind;
use crate::formats::draft::Draft;

/// A table with so much text is handed on before it ends, in parts.
const HELD: usize = 256 << 10;
/// A cell with more text than this holds no value.
const LONG_CELL: usize = 1_500;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Vec<Draft>>>,
    in_row: bool,
    in_cell: bool,
    /// It only places text.
    layout: bool,
    held: usize,
}

impl Table {
    pub(super) fn new(layout: bool) -> Self {
        Self { layout, ..Self::default() }
    }

    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
        self.in_row = true;
        self.in_cell = false;
    }

    pub(super) fn cell(&mut self) {
        if !self.in_row {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(Vec::new());
        }
        self.in_cell = true;
    }

    pub(super) fn end_cell(&mut self) {
        self.in_cell = false;
    }

    pub(super) fn end_row(&mut self) {
        self.in_row = false;
        self.in_cell = false;
    }

    /// Takes a block into the open cell; gives it back if none is open.
    pub(super) fn push(&mut self, draft: Draft) -> Option<Draft> {
        let cell = self.rows.last_mut().and_then(|row| row.last_mut()).filter(|_| self.in_cell);
        let Some(cell) = cell else {
            return Some(draft);
        };
        self.held += draft.text.len();
        // What only a page has makes the table a means to place it.
        self.layout |= matches!(draft.kind, BlockKind::Heading | BlockKind::Table);
        cell.push(draft);
        None
    }

    /// The rows so far, if they are too many to hold.
    pub(super) fn overflow(&mut self) -> Vec<Draft> {
        if self.held < HELD {
            return Vec::new();
        }
        let open = self.rows.pop();
        let full = std::mem::take(&mut self.rows);
        self.rows.extend(open);
        self.held = 0;
        blocks(full, self.layout)
    }

    pub(super) fn finish(self) -> Vec<Draft> {
        blocks(self.rows, self.layout)
    }
}

fn blocks(rows: Vec<Vec<Vec<Draft>>>, layout: bool) -> Vec<Draft> {
    let weight = |cell: &Vec<Draft>| cell.iter().map(|it| it.text.len()).sum::<usize>();
    let columns = rows.iter().map(|row| row.iter().filter(|it| !it.is_empty()).count()).max().unwrap_or(0);
    if layout || columns < 2 || rows.iter().flatten().any(|it| weight(it) > LONG_CELL) {
        return rows.into_iter().flatten().flatten().collect();
    }
    let text = |cell: &Vec<Draft>| {
        let parts: Vec<String> = cell.iter().map(|it| it.text.replace('\n', " ")).collect();
        parts.join(" ")
    };
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(text).collect()).collect();
    Draft::table(&rows).into_iter().collect()
}
