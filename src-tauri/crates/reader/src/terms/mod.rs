//! The terms that a document defines: its glossary, the words it sets in bold where it explains them, and the
//! sentences that say what something is.
//!
//! Told from pages as they come; what is kept between two pages is the block that may go on and the last headings,
//! however long the document is.

mod glossary;
mod phrase;
mod sentence;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{BlockJoiner, BlockKind, Emphasis, JoinedBlock, Page, Span, sentences};
use glossary::Glossary;

/// How a document says what a term means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// In a glossary, a list of key terms, or a table of terms and their meanings.
    Glossary,
    /// Set in bold or italic letters in the sentence that explains it.
    Emphasised,
    /// By a sentence such as "X is a …" or "… is called X" alone.
    Sentence,
}

/// A term, and where the document says what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its words as they stand there, on one line, without article and quotation marks.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The words that define it, as they are read: a sentence or an entry of a glossary.
    pub definition: String,
    /// Where these stand: one span, or one for each page they cross.
    pub spans: Vec<Span>,
    /// How it is defined.
    pub kind: TermKind,
    /// How surely this is a definition, 0 to 100. Set by hand: a glossary before bold letters in a sentence of
    /// definition, before such a sentence alone, before bold letters alone. Of sentences, one that says what its
    /// subject is comes before one that names something in passing, and that before one that announces or recalls it.
    pub strength: u8,
    /// The heading above it.
    pub heading: Option<String>,
}

/// Longer definitions are whole paragraphs or tables that were not cut, in bytes.
const LONGEST_DEFINITION: usize = 900;
/// Longer terms are sentences in bold letters, in words.
const MOST_WORDS: usize = 7;
/// Of one block; a page of nothing but such phrases explains nothing.
const MOST_OF_A_BLOCK: usize = 200;

/// Finds the terms of pages that are pushed in order. Its state at the end of a page can be stored; read back, it
/// goes on as if nothing had happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TermFinder {
    joiner: BlockJoiner,
    /// Emphasis of the pages of which the joiner holds something back.
    emphasis: Vec<(u32, Vec<Emphasis>)>,
    heading: Option<String>,
    glossary: Glossary,
}

impl TermFinder {
    /// A finder at the start of a document.
    pub fn new() -> Self {
        Self::default()
    }

    /// The terms of the blocks that this page completes.
    pub fn push(&mut self, page: &Page) -> Vec<Term> {
        if !page.emphasis.is_empty() {
            self.emphasis.push((page.number, page.emphasis.clone()));
        }
        let blocks = self.joiner.push(page);
        let found = blocks.iter().flat_map(|block| self.of_block(block)).collect();
        let held = self.joiner.first_held_page().unwrap_or(u32::MAX);
        self.emphasis.retain(|(number, _)| *number >= held);
        found
    }

    /// The terms of what was kept back at the end of the document.
    pub fn finish(&mut self) -> Vec<Term> {
        let blocks = self.joiner.finish();
        blocks.iter().flat_map(|block| self.of_block(block)).collect()
    }

    fn of_block(&mut self, block: &JoinedBlock) -> Vec<Term> {
        if block.kind == BlockKind::Heading {
            self.glossary.enter(block);
            self.heading = Some(one_line(&block.text));
            return Vec::new();
        }
        let emphasis = self.emphasis_of(block);
        let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::List);
        let found: Vec<Found> = if block.kind == BlockKind::Table {
            self.glossary.table(block)
        } else if is_text && self.glossary.is_open() {
            let above = self.glossary.term_above(block);
            let entries = self.glossary.entries(block, &emphasis);
            if let (Some(above), true) = (above, entries.is_empty()) {
                let found = glossary::entry(&above, block);
                return self.placed(&above, block, &found).into_iter().collect();
            }
            entries
        } else if is_text {
            let all = sentences(&block.text);
            (0..all.len()).flat_map(|at| sentence::definitions(&block.text, &all, at, &emphasis)).collect()
        } else {
            Vec::new()
        };
        found.iter().take(MOST_OF_A_BLOCK).filter_map(|found| self.placed(block, block, found)).collect()
    }

    /// The emphasised runs of a block, as ranges of its text. Runs that a line's end parts are one.
    fn emphasis_of(&self, block: &JoinedBlock) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for part in &block.parts {
            let on_page = self.emphasis.iter().find(|(number, _)| *number == part.span.page);
            for run in on_page.map_or(&[][..], |(_, runs)| runs) {
                let (start, end) = (run.start.max(part.span.start), run.end.min(part.span.end));
                if start >= end {
                    continue;
                }
                let at = |byte: u32| (part.start + (byte - part.span.start)) as usize;
                let run = Run { start: at(start), end: at(end), bold: run.bold };
                match runs.last_mut() {
                    Some(last) if last.bold == run.bold && is_blank(&block.text, last.end, run.start) => {
                        last.end = run.end;
                    }
                    _ => runs.push(run),
                }
            }
        }
        runs.retain(|run| block.text.get(run.start..run.end).is_some());
        runs
    }

    /// The term of one block with its definition in another, or in the same, and their places; none when its words
    /// run over a page or are no term.
    fn placed(&self, block: &JoinedBlock, defining: &JoinedBlock, found: &Found) -> Option<Term> {
        let offset = |at: usize| u32::try_from(at).ok();
        let definition = defining.text.get(found.definition.clone())?;
        let name = block.text.get(found.term.clone())?;
        if definition.len() > LONGEST_DEFINITION || !phrase::is_term(name) {
            return None;
        }
        let [span] = block.spans(offset(found.term.start)?, offset(found.term.end)?)[..] else {
            return None;
        };
        Some(Term {
            name: one_line(name),
            span,
            definition: one_line(definition),
            spans: defining.spans(offset(found.definition.start)?, offset(found.definition.end)?),
            kind: found.kind,
            strength: found.strength,
            heading: self.heading.clone(),
        })
    }
}

/// An emphasised run, as bytes of a block's text.
#[derive(Clone, Copy, Debug)]
struct Run {
    start: usize,
    end: usize,
    bold: bool,
}

/// A definition, as bytes of the text of its block or blocks.
#[derive(Clone, Debug, PartialEq)]
struct Found {
    term: std::ops::Range<usize>,
    definition: std::ops::Range<usize>,
    kind: TermKind,
    strength: u8,
}

fn is_blank(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.trim().is_empty() && !between.contains('\n'))
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
