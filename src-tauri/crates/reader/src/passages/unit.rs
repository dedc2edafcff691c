//! The smallest part of a passage: a sentence, or a piece of one that is too long.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Count, PAGES, offset};
use crate::joiner::Part;
use crate::{BlockKind, JoinedBlock, ROW, Span, sentences};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Unit {
    pub(super) text: String,
    pub(super) spans: Vec<Span>,
    pub(super) tokens: u32,
    pub(super) kind: BlockKind,
    /// Number of the block that it is of.
    pub(super) block: u32,
    /// Begins a block, a row of a table, an item of a list or a line of a program.
    pub(super) begins_row: bool,
}

/// The sentences of a block, the rows of a table or the lines of a program; none with more than `budget` tokens or on
/// more than [`PAGES`] pages.
pub(super) fn units(block: &JoinedBlock, number: u32, budget: u32, count: Count<'_>) -> Vec<Unit> {
    let mut found = Vec::new();
    let parts = match block.kind {
        BlockKind::Table | BlockKind::Code => rows(&block.text),
        _ => sentences(&block.text),
    };
    for mut rest in parts {
        while !rest.is_empty() {
            let mut part = first_pages(block, rest.clone());
            let mut tokens = count(&block.text[part.clone()]);
            if tokens > budget {
                part = longest_start(&block.text, part, budget, count);
                tokens = count(&block.text[part.clone()]);
            }
            let behind = &block.text[part.end..rest.end];
            rest.start = part.end + (behind.len() - behind.trim_start().len());
            found.push(unit(block, number, part, tokens));
        }
    }
    found
}

/// As much of `range` from its start as stands on [`PAGES`] pages.
fn first_pages(block: &JoinedBlock, range: Range<usize>) -> Range<usize> {
    let begins_before = |part: &&Part| part.start as usize <= range.start;
    let first = block.parts.iter().rfind(begins_before).map_or(0, |it| it.span.page);
    let beyond = block.parts.iter().find(|it| !begins_before(it) && it.span.page >= first + PAGES);
    match beyond.map(|it| it.start as usize) {
        Some(end) if end < range.end => range.start..range.start + block.text[range.start..end].trim_end().len(),
        _ => range,
    }
}

/// The rows of a table's or program's text that are not empty.
fn rows(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split_inclusive(ROW)
        .map(|row| {
            let range = start..start + row.trim_end_matches(ROW).len();
            start += row.len();
            range
        })
        .filter(|row| !text[row.clone()].trim().is_empty())
        .collect()
}

/// As much of `range` from its start as fits, up to the end of a clause if one is near, else of a word.
fn longest_start(text: &str, range: Range<usize>, budget: u32, count: Count<'_>) -> Range<usize> {
    let part = &text[range.clone()];
    let mut used = 0;
    let mut word_end = 0;
    let mut clause_end = 0;
    for word in part.split_inclusive(char::is_whitespace) {
        let tokens = count(word.trim_end());
        if used + tokens > budget {
            break;
        }
        used += tokens;
        word_end += word.len();
        if word.trim_end().ends_with([',', ';', ':', '—', '–']) && used * 2 > budget {
            clause_end = word_end;
        }
    }
    if word_end == 0 {
        // One word longer than all that fits: letters, at most one token each.
        let mut cut = part.len().min(budget as usize).max(1);
        while !part.is_char_boundary(cut) {
            cut += 1;
        }
        // A letter outside of the model's vocabulary may stand for more than one token.
        while cut > 1 && count(&part[..cut]) > budget {
            cut /= 2;
            while !part.is_char_boundary(cut) && cut > 0 {
                cut -= 1;
            }
            if cut == 0 {
                cut = part.chars().next().map_or(part.len(), char::len_utf8);
                break;
            }
        }
        return range.start..range.start + cut;
    }
    let end = if clause_end > 0 && word_end < part.len() { clause_end } else { word_end };
    range.start..range.start + part[..end].trim_end().len()
}

fn unit(block: &JoinedBlock, number: u32, range: Range<usize>, tokens: u32) -> Unit {
    Unit {
        text: block.text[range.clone()].to_owned(),
        spans: block.spans(offset(range.start), offset(range.end)),
        tokens,
        kind: block.kind,
        block: number,
        begins_row: range.start == 0 || block.text[..range.start].trim_end_matches(' ').ends_with(ROW),
    }
}

/// The kinds that there are, each once, in the order in which they first stand.
pub(super) fn kinds(units: &[Unit]) -> Vec<BlockKind> {
    let mut kinds = Vec::new();
    for unit in units {
        if !kinds.contains(&unit.kind) {
            kinds.push(unit.kind);
        }
    }
    kinds
}

/// The kind of most tokens.
pub(super) fn main_kind(units: &[Unit]) -> BlockKind {
    let weight = |kind| -> u32 { units.iter().filter(|it| it.kind == kind).map(|it| it.tokens).sum() };
    units.iter().map(|it| it.kind).max_by_key(|&kind| weight(kind)).unwrap_or(BlockKind::Paragraph)
}
