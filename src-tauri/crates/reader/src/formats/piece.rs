//! A part of a text file that is parsed as one.

use super::lines::SourceLine;

/// Some lines of the text.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Where each line begins in the text, and its number in the file.
    lines: Vec<(usize, u32)>,
}

impl Piece {
    pub(super) fn extend(&mut self, lines: impl IntoIterator<Item = SourceLine>) {
        for line in lines {
            self.lines.push((self.text.len(), line.number));
            self.text.push_str(&line.text);
            self.text.push('\n');
        }
    }

    /// Number of the line in which the byte `at` stands.
    pub(super) fn line(&self, at: usize) -> u32 {
        let line = self.lines.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.lines.get(line).map_or(0, |(_, number)| *number)
    }
}
