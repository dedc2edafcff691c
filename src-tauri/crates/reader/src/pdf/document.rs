//! An open PDF.

use std::path::{Path, PathBuf};

use kernel::Rect;
use pdfium_render::prelude::{PdfDocumentMetadataTagType, PdfPage, PdfPageObjectCommon, PdfPageObjectsCommon};

use super::columns::columns;
use super::compose::Composed;
use super::draft::Draft;
use super::drawn::Drawn;
use super::geometry::{Sheet, Turn};
use super::headings::Levels;
use super::hyphens::Vocabulary;
use super::layout::{Layout, height, standing};
use super::lines::{Line, lines, pieces};
use super::open::{Engine, Open};
use super::style::{self, EdgeRow, Style};
use super::words::{Words, words};
use super::{outline, picture};
use crate::error::Failure;
use crate::{BlockKind, Format, Opened, OutlineItem, Page, PageStatus};

/// An open document.
pub(crate) struct Pdf<'a> {
    open: Open<'a>,
    pages: u32,
}

impl<'a> Pdf<'a> {
    pub(crate) fn open(engine: &'a Engine, path: &Path, password: Option<&str>) -> Result<Self, Failure> {
        let open = Open::new(engine, path, password)?;
        let pages = u32::try_from(open.document().pages().len()).unwrap_or(0);
        if pages == 0 {
            return Err(Failure::NoPage);
        }
        Ok(Self { open, pages })
    }

    pub(crate) fn opened(&self) -> Opened {
        let document = self.open.document();
        let title = document
            .metadata()
            .get(PdfDocumentMetadataTagType::Title)
            .map(|tag| tag.value().trim().to_owned())
            .filter(|title| !title.is_empty());
        Opened::new(Format::Pdf, self.pages, title, outline::outline(document, self.pages))
    }

    fn load(&self, number: u32) -> Result<PdfPage<'_>, Failure> {
        if number == 0 || number > self.pages {
            return Err(Failure::NoSuchPage(number));
        }
        let index = i32::try_from(number - 1).map_err(|_| Failure::NoSuchPage(number))?;
        self.open.document().pages().get(index).map_err(|_| Failure::Damaged)
    }

    pub(crate) fn size(&self, number: u32) -> Result<(f32, f32), Failure> {
        let page = self.load(number)?;
        Ok((page.width().value, page.height().value))
    }

    pub(crate) fn picture(&self, number: u32, width_px: u32, part: Option<Rect>) -> Result<Vec<u8>, Failure> {
        picture::png(&self.load(number)?, width_px, part)
    }

    pub(crate) fn scan(&self, number: u32) -> Result<Vec<u8>, Failure> {
        picture::scan(&self.load(number)?)
    }

    /// Looks at some pages to learn what is usual in the document; `look` is told of each before it is touched.
    pub(crate) fn learn<E>(
        &self,
        opened: &Opened,
        avoid: &[u32],
        mut look: impl FnMut(u32) -> Result<(), E>,
    ) -> Result<Style, E> {
        let mut sampled = Vec::new();
        for number in sample(self.pages, &opened.outline) {
            if avoid.contains(&number) {
                continue;
            }
            look(number)?;
            if let Ok(page) = self.load(number)
                && let Ok(text) = page.text()
            {
                let sheet = Sheet::of(&page);
                let words = words(&text, &sheet);
                let drawn = Drawn::of(&page, &sheet, main_turn(&words));
                sampled.push(Sample { number, sheet, words, drawn });
            }
        }
        Ok(learn(&sampled, &opened.outline))
    }

    /// To be called before each of many pages that are read or drawn: what is held of those before it is bounded.
    pub(crate) fn next(&mut self) {
        self.open.next();
    }

    /// The page as it is read.
    pub(crate) fn page(&self, number: u32, style: &Style) -> Page {
        let mut read = Page::unreadable(number);
        let Ok(page) = self.load(number) else {
            return read;
        };
        let sheet = Sheet::of(&page);
        (read.width, read.height) = sheet.size();
        read.label = page.label().filter(|it| !it.is_empty()).map(str::to_owned);
        let Ok(text) = page.text() else {
            return read;
        };
        let words = words(&text, &sheet);
        let layout = Layout { words: &words, sheet: &sheet, style, page: number, label: read.label.as_deref() };
        let composed = compose(&layout, &Drawn::of(&page, &sheet, main_turn(&words)));
        read.status = status(&words, &composed, &page);
        read.text = composed.text;
        read.words = composed.words;
        read.blocks = composed.blocks;
        read.emphasis = composed.emphasis;
        read
    }
}

/// Some pages that show what is usual: neighbours, so that running heads of left and right pages repeat, at places
/// spread over the document, and pages on which the outline has entries of each level.
fn sample(pages: u32, outline: &[OutlineItem]) -> Vec<u32> {
    const SPOTS: u32 = 4;
    let mut wanted: Vec<u32> = if pages <= 14 {
        (1..=pages).collect()
    } else {
        (1..=SPOTS)
            .flat_map(|spot| {
                let at = pages * spot / (SPOTS + 1);
                at..at + 3
            })
            .collect()
    };
    if pages > 14 {
        for level in 1..=3 {
            let mut entries = outline.iter().filter(|it| it.level == level).map(|it| it.page);
            let count = entries.clone().count();
            wanted.extend(entries.nth(count / 2));
        }
    }
    wanted.retain(|it| (1..=pages).contains(it));
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// A page that is looked at before reading begins.
pub(super) struct Sample {
    pub(super) number: u32,
    pub(super) sheet: Sheet,
    pub(super) words: Words,
    pub(super) drawn: Drawn,
}

pub(super) fn learn(sampled: &[Sample], outline: &[OutlineItem]) -> Style {
    let mut style = Style { levels: Levels::new(outline), ..Style::default() };
    let mut rows: Vec<EdgeRow> = Vec::new();
    let mut first: Vec<Vec<Vec<Line>>> = Vec::new();
    for Sample { number, sheet, words, .. } in sampled {
        let turn = main_turn(words);
        let pieces = pieces(words, standing(words, turn));
        rows.extend(style::edge_rows(words, &pieces, height(sheet, turn), *number));
        first.push(columns(pieces).into_iter().map(|it| lines(words, it)).collect());
        style.vocabulary.add(words);
    }
    let all: Vec<&[Line]> = first.iter().flatten().map(Vec::as_slice).collect();
    style.learn_body(&all);
    style.learn_bands(&rows, sampled.len());
    let drafts: Vec<(u32, &Words, Vec<Draft>)> = sampled
        .iter()
        .map(|Sample { number, sheet, words, drawn }| {
            let layout = Layout { words, sheet, style: &style, page: *number, label: None };
            (*number, words, layout.drafts(main_turn(words), drawn))
        })
        .collect();
    let headings: Vec<(u32, String, &Draft)> = drafts
        .iter()
        .flat_map(|(number, words, drafts)| {
            drafts.iter().filter(|it| it.kind == BlockKind::Heading).map(|it| (*number, it.text(words), it))
        })
        .collect();
    let mut levels = std::mem::take(&mut style.levels);
    levels.learn(&headings);
    style.levels = levels;
    style
}

/// How most of the text stands.
fn main_turn(words: &Words) -> Turn {
    let mut counts = [0_usize; 4];
    for token in &words.tokens {
        counts[usize::from(token.turn.0 % 4)] += token.end - token.start;
    }
    let most = (0..4_u8).max_by_key(|&it| (counts[usize::from(it)], std::cmp::Reverse(it)));
    Turn(most.unwrap_or(0))
}

pub(super) fn compose(layout: &Layout<'_>, drawn: &Drawn) -> Composed {
    let words = layout.words;
    let mut vocabulary = Vocabulary::default();
    vocabulary.add(words);
    let mut composed = Composed::default();
    let main = main_turn(words);
    let none = Drawn::default();
    // Text that stands across the page (a stamp in the margin, a turned table) comes after the rest.
    for turn in std::iter::once(main).chain((0..4).map(Turn).filter(|it| *it != main)) {
        if words.tokens.iter().any(|it| it.turn == turn) {
            let drafts = layout.drafts(turn, if turn == main { drawn } else { &none });
            composed.add(words, layout.sheet, &drafts, &layout.style.vocabulary, &vocabulary);
        }
    }
    composed
}

/// A picture this large (as a share of the page) makes a page without text a scan.
const SCAN: f32 = 0.3;

fn status(words: &Words, composed: &Composed, page: &PdfPage<'_>) -> PageStatus {
    if words.characters > 0 {
        if words.meaningless * 3 > words.characters {
            return PageStatus::Garbled;
        }
        if !composed.text.is_empty() || words.tokens.len() > 3 {
            return PageStatus::Text;
        }
    }
    let area = page.width().value * page.height().value;
    let mut drawn = 0.0;
    let mut paths = 0;
    for object in page.objects().iter().take(2000) {
        if object.as_image_object().is_some() || object.as_x_object_form_object().is_some() {
            if let Ok(bounds) = object.bounds() {
                drawn += (bounds.width().value * bounds.height().value).abs();
            }
        } else {
            paths += 1;
        }
    }
    // Letters drawn as outlines are a picture as well.
    if drawn > SCAN * area || paths > 200 {
        PageStatus::Scanned
    } else if words.characters > 0 {
        PageStatus::Text
    } else {
        PageStatus::Empty
    }
}

/// The last few documents of which a page was drawn.
pub(crate) struct OpenDocuments<'a> {
    engine: &'a Engine,
    open: Vec<(PathBuf, Option<String>, Pdf<'a>)>,
}

/// A reader rarely looks into more at a time.
const KEPT_OPEN: usize = 3;

impl<'a> OpenDocuments<'a> {
    pub(crate) fn new(engine: &'a Engine) -> Self {
        Self { engine, open: Vec::new() }
    }

    /// The document, opened if it is not.
    pub(crate) fn get(&mut self, path: &Path, password: Option<&str>) -> Result<&Pdf<'a>, Failure> {
        let at = self.open.iter().position(|(it, with, _)| it == path && with.as_deref() == password);
        let entry = match at {
            Some(at) => self.open.remove(at),
            None => (path.to_path_buf(), password.map(str::to_owned), Pdf::open(self.engine, path, password)?),
        };
        self.open.insert(0, entry);
        self.open.truncate(KEPT_OPEN);
        self.open[0].2.next();
        Ok(&self.open[0].2)
    }
}
