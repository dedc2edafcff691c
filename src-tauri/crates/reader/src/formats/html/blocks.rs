//! What comes out of a page: blocks, as soon as their fate is known.

use std::collections::VecDeque;

use super::Scope;
use super::extract::Extract;
use super::open::{Held, Kind, List};
use super::table::Table;
use crate::BlockKind;
use crate::formats::draft::Draft;
use crate::formats::styled::Styled;
use crate::formats::text::{collapsed, verbatim};

/// A list or form that waits for its end to be judged is taken as text when it is longer.
const HELD: usize = 32 << 10;

impl Extract {
    pub(super) fn title(&self) -> Option<String> {
        Some(collapsed(&self.title)).filter(|it| !it.is_empty())
    }

    pub(super) fn weights(&self) -> (u64, u64) {
        (self.main, self.all)
    }

    /// Blocks whose fate is known.
    pub(super) fn take(&mut self) -> VecDeque<Draft> {
        let waits = self.open.iter().find_map(|it| match &it.kind {
            Kind::List(List { held, .. }) | Kind::Form(held) if !held.kept => Some(held.from),
            _ => None,
        });
        let ready = waits.unwrap_or(self.queue.len()).min(self.queue.len());
        if ready == 0 {
            return VecDeque::new();
        }
        let rest = self.queue.split_off(ready);
        for it in &mut self.open {
            if let Kind::List(List { held, .. }) | Kind::Form(held) = &mut it.kind {
                held.from = held.from.saturating_sub(ready);
            }
        }
        std::mem::replace(&mut self.queue, rest)
    }

    /// The block that ends here.
    pub(super) fn flush(&mut self) {
        self.breaks = 0;
        if !self.pre.is_empty() {
            let text = verbatim(&std::mem::take(&mut self.pre));
            if !text.is_empty() {
                self.emit(Draft::new(BlockKind::Code, text));
            }
        }
        let text = self.line.take_styled();
        if text.is_empty() {
            return;
        }
        if self.open.last().is_some_and(|it| it.note) {
            let way_back = |it: char| matches!(it, '↩' | '↵' | '⏎' | '\u{fe0e}' | '\u{fe0f}' | ' ' | '\u{a0}');
            let end = text.text.trim_end_matches(way_back).len();
            if end > 0 {
                let draft = self.note(text.part(0, end));
                self.emit(draft);
            }
        } else {
            let draft = self.draft(text);
            self.emit(draft);
        }
    }

    /// A paragraph of a note, its number in front as the text's marks have it.
    fn note(&mut self, text: Styled) -> Draft {
        let own = text.text.len();
        let draft = self.draft(text);
        if !matches!(draft.kind, BlockKind::Paragraph | BlockKind::List) {
            return draft;
        }
        let all = Styled { text: draft.text, runs: draft.runs };
        let (marker, text) = all.text.split_at(all.text.len() - own);
        let number = marker.trim_end().trim_end_matches('.');
        let counted = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        let marker = if counted { format!("[{number}] ") } else { String::new() };
        let own = all.part(all.text.len() - text.len(), all.text.len());
        Draft::new(BlockKind::Footnote, own.behind(&marker))
    }

    pub(super) fn draft(&mut self, text: Styled) -> Draft {
        for it in self.open.iter().rev() {
            match it.kind {
                Kind::Heading(level) => return Draft::heading(level, text),
                Kind::Caption => return Draft::new(BlockKind::Caption, text),
                Kind::Item => {
                    let marker = self.marker.take();
                    return match marker {
                        Some(marker) => Draft::new(BlockKind::List, text.behind(&marker)),
                        None => Draft::new(BlockKind::Paragraph, text),
                    };
                }
                Kind::Table => break,
                _ => {}
            }
        }
        Draft::new(BlockKind::Paragraph, text)
    }

    pub(super) fn emit(&mut self, draft: Draft) {
        let size = draft.text.len() as u64;
        let mut left = Some(draft);
        for table in self.tables.iter_mut().rev() {
            left = left.and_then(|it| table.push(it));
        }
        self.all += size;
        if self.open.iter().any(|it| matches!(it.kind, Kind::Main | Kind::Article)) {
            self.main += size;
        }
        self.queue.extend(left);
        self.release();
    }

    /// What is longer than any navigation is kept, and need not wait.
    pub(super) fn release(&mut self) {
        let read = self.read;
        for it in &mut self.open {
            if let Kind::List(List { held, .. }) | Kind::Form(held) = &mut it.kind {
                held.kept |= read - held.bytes > HELD as u64;
            }
        }
    }

    /// A list of nothing but links outside the main part leads elsewhere.
    pub(super) fn judge(&mut self, held: Held, several: bool) {
        let (bytes, linked) = (self.read - held.bytes, self.linked - held.linked);
        if !held.kept && several && linked * 10 >= bytes * 8 && bytes < HELD as u64 {
            self.queue.truncate(held.from);
        }
    }

    pub(super) fn since(&self, from: usize) -> usize {
        self.queue.iter().skip(from).map(|it| it.text.len()).sum()
    }

    pub(super) fn held(&self) -> Held {
        let inside = self.open.iter().any(|it| matches!(it.kind, Kind::Main | Kind::Article));
        let kept = !matches!(self.scope, Scope::Page) || inside || !self.tables.is_empty();
        Held { from: self.queue.len(), bytes: self.read, linked: self.linked, kept }
    }

    pub(super) fn end_formula(&mut self) {
        let Some(formula) = self.formula.take() else {
            return;
        };
        let text = formula.finish();
        if text.is_empty() || self.dropped > 0 || !self.is_wanted() {
            return;
        }
        self.breaks = 0;
        if self.display {
            self.emit(Draft::new(BlockKind::Formula, text));
        } else {
            self.line.push(&text);
        }
    }

    /// Begins a number in brackets, so that it is not read as part of the word before it.
    pub(super) fn note_mark(&mut self) -> Kind {
        if !self.is_wanted() || self.is_in_pre() {
            return Kind::Plain;
        }
        self.line.push("[");
        Kind::NoteMark(self.line.len())
    }

    pub(super) fn end_note_mark(&mut self, from: usize) {
        // A block that ended inside the mark took its bracket along.
        let text = self.line.as_str();
        let (Some(inside), Some(b'[')) = (text.get(from..), text.as_bytes().get(from.wrapping_sub(1))) else {
            return;
        };
        let inside = inside.trim();
        if inside.is_empty() || inside.starts_with(['[', '(']) {
            // Nothing to mark, or marked already.
            self.line.leave_out(from - 1, from);
        } else {
            self.line.push("]");
        }
    }

    pub(super) fn table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            act(table);
        }
    }
}
