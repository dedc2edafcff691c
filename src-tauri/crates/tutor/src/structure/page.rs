//! What stands on a page: its headings, and what its paragraphs begin with.

use kernel::Citation;
use reader::{Block, BlockKind, CELL, Page, ROW, sentences};

use super::shelf::Volume;
use super::{Line, quote};
use crate::prose;
use crate::verification::Pages;

/// A sentence of more bytes than this is cut at a word.
const LONGEST: usize = 320;

/// A line for each heading, paragraph, list, table and caption of the bytes `from..to` of a page, `most` of them.
pub(super) fn lines(
    pages: &mut Pages<'_>,
    volume: &Volume,
    page: &Page,
    from: usize,
    to: usize,
    most: usize,
) -> Vec<Line> {
    let all: Vec<Line> = page
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.start as usize >= from && (block.end as usize) <= to)
        .filter_map(|(at, block)| line(pages, volume, page, block, at == 0))
        .collect();
    let left = all.len().saturating_sub(most);
    let mut lines: Vec<Line> = all.into_iter().take(most).collect();
    if left > 0 {
        lines.push(Line::plain(volume.phrases.more(left)));
    }
    lines
}

/// The words that a page begins with.
pub(super) fn first_words(pages: &mut Pages<'_>, volume: &Volume, page: &Page) -> Option<Citation> {
    let block = page.blocks.iter().find(|block| block.end > block.start)?;
    let (start, end) = (block.start as usize, block.end as usize);
    let text = page.text.get(start..end)?;
    let first = sentences(text).into_iter().next()?;
    quote::of_range(pages, volume, page.number, start + first.start, start + cut(text, first.end))
}

fn line(pages: &mut Pages<'_>, volume: &Volume, page: &Page, block: &Block, is_first: bool) -> Option<Line> {
    let (start, end) = (block.start as usize, block.end as usize);
    let text = page.text.get(start..end)?;
    let range = match block.kind {
        BlockKind::Footnote => return None,
        BlockKind::Heading => 0..text.len(),
        BlockKind::Table | BlockKind::Code => {
            let row = text.find(ROW).unwrap_or(text.len());
            0..cut(text, row)
        }
        BlockKind::Paragraph | BlockKind::List | BlockKind::Caption | BlockKind::Formula => {
            // What goes on from the page before begins in the middle of a sentence.
            let goes_on = is_first && text.starts_with(|c: char| c.is_lowercase());
            let sentence = sentences(text).into_iter().nth(usize::from(goes_on))?;
            let end = sentence.start + cut(&text[sentence.clone()], sentence.len());
            sentence.start..end
        }
    };
    let is_whole = range.end == text.len() || prose::ends_whole(&text[..range.end]);
    let citation = quote::of_range(pages, volume, page.number, start + range.start, start + range.end)?;
    let shown = quote::shown(&citation.quote.replace(CELL, " | "));
    let text = match block.kind {
        BlockKind::Heading => format!("• {}", volume.phrases.heading(&shown)),
        BlockKind::Table => format!("• {}", volume.phrases.table(&shown)),
        _ if is_whole => format!("• {shown}"),
        _ => format!("• {shown} …"),
    };
    Some(Line::cited(text, Some(citation)))
}

/// Where a text of `end` bytes is cut so that it is not too long: behind a word.
fn cut(text: &str, end: usize) -> usize {
    if end <= LONGEST {
        return end;
    }
    let mut at = LONGEST;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text[..at].rfind(char::is_whitespace).filter(|space| *space > 0).unwrap_or(at)
}
