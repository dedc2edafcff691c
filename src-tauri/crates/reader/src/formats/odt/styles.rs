//! What the styles of paragraphs and lists make of them.

use std::collections::HashMap;
use std::io::Read;

use crate::emphasis::Look;
use crate::error::Failure;
use crate::formats::text::{bullet, letters, roman};
use crate::formats::xml::{Event, Tag, Xml};

/// Styles that lead to each other: further than anybody builds, and the end of a circle.
const LONGEST_CHAIN: usize = 20;
/// Depths that a list can have.
const LEVELS: usize = 10;

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Caption,
    Code,
}

/// What stands before the items of one depth.
#[derive(Clone, Debug, Default)]
struct Level {
    glyph: Option<String>,
    prefix: String,
    suffix: String,
    form: String,
    start: u32,
    /// Numbers of so many depths are shown together.
    shown: usize,
}

/// What a style of letters says; the rest is its parent's.
#[derive(Clone, Debug, Default)]
struct Letters {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// Styles by their names.
#[derive(Debug, Default)]
pub(super) struct Styles {
    parents: HashMap<String, String>,
    /// Styles of letters, which may be called as those of paragraphs are.
    letters: HashMap<String, Letters>,
    lists: HashMap<String, Vec<Level>>,
    /// The numbers of headings.
    outline: Vec<Level>,
}

impl Styles {
    /// Adds the styles of a part; reading ends where its text begins.
    pub(super) fn read(&mut self, part: impl Read) -> Result<(), Failure> {
        let mut list: Option<String> = None;
        let mut in_outline = false;
        let mut letters: Option<String> = None;
        let mut xml = Xml::new(part)?;
        loop {
            let tag = match xml.next() {
                Ok(Some(Event::Start(tag))) => tag,
                Ok(Some(Event::End(name))) => {
                    match name.as_str() {
                        "list-style" => list = None,
                        "outline-style" => in_outline = false,
                        "style" => letters = None,
                        _ => {}
                    }
                    continue;
                }
                Ok(Some(Event::Text(_))) => continue,
                Ok(None) | Err(Failure::Damaged) => return Ok(()),
                Err(failure) => return Err(failure),
            };
            match tag.name.as_str() {
                "body" => return Ok(()),
                "style" if tag.get("family").as_deref() == Some("text") => {
                    letters = tag.get("name");
                    if let Some(name) = &letters {
                        let own = Letters { parent: tag.get("parent-style-name"), ..Letters::default() };
                        self.letters.insert(name.clone(), own);
                    }
                }
                "text-properties" => {
                    if let Some(own) = letters.as_ref().and_then(|it| self.letters.get_mut(it)) {
                        own.bold = tag.get("font-weight").map(|it| is_bold(&it));
                        own.italic = tag.get("font-style").map(|it| it != "normal");
                    }
                }
                "style" => {
                    if let (Some(name), Some(parent)) = (tag.get("name"), tag.get("parent-style-name")) {
                        self.parents.insert(name, parent);
                    }
                }
                "list-style" => {
                    list = tag.get("name");
                    if let Some(name) = &list {
                        self.lists.insert(name.clone(), vec![Level::default(); LEVELS]);
                    }
                }
                "outline-style" => {
                    in_outline = true;
                    self.outline = vec![Level::default(); LEVELS];
                }
                "list-level-style-bullet" | "list-level-style-number" | "outline-level-style" => {
                    let levels = match &list {
                        Some(name) => self.lists.get_mut(name),
                        None => in_outline.then_some(&mut self.outline),
                    };
                    let at = tag.number("level").map_or(0, |it| (it as usize).saturating_sub(1));
                    if let Some(own) = levels.and_then(|it| it.get_mut(at)) {
                        *own = level(&tag);
                    }
                }
                _ => {}
            }
        }
    }

    /// What the style makes of a paragraph; none for running text. Names are in English whatever language the program
    /// speaks.
    pub(super) fn role(&self, name: &str) -> Option<Role> {
        std::iter::successors(Some(name), |it| self.parents.get(*it).map(String::as_str)).take(LONGEST_CHAIN).find_map(
            |it| match it {
                "Title" => Some(Role::Title),
                "Caption" | "Illustration" | "Table" | "Figure" | "Drawing" => Some(Role::Caption),
                "Preformatted_20_Text" | "Source_20_Code" | "Code" => Some(Role::Code),
                _ => None,
            },
        )
    }

    /// How letters of this style look among those that look as `around` says.
    pub(super) fn look(&self, name: &str, around: Look) -> Look {
        let first = self.letters.get(name);
        let chain = || std::iter::successors(first, |it| self.letters.get(it.parent.as_deref()?)).take(LONGEST_CHAIN);
        Look {
            bold: chain().find_map(|it| it.bold).unwrap_or(around.bold),
            italic: chain().find_map(|it| it.italic).unwrap_or(around.italic),
        }
    }

    /// What stands before an item, with a space behind it. `counts` are the numbers of all depths down to its own.
    pub(super) fn marker(&self, list: &str, counts: &[u32]) -> String {
        self.lists.get(list).map_or_else(|| "• ".into(), |levels| written(levels, counts))
    }

    /// The number of the first item at this depth, from 0.
    pub(super) fn start(&self, list: &str, depth: usize) -> u32 {
        self.lists.get(list).and_then(|it| it.get(depth)).map_or(1, |it| it.start)
    }

    /// The number that stands before a heading, if headings have one.
    pub(super) fn heading(&self, counts: &[u32]) -> String {
        written(&self.outline, counts)
    }
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse().is_ok_and(|it: u32| it >= 600)
}

fn level(tag: &Tag) -> Level {
    Level {
        glyph: tag.get("bullet-char").map(|it| bullet(&it)),
        prefix: tag.get("num-prefix").unwrap_or_default(),
        suffix: tag.get("num-suffix").unwrap_or_default(),
        form: tag.get("num-format").unwrap_or_default(),
        start: tag.number("start-value").unwrap_or(1),
        shown: tag.number("display-levels").map_or(1, |it| it as usize).clamp(1, LEVELS),
    }
}

fn written(levels: &[Level], counts: &[u32]) -> String {
    let depth = counts.len().saturating_sub(1);
    let Some(own) = levels.get(depth) else {
        return String::new();
    };
    if let Some(glyph) = &own.glyph {
        return format!("{glyph} ");
    }
    if own.form.is_empty() {
        return String::new();
    }
    let first = (depth + 1).saturating_sub(own.shown);
    let numbers: Vec<String> = levels
        .iter()
        .zip(counts)
        .skip(first)
        .filter(|(level, _)| !level.form.is_empty())
        .map(|(level, count)| match level.form.as_str() {
            "a" => letters(*count),
            "A" => letters(*count).to_uppercase(),
            "i" => roman(*count),
            "I" => roman(*count).to_uppercase(),
            _ => count.to_string(),
        })
        .collect();
    format!("{}{}{} ", own.prefix, numbers.join("."), own.suffix)
}
