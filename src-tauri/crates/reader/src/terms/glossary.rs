//! Glossaries, lists of key terms, and tables of terms and their meanings.

use serde::{Deserialize, Serialize};

use super::phrase::{is_term, trimmed, without_brackets};
use super::{Found, Run, TermKind};
use crate::{CELL, JoinedBlock, ROW};

/// What such a part is called, folded.
const NAMES: &[&str] = &[
    "glossary",
    "key terms",
    "key term",
    "key concepts",
    "key words",
    "keywords",
    "key vocabulary",
    "definitions",
    "vocabulary",
    "terminology",
    "terms",
    "terms and definitions",
    "important terms",
    "glossar",
    "begriffe",
    "wichtige begriffe",
    "fachbegriffe",
    "begriffserklärungen",
    "definitionen",
    "glosarium",
    "daftar istilah",
    "istilah penting",
    "istilah",
    "kata kunci",
    "definisi",
];

/// What the first column of a table of terms is called, folded, and its second.
const TERM_COLUMN: &[&str] = &["term", "terms", "key term", "word", "concept", "begriff", "istilah", "vocabulary"];
const MEANING_COLUMN: &[&str] = &[
    "definition",
    "definitions",
    "meaning",
    "description",
    "explanation",
    "bedeutung",
    "erklärung",
    "definisi",
    "arti",
];

/// An entry of a glossary is as sure as can be; one of a table by its header nearly.
const ENTRY: u8 = 100;
const ROW_OF_TABLE: u8 = 92;

/// Whether the pages are inside a glossary.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Glossary {
    /// The level of its heading.
    level: Option<u8>,
    /// A term on a line of its own, whose meaning follows.
    waiting: Option<JoinedBlock>,
}

impl Glossary {
    /// A heading opens a glossary, or ends it; one letter over its entries does neither.
    pub(super) fn enter(&mut self, heading: &JoinedBlock) {
        self.waiting = None;
        let title = folded(&heading.text);
        let level = heading.level.unwrap_or(1);
        let deeper = self.level.is_some_and(|open| level > open);
        if NAMES.contains(&title.as_str()) {
            self.level = Some(level);
        } else if !deeper && title.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
            self.level = None;
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.level.is_some()
    }

    /// The term on the line before, whose meaning `block` is; or a term that from now on waits for its meaning.
    pub(super) fn term_above(&mut self, block: &JoinedBlock) -> Option<JoinedBlock> {
        let waiting = self.waiting.take();
        let is_alone = is_term(&block.text) && !block.text.contains([':', '—', '–']) && !block.text.ends_with('.');
        if is_alone {
            self.waiting = Some(block.clone());
            return None;
        }
        waiting
    }

    /// The entries of a block of a glossary: a line with a term and its meaning.
    pub(super) fn entries(&self, block: &JoinedBlock, emphasis: &[Run]) -> Vec<Found> {
        rows(&block.text)
            .flat_map(|row| parted(&block.text, row, emphasis))
            .filter_map(|row| {
                let term = emphasised_start(&row, emphasis).or_else(|| before_mark(&block.text, &row))?;
                let behind = block.text.get(term.end..row.end)?;
                let means = behind.chars().filter(|c| c.is_alphabetic()).nth(5).is_some();
                let term = trimmed(&block.text, without_brackets(&block.text, trimmed(&block.text, term)));
                let definition = trimmed_row(&block.text, row);
                let found = Found { term, definition, kind: TermKind::Glossary, strength: ENTRY };
                (means && is_term(&block.text[found.term.clone()])).then_some(found)
            })
            .collect()
    }

    /// The rows of a table with a term and its meaning in two cells, in a glossary or under a header that says so.
    pub(super) fn table(&self, block: &JoinedBlock) -> Vec<Found> {
        let header = usize::from(block.level.unwrap_or(0));
        let mut all = rows(&block.text);
        let says_so = all.next().is_some_and(|row| {
            let mut cells = block.text[row].split(CELL).map(folded);
            let (term, meaning) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            TERM_COLUMN.contains(&term.as_str()) && MEANING_COLUMN.contains(&meaning.as_str())
        });
        if !says_so && !self.is_open() {
            return Vec::new();
        }
        let strength = if self.is_open() { ENTRY } else { ROW_OF_TABLE };
        let skipped = header.max(usize::from(says_so));
        rows(&block.text)
            .skip(skipped)
            .filter_map(|row| {
                let text = &block.text[row.clone()];
                let cell = text.find(CELL)?;
                let means = text[cell..].chars().filter(|c| c.is_alphabetic()).nth(5).is_some();
                let own = row.start..row.start + cell;
                let term = trimmed(&block.text, without_brackets(&block.text, trimmed(&block.text, own)));
                let definition = trimmed_row(&block.text, row);
                let found = Found { term, definition, kind: TermKind::Glossary, strength };
                (means && is_term(&block.text[found.term.clone()])).then_some(found)
            })
            .collect()
    }
}

/// A term on a line of its own and its meaning in the block behind it.
pub(super) fn entry(term: &JoinedBlock, meaning: &JoinedBlock) -> Found {
    Found {
        term: trimmed(&term.text, without_brackets(&term.text, 0..term.text.len())),
        definition: trimmed_row(&meaning.text, 0..meaning.text.len()),
        kind: TermKind::Glossary,
        strength: ENTRY,
    }
}

/// The rows of a block: items of a list, rows of a table; a paragraph is one.
fn rows(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut start = 0;
    text.split_inclusive(ROW).map(move |row| {
        let range = start..start + row.trim_end_matches(ROW).len();
        start += row.len();
        range
    })
}

fn trimmed_row(text: &str, row: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let part = &text[row.clone()];
    let start = row.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}

/// The emphasised words that the row begins with, behind a bullet or a number.
fn emphasised_start(row: &std::ops::Range<usize>, emphasis: &[Run]) -> Option<std::ops::Range<usize>> {
    const BULLET: usize = 6;
    let run = emphasis.iter().find(|run| run.start >= row.start && run.end < row.end)?;
    (run.start - row.start <= BULLET).then_some(run.start..run.end)
}

/// The entries of a row: where its bold words stand in the order of the alphabet, each of them begins one, though no
/// line's end shows it.
fn parted(text: &str, row: std::ops::Range<usize>, emphasis: &[Run]) -> Vec<std::ops::Range<usize>> {
    let Some(first) = emphasised_start(&row, emphasis) else { return vec![row] };
    let name = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_lowercase();
    let (mut last, mut behind) = (name(first.clone()), first.end);
    let mut entries = vec![row.clone()];
    for run in emphasis.iter().filter(|run| run.bold && run.end < row.end) {
        let next = name(run.start..run.end);
        if let (true, Some(entry)) = (run.start > behind && next > last, entries.last_mut()) {
            entry.end = run.start;
            entries.push(run.start..row.end);
            (last, behind) = (next, run.end);
        }
    }
    entries
}

/// The words before the colon or dash of "term: meaning".
fn before_mark(text: &str, row: &std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let part = &text[row.clone()];
    let bullet = part.len() - part.trim_start_matches(|c: char| "•·▪◦*–-. ".contains(c) || c.is_numeric()).len();
    let mark =
        [": ", " – ", " — ", " - ", "—", " = "].iter().filter_map(|mark| part.get(bullet..)?.find(mark)).min()?;
    Some(row.start + bullet..row.start + bullet + mark)
}

fn folded(text: &str) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty() && !word.chars().all(|c| c.is_numeric() || c == '.'))
        .collect();
    words.join(" ")
}
