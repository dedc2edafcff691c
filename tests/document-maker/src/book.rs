//! Books: text that flows over pages and columns.

use crate::outline::Entry;
use crate::{Face, Leaf, Pdf};

/// A book that is being set. Serif, 11 points; headings bold; running head and page number on every page.
#[derive(Clone, Debug)]
pub struct Book {
    /// The file so far; ready to be changed before [`Book::bytes`].
    pub pdf: Pdf,
    columns: u32,
    column: u32,
    top: f32,
    head: Option<String>,
    hyphens: bool,
}

const MARGIN: f32 = 72.0;
const GUTTER: f32 = 20.0;
const SIZE: f32 = 11.0;

impl Book {
    /// An empty book with text in so many columns.
    pub fn new(title: &str, columns: u32) -> Self {
        Self { pdf: Pdf::new().titled(title), columns, column: columns, top: f32::INFINITY, head: None, hyphens: false }
    }

    /// The same words at the top of every page, and its number at the foot.
    pub fn running_head(mut self, words: &str) -> Self {
        self.head = Some(words.to_owned());
        self
    }

    /// Divides long words at the ends of lines.
    pub fn hyphenated(mut self) -> Self {
        self.hyphens = true;
        self
    }

    /// A heading; level 1 begins a page and an entry of the table of contents.
    pub fn heading(mut self, level: u8, words: &str) -> Self {
        if level == 1 {
            self.column = self.columns;
            self.top = f32::INFINITY;
        }
        let size = match level {
            1 => 22.0,
            2 => 16.0,
            _ => 13.0,
        };
        self.top += 10.0;
        self.set(words, size, Face::SerifBold);
        let page = self.pdf.pages.len();
        self.pdf.outline.push(Entry { level, title: words.to_owned(), page });
        self.top += 6.0;
        self
    }

    /// A paragraph.
    pub fn paragraph(mut self, words: &str) -> Self {
        self.set(words, SIZE, Face::Serif);
        self.top += 8.0;
        self
    }

    fn width(&self) -> f32 {
        (612.0 - 2.0 * MARGIN - GUTTER * (self.columns - 1) as f32) / self.columns as f32
    }

    fn set(&mut self, words: &str, size: f32, face: Face) {
        let mut lines = face.wrapped(words, self.width(), size);
        if self.hyphens {
            divide(&mut lines, self.width(), size, face);
        }
        for line in lines {
            if self.top + size > 792.0 - MARGIN {
                self.next_column();
            }
            let x = MARGIN + (self.width() + GUTTER) * self.column as f32;
            if let Some(leaf) = self.pdf.pages.last_mut() {
                leaf.line(x, self.top, size, face, &line);
            }
            self.top += 1.25 * size;
        }
    }

    fn next_column(&mut self) {
        self.column += 1;
        if self.column >= self.columns {
            self.column = 0;
            let mut leaf = Leaf::default();
            if let Some(head) = &self.head {
                leaf.line(MARGIN, 34.0, 9.0, Face::Sans, head);
                let number = (self.pdf.pages.len() + 1).to_string();
                leaf.line(300.0, 750.0, 9.0, Face::Sans, &number);
            }
            self.pdf.pages.push(leaf);
        }
        self.top = MARGIN;
    }

    /// How many pages it has so far.
    pub fn page_count(&self) -> usize {
        self.pdf.pages.len()
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        self.pdf.bytes()
    }
}

/// Moves the front of a long word up to the line before where it has room.
fn divide(lines: &mut [String], width: f32, size: f32, face: Face) {
    for at in 1..lines.len() {
        let Some(word) = lines[at].split(' ').next().map(str::to_owned) else {
            continue;
        };
        if word.len() < 8 || !word.bytes().all(|it| it.is_ascii_lowercase()) || !lines[at].contains(' ') {
            continue;
        }
        let cut = word.len() / 2;
        let longer = format!("{} {}-", lines[at - 1], &word[..cut]);
        if face.width(&longer, size) <= width {
            lines[at - 1] = longer;
            lines[at].drain(..cut);
        }
    }
}
