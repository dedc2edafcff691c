//! Lines of a text file, as they stream by.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::decode::{self, Utf8};
use crate::error::Failure;

/// A line longer than this is handed on in parts, in bytes.
const LONGEST: usize = 16 << 10;

/// Reads a file of any encoding line by line.
pub(crate) struct Lines {
    file: BufReader<Utf8<File>>,
    /// Line ends that were met.
    ended: u32,
}

/// A line, or a part of a long one, without its end.
#[derive(Clone, Debug, Default)]
pub(crate) struct SourceLine {
    /// From 1.
    pub(crate) number: u32,
    pub(crate) text: String,
}

impl Lines {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut file = File::open(path).map_err(|error| Failure::of_io(&error))?;
        let encoding = decode::encoding_of(&mut file, false).map_err(|error| Failure::of_io(&error))?;
        Ok(Self { file: BufReader::with_capacity(32 << 10, Utf8::new(file, encoding)), ended: 0 })
    }

    /// The next line; none at the end of the file.
    pub(crate) fn next_line(&mut self) -> Result<Option<SourceLine>, Failure> {
        let number = self.ended.saturating_add(1);
        let mut line: Vec<u8> = Vec::new();
        let mut any = false;
        loop {
            let ready = self.file.fill_buf().map_err(|error| Failure::of_io(&error))?;
            if ready.is_empty() {
                break;
            }
            any = true;
            let end = ready.iter().position(|it| matches!(it, b'\n' | b'\r'));
            line.extend_from_slice(&ready[..end.unwrap_or(ready.len())]);
            match end {
                Some(at) => {
                    self.ended = number;
                    let carriage = ready[at] == b'\r';
                    self.file.consume(at + 1);
                    if carriage && self.file.fill_buf().is_ok_and(|it| it.first() == Some(&b'\n')) {
                        self.file.consume(1);
                    }
                    break;
                }
                None => {
                    let all = ready.len();
                    self.file.consume(all);
                    if line.len() >= LONGEST && std::str::from_utf8(&line).is_ok() {
                        break;
                    }
                }
            }
        }
        Ok(any.then(|| SourceLine { number, text: String::from_utf8_lossy(&line).into_owned() }))
    }
}
