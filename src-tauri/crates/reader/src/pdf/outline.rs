//! The table of contents that a file carries.

use pdfium_render::prelude::{PdfBookmark, PdfDocument};

use crate::OutlineItem;

/// More entries than any book has; a file may be built to have them without end.
const MOST: usize = 20_000;
const DEEPEST: u8 = 12;

pub(super) fn outline(document: &PdfDocument<'_>, pages: u32) -> Vec<OutlineItem> {
    let mut items = Vec::new();
    // A stack of what is still to visit, each with its depth.
    let mut open: Vec<(u8, PdfBookmark<'_>)> = Vec::new();
    open.extend(document.bookmarks().root().map(|root| (1, root)));
    let mut visited = 0;
    while let Some((level, bookmark)) = open.pop() {
        visited += 1;
        if visited > MOST {
            break;
        }
        if let (Some(title), Some(page)) = (bookmark.title(), page_of(&bookmark)) {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            if !title.is_empty() && (1..=pages).contains(&page) {
                items.push(OutlineItem { level, title, page });
            }
        }
        open.extend(bookmark.next_sibling().map(|next| (level, next)));
        if level < DEEPEST {
            open.extend(bookmark.first_child().map(|child| (level + 1, child)));
        }
    }
    items
}

fn page_of(bookmark: &PdfBookmark<'_>) -> Option<u32> {
    let destination = bookmark.destination().and_then(|it| it.page_index().ok()).or_else(|| {
        let action = bookmark.action()?;
        let local = action.as_local_destination_action()?;
        local.destination().ok()?.page_index().ok()
    })?;
    u32::try_from(destination).ok().map(|it| it + 1)
}
