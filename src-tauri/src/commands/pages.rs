use kernel::{DocumentId, Rect};
use library::{documents, pages};
use reader::{Block, BlockKind, PageStatus, Word};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::fault::Fault;
use crate::page_protocol;
use crate::state::Shell;

/// A page as the viewer lays it out.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub(crate) struct PageLayout {
    /// Physical page, from 1.
    pub number: u32,
    /// Its printed label.
    pub label: Option<String>,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// What could be read of it.
    pub status: PageStatus,
    /// How sure text recognition was of its words, 0 to 1; none where it was not at work.
    pub confidence: Option<f32>,
}

/// The pages of a document that are read so far.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub(crate) struct PageInfo {
    /// In order, from page 1.
    pub pages: Vec<PageLayout>,
}

/// The pages of a document that are read so far.
#[tauri::command]
#[specta::specta]
pub(crate) async fn page_info(shell: State<'_, Shell>, document: DocumentId) -> Result<PageInfo, Fault> {
    let pages = shell
        .read(move |c| {
            documents::get(c, document)?;
            pages::list(c, document)
        })
        .await?;
    Ok(PageInfo { pages: pages.into_iter().map(layout).collect() })
}

fn layout(page: pages::PageInfo) -> PageLayout {
    let pages::PageInfo { number, label, width, height, status, confidence } = page;
    PageLayout { number, label, width, height, status, confidence }
}

/// A block of a page's text, for a document that has no page pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct TextBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Level of a heading, from 1; of a table, how many of its first rows are its header.
    pub level: Option<u8>,
    /// Its words. Rows of a table, items of a list and lines of a program are parted by line feeds, cells by tabs.
    pub text: String,
}

/// The text of a page (of a chapter, slide, section or sheet, where the format has no pages) in reading order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn page_text(
    shell: State<'_, Shell>,
    document: DocumentId,
    page: u32,
) -> Result<Vec<TextBlock>, Fault> {
    let page = shell.read(move |c| pages::get(c, document, page)).await?;
    let text = |block: &Block| page.text.get(block.start as usize..block.end as usize).unwrap_or_default().to_owned();
    Ok(page.blocks.iter().map(|it| TextBlock { kind: it.kind, level: it.level, text: text(it) }).collect())
}

/// Where a word stands: its first byte in the page's text, one past its last, and its box (left, top, right, bottom) as
/// fractions of the page.
type WordPlace = (u32, u32, f32, f32, f32, f32);

/// The words of a page, to be selected and read aloud over its picture.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub(crate) struct PageWords {
    /// The text that the places count bytes of.
    pub text: String,
    /// In reading order; none where there is no page to show.
    pub words: Vec<WordPlace>,
    /// The parts of the text.
    pub blocks: Vec<Block>,
}

/// The words of a page with where they stand.
#[tauri::command]
#[specta::specta]
pub(crate) async fn page_words(shell: State<'_, Shell>, document: DocumentId, page: u32) -> Result<PageWords, Fault> {
    let page = shell.read(move |c| pages::get(c, document, page)).await?;
    // A tenth of a pixel on a large screen, in half as many letters as the number has.
    let short = |fraction: f32| (fraction * 10_000.0).round() / 10_000.0;
    let place = |word: &Word| {
        let Rect { x0, y0, x1, y1 } = word.rect;
        (word.start, word.end, short(x0), short(y0), short(x1), short(y1))
    };
    Ok(PageWords { words: page.words.iter().map(place).collect(), text: page.text, blocks: page.blocks })
}

/// Takes the password that a document's page pictures need; kept until the app closes, and never stored.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_unlock(
    shell: State<'_, Shell>,
    document: DocumentId,
    password: String,
) -> Result<(), Fault> {
    shell
        .with(move |app| {
            let found = app.library.read(|c| documents::get(c, document))?;
            let mut source = page_protocol::source(app, &found);
            source.password = Some(password);
            app.renderer.page_size(&source, 1).map_err(|error| page_protocol::about(&found, &source, &error))?;
            if let Some(password) = &source.password {
                app.intake.remember_password(document, password);
            }
            Ok(())
        })
        .await
}
