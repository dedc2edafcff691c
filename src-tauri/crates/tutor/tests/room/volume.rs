//! Documents that a test writes page by page: headings, paragraphs with bold words, labels, a table of contents.

use kernel::{DocumentId, Rect, RoomId};
use library::documents::NewDocument;
use library::{Library, documents, pages, passages, terms, vectors};
use reader::{
    Block, BlockKind, Emphasis, OutlineItem, Page, PageStatus, PassageBuilder, TermFinder, Word, embedded_text,
};
use retrieval::MODEL;

use super::Room;

/// A document, as it would be read.
pub(crate) struct Volume {
    title: &'static str,
    format: &'static str,
    outline: Vec<OutlineItem>,
    pages: Vec<Page>,
    length: Option<u32>,
}

impl Volume {
    pub(crate) fn new(title: &'static str, format: &'static str) -> Self {
        Self { title, format, outline: Vec::new(), pages: Vec::new(), length: None }
    }

    /// An entry of the table of contents that its file carries.
    pub(crate) fn entry(mut self, level: u8, title: &str, page: u32) -> Self {
        self.outline.push(OutlineItem { level, title: title.to_owned(), page });
        self
    }

    /// The next page. A block that begins with "# " is a heading, with "## " a deeper one, with "- " a list of items
    /// parted by " / "; `*words*` are bold.
    pub(crate) fn page(mut self, label: Option<&str>, blocks: &[&str]) -> Self {
        let number = u32::try_from(self.pages.len() + 1).unwrap();
        self.pages.push(page(number, label, blocks, self.format == "pdf"));
        self
    }

    /// It has more pages than have been read so far.
    pub(crate) fn of_length(mut self, pages: u32) -> Self {
        self.length = Some(pages);
        self
    }

    /// Stores it as the import does.
    pub(crate) fn put(self, library: &Library, room: RoomId) -> DocumentId {
        let new = NewDocument {
            room,
            title: self.title.to_owned(),
            file_name: format!("{}.{}", self.title.to_lowercase().replace(' ', "-"), self.format),
            source: None,
            hash: self.title.to_owned(),
            format: self.format.to_owned(),
            bytes: 1,
            replaces: None,
        };
        let mut count = |text: &str| u32::try_from(text.split_whitespace().count() * 4 / 3 + 2).unwrap();
        let (mut builder, mut finder) = (PassageBuilder::new(self.title, 256), TermFinder::new());
        let mut cut: Vec<_> = self.pages.iter().flat_map(|page| builder.push(page, &mut count)).collect();
        cut.extend(builder.finish(&mut count));
        let mut defined: Vec<_> = self.pages.iter().flat_map(|page| finder.push(page)).collect();
        defined.extend(finder.finish());
        library
            .write(|tx| {
                let document = documents::add(tx, &new, library.now())?.document;
                let read = u32::try_from(self.pages.len()).unwrap();
                documents::set_pages(tx, document, self.length.unwrap_or(read))?;
                documents::set_outline(tx, document, &self.outline)?;
                for page in &self.pages {
                    pages::insert(tx, document, page)?;
                }
                passages::insert(tx, document, &cut)?;
                terms::insert(tx, document, &defined)?;
                documents::derive_outline(tx, document)?;
                Ok(document)
            })
            .unwrap()
    }
}

impl Room {
    /// The same with vectors of every passage, as they are after an import.
    pub(crate) async fn embedded(self) -> Self {
        let embedder = self.embedder.clone().expect("a room with a model");
        for document in self.library.read(|connection| documents::ids(connection, self.room)).unwrap() {
            let without = |connection: &_| passages::without_vector(connection, document, MODEL, 0, u32::MAX);
            let waiting = self.library.read(without).unwrap();
            let texts = waiting.iter().map(|it| embedded_text(&it.title, &it.headings, &it.text)).collect();
            let found = embedder.submit_passages(texts).ready().await.unwrap();
            let rows: Vec<_> = waiting.iter().map(|it| it.passage).zip(&found).collect();
            self.library.write(|tx| vectors::put_embedded(tx, MODEL, &rows)).unwrap();
        }
        self.restarted().await
    }
}

fn page(number: u32, label: Option<&str>, blocks: &[&str], is_paper: bool) -> Page {
    let mut page = Page {
        label: label.map(str::to_owned),
        width: if is_paper { 600.0 } else { 0.0 },
        height: if is_paper { 800.0 } else { 0.0 },
        status: PageStatus::Text,
        ..Page::unreadable(number)
    };
    for (line, marked) in blocks.iter().enumerate() {
        let (kind, level, marked) =
            match (marked.strip_prefix("## "), marked.strip_prefix("# "), marked.strip_prefix("- ")) {
                (Some(rest), _, _) => (BlockKind::Heading, Some(2), rest.to_owned()),
                (_, Some(rest), _) => (BlockKind::Heading, Some(1), rest.to_owned()),
                (_, _, Some(rest)) => (BlockKind::List, None, rest.replace(" / ", "\n")),
                _ => (BlockKind::Paragraph, None, (*marked).to_owned()),
            };
        if line > 0 {
            page.text.push('\n');
        }
        let at = |page: &Page| u32::try_from(page.text.len()).unwrap();
        let start = at(&page);
        let mut bold = None;
        for letter in marked.chars() {
            match (letter, bold) {
                ('*', None) => bold = Some(at(&page)),
                ('*', Some(start)) => {
                    page.emphasis.push(Emphasis { start, end: at(&page), bold: true, italic: false });
                    bold = None;
                }
                _ => page.text.push(letter),
            }
        }
        let end = at(&page);
        page.blocks.push(Block { kind, level, start, end });
        if is_paper {
            let top = 0.1 + 0.05 * line as f32;
            let rect = Rect { x0: 0.1, y0: top, x1: 0.9, y1: top + 0.03 };
            page.words.push(Word { start, end, rect });
        }
    }
    page
}
