//! Blocks of a text in XML, made event by event.

use std::collections::VecDeque;

use super::draft::Draft;
use super::plan::Blocks;
use super::styled::Styled;
use super::xml::Event;
use crate::BlockKind;
use crate::error::Failure;

/// A block of code grows line by line up to so many bytes.
const LONGEST_CODE: usize = 4_000;

/// Blocks that are made, and the notes that belong behind the next one.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    ready: VecDeque<Draft>,
    notes: Vec<Styled>,
    /// Nothing comes any more.
    over: bool,
}

impl Queue {
    pub(crate) fn push(&mut self, draft: Draft) {
        self.ready.push_back(draft);
    }

    pub(crate) fn extend(&mut self, drafts: impl IntoIterator<Item = Draft>) {
        self.ready.extend(drafts);
    }

    /// Adds lines of code: each is a paragraph of the file; together they are one block.
    pub(crate) fn push_code(&mut self, lines: &str) {
        match self.ready.back_mut() {
            Some(last) if last.kind == BlockKind::Code && last.text.len() < LONGEST_CODE => {
                last.text.push('\n');
                last.text.push_str(lines);
            }
            _ => self.push(Draft::new(BlockKind::Code, lines)),
        }
    }

    /// Keeps a note, its mark in front, until the block with its mark is whole.
    pub(crate) fn push_note(&mut self, note: Styled) {
        self.notes.push(note);
    }

    /// The notes of the block that has just been added.
    pub(crate) fn place_notes(&mut self) {
        self.ready.extend(self.notes.drain(..).map(|it| Draft::new(BlockKind::Footnote, it)));
    }

    /// The next block that can't grow any more.
    fn next_whole(&mut self) -> Option<Draft> {
        if self.over || self.ready.len() > 1 { self.ready.pop_front() } else { None }
    }
}

/// A text that is read event by event.
pub(crate) trait Streamed {
    /// The next event; none at the end.
    fn read(&mut self) -> Result<Option<Event>, Failure>;

    /// Takes in an event.
    fn take(&mut self, event: Event) -> Result<(), Failure>;

    /// Where the blocks go.
    fn queue(&mut self) -> &mut Queue;
}

impl<T: Streamed> Blocks for T {
    fn next_block(&mut self) -> Result<Option<Draft>, Failure> {
        loop {
            if let Some(draft) = self.queue().next_whole() {
                return Ok(Some(draft));
            }
            if self.queue().over {
                return Ok(None);
            }
            match self.read() {
                Ok(Some(event)) => self.take(event)?,
                Ok(None) => {
                    self.queue().place_notes();
                    self.queue().over = true;
                }
                // What stands before the break is handed over first.
                Err(failure @ Failure::Damaged) => return self.queue().ready.pop_front().map(Some).ok_or(failure),
                Err(failure) => return Err(failure),
            }
        }
    }
}
