//! Lines to blocks: where a paragraph ends, and what it is.

use super::draft::{Draft, Part};
use super::formulas;
use super::geometry::Area;
use super::headings;
use super::joins::{join_items, join_parts};
use super::lines::{BULLETS, Line};
use super::notes;
use super::style::Style;
use super::tables::{self, Stretch};
use super::words::Words;
use crate::BlockKind;

/// The blocks of a page, columns in reading order; `rules` are the level lines drawn on it.
pub(super) fn blocks(words: &Words, columns: Vec<Vec<Part>>, style: &Style, page: u32, rules: &[Area]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (column, parts) in columns.into_iter().enumerate() {
        for part in parts {
            match part {
                Part::Lines(lines) => column_blocks(words, lines, style, page, column, &mut drafts),
                Part::Apart(inner) => {
                    if inner.first().is_some_and(|it| it.kind == BlockKind::Table) {
                        title_of_table(&mut drafts, column);
                    }
                    drafts.extend(inner.into_iter().map(|it| Draft { column, ..it }));
                }
            }
        }
        notes::set_apart(words, &mut drafts, column, style, rules);
    }
    let mut drafts = join_items(words, join_parts(words, drafts));
    title_at_foot(&mut drafts);
    notes::place(words, drafts)
}

/// A box that is cut by the end of a page right behind its title is a box still: no heading stands last on a page.
fn title_at_foot(drafts: &mut [Draft]) {
    let text = drafts.iter().any(|it| it.kind == BlockKind::Paragraph);
    if let Some(last) = drafts.last_mut()
        && text
        && last.boxed
        && last.kind == BlockKind::Heading
    {
        last.kind = BlockKind::Paragraph;
        last.level = None;
        last.aside = true;
    }
}

fn column_blocks(words: &Words, lines: Vec<Line>, style: &Style, page: u32, column: usize, drafts: &mut Vec<Draft>) {
    for stretch in formulas::stretches(words, lines) {
        match stretch {
            formulas::Stretch::Text(lines) => text_and_tables(words, lines, style, page, column, drafts),
            formulas::Stretch::Formula(lines) => {
                drafts.push(Draft { kind: BlockKind::Formula, ..Draft::of(lines, column) });
            }
        }
    }
}

fn text_and_tables(words: &Words, lines: Vec<Line>, style: &Style, page: u32, column: usize, drafts: &mut Vec<Draft>) {
    for stretch in tables::stretches(words, lines) {
        match stretch {
            Stretch::Text(lines) => drafts.extend(text_blocks(words, lines, style, page, column)),
            Stretch::Rows(rows) => {
                title_of_table(drafts, column);
                drafts.push(Draft { column, ..Draft::table(words, rows, (false, false)) });
            }
        }
    }
}

/// Marks what stands in one box as set apart. What titles the box titles no section of the text, which goes on behind
/// the box where it stopped before it; but a box around nothing but a heading is the heading's own.
pub(super) fn close_box(drafts: &mut [Draft]) {
    let only_headings = drafts.iter().all(|it| it.kind == BlockKind::Heading);
    for draft in drafts {
        draft.boxed = true;
        draft.aside = !only_headings;
        if draft.kind == BlockKind::Heading && !only_headings {
            draft.kind = BlockKind::Paragraph;
            draft.level = None;
        }
    }
}

fn text_blocks(words: &Words, lines: Vec<Line>, style: &Style, page: u32, column: usize) -> Vec<Draft> {
    let starts: Vec<bool> = {
        let mut first = 0;
        (0..lines.len())
            .map(|at| {
                let starts = at > 0 && breaks(words, &lines, at, &lines[first..at], style);
                if starts {
                    first = at;
                }
                starts
            })
            .collect()
    };
    let mut drafts: Vec<Draft> = Vec::new();
    for (line, starts) in lines.into_iter().zip(starts) {
        match drafts.last_mut() {
            Some(draft) if !starts => draft.lines.push(line),
            _ => drafts.push(Draft::of(vec![line], column)),
        }
    }
    for draft in &mut drafts {
        (draft.kind, draft.level) = kind(words, draft, style, page);
    }
    drafts
}

/// A bold line right above a table is its title.
fn title_of_table(drafts: &mut [Draft], column: usize) {
    if let Some(last) = drafts.last_mut()
        && last.kind == BlockKind::Heading
        && last.column == column
        && last.level.is_none_or(|level| level > 2)
    {
        last.kind = BlockKind::Caption;
        last.level = None;
    }
}

/// Whether a new block begins with `lines[at]`; `block` holds the lines before it that belong together.
fn breaks(words: &Words, lines: &[Line], at: usize, block: &[Line], style: &Style) -> bool {
    let (Some(first), Some(last), line) = (block.first(), block.last(), &lines[at]) else {
        return false;
    };
    let size = last.size.max(line.size);
    let pitch = (line.area.y1 - last.area.y1) / size;
    if pitch > 1.28 * style.leading.max(1.0) || pitch < 0.3 {
        return true;
    }
    if (last.size - line.size).abs() > 0.12 * size {
        return true;
    }
    let right = lines[at.saturating_sub(3)..lines.len().min(at + 3)]
        .iter()
        .filter(|it| (it.start() - line.start()).abs() < 2.0 || (it.start() - last.start()).abs() < 2.0)
        .map(Line::end)
        .fold(f32::NEG_INFINITY, f32::max);
    let short = would_have_fitted(words, last, line, right);
    let ended = ends_sentence(last.last(words));
    // "(b)" in the middle of a sentence may come to stand at the start of a line.
    if starts_item(words, line) && (short || ended || starts_item(words, first)) {
        return true;
    }
    // Entries of a glossary: each begins with its term in bold letters.
    if short && !style.body_bold && starts_with_term(words, line) && starts_with_term(words, first) {
        return true;
    }
    if block.iter().all(|it| it.bold) != line.bold && !style.body_bold {
        let bold_before = block.iter().all(|it| it.bold);
        if (bold_before && short) || (line.bold && short && ended) {
            return true;
        }
    }
    let centred = (last.area.middle() - line.area.middle()).abs() < 3.0 && (last.start() - line.start()).abs() > 3.0;
    if centred {
        return false;
    }
    let step = line.start() - last.start();
    if step > 0.8 * size && block.len() > 1 {
        return true;
    }
    if step > 0.8 * size && short && ended {
        return true;
    }
    // The first line of a paragraph may be set in; later lines of an entry may be set in too.
    if step < -0.8 * size && (block.len() > 1 || last.start() > first.start() + 0.5) {
        return true;
    }
    short && ended && !last.ends_in_hyphen(words)
}

/// Whether the first word of `line` had room at the end of `last`, so that somebody broke the line on purpose.
pub(super) fn would_have_fitted(words: &Words, last: &Line, line: &Line, right: f32) -> bool {
    let Some(first) = line.tokens().next().map(|it| &words.tokens[it]) else {
        return true;
    };
    right - last.end() > first.area.width() + 0.35 * last.size
}

pub(super) fn ends_sentence(word: &str) -> bool {
    word.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»']).ends_with(['.', '!', '?', ':', '…'])
}

/// Whether a line begins with bold words and goes on in other letters.
fn starts_with_term(words: &Words, line: &Line) -> bool {
    let mut tokens = line.tokens().map(|it| &words.tokens[it]);
    tokens.next().is_some_and(|it| it.bold) && tokens.any(|it| !it.bold)
}

/// Whether a line begins with a bullet, or a number or letter that counts items.
fn starts_item(words: &Words, line: &Line) -> bool {
    if line.marked {
        return true;
    }
    let first = line.first(words);
    let mut letters = first.chars();
    if let (Some(mark), None) = (letters.next(), letters.next()) {
        return BULLETS.contains(&mark);
    }
    if first.starts_with(BULLETS) && !first.starts_with('–') {
        return true;
    }
    let inner = first.trim_start_matches('(');
    let Some(counter) = inner.strip_suffix(['.', ')']) else {
        return false;
    };
    let number = counter.len() <= 2 && !counter.is_empty() && counter.bytes().all(|it| it.is_ascii_digit());
    let letter = counter.len() == 1 && counter.bytes().all(|it| it.is_ascii_lowercase());
    number || (letter && (first.starts_with('(') || first.ends_with(')')))
}

/// Words that begin a caption, before its number.
const CAPTIONS: &[&str] = &["figure", "fig.", "fig", "table", "exhibit", "plate", "chart", "diagram", "listing"];

fn is_caption(words: &Words, draft: &Draft) -> bool {
    let mut tokens = draft.lines.iter().flat_map(Line::tokens).map(|it| words.word(&words.tokens[it]));
    let (Some(first), Some(second)) = (tokens.next(), tokens.next()) else {
        return false;
    };
    CAPTIONS.contains(&first.to_lowercase().as_str())
        && second.chars().next().is_some_and(|it| it.is_numeric() || it.is_uppercase())
        && second.chars().any(char::is_numeric)
}

fn kind(words: &Words, draft: &Draft, style: &Style, page: u32) -> (BlockKind, Option<u8>) {
    if is_caption(words, draft) {
        return (BlockKind::Caption, None);
    }
    if let Some(level) = headings::level(style, words, page, draft) {
        return (BlockKind::Heading, Some(level));
    }
    let kind = match draft.lines.first() {
        Some(line) if starts_item(words, line) => BlockKind::List,
        Some(line) if line.fixed && draft.lines.iter().all(|it| it.fixed) => BlockKind::Code,
        _ => BlockKind::Paragraph,
    };
    (kind, None)
}
