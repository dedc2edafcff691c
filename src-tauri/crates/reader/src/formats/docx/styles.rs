//! What the styles of paragraphs make of them.

use std::collections::HashMap;

use super::paragraph::is_on;
use crate::emphasis::Look;
use crate::error::Failure;
use crate::formats::xml::{Event, Xml};

/// Styles that lead to each other: further than anybody builds, and the end of a circle.
const LONGEST_CHAIN: usize = 20;

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u8),
    Caption,
    Code,
    /// A line of a table of contents, which the program writes by itself.
    Contents,
}

/// A reference to a list: its number and the depth in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ListRef {
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
}

/// What is said of how letters look: bold or not, slanted or not, or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Face {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
}

#[derive(Debug, Default)]
struct Style {
    /// In English for the built-in ones, whatever language the program speaks.
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: ListRef,
    face: Face,
}

/// All styles of paragraphs and letters, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let mut styles: HashMap<String, Style> = HashMap::new();
        let mut open: Option<(String, Style)> = None;
        let mut xml = Xml::new(bytes)?;
        while let Ok(Some(event)) = xml.next() {
            match event {
                Event::Start(tag) if tag.name == "style" => {
                    let id = tag.get("styleId").unwrap_or_default();
                    open = Some((id, Style::default()));
                }
                Event::Start(tag) => {
                    let Some((_, style)) = &mut open else {
                        continue;
                    };
                    match tag.name.as_str() {
                        "name" => style.name = tag.get("val").unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = tag.get("val"),
                        "outlineLvl" => style.outline = tag.number("val").and_then(|it| u8::try_from(it).ok()),
                        "numId" => style.list.list = tag.number("val"),
                        "b" => style.face.bold = Some(is_on(&tag)),
                        "i" => style.face.italic = Some(is_on(&tag)),
                        "ilvl" => style.list.level = tag.number("val").and_then(|it| u8::try_from(it).ok()),
                        _ => {}
                    }
                }
                Event::End(end) if end == "style" => {
                    if let Some((id, style)) = open.take() {
                        styles.insert(id, style);
                    }
                }
                _ => {}
            }
        }
        Ok(Self(styles))
    }

    /// The style and those that it is based on, nearest first.
    fn chain(&self, id: &str) -> impl Iterator<Item = (&str, &Style)> {
        let first = self.0.get_key_value(id);
        std::iter::successors(first, |(_, style)| self.0.get_key_value(style.based_on.as_deref()?))
            .take(LONGEST_CHAIN)
            .map(|(id, style)| (id.as_str(), style))
    }

    /// What the style makes of a paragraph; none for running text.
    pub(super) fn role(&self, id: &str) -> Option<Role> {
        if self.0.is_empty() {
            // Without a part of styles only the id is there to tell.
            return by_name(&id.to_lowercase());
        }
        self.chain(id).find_map(|(id, style)| {
            by_name(&style.name).or_else(|| match style.outline {
                Some(level @ 0..=8) => Some(Role::Heading(level + 1)),
                // The text of a heading's style may say that it is none.
                Some(_) => None,
                None => by_name(&id.to_lowercase()).filter(|it| matches!(it, Role::Heading(_))),
            })
        })
    }

    /// How letters look in a paragraph and a run of these styles, the run having a face of its own as well.
    ///
    /// What the run says itself holds. Otherwise bold in bold is plain, and so is slanted in slanted (ECMA-376, part 1,
    /// 17.7.3, toggle properties).
    pub(super) fn look(&self, paragraph: &str, run: &str, own: Face) -> Look {
        let toggled = |face: fn(&Face) -> Option<bool>| {
            let of = |id| self.chain(id).find_map(|(_, style)| face(&style.face)).unwrap_or(false);
            face(&own).unwrap_or_else(|| of(paragraph) != of(run))
        };
        Look { bold: toggled(|it| it.bold), italic: toggled(|it| it.italic) }
    }

    /// The list that the style puts a paragraph in.
    pub(super) fn list(&self, id: &str) -> ListRef {
        let mut found = ListRef::default();
        for (_, style) in self.chain(id) {
            found.list = found.list.or(style.list.list);
            found.level = found.level.or(style.list.level);
        }
        found
    }
}

fn by_name(name: &str) -> Option<Role> {
    if let Some(level) = name.strip_prefix("heading") {
        let level: u8 = level.trim().parse().ok()?;
        return (1..=9).contains(&level).then_some(Role::Heading(level));
    }
    match name {
        "title" => Some(Role::Heading(1)),
        "caption" => Some(Role::Caption),
        "toc heading" | "table of figures" => Some(Role::Contents),
        "html preformatted" | "code" | "source code" | "macro" | "preformatted text" | "plain code" => Some(Role::Code),
        _ if name.strip_prefix("toc").is_some_and(|it| it.trim().parse::<u8>().is_ok()) => Some(Role::Contents),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn bold_in_bold_is_plain_unless_the_run_says_more() {
        let xml = r#"<w:styles><w:style w:styleId="Def"><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:styleId="Strong"><w:rPr><w:b/><w:i w:val="0"/></w:rPr></w:style>
            <w:style w:styleId="Strong2"><w:basedOn w:val="Strong"/><w:rPr><w:i/></w:rPr></w:style></w:styles>"#;
        let styles = Styles::read(xml.as_bytes()).unwrap();
        let look = |paragraph, run, bold| {
            let look = styles.look(paragraph, run, Face { bold, italic: None });
            (look.bold, look.italic)
        };
        assert_eq!([look("", "Strong", None), look("", "Strong2", None)], [(true, false), (true, true)]);
        assert_eq!([look("Def", "Strong", None), look("Def", "", None)], [(false, false), (true, false)]);
        assert_eq!([look("Def", "Strong", Some(true)), look("Def", "", Some(false))], [(true, false), (false, false)]);
    }

    #[test]
    fn a_style_is_what_it_is_based_on() {
        let xml = r#"<w:styles>
            <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
            <w:style w:styleId="Kapitel"><w:name w:val="Mein Kapitel"/><w:basedOn w:val="berschrift2"/></w:style>
            <w:style w:styleId="Ebene"><w:name w:val="Ebene"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="Kreis"><w:name w:val="Kreis"/><w:basedOn w:val="Kreis"/></w:style>
            <w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
            <w:style w:styleId="Liste"><w:name w:val="List"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/>
            </w:numPr></w:pPr></w:style></w:styles>"#;
        let styles = Styles::read(xml.as_bytes()).unwrap();
        assert_eq!(styles.role("Kapitel"), Some(Role::Heading(2)));
        assert_eq!(styles.role("Ebene"), Some(Role::Heading(1)));
        assert_eq!(styles.role("Verzeichnis1"), Some(Role::Contents));
        assert_eq!((styles.role("Kreis"), styles.role("unknown")), (None, None));
        assert_eq!(styles.list("Liste"), ListRef { list: Some(7), level: Some(1) });
        let strong = Face { bold: Some(true), italic: None };
        assert_eq!(Styles::default().look("", "", strong), Look { bold: true, italic: false });
        assert_eq!(Styles::default().role("Heading3"), Some(Role::Heading(3)));
    }
}
