//! The cells of a sheet, row by row.

use std::io::Read;

use super::Beside;
use super::styles::shown;
use crate::error::Failure;
use crate::formats::sheet::Rows;
use crate::formats::text::{Line, collapsed};
use crate::formats::xml::{Event, Tag, Xml};

/// Columns that a sheet can have.
const WIDEST: usize = 16_384;
/// Empty cells between two others that keep their places.
const GAP: usize = 50;
/// Bytes of a cell, as the program allows.
const LONGEST_CELL: usize = 32_767 * 4;

/// The rows of one sheet, as they stream by.
pub(super) struct CellRows<'a, R: Read> {
    xml: Xml<R>,
    beside: &'a Beside,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    column: Option<usize>,
    kind: String,
    style: usize,
    value: String,
    words: Line,
}

impl<'a, R: Read> CellRows<'a, R> {
    pub(super) fn new(source: R, beside: &'a Beside) -> Result<Self, Failure> {
        Ok(Self { xml: Xml::new(source)?, beside })
    }

    fn text(&self, mut cell: Cell) -> String {
        let value = cell.value.trim();
        match cell.kind.as_str() {
            "s" => value.parse().map(|it| self.beside.strings.get(it).to_owned()).unwrap_or_default(),
            "inlineStr" => cell.words.take(),
            "str" | "d" => collapsed(&cell.value),
            "e" => value.to_owned(),
            "b" => if value == "1" { "TRUE" } else { "FALSE" }.into(),
            _ if value.is_empty() => String::new(),
            _ => shown(value, self.beside.styles.get(cell.style), self.beside.from_1904),
        }
    }
}

impl<R: Read> Rows for CellRows<'_, R> {
    fn next_row(&mut self) -> Result<Option<Vec<String>>, Failure> {
        let mut row: Option<Vec<String>> = None;
        let mut cell: Option<Cell> = None;
        // The column of the last cell: gaps between cells are not stored.
        let mut last = 0;
        let mut inside = String::new();
        while let Some(event) = self.xml.next()? {
            match event {
                Event::Start(tag) => {
                    match tag.name.as_str() {
                        "row" => {
                            row = Some(Vec::new());
                            last = 0;
                        }
                        "c" => cell = Some(of(&tag)),
                        "rPh" | "f" => {
                            self.xml.skip()?;
                            continue;
                        }
                        _ => {}
                    }
                    inside = tag.name;
                }
                Event::Text(text) => {
                    if let Some(cell) = &mut cell
                        && cell.value.len() + cell.words.len() < LONGEST_CELL
                    {
                        match inside.as_str() {
                            "v" => cell.value.push_str(&text),
                            "t" => cell.words.push(&text),
                            _ => {}
                        }
                    }
                }
                Event::End(name) => {
                    inside.clear();
                    match name.as_str() {
                        "c" => {
                            if let (Some(cell), Some(row)) = (cell.take(), &mut row) {
                                let column = cell.column.unwrap_or(last + 1);
                                let gap = column.saturating_sub(last + 1).min(GAP);
                                last = column.max(last);
                                if row.len() + gap < WIDEST {
                                    row.resize(row.len() + gap, String::new());
                                    row.push(self.text(cell));
                                }
                            }
                        }
                        "row" => return Ok(row),
                        _ => {}
                    }
                }
            }
        }
        Ok(None)
    }
}

fn of(tag: &Tag) -> Cell {
    Cell {
        column: tag.get("r").and_then(|it| column(&it)),
        kind: tag.get("t").unwrap_or_default(),
        style: tag.number("s").map_or(0, |it| it as usize),
        ..Cell::default()
    }
}

/// The column of a reference such as "AB12", from 1.
fn column(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.take(4).fold(0, |sum, it| sum * 26 + usize::from(it.to_ascii_uppercase() - b'A') + 1);
    (1..=WIDEST).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn cells_stand_in_their_columns() {
        let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>Na</t></r><r><t>me</t></r></is></c>
            <c r="C1" t="str"><f>1+1</f><v>two</v></c></row><row r="2"><c r="B2"><v>1.5</v></c><c t="b"><v>1</v></c>
            <c r="XFD2"><v>9</v></c></row><row r="3"/></sheetData></worksheet>"#;
        let beside = Beside::default();
        let mut rows = CellRows::new(sheet.as_bytes(), &beside).unwrap();
        assert_eq!(rows.next_row().unwrap().unwrap(), ["Name", "", "two"]);
        let second = rows.next_row().unwrap().unwrap();
        assert_eq!((second[..3].to_vec(), second.len()), (vec!["".into(), "1.5".into(), "TRUE".to_owned()], 4 + GAP));
        assert_eq!(rows.next_row().unwrap().unwrap(), Vec::<String>::new());
        assert_eq!(rows.next_row().unwrap(), None);
        assert_eq!((column("AA10"), column("XFD1"), column("XFE1"), column("7")), (Some(27), Some(16384), None, None));
    }
}
