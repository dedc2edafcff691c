//! Rows of values in a text file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};
use encoding_rs::Encoding;

use super::decode::{self, Utf8};
use super::sheet::{self, Rows};
use super::text::collapsed;
use super::{Document, Emit};
use crate::error::Failure;
use crate::{Format, Opened};

/// Bytes of a field; what is longer, as after a quote that is never closed, is cut.
const LONGEST_FIELD: usize = 64 << 10;
/// Fields of a row.
const WIDEST: usize = 4_096;

/// A file of rows, read as often as it is needed.
pub(crate) struct Csv {
    path: PathBuf,
    encoding: &'static Encoding,
    separator: u8,
    pages: u32,
}

impl Csv {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut file = File::open(path).map_err(|error| Failure::of_io(&error))?;
        let encoding = decode::encoding_of(&mut file, false).map_err(|error| Failure::of_io(&error))?;
        let mut start = Vec::new();
        Utf8::new(&mut file, encoding)
            .take(16 << 10)
            .read_to_end(&mut start)
            .map_err(|error| Failure::of_io(&error))?;
        let mut csv = Self { path: path.to_path_buf(), encoding, separator: separator(&start), pages: 0 };
        csv.pages = sheet::count(&mut csv.rows()?)?;
        Ok(csv)
    }

    fn rows(&self) -> Result<FileRows, Failure> {
        let file = File::open(&self.path).map_err(|error| Failure::of_io(&error))?;
        let source = BufReader::with_capacity(32 << 10, Utf8::new(file, self.encoding));
        Ok(FileRows { source, reader: ReaderBuilder::new().delimiter(self.separator).build(), field: vec![0; 4096] })
    }
}

impl Document for Csv {
    fn opened(&self) -> Opened {
        Opened::new(Format::Csv, self.pages, None, Vec::new())
    }

    fn units(&mut self, from: u32, _avoid: &[u32], emit: Emit<'_>) -> io::Result<()> {
        let Ok(mut rows) = self.rows() else {
            return Ok(());
        };
        let mut number = 0;
        let sent = sheet::parts(&mut rows, |part| {
            number += 1;
            if number >= from { emit(sheet::page(number, None, false, &part)) } else { Ok(()) }
        });
        sent.unwrap_or(Ok(()))
    }
}

/// The sign that stands as often in each of the first lines.
fn separator(start: &[u8]) -> u8 {
    let lines: Vec<&[u8]> = start.split(|it| *it == b'\n').filter(|it| !it.is_empty()).take(20).collect();
    // The last one may be cut off.
    let lines = if lines.len() > 2 { &lines[..lines.len() - 1] } else { &lines[..] };
    let score = |mark: u8| {
        let counts: Vec<usize> = lines.iter().map(|it| unquoted(it, mark)).collect();
        let first = counts.first().copied().unwrap_or(0);
        let same = counts.iter().filter(|it| **it == first).count();
        if first == 0 { (0, 0) } else { (same, first) }
    };
    let mut best = (b',', score(b','));
    for mark in [b';', b'\t', b'|'] {
        let score = score(mark);
        if score > best.1 {
            best = (mark, score);
        }
    }
    best.0
}

fn unquoted(line: &[u8], mark: u8) -> usize {
    let mut quoted = false;
    line.iter()
        .filter(|it| {
            quoted ^= **it == b'"';
            !quoted && **it == mark
        })
        .count()
}

struct FileRows {
    source: BufReader<Utf8<File>>,
    reader: Reader,
    field: Vec<u8>,
}

impl Rows for FileRows {
    fn next_row(&mut self) -> Result<Option<Vec<String>>, Failure> {
        let mut cells: Vec<String> = Vec::new();
        let mut text: Vec<u8> = Vec::new();
        loop {
            let input = self.source.fill_buf().map_err(|error| Failure::of_io(&error))?;
            let (result, read, written) = self.reader.read_field(input, &mut self.field);
            self.source.consume(read);
            let room = LONGEST_FIELD.saturating_sub(text.len()).min(written);
            text.extend_from_slice(&self.field[..room]);
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => {
                    if cells.len() < WIDEST {
                        cells.push(collapsed(&String::from_utf8_lossy(&text)));
                    }
                    text.clear();
                    if record_end {
                        return Ok(Some(cells));
                    }
                }
                ReadFieldResult::End => return Ok(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write;

    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let mut rows = Csv::open(file.path()).unwrap().rows().unwrap();
        std::iter::from_fn(|| rows.next_row().unwrap()).collect()
    }

    #[test]
    fn separators_and_quotes_are_understood() {
        assert_eq!(rows("a,b\n\"1, x\",\"say \"\"hi\"\"\"\n"), [["a", "b"], ["1, x", "say \"hi\""]]);
        assert_eq!(rows("Größe;Wert\n1,5;2\n2,5;3"), [["Größe", "Wert"], ["1,5", "2"], ["2,5", "3"]]);
        assert_eq!(rows("a\tb\r\n\"two\nlines\"\tc\r\n"), [["a", "b"], ["two lines", "c"]]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_cut() {
        let found = rows(&format!("a,b\n1,\"{}", "x".repeat(1 << 20)));
        assert_eq!(found[1][1].len(), LONGEST_FIELD);
    }
}
