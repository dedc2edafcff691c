//! Sheets as pages: rows under their header, so many to a page as read well.

use std::io;

use super::draft::{Draft, UnitPage, row};
use crate::Page;
use crate::error::Failure;

/// Bytes of rows after which a page ends.
const PAGE: usize = 6_000;
/// Bytes of a row; cells behind them are left out.
const LONGEST_ROW: usize = 256 << 10;

/// Rows of cells, as they stream by.
pub(crate) trait Rows {
    /// The next row; none at the end.
    fn next_row(&mut self) -> Result<Option<Vec<String>>, Failure>;
}

/// Hands over the rows in parts, each a page's; the first row of all leads each part as its header. A sheet without a
/// row is one empty part.
///
/// # Errors
/// Those of the rows when they break before the first part is full, and those of `part`.
pub(crate) fn parts(
    rows: &mut dyn Rows,
    mut part: impl FnMut(Vec<Vec<String>>) -> io::Result<()>,
) -> Result<io::Result<()>, Failure> {
    let mut header: Option<Vec<String>> = None;
    let mut held: Vec<Vec<String>> = Vec::new();
    let mut bytes = 0;
    let mut any = false;
    loop {
        let next = match rows.next_row() {
            Ok(next) => next,
            Err(Failure::Damaged) if header.is_some() => None,
            Err(failure) => return Err(failure),
        };
        let Some(mut cells) = next else {
            break;
        };
        shorten(&mut cells);
        let Some(line) = row(&cells) else {
            continue;
        };
        if bytes > 0 && bytes + line.len() > PAGE {
            any = true;
            if let Err(error) = part(std::mem::take(&mut held)) {
                return Ok(Err(error));
            }
            bytes = 0;
            held.extend(header.clone().filter(|it| row(it).is_some_and(|it| it.len() < PAGE / 4)));
        }
        if header.is_none() {
            header = Some(cells.clone());
        }
        bytes += line.len();
        held.push(cells);
    }
    if !held.is_empty() || !any {
        return Ok(part(held));
    }
    Ok(Ok(()))
}

fn shorten(cells: &mut Vec<String>) {
    let mut bytes = 0;
    let fits = cells.iter().take_while(|it| {
        bytes += it.len() + 3;
        bytes <= LONGEST_ROW
    });
    let fits = fits.count();
    cells.truncate(fits.max(1));
}

/// How many pages the rows fill.
pub(crate) fn count(rows: &mut dyn Rows) -> Result<u32, Failure> {
    let mut pages = 0_u32;
    let counted = parts(rows, |_| {
        pages += 1;
        Ok(())
    })?;
    counted.map_err(|error| Failure::of_io(&error))?;
    Ok(pages)
}

/// The page of one part of a sheet; the first part stands under the sheet's name.
pub(crate) fn page(number: u32, name: Option<&str>, first: bool, rows: &[Vec<String>]) -> Page {
    let mut page = UnitPage::new(number, name.map(str::to_owned));
    let table = Draft::table(rows);
    if let Some(name) = name.filter(|it| first && !it.is_empty() && table.is_some()) {
        page.push(&Draft::heading(1, name));
    }
    table.iter().for_each(|it| page.push(it));
    page.finish()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    struct Given(std::vec::IntoIter<Vec<String>>);

    impl Rows for Given {
        fn next_row(&mut self) -> Result<Option<Vec<String>>, Failure> {
            Ok(self.0.next())
        }
    }

    #[test]
    fn a_long_sheet_has_its_header_on_each_page() {
        let rows: Vec<Vec<String>> = (0..2000)
            .map(|it| if it == 0 { vec!["Year".into(), "Value".into()] } else { vec![it.to_string(), "x".repeat(20)] })
            .collect();
        let mut pages = Vec::new();
        let done = parts(&mut Given(rows.clone().into_iter()), |rows| {
            pages.push(page(1, Some("S"), pages.is_empty(), &rows));
            Ok(())
        });
        done.unwrap().unwrap();
        assert!(pages.len() > 5 && pages.len() == count(&mut Given(rows.into_iter())).unwrap() as usize);
        assert!(pages[0].text.starts_with("S\nYear\tValue\n1\t"));
        assert!(pages[1].text.starts_with("Year\tValue\n"));
        let lines: usize = pages.iter().map(|it| it.text.lines().count()).sum();
        assert_eq!(lines, 2000 + pages.len());
        assert_eq!(count(&mut Given(Vec::new().into_iter())), Ok(1));
    }
}
