use kernel::{DocumentId, PageBox, Rect};
use library::{Connection, Error, documents, pages};
use reader::{Block, BlockKind, Page};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// A quote has no more formulas that are worth a picture.
const MOST: usize = 6;

/// A formula as it is printed: its letters alone, one behind the other, seldom say what it means.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub(crate) struct Formula {
    /// Where it stands.
    pub region: PageBox,
    /// Width of that region in points.
    pub width: f32,
    /// Height of that region in points.
    pub height: f32,
    /// Its letters.
    pub text: String,
    /// The hash of the file that it is drawn from: a new edition has other pictures.
    pub hash: String,
}

/// The formulas on a document's pages that these boxes lie on: those of a quote, for instance.
#[tauri::command]
#[specta::specta]
pub(crate) async fn formulas(
    shell: State<'_, Shell>,
    document: DocumentId,
    boxes: Vec<PageBox>,
) -> Result<Vec<Formula>, Fault> {
    let found = move |c: &Connection| {
        let mut found = Vec::new();
        for own in boxes.chunk_by(|a, b| a.page == b.page).take(MOST) {
            match own.first().map(|it| pages::get(c, document, it.page)) {
                Some(Ok(page)) => found.extend(on(c, document, &page, own)?),
                // A quote outlives the edition that it is of.
                Some(Err(Error::NotFound { .. })) | None => {}
                Some(Err(error)) => return Err(error),
            }
        }
        found.truncate(MOST);
        Ok(found)
    };
    shell.read(found).await
}

/// The formulas of a document's page that boxes lie on.
pub(super) fn on(
    connection: &Connection,
    document: DocumentId,
    page: &Page,
    boxes: &[PageBox],
) -> Result<Vec<Formula>, Error> {
    let touched = touched(page, boxes);
    if touched.is_empty() {
        return Ok(Vec::new());
    }
    let hash = documents::get(connection, document)?.hash;
    let formula = |(block, rect): (&Block, Rect)| Formula {
        region: PageBox { page: page.number, rect },
        width: (rect.x1 - rect.x0) * page.width,
        height: (rect.y1 - rect.y0) * page.height,
        text: page.text.get(block.start as usize..block.end as usize).unwrap_or_default().to_owned(),
        hash: hash.clone(),
    };
    Ok(touched.into_iter().map(formula).take(MOST).collect())
}

fn touched<'a>(page: &'a Page, boxes: &[PageBox]) -> Vec<(&'a Block, Rect)> {
    let formulas = page.blocks.iter().filter(|it| it.kind == BlockKind::Formula);
    let regions = formulas.filter_map(|it| Some((it, page.region(it)?)));
    let touches = |region: &Rect| boxes.iter().any(|own| own.page == page.number && holds(region, &own.rect));
    regions.filter(|(_, region)| touches(region)).collect()
}

/// Whether the middle of a box lies in a region; of neighbouring lines only the edges do.
fn holds(region: &Rect, own: &Rect) -> bool {
    let (x, y) = ((own.x0 + own.x1) / 2.0, (own.y0 + own.y1) / 2.0);
    region.x0 < x && x < region.x1 && region.y0 < y && y < region.y1
}

#[cfg(test)]
mod tests {
    use reader::{PageStatus, Word};

    use super::*;

    /// A page with a line of words and a formula below it.
    fn page() -> Page {
        let word = |start, end, y0| Word { start, end, rect: Rect { x0: 0.1, x1: 0.5, y0, y1: y0 + 0.02 } };
        let block = |kind, start, end| Block { kind, level: None, start, end };
        Page {
            number: 3,
            label: None,
            width: 600.0,
            height: 800.0,
            status: PageStatus::Text,
            text: "so that\nE=mc2".into(),
            words: vec![word(0, 7, 0.1), word(8, 13, 0.13)],
            blocks: vec![block(BlockKind::Paragraph, 0, 7), block(BlockKind::Formula, 8, 13)],
            emphasis: Vec::new(),
            lines: Vec::new(),
            confidence: None,
        }
    }

    #[test]
    fn a_quote_with_a_formula_has_its_place_on_the_page() {
        let page = page();
        let found = touched(&page, &page.boxes(0, 13));
        assert_eq!(found.iter().map(|(block, _)| block.start).collect::<Vec<_>>(), [8]);
        let region = found[0].1;
        assert!(region.y0 > 0.12 && region.y1 > 0.15 && region.x0 < 0.1 && region.x1 > 0.5, "{region:?}");
        assert_eq!(touched(&page, &page.boxes(0, 7)), []);
    }
}
