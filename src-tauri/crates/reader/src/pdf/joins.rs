//! Blocks that go on elsewhere on the page, or belong together.

use super::blocks::{ends_sentence, would_have_fitted};
use super::draft::Draft;
use super::lines::Line;
use super::tables;
use super::words::Words;
use crate::BlockKind;

/// Joins what goes on at the top of the next column or behind a figure, table or box; what stands between its halves
/// comes after it.
pub(super) fn join_parts(words: &Words, drafts: Vec<Draft>) -> Vec<Draft> {
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
    let right = before.lines.iter().map(Line::end).fold(f32::NEG_INFINITY, f32::max);
    if ends_sentence(last.last(words)) {
        // Two sentences of one paragraph: the last line of the first half is full.
        let set_in = after.lines.get(1).is_some_and(|it| first.start() > it.start() + 0.5 * first.size);
        let above = &before.lines[..before.lines.len().saturating_sub(1)];
        let justified = above.iter().all(|it| it.end() > right - 1.5);
        let full = if justified { last.end() > right - 1.5 } else { !would_have_fitted(words, last, first, right) };
        return !surely && above.len() > 1 && after.lines.len() > 1 && !set_in && full;
    }
    small || (!surely && last.end() > right - 2.0 * last.size)
}

/// Makes one list of the items that follow each other, and one program of the lines that do.
pub(super) fn join_items(words: &Words, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        let lines = std::mem::take(&mut draft.lines);
        match draft.kind {
            BlockKind::List if draft.rows.is_empty() => draft.rows.push(vec![lines]),
            BlockKind::Code if draft.rows.is_empty() => draft.rows.extend(lines.into_iter().map(|it| vec![vec![it]])),
            _ => draft.lines = lines,
        }
        match out.last_mut() {
            Some(list) if same_list(words, list, &draft) => {
                list.rows.extend(draft.rows);
                list.column = draft.column;
            }
            _ => out.push(draft),
        }
    }
    out
}

/// Whether the items of `next` are of the list before it, or of one inside it; or its lines of the same program.
fn same_list(words: &Words, list: &Draft, next: &Draft) -> bool {
    let (Some(above), Some(first)) = (list.all_lines().next(), next.all_lines().next()) else {
        return false;
    };
    let column = list.column == next.column || list.column + 1 == next.column;
    if list.kind != next.kind || list.aside != next.aside || !column {
        return false;
    }
    // A list that counts anew is another one, or stands further in.
    let counter = first.first(words).trim_matches(['(', ')', '.']);
    let anew = matches!(counter, "1" | "a" | "i" | "A") && first.area.x0 < above.area.x0 + above.size;
    match list.kind {
        BlockKind::Code => true,
        BlockKind::List => !(anew && list.column == next.column),
        _ => false,
    }
}
