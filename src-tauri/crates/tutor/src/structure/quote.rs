//! The words on a page that prove a line.

use kernel::Citation;
use library::terms::StoredTerm;
use reader::{BlockKind, Page, Span};

use super::outline::{Entry, without_number};
use super::shelf::Volume;
use crate::prompt::one_line;
use crate::prose;
use crate::verification::Pages;
use crate::words::letters;

/// A title of fewer letters than this may stand in any text; it is looked for among the headings alone.
const TELLING: usize = 8;

/// The bytes `start..end` of a page, without white space at their ends.
pub(super) fn of_range(
    pages: &mut Pages<'_>,
    volume: &Volume,
    page: u32,
    start: usize,
    end: usize,
) -> Option<Citation> {
    let span = Span { page, start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? };
    pages.cite(volume.document.document, &volume.document.title, span)
}

/// Where the title of an entry of the table of contents stands on its page: a heading, or else the same words.
pub(super) fn of_title(pages: &mut Pages<'_>, volume: &Volume, entry: &Entry) -> Option<Citation> {
    let page = pages.page(volume.document.document, entry.page)?;
    let (start, end) = title_range(page, &entry.title)?;
    of_range(pages, volume, entry.page, start, end)
}

/// The bytes of a page on which a title stands.
pub(super) fn title_range(page: &Page, title: &str) -> Option<(usize, usize)> {
    let wanted = letters(title);
    // "Chapter 1: Cells" may stand over the page as "Cells" alone, and the other way round.
    let bare = letters(without_number(title));
    let headings = page.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    let mut near = None;
    for heading in headings {
        let (start, end) = (heading.start as usize, heading.end as usize);
        let own = letters(page.text.get(start..end)?);
        if own == wanted {
            return Some((start, end));
        }
        let same = own == bare || (own.chars().count() >= TELLING && own.ends_with(&bare)) || own.starts_with(&wanted);
        if near.is_none() && !bare.is_empty() && same {
            near = Some((start, end));
        }
    }
    near.or_else(|| {
        let telling = |it: &&String| it.chars().count() >= TELLING;
        [&wanted, &bare].into_iter().filter(telling).find_map(|it| find_letters(&page.text, it))
    })
}

/// The bytes of `text` whose letters and digits are `wanted`.
fn find_letters(text: &str, wanted: &str) -> Option<(usize, usize)> {
    let mut folded = String::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        for lower in letter.to_lowercase() {
            for _ in 0..lower.len_utf8() {
                places.push((at, at + letter.len_utf8()));
            }
            folded.push(lower);
        }
    }
    let at = folded.find(wanted)?;
    Some((places.get(at)?.0, places.get((at + wanted.len()).checked_sub(1)?)?.1))
}

/// The proof of a stored term's definition, when its words still stand where they are said to. Where the definition
/// crosses a page, the larger part is cited. `title` is the document's.
pub(crate) fn of_term(pages: &mut Pages<'_>, title: &str, found: &StoredTerm) -> Option<Citation> {
    let mut whole = String::new();
    let mut larger: Option<Span> = None;
    for span in &found.term.spans {
        let page = pages.page(found.document, span.page)?;
        whole.push_str(&letters(page.text.get(span.start as usize..span.end as usize)?));
        if larger.is_none_or(|it| span.end - span.start > it.end - it.start) {
            larger = Some(*span);
        }
    }
    if whole != letters(&found.term.definition) {
        tracing::warn!(document = %found.document, "a definition differs from its page and is left out");
        return None;
    }
    pages.cite(found.document, title, larger?)
}

/// A quote as it is shown: on one line, in quotation marks.
pub(super) fn shown(quote: &str) -> String {
    format!("“{}”", prose::unmarked(&one_line(quote)))
}
