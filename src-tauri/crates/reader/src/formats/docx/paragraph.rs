//! A paragraph as it is put together from its runs.

use super::styles::ListRef;
use crate::formats::text::Line;

/// What is known of a paragraph until it ends.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: Option<String>,
    pub(super) outline: Option<u8>,
    pub(super) list: ListRef,
    pub(super) line: Line,
    /// Its text with line breaks, wanted for code alone.
    pub(super) lines: String,
    /// Bytes of it that formulas on lines of their own gave.
    pub(super) display: bool,
    /// Text that is no formula.
    pub(super) words: bool,
}

impl Paragraph {
    pub(super) fn text(&mut self, text: &str) {
        self.words |= !text.trim().is_empty();
        self.line.push(text);
        self.lines.push_str(text);
    }

    pub(super) fn space(&mut self) {
        self.line.space();
        self.lines.push('\t');
    }

    pub(super) fn line_break(&mut self) {
        self.line.space();
        self.lines.push('\n');
    }

    pub(super) fn formula(&mut self, text: &str, display: bool) {
        self.display |= display;
        self.line.push(text);
        self.lines.push_str(text);
    }
}
