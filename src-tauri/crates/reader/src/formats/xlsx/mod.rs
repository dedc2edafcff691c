//! Excel's workbooks: a part a sheet, with the strings of all sheets in another.

mod cells;
mod strings;
mod styles;

use std::io;
use std::path::Path;

use super::archive::Archive;
use super::opc;
use super::sheet;
use super::xml::{Event, Xml};
use super::{Document, Emit};
use crate::error::Failure;
use crate::{Format, Opened, OutlineItem};
use cells::CellRows;
use strings::Strings;
use styles::Styles;

/// Sheets; a workbook with more is not one.
const SHEETS: usize = 2_000;

/// An open workbook.
pub(crate) struct Xlsx {
    archive: Archive,
    sheets: Vec<Sheet>,
    beside: Beside,
    title: Option<String>,
}

/// A sheet that is shown.
struct Sheet {
    name: String,
    part: String,
    pages: u32,
}

/// What stands in other parts than the sheets.
#[derive(Default)]
struct Beside {
    strings: Strings,
    styles: Styles,
    /// Days are counted from 1904.
    from_1904: bool,
}

impl Xlsx {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut archive = Archive::open(path)?;
        let main = opc::main_part(&mut archive, "xl/workbook.xml")?;
        let relations = opc::relations(&mut archive, &main)?;
        let mut beside = Beside::default();
        if let Some(name) = opc::related(&relations, "sharedStrings")
            && let Some(part) = archive.part(&name)?
        {
            beside.strings = Strings::read(part)?;
        }
        if let Some(name) = opc::related(&relations, "styles")
            && let Some(bytes) = archive.bytes(&name)?
        {
            beside.styles = Styles::read(&bytes)?;
        }
        let bytes = archive.bytes(&main)?.ok_or(Failure::Damaged)?;
        let mut sheets = Vec::new();
        let mut xml = Xml::new(&*bytes)?;
        while let Ok(Some(event)) = xml.next() {
            let Event::Start(tag) = event else {
                continue;
            };
            match tag.name.as_str() {
                "workbookPr" => {
                    beside.from_1904 = tag.get("date1904").is_some_and(|it| matches!(it.as_str(), "1" | "true"));
                }
                "sheet" if tag.get("state").is_none_or(|it| it == "visible") && sheets.len() < SHEETS => {
                    let Some(relation) = tag.prefixed("id").and_then(|id| relations.get(&id)) else {
                        continue;
                    };
                    // A sheet that is only a chart has no cells.
                    if relation.kind == "worksheet" {
                        let name = tag.get("name").unwrap_or_default();
                        sheets.push(Sheet { name, part: relation.part.clone(), pages: 1 });
                    }
                }
                _ => {}
            }
        }
        if sheets.is_empty() {
            return Err(Failure::NoPage);
        }
        let title = opc::title(&mut archive);
        for it in &mut sheets {
            if let Some(part) = archive.part(&it.part)? {
                it.pages = match sheet::count(&mut CellRows::new(part, &beside)?) {
                    Err(Failure::Damaged) => 1,
                    counted => counted?,
                };
            }
        }
        Ok(Self { archive, sheets, beside, title })
    }
}

impl Document for Xlsx {
    fn opened(&self) -> Opened {
        let mut page = 1;
        let mut outline = Vec::new();
        for it in &self.sheets {
            outline.push(OutlineItem { level: 1, title: it.name.clone(), page });
            page += it.pages;
        }
        Opened::new(Format::Xlsx, page - 1, self.title.clone(), outline)
    }

    fn units(&mut self, from: u32, _avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        let mut before = 0;
        for it in &self.sheets {
            let first = before + 1;
            before += it.pages;
            if before < from {
                continue;
            }
            let mut number = first;
            let rows = self.archive.part(&it.part).ok().flatten().map(|part| CellRows::new(part, &self.beside));
            if let Some(Ok(mut rows)) = rows {
                let sent = sheet::parts(&mut rows, |part| {
                    let page = sheet::page(number, Some(&it.name), number == first, &part);
                    number += 1;
                    if page.number >= from { emit(page) } else { Ok(()) }
                });
                sent.unwrap_or(Ok(()))?;
            }
            // A sheet that can't be read is there all the same.
            for number in number.max(from)..=before {
                emit(super::unreadable(number))?;
            }
        }
        Ok(())
    }
}
