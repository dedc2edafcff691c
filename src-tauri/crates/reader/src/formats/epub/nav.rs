//! A book's list of contents.

use crate::error::Failure;
use crate::formats::archive::{Archive, resolved};
use crate::formats::text::collapsed;
use crate::formats::xml::{Event, Tag, Xml};

/// Entries; more help nobody.
const ENTRIES: usize = 5_000;

/// An entry of the list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Depth, from 1.
    pub(super) level: u8,
    pub(super) title: String,
    /// Name of the part that it leads to.
    pub(super) part: String,
}

/// The list of EPUB 3: `nav` elements with lists of links in them.
pub(super) fn of_document(archive: &mut Archive, name: &str) -> Result<Vec<Entry>, Failure> {
    let Some(bytes) = archive.bytes(name)? else {
        return Ok(Vec::new());
    };
    let mut xml = Xml::new(&*bytes)?;
    let mut entries = Vec::new();
    let mut in_toc = false;
    let mut level = 0_u8;
    while let Ok(Some(event)) = xml.next() {
        match event {
            Event::Start(tag) if tag.name == "nav" => in_toc = is_toc(&tag),
            Event::End(end) if end == "nav" => in_toc = false,
            Event::Start(tag) if in_toc && tag.name == "ol" => level = level.saturating_add(1),
            Event::End(end) if in_toc && end == "ol" => level = level.saturating_sub(1),
            Event::Start(tag) if in_toc && tag.name == "a" => {
                let title = collapsed(&xml.text().unwrap_or_default());
                add(&mut entries, level, title, tag.get("href").and_then(|it| resolved(name, &it)));
            }
            _ => {}
        }
    }
    Ok(entries)
}

/// A book lists its pages and landmarks in the same way.
fn is_toc(tag: &Tag) -> bool {
    tag.get("type").is_none_or(|it| it.split_ascii_whitespace().any(|it| it == "toc"))
}

/// The list of EPUB 2: points inside points.
pub(super) fn of_ncx(archive: &mut Archive, name: &str) -> Result<Vec<Entry>, Failure> {
    let Some(bytes) = archive.bytes(name)? else {
        return Ok(Vec::new());
    };
    let mut xml = Xml::new(&*bytes)?;
    let mut entries = Vec::new();
    let mut level = 0_u8;
    let mut title = String::new();
    while let Ok(Some(event)) = xml.next() {
        match event {
            Event::Start(tag) => match tag.name.as_str() {
                "navPoint" => {
                    level = level.saturating_add(1);
                    title.clear();
                }
                // A break shows again at the next event.
                "pageList" | "navList" => drop(xml.skip()),
                "text" if level > 0 => title = collapsed(&xml.text().unwrap_or_default()),
                "content" if level > 0 => {
                    let part = tag.get("src").and_then(|it| resolved(name, &it));
                    add(&mut entries, level, std::mem::take(&mut title), part);
                }
                _ => {}
            },
            Event::End(end) if end == "navPoint" => level = level.saturating_sub(1),
            _ => {}
        }
    }
    Ok(entries)
}

fn add(entries: &mut Vec<Entry>, level: u8, title: String, part: Option<String>) {
    if let Some(part) = part
        && !title.is_empty()
        && entries.len() < ENTRIES
    {
        entries.push(Entry { level: level.max(1), title, part });
    }
}
