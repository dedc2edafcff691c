//! A document as it is read: pages of blocks, and the passages that are cut from them.

use kernel::{PageBox, Rect};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Format, Unit};

/// What could be read of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PageStatus {
    /// Has text.
    Text,
    /// A picture of a page, without text.
    Scanned,
    /// Has glyphs, but they carry no meaning.
    Garbled,
    /// Nothing on it.
    Empty,
    /// Could not be read within the limits, or broke the reading process.
    Unreadable,
}

/// What a block of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading; its level stands beside it.
    Heading,
    /// Running text.
    Paragraph,
    /// The items of a list, see [`ROW`]; where they are counted, their numbers are in the text.
    List,
    /// Rows and cells: see [`ROW`] and [`CELL`].
    Table,
    /// The words under a figure or table.
    Caption,
    /// A formula on a line of its own.
    Formula,
    /// Program text.
    Code,
    /// A note at the foot of the page or at the end of the chapter, its mark in front.
    Footnote,
}

/// Stands between two rows in the text of a table, two items of a list, two lines of a program.
pub const ROW: char = '\n';
/// Stands between two cells in the text of a table. A cell may be empty, so two can stand side by side.
pub const CELL: char = '\t';

/// A part of a page, in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Level of a heading, from 1. Of a table, how many of its first rows are its header. None for the rest.
    pub level: Option<u8>,
    /// First byte in [`Page::text`].
    pub start: u32,
    /// One past the last byte in [`Page::text`].
    pub end: u32,
}

/// A word, or the part of a hyphenated word that stands on one line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// First byte in [`Page::text`].
    pub start: u32,
    /// One past the last byte in [`Page::text`].
    pub end: u32,
    /// Where it stands.
    pub rect: Rect,
}

/// A run of a page's text that stands out by its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Emphasis {
    /// First byte in [`Page::text`].
    pub start: u32,
    /// One past the last byte in [`Page::text`].
    pub end: u32,
    /// Heavier letters than the text around it.
    pub bold: bool,
    /// Slanted letters in upright text.
    pub italic: bool,
}

/// A page as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Physical page, from 1. In a format without pages, the number of the chapter, slide, section or sheet.
    pub number: u32,
    /// The label printed on it or given in the file ("iv", "A-3"); the title of a chapter, slide or section, the name
    /// of a sheet.
    pub label: Option<String>,
    /// Width in points (1/72 inch); 0 where there is no page to show, only text.
    pub width: f32,
    /// Height in points, or 0.
    pub height: f32,
    /// What could be read.
    pub status: PageStatus,
    /// The blocks in reading order, joined by line feeds; inside a block, lines are joined by one space and
    /// hyphenation is undone. Rows of a table, items of a list and lines of a program are parted by [`ROW`], cells by
    /// [`CELL`]. Running heads, page numbers and line numbers are left out.
    pub text: String,
    /// Where each word stands, in the order of the text; none where there is no page to show.
    pub words: Vec<Word>,
    /// The parts of the text. A note stands behind the block with its mark, or last where that stands nowhere.
    pub blocks: Vec<Block>,
    /// Bold and italic runs, in order and without overlap, none longer than its block. Listed is what stands out in
    /// paragraphs, lists, captions and notes; not headings, tables, formulas and programs, and no face that nine tenths
    /// of a block's letters have, as it is the block's own.
    pub emphasis: Vec<Emphasis>,
    /// For each block the line of the file that it begins on, from 1, or 0 where that is not known; empty where the
    /// format's lines are none that a person sees: only plain text and Markdown have them.
    pub lines: Vec<u32>,
    /// How sure text recognition was of the words, 0 to 1; none where the text is the file's own.
    pub confidence: Option<f32>,
}

/// An entry of the table of contents that the file carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OutlineItem {
    /// Depth, from 1.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Physical page, from 1.
    pub page: u32,
}

/// What is known of a document before its pages are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The kind of its file.
    pub format: Format,
    /// What a page of it stands for.
    pub unit: Unit,
    /// How many pages it has.
    pub pages: u32,
    /// The title in the file's own metadata.
    pub title: Option<String>,
    /// The table of contents that the file carries.
    pub outline: Vec<OutlineItem>,
}

impl Opened {
    pub(crate) fn new(format: Format, pages: u32, title: Option<String>, outline: Vec<OutlineItem>) -> Self {
        Self { format, unit: format.unit(), pages, title, outline }
    }
}

/// A piece of a page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Physical page, from 1.
    pub page: u32,
    /// First byte in [`Page::text`].
    pub start: u32,
    /// One past the last byte in [`Page::text`].
    pub end: u32,
}

/// A sentence of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// First byte in [`Passage::text`].
    pub start: u32,
    /// One past the last byte in [`Passage::text`].
    pub end: u32,
    /// Where it stands: one span, or one for each page it crosses.
    pub spans: Vec<Span>,
}

/// The unit of search: neighbouring sentences of one section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Place in the document, from 0.
    pub ordinal: u32,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// Kind of its main block.
    pub kind: BlockKind,
    /// The kinds of all its blocks, each once.
    pub kinds: Vec<BlockKind>,
    /// Its words, ready to be searched.
    pub text: String,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// First physical page.
    pub page_start: u32,
    /// Last physical page.
    pub page_end: u32,
    /// Model tokens, heading path and the two marks of the model included.
    pub tokens: u32,
}

impl Page {
    /// A page of which nothing is known but that it is there. A4, for want of anything better.
    pub fn unreadable(number: u32) -> Self {
        Self {
            number,
            label: None,
            width: 595.0,
            height: 842.0,
            status: PageStatus::Unreadable,
            text: String::new(),
            words: Vec::new(),
            blocks: Vec::new(),
            emphasis: Vec::new(),
            lines: Vec::new(),
            confidence: None,
        }
    }

    /// One box for each line that `start..end` of the text touches.
    pub fn boxes(&self, start: u32, end: u32) -> Vec<PageBox> {
        boxes(self.number, &self.words, start, end)
    }

    /// Where a block stands: a box over all its words and a little around it, in which the bars of fractions and roots
    /// end. So a formula can be shown as it is printed. None where there is no page to show.
    pub fn region(&self, block: &Block) -> Option<Rect> {
        /// Share of the height of a word that is shown around the words.
        const AROUND: f32 = 0.25;
        let first = self.words.partition_point(|it| it.end <= block.start);
        let own = || self.words[first..].iter().take_while(|it| it.start < block.end).map(|it| it.rect);
        let all = own().reduce(|a, b| union(&a, &b))?;
        let height = own().map(|it| it.y1 - it.y0).fold(0.0, f32::max);
        let (down, across) = (AROUND * height, AROUND * height * self.height / self.width.max(1.0));
        Some(Rect {
            x0: (all.x0 - across).max(0.0),
            y0: (all.y0 - down).max(0.0),
            x1: (all.x1 + across).min(1.0),
            y1: (all.y1 + down).min(1.0),
        })
    }
}

/// One box for each line that the bytes `start..end` of a page's text touch, in reading order.
pub fn boxes(page: u32, words: &[Word], start: u32, end: u32) -> Vec<PageBox> {
    let first = words.partition_point(|word| word.end <= start);
    let mut lines: Vec<Rect> = Vec::new();
    for word in words[first..].iter().take_while(|word| word.start < end) {
        match lines.last_mut() {
            Some(line) if same_line(line, &word.rect) => *line = union(line, &word.rect),
            _ => lines.push(word.rect),
        }
    }
    lines.into_iter().map(|rect| PageBox { page, rect }).collect()
}

/// Two neighbours in reading order stand on one line when they overlap by half of the lower one's height and the second
/// does not start again at the left; but in text from right to left it stands there, no more than some spaces away.
fn same_line(line: &Rect, next: &Rect) -> bool {
    let overlap = line.y1.min(next.y1) - line.y0.max(next.y0);
    let height = (line.y1 - line.y0).min(next.y1 - next.y0);
    overlap > 0.5 * height && line.x0 - next.x1 < 1.5 * height
}

fn union(a: &Rect, b: &Rect) -> Rect {
    Rect { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used)]
    use super::*;

    fn word(start: u32, end: u32, x0: f32, y0: f32) -> Word {
        let rect = Rect { x0, y0, x1: x0 + 0.1, y1: y0 + 0.02 };
        Word { start, end, rect }
    }

    #[test]
    fn a_quote_over_two_lines_has_two_boxes() {
        let words = [word(0, 3, 0.1, 0.1), word(4, 8, 0.3, 0.1), word(9, 12, 0.1, 0.2), word(13, 15, 0.3, 0.2)];
        let found = boxes(7, &words, 4, 12);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].page, found[0].rect.x0), (7, 0.3));
        assert_eq!((found[1].rect.x0, found[1].rect.x1), (0.1, 0.2));
    }

    #[test]
    fn words_from_right_to_left_share_a_box_and_another_column_does_not() {
        let words = [word(0, 3, 0.8, 0.1), word(4, 8, 0.69, 0.1), word(9, 12, 0.3, 0.1)];
        let found = boxes(1, &words, 0, 12);
        assert_eq!(found.iter().map(|it| it.rect.x0).collect::<Vec<_>>(), [0.69, 0.3]);
        assert!(found[0].rect.x1 > 0.89);
    }

    #[test]
    fn a_region_holds_all_words_of_its_block_and_no_other() {
        let block = |start, end| Block { kind: BlockKind::Formula, level: None, start, end };
        let text = [(BlockKind::Paragraph, "so that"), (BlockKind::Formula, "a = b")];
        let page = crate::testing::page_of(1, &text);
        let region = page.region(&page.blocks[1]).expect("a region");
        let (first, last) = (page.words[2].rect, page.words[4].rect);
        assert!(region.x0 < first.x0 && region.x1 > last.x1 && region.y0 < first.y0 && region.y1 > last.y1);
        assert!(region.y0 > page.words[0].rect.y1 && region.y1 < last.y1 + 0.01);
        assert_eq!(page.region(&block(7, 8)), None);
    }

    #[test]
    fn words_of_one_line_share_a_box() {
        let words = [word(0, 3, 0.1, 0.1), word(4, 8, 0.3, 0.1)];
        let found = boxes(1, &words, 0, 8);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].rect.x0, found[0].rect.x1), (0.1, 0.4));
    }
}
