//! The numbers and bullets of lists, as the document shows them.

use std::collections::HashMap;

use crate::error::Failure;
use crate::formats::text::{bullet, letters, roman};
use crate::formats::xml::{Event, Xml};

/// Depths that a list can have.
const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    /// How its numbers are written: "decimal", "lowerRoman", "bullet".
    format: String,
    /// What stands before an item, with `%1` for the number of the first level.
    text: String,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".into(), text: String::new() }
    }
}

#[derive(Clone, Debug, Default)]
struct Instance {
    scheme: u32,
    /// Levels that begin anew.
    starts: HashMap<u8, u32>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    schemes: HashMap<u32, Vec<Level>>,
    instances: HashMap<u32, Instance>,
}

/// How far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    by_scheme: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashMap<(u32, u8), ()>,
}

impl Numbering {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let mut numbering = Self::default();
        let mut scheme: Option<u32> = None;
        let mut instance: Option<u32> = None;
        let mut overridden: Option<u8> = None;
        let mut level = 0_usize;
        let mut xml = Xml::new(bytes)?;
        while let Ok(Some(event)) = xml.next() {
            match event {
                Event::Start(tag) => {
                    let own = scheme.and_then(|it| numbering.schemes.get_mut(&it)).and_then(|it| it.get_mut(level));
                    match tag.name.as_str() {
                        "abstractNum" => {
                            scheme = tag.number("abstractNumId");
                            if let Some(id) = scheme {
                                numbering.schemes.insert(id, vec![Level::default(); LEVELS]);
                            }
                        }
                        "lvl" => level = tag.number("ilvl").map_or(LEVELS, |it| it as usize),
                        "start" => {
                            if let (Some(own), Some(start)) = (own, tag.number("val")) {
                                own.start = start;
                            }
                        }
                        "numFmt" => {
                            if let (Some(own), Some(format)) = (own, tag.get("val")) {
                                own.format = format;
                            }
                        }
                        "lvlText" => {
                            if let (Some(own), Some(text)) = (own, tag.get("val")) {
                                own.text = text;
                            }
                        }
                        "num" => {
                            instance = tag.number("numId");
                            if let Some(id) = instance {
                                numbering.instances.insert(id, Instance::default());
                            }
                        }
                        "abstractNumId" => {
                            if let Some(it) = instance.and_then(|it| numbering.instances.get_mut(&it)) {
                                it.scheme = tag.number("val").unwrap_or_default();
                            }
                        }
                        "lvlOverride" => overridden = tag.number("ilvl").and_then(|it| u8::try_from(it).ok()),
                        "startOverride" => {
                            if let Some(it) = instance.and_then(|it| numbering.instances.get_mut(&it))
                                && let (Some(level), Some(start)) = (overridden, tag.number("val"))
                            {
                                it.starts.insert(level, start);
                            }
                        }
                        _ => {}
                    }
                }
                Event::End(end) if end == "abstractNum" => scheme = None,
                Event::End(end) if end == "num" => instance = None,
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// What stands before the next item of the list, with a space behind it; none if the list is not known.
    pub(super) fn next(&self, counters: &mut Counters, list: u32, level: u8) -> Option<String> {
        let instance = self.instances.get(&list)?;
        let levels = self.schemes.get(&instance.scheme)?;
        let at = usize::from(level).min(LEVELS - 1);
        let own = levels.get(at)?;
        let counts = counters.by_scheme.entry(instance.scheme).or_default();
        let restart = instance.starts.get(&level).filter(|_| counters.begun.insert((list, level), ()).is_none());
        counts[at] = Some(match (restart, counts[at]) {
            (Some(start), _) => *start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => own.start,
        });
        counts[at + 1..].fill(None);
        if own.format == "bullet" {
            return Some(bullet(&own.text) + " ");
        }
        let mut text = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(letter) = rest.next() {
            let number = rest.peek().and_then(|it| it.to_digit(10)).filter(|it| letter == '%' && *it > 0);
            let Some(number) = number else {
                text.push(letter);
                continue;
            };
            rest.next();
            let of = number as usize - 1;
            if let Some(level) = levels.get(of) {
                text.push_str(&written(counts[of.min(LEVELS - 1)].unwrap_or(level.start), &level.format));
            }
        }
        let text = text.trim();
        Some(if text.is_empty() { String::new() } else { format!("{text} ") })
    }
}

fn written(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerRoman" => roman(number),
        "upperRoman" => roman(number).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        "none" => String::new(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn items_are_counted_as_word_counts_them() {
        let xml = r#"<w:numbering>
            <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
            <w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/>
            </w:lvl></w:abstractNum>
            <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/>
            </w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
            <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>
            </w:lvlOverride></w:num></w:numbering>"#;
        let numbering = Numbering::read(xml.as_bytes()).unwrap();
        let mut counters = Counters::default();
        let mut next = |list, level| numbering.next(&mut counters, list, level);
        let found: Vec<_> = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (2, 0), (3, 0), (3, 0)]
            .map(|(list, level)| next(list, level))
            .into();
        let found: Vec<_> = found.iter().map(|it| it.as_deref().unwrap()).collect();
        assert_eq!(found, ["1. ", "1.a) ", "1.b) ", "2. ", "2.a) ", "• ", "5. ", "6. "]);
        assert_eq!(next(9, 0), None);
    }
}
