//! Tables and lists that go on from one page to the next.

use super::{JoinedBlock, Part};
use crate::{Block, BlockKind, CELL, Page, ROW, Span};

/// Whether `next`, the first block of a page, goes on with the table at the end of the page before: it has as many
/// columns, and no header or the same again.
pub(super) fn table_goes_on(open: &JoinedBlock, page: &Page, next: &Block) -> bool {
    let adjoins = open.parts.last().is_some_and(|it| it.span.page + 1 == page.number);
    if !adjoins || open.kind != BlockKind::Table || next.kind != BlockKind::Table {
        return false;
    }
    let text = &page.text[next.start as usize..next.end as usize];
    let columns = |text: &str| text.split(ROW).map(|row| row.matches(CELL).count()).max();
    columns(&open.text) == columns(text) && (next.level.is_none() || repeated_header(open, text).is_some())
}

/// Whether `next`, the first block of a page or behind the end of an item, has further items of the list at the end of the page before.
pub(super) fn list_goes_on(open: &JoinedBlock, page: &Page, next: &Block) -> bool {
    let adjoins = open.parts.last().is_some_and(|it| it.span.page + 1 >= page.number);
    let text = &page.text[next.start as usize..next.end as usize];
    let counter = text.split_whitespace().next().unwrap_or("").trim_matches(['(', ')', '.']);
    let anew = matches!(counter, "1" | "a" | "i" | "A");
    adjoins && !anew && open.kind == BlockKind::List && next.kind == BlockKind::List
}

/// Bytes of the header at the start of `text`, if it is that of the table that is open.
fn repeated_header(open: &JoinedBlock, text: &str) -> Option<usize> {
    if open.kind != BlockKind::Table {
        return None;
    }
    let rows = usize::from(open.level?);
    let length = open.text.split_inclusive(ROW).take(rows).map(str::len).sum::<usize>();
    text.starts_with(&open.text[..length]).then_some(length)
}

/// Adds rows without the header that is printed again, or items. A row that is cut by the end of the page becomes whole:
/// each of its cells goes on.
pub(super) fn append_rows(open: &mut JoinedBlock, page: &Page, next: &Block) {
    let text = &page.text[next.start as usize..next.end as usize];
    let mut skipped = repeated_header(open, text).unwrap_or(0);
    if open.kind == BlockKind::Table && skipped == 0 {
        let first = text.split(ROW).next().unwrap_or("");
        if is_rest_of_row(&open.text, first) {
            append_to_last_row(open, page, next.start, first);
            skipped = (first.len() + ROW.len_utf8()).min(text.len());
        }
    }
    if skipped == text.len() {
        return;
    }
    open.text.push(ROW);
    let start = offset(open.text.len());
    open.text.push_str(&text[skipped..]);
    let span = Span { page: page.number, start: next.start + offset(skipped), end: next.end };
    open.parts.push(Part { start, span });
}

/// Whether `first`, the first row on a page, is the rest of the last row before it: its label stands there.
fn is_rest_of_row(before: &str, first: &str) -> bool {
    let last = before.rsplit(ROW).next().unwrap_or("");
    first.starts_with(CELL) && !last.starts_with(CELL) && !first.trim().is_empty()
}

/// Adds the cells of `first`, which begins at byte `from` of the page, each to its own of the last row.
fn append_to_last_row(open: &mut JoinedBlock, page: &Page, from: u32, first: &str) {
    let row = open.text.rfind(ROW).map_or(0, |at| at + ROW.len_utf8());
    let old = open.text.split_off(row);
    let parts: Vec<Part> = open.parts.clone();
    open.parts = cut(&parts, 0, row, 0);
    let (mut old_cells, mut new_cells) = (old.split(CELL), first.split(CELL));
    let (mut old_at, mut new_at, mut cells) = (row, 0, 0);
    loop {
        let (above, below) = (old_cells.next(), new_cells.next());
        if above.is_none() && below.is_none() {
            return;
        }
        if cells > 0 {
            open.text.push(CELL);
        }
        cells += 1;
        if let Some(above) = above {
            open.parts.extend(cut(&parts, old_at, old_at + above.len(), open.text.len()));
            open.text.push_str(above);
            old_at += above.len() + CELL.len_utf8();
        }
        if let Some(below) = below {
            if !below.is_empty() {
                if above.is_some_and(|it| !it.is_empty()) {
                    open.text.push(' ');
                }
                let start = from + offset(new_at);
                let span = Span { page: page.number, start, end: start + offset(below.len()) };
                open.parts.push(Part { start: offset(open.text.len()), span });
                open.text.push_str(below);
            }
            new_at += below.len() + CELL.len_utf8();
        }
    }
}

/// The parts of the bytes `start..end`, which now stand from `at` on.
fn cut(parts: &[Part], start: usize, end: usize, at: usize) -> Vec<Part> {
    let (start, end) = (offset(start), offset(end));
    parts
        .iter()
        .filter_map(|part| {
            let from = start.max(part.start);
            let to = end.min(part.start + (part.span.end - part.span.start));
            let moved = |byte: u32| part.span.start + (byte - part.start);
            (from < to).then(|| Part {
                start: offset(at) + (from - start),
                span: Span { page: part.span.page, start: moved(from), end: moved(to) },
            })
        })
        .collect()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BlockJoiner;
    use crate::testing::page_of;

    fn table(number: u32, header: Option<u8>, text: &str) -> Page {
        let mut page = page_of(number, &[(BlockKind::Table, "")]);
        page.text = text.to_owned();
        page.blocks[0].end = text.len() as u32;
        page.blocks[0].level = header;
        page
    }

    #[test]
    fn a_table_over_two_pages_is_one_and_has_its_header_once() {
        let mut joiner = BlockJoiner::new();
        joiner.push(&table(1, Some(1), "Gland\tHormone\nPineal\tMelatonin"));
        joiner.push(&table(2, Some(1), "Gland\tHormone\nTestes\tAndrogens"));
        joiner.push(&table(3, None, "Ovaries\tEstrogen"));
        let found = joiner.finish();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "Gland\tHormone\nPineal\tMelatonin\nTestes\tAndrogens\nOvaries\tEstrogen");
        let spans: Vec<_> = found[0].parts.iter().map(|it| (it.span.page, it.span.start)).collect();
        assert_eq!(spans, [(1, 0), (2, 14), (3, 0)]);
    }

    #[test]
    fn a_row_that_a_page_cuts_is_whole_again() {
        let mut joiner = BlockJoiner::new();
        let pages = [
            table(1, Some(1), "Gland\tHormone\tFunction\nAdrenal\tEpinephrine,\tStress"),
            table(2, None, "\tnorepinephrine\tresponse\nTestes\tAndrogens\tMotivation"),
        ];
        pages.iter().for_each(|it| assert!(joiner.push(it).is_empty()));
        let found = joiner.finish();
        assert_eq!(
            found[0].text,
            "Gland\tHormone\tFunction\nAdrenal\tEpinephrine, norepinephrine\tStress response\n\
             Testes\tAndrogens\tMotivation"
        );
        for part in &found[0].parts {
            let Span { page, start, end } = part.span;
            let there = &pages[page as usize - 1].text[start as usize..end as usize];
            assert!(found[0].text[part.start as usize..].starts_with(there), "{there}");
        }
    }

    #[test]
    fn a_table_with_another_header_or_more_columns_is_another() {
        let mut joiner = BlockJoiner::new();
        joiner.push(&table(1, Some(1), "Gland\tHormone\nPineal\tMelatonin"));
        assert_eq!(joiner.push(&table(2, Some(1), "Bone\tPlace\nTibia\tLeg")).len(), 1);
        assert_eq!(joiner.push(&table(3, None, "Femur\tLeg\t1")).len(), 1);
    }

    #[test]
    fn a_list_over_two_pages_is_one_unless_it_counts_anew() {
        let mut joiner = BlockJoiner::new();
        joiner.push(&page_of(1, &[(BlockKind::List, "1. Sleep."), (BlockKind::Caption, "Figure 1 A bed")]));
        joiner.push(&page_of(2, &[(BlockKind::List, "• Rest.")]));
        joiner.push(&page_of(3, &[(BlockKind::List, "• Eat"), (BlockKind::Caption, "Figure 2 A dish")]));
        joiner.push(&page_of(4, &[(BlockKind::Paragraph, "and drink."), (BlockKind::List, "• Read.")]));
        let found = joiner.push(&page_of(5, &[(BlockKind::List, "1. Walk.")]));
        let texts: Vec<_> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["• Rest.\n• Eat and drink.\n• Read.", "Figure 2 A dish"]);
    }
}
