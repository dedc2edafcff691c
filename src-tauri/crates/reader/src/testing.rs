//! Pages as a reader gives them, for tests.

use kernel::Rect;

use crate::{Block, BlockKind, Page, PageStatus, Word};

/// A page of these blocks, each on a line of its own, every word a hundredth of the page wide for each letter.
pub(crate) fn page_of(number: u32, blocks: &[(BlockKind, &str)]) -> Page {
    let mut page = Page {
        number,
        label: None,
        width: 612.0,
        height: 792.0,
        status: PageStatus::Text,
        text: String::new(),
        words: Vec::new(),
        blocks: Vec::new(),
        emphasis: Vec::new(),
        lines: Vec::new(),
        confidence: None,
    };
    for (line, (kind, text)) in blocks.iter().enumerate() {
        if line > 0 {
            page.text.push('\n');
        }
        let start = page.text.len() as u32;
        let y0 = 0.05 + 0.02 * line as f32;
        let mut x0 = 0.1;
        for (at, word) in text.split_whitespace().enumerate() {
            if at > 0 {
                page.text.push(' ');
            }
            let from = page.text.len() as u32;
            page.text.push_str(word);
            let width = 0.01 * word.chars().count() as f32;
            page.words.push(Word {
                start: from,
                end: page.text.len() as u32,
                rect: Rect { x0, y0, x1: x0 + width, y1: y0 + 0.015 },
            });
            x0 += width + 0.01;
        }
        page.blocks.push(Block {
            kind: *kind,
            level: (*kind == BlockKind::Heading).then_some(1),
            start,
            end: page.text.len() as u32,
        });
    }
    page
}
