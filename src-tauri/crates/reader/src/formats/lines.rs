//! Lines of a text file, as they stream by.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::decode::{self, Utf8};
use crate::error::Failure;

/// A line longer than this is handed on in parts, in bytes.
const LONGEST: usize = 16 << 10;

/// Reads a file of any encoding line by line.
pub(crate) struct Lines(BufReader<Utf8<File>>);

impl Lines {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let mut file = File::open(path).map_err(|error| Failure::of_io(&error))?;
        let encoding = decode::encoding_of(&mut file, false).map_err(|error| Failure::of_io(&error))?;
        Ok(Self(BufReader::with_capacity(32 << 10, Utf8::new(file, encoding))))
    }

    /// The next line without its end; none at the end of the file.
    pub(crate) fn next_line(&mut self) -> Result<Option<String>, Failure> {
        let mut line: Vec<u8> = Vec::new();
        let mut any = false;
        loop {
            let ready = self.0.fill_buf().map_err(|error| Failure::of_io(&error))?;
            if ready.is_empty() {
                break;
            }
            any = true;
            let end = ready.iter().position(|it| matches!(it, b'\n' | b'\r'));
            line.extend_from_slice(&ready[..end.unwrap_or(ready.len())]);
            match end {
                Some(at) => {
                    let carriage = ready[at] == b'\r';
                    self.0.consume(at + 1);
                    if carriage && self.0.fill_buf().is_ok_and(|it| it.first() == Some(&b'\n')) {
                        self.0.consume(1);
                    }
                    break;
                }
                None => {
                    let all = ready.len();
                    self.0.consume(all);
                    if line.len() >= LONGEST && std::str::from_utf8(&line).is_ok() {
                        break;
                    }
                }
            }
        }
        Ok(any.then(|| String::from_utf8_lossy(&line).into_owned()))
    }
}
