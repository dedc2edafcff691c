//! The strings that the cells of all sheets refer to by number.

use std::io::Read;

use crate::error::Failure;
use crate::formats::text::Line;
use crate::formats::xml::{Event, Xml};

/// Bytes of all strings; what comes behind them is left out.
const LONGEST: usize = 256 << 20;

/// All strings, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub(super) fn read(part: impl Read) -> Result<Self, Failure> {
        let mut strings = Self::default();
        let mut line = Line::default();
        let mut in_text = false;
        let mut xml = Xml::new(part)?;
        loop {
            match xml.next() {
                Ok(Some(Event::Start(tag))) => match tag.name.as_str() {
                    "t" => in_text = true,
                    // How a name is spoken stands beside it.
                    "rPh" => drop(xml.skip()),
                    _ => {}
                },
                Ok(Some(Event::Text(text))) if in_text => line.push(&text),
                Ok(Some(Event::Text(_))) => {}
                Ok(Some(Event::End(name))) => match name.as_str() {
                    "t" => in_text = false,
                    "si" => {
                        if strings.text.len() < LONGEST {
                            strings.text.push_str(&line.take());
                        }
                        strings.ends.push(u32::try_from(strings.text.len()).unwrap_or(u32::MAX));
                    }
                    _ => {}
                },
                Ok(None) | Err(Failure::Damaged) => return Ok(strings),
                Err(failure) => return Err(failure),
            }
        }
    }

    pub(super) fn get(&self, index: usize) -> &str {
        let end = self.ends.get(index).map_or(0, |it| *it as usize);
        let start = index.checked_sub(1).and_then(|it| self.ends.get(it)).map_or(0, |it| *it as usize);
        self.text.get(start..end).unwrap_or_default()
    }
}
