//! Lines to blocks: where a paragraph ends, and what it is.

use super::headings;
use super::lines::Line;
use super::style::Style;
use super::tables::{self, Row, Stretch};
use super::words::Words;
use crate::BlockKind;

/// A block whose text is not put together yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: BlockKind,
    pub(super) level: Option<u8>,
    pub(super) lines: Vec<Line>,
    /// The rows of a table, or the items of a list as rows of one cell; then there are no other lines.
    pub(super) rows: Vec<Row>,
    /// A table that no line closes at its head, at its foot.
    open: (bool, bool),
    /// Column of the page that it stands in.
    pub(super) column: usize,
    /// Stands in a box.
    boxed: bool,
    /// Stands in a box apart from the text around it.
    aside: bool,
}

/// What stands one below the other in a column.
pub(super) enum Part {
    Lines(Vec<Line>),
    /// A ruled table, or what stands in a box.
    Apart(Vec<Draft>),
}

impl Draft {
    fn of(lines: Vec<Line>, column: usize) -> Self {
        Self {
            kind: BlockKind::Paragraph,
            level: None,
            lines,
            rows: Vec::new(),
            open: (false, false),
            column,
            boxed: false,
            aside: false,
        }
    }

    /// A table; `open` says whether no line closes it at its head and at its foot.
    pub(super) fn table(words: &Words, rows: Vec<Row>, open: (bool, bool)) -> Self {
        let header = tables::header_rows(words, &rows);
        let level = (header > 0).then_some(header);
        Self { kind: BlockKind::Table, level, rows, open, ..Self::of(Vec::new(), 0) }
    }

    pub(super) fn text(&self, words: &Words) -> String {
        let lines: Vec<String> = self.all_lines().map(|it| it.text(words)).collect();
        lines.join(" ")
    }

    /// Its lines, those of a table's cells included.
    pub(super) fn all_lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().chain(self.rows.iter().flatten().flatten())
    }
}

/// The blocks of a page, columns in reading order.
pub(super) fn blocks(words: &Words, columns: Vec<Vec<Part>>, style: &Style, page: u32) -> Vec<Draft> {
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
    }
    let mut drafts = join_items(words, join_parts(words, drafts));
    title_at_foot(&mut drafts);
    drafts
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

/// Makes one list of the items that follow each other.
fn join_items(words: &Words, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        if draft.kind == BlockKind::List && draft.rows.is_empty() {
            draft.rows.push(vec![std::mem::take(&mut draft.lines)]);
        }
        match out.last_mut() {
            Some(list) if draft.kind == BlockKind::List && same_list(words, list, &draft) => {
                list.rows.extend(draft.rows);
                list.column = draft.column;
            }
            _ => out.push(draft),
        }
    }
    out
}

/// Whether the items of `next` are of the list before it, or of one inside it.
fn same_list(words: &Words, list: &Draft, next: &Draft) -> bool {
    let (Some(above), Some(first)) = (list.all_lines().next(), next.all_lines().next()) else {
        return false;
    };
    let column = list.column == next.column || list.column + 1 == next.column;
    // A list that counts anew is another one, or stands further in.
    let counter = first.first(words).trim_matches(['(', ')', '.']);
    let anew = matches!(counter, "1" | "a" | "i" | "A") && first.area.x0 < above.area.x0 + above.size;
    list.kind == BlockKind::List && list.aside == next.aside && column && !(anew && list.column == next.column)
}

fn column_blocks(words: &Words, lines: Vec<Line>, style: &Style, page: u32, column: usize, drafts: &mut Vec<Draft>) {
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
        .filter(|it| (it.area.x0 - line.area.x0).abs() < 2.0 || (it.area.x0 - last.area.x0).abs() < 2.0)
        .map(|it| it.area.x1)
        .fold(0.0, f32::max);
    let short = would_have_fitted(words, last, line, right);
    let ended = ends_sentence(last.last(words));
    // "(b)" in the middle of a sentence may come to stand at the start of a line.
    if starts_item(words, line) && (short || ended || starts_item(words, first)) {
        return true;
    }
    if block.iter().all(|it| it.bold) != line.bold && !style.body_bold {
        let bold_before = block.iter().all(|it| it.bold);
        if (bold_before && short) || (line.bold && short && ended) {
            return true;
        }
    }
    let centred = (last.area.middle() - line.area.middle()).abs() < 3.0 && (last.area.x0 - line.area.x0).abs() > 3.0;
    if centred {
        return false;
    }
    let step = line.area.x0 - last.area.x0;
    if step > 0.8 * size && block.len() > 1 {
        return true;
    }
    if step > 0.8 * size && short && ended {
        return true;
    }
    // The first line of a paragraph may be set in; later lines of an entry may be set in too.
    if step < -0.8 * size && (block.len() > 1 || last.area.x0 > first.area.x0 + 0.5) {
        return true;
    }
    short && ended && !last.ends_in_hyphen(words)
}

/// Whether the first word of `line` had room at the end of `last`, so that somebody broke the line on purpose.
fn would_have_fitted(words: &Words, last: &Line, line: &Line, right: f32) -> bool {
    let Some(first) = line.tokens().next().map(|it| &words.tokens[it]) else {
        return true;
    };
    right - last.area.x1 > first.area.width() + 0.35 * last.size
}

fn ends_sentence(word: &str) -> bool {
    word.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»']).ends_with(['.', '!', '?', ':', '…'])
}

const BULLETS: &[char] = &['•', '◦', '▪', '‣', '·', '●', '○', '■', '–', '◆', '➢', '✓'];

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

/// Joins what goes on at the top of the next column or behind a figure, table or box; what stands between its halves
/// comes after it.
fn join_parts(words: &Words, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match joins_at(words, &out, &draft) {
            Some(at) if draft.kind == BlockKind::Table => {
                let before = &mut out[at];
                let divided = before.open.1 && draft.open.0;
                let header = usize::from(before.level.unwrap_or(0));
                tables::go_on(words, &mut before.rows, draft.rows, header, divided);
                before.open.1 = draft.open.1;
                before.column = draft.column;
            }
            Some(at) => {
                let before = &mut out[at];
                before.column = draft.column;
                match before.rows.last_mut().and_then(|it| it.last_mut()) {
                    Some(item) => item.extend(draft.lines),
                    None => before.lines.extend(draft.lines),
                }
            }
            None => out.push(draft),
        }
    }
    out
}

/// Which of the blocks before it `draft` is the rest of.
fn joins_at(words: &Words, out: &[Draft], draft: &Draft) -> Option<usize> {
    if draft.kind == BlockKind::Table {
        let at = out.len().checked_sub(1)?;
        let before = &out[at];
        let columns = |it: &Draft| it.rows.iter().map(Vec::len).max();
        let goes_on = before.kind == BlockKind::Table
            && before.column + 1 == draft.column
            && columns(before) == columns(draft)
            && draft.level.is_none();
        return goes_on.then_some(at);
    }
    if draft.kind != BlockKind::Paragraph {
        return None;
    }
    let between = |it: &Draft| matches!(it.kind, BlockKind::Caption | BlockKind::Table) || (it.aside && !draft.aside);
    let at = out.iter().rposition(|it| !between(it))?;
    let before = &out[at];
    let next_column = before.column + 1 == draft.column;
    let interrupted = before.column == draft.column && at + 1 < out.len();
    if before.aside != draft.aside || !(next_column || interrupted) {
        return None;
    }
    let joins = match before.kind {
        BlockKind::Paragraph => goes_on(words, before, draft, at + 1 < out.len()),
        BlockKind::List => goes_on(words, before, draft, true),
        _ => false,
    };
    joins.then_some(at)
}

/// Whether `after` is the rest of the paragraph `before`; `surely` asks for the middle of a sentence.
fn goes_on(words: &Words, before: &Draft, after: &Draft, surely: bool) -> bool {
    let (Some(last), Some(first)) = (before.all_lines().last(), after.lines.first()) else {
        return false;
    };
    if (last.size - first.size).abs() > 0.12 * last.size {
        return false;
    }
    if last.ends_in_hyphen(words) {
        return true;
    }
    let small = first.first(words).chars().find(|it| it.is_alphabetic()).is_some_and(char::is_lowercase);
    let right = before.lines.iter().map(|it| it.area.x1).fold(0.0, f32::max);
    if ends_sentence(last.last(words)) {
        // Two sentences of one paragraph: the last line of the first half is full.
        let set_in = after.lines.get(1).is_some_and(|it| first.area.x0 > it.area.x0 + 0.5 * first.size);
        let above = &before.lines[..before.lines.len().saturating_sub(1)];
        let justified = above.iter().all(|it| it.area.x1 > right - 1.5);
        let full = if justified { last.area.x1 > right - 1.5 } else { !would_have_fitted(words, last, first, right) };
        return !surely && above.len() > 1 && after.lines.len() > 1 && !set_in && full;
    }
    small || (!surely && last.area.x1 > right - 2.0 * last.size)
}
