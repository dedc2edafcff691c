//! The text of a slide's shapes.

use std::collections::HashMap;

use crate::BlockKind;
use crate::emphasis::Look;
use crate::error::Failure;
use crate::formats::draft::Draft;
use crate::formats::formula::Formula;
use crate::formats::text::{Line, bullet, letters, roman};
use crate::formats::xml::{Event, Tag, Xml};

/// Levels that lists have.
const LEVELS: usize = 9;

/// The bullets that the presentation's master gives to the main text of a slide, by level; none where it gives none.
#[derive(Clone, Debug, Default)]
pub(super) struct Bullets([Option<String>; LEVELS]);

impl Bullets {
    pub(super) fn read(master: &[u8]) -> Result<Self, Failure> {
        let mut bullets = Self::default();
        let mut in_body = false;
        let mut level = LEVELS;
        let mut xml = Xml::new(master)?;
        while let Ok(Some(event)) = xml.next() {
            match event {
                Event::Start(tag) if tag.name == "bodyStyle" => in_body = true,
                Event::End(end) if end == "bodyStyle" => in_body = false,
                Event::Start(tag) if in_body => {
                    let of = tag.name.strip_prefix("lvl").and_then(|it| it.strip_suffix("pPr"));
                    if let Some(number) = of.and_then(|it| it.parse::<usize>().ok()) {
                        level = number.saturating_sub(1);
                    } else if tag.name == "buChar"
                        && let Some(own) = bullets.0.get_mut(level)
                    {
                        *own = Some(bullet(&tag.get("char").unwrap_or_default()));
                    }
                }
                _ => {}
            }
        }
        Ok(bullets)
    }
}

/// What stands on a slide.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub(super) title: Option<String>,
    pub(super) drafts: Vec<Draft>,
    /// Ids of the parts with the words of diagrams.
    pub(super) diagrams: Vec<String>,
}

/// What a shape is on every slide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Title,
    Body,
    /// The number of the slide, the date, a running foot.
    Furniture,
    Free,
}

#[derive(Debug, Default)]
struct Paragraph {
    line: Line,
    level: usize,
    mark: Mark,
    formula: bool,
    words: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Mark {
    #[default]
    Inherited,
    None,
    Glyph(String),
    /// How the number is written, and the number of the first item.
    Number(String, u32),
}

struct Reader<'a> {
    shapes: Shapes,
    bullets: &'a Bullets,
    place: Place,
    title: Line,
    paragraph: Option<Paragraph>,
    /// Numbers of the shape's lists: how they are written and how far they are, by level.
    numbers: HashMap<usize, (String, u32)>,
    table: Option<Vec<Vec<String>>>,
    formula: Option<Formula>,
    in_text: bool,
}

impl Shapes {
    pub(super) fn read(slide: &[u8], bullets: &Bullets) -> Result<Self, Failure> {
        let mut reader = Reader {
            shapes: Self::default(),
            bullets,
            place: Place::Free,
            title: Line::default(),
            paragraph: None,
            numbers: HashMap::new(),
            table: None,
            formula: None,
            in_text: false,
        };
        let mut xml = Xml::new(slide)?;
        loop {
            match xml.next() {
                Ok(Some(Event::Start(tag))) if matches!(tag.name.as_str(), "Fallback") => {
                    if xml.skip().is_err() {
                        break;
                    }
                }
                Ok(Some(event)) => reader.event(event),
                Ok(None) => break,
                // What stands before a break is text of the slide.
                Err(Failure::Damaged) if !reader.shapes.drafts.is_empty() => break,
                Err(failure) => return Err(failure),
            }
        }
        let mut shapes = reader.shapes;
        shapes.title = Some(reader.title.take()).filter(|it| !it.is_empty());
        Ok(shapes)
    }
}

impl Reader<'_> {
    fn event(&mut self, event: Event) {
        if let Some(formula) = &mut self.formula {
            if formula.takes_last(event) {
                self.end_formula();
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::Text(text) => {
                if self.in_text
                    && let Some(paragraph) = &mut self.paragraph
                {
                    paragraph.words |= !text.trim().is_empty();
                    paragraph.line.push(&text);
                }
            }
            Event::End(name) => self.end(&name),
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "sp" | "graphicFrame" | "cxnSp" | "pic" => {
                self.place = Place::Free;
                self.numbers.clear();
            }
            "ph" => {
                self.place = match tag.get("type").as_deref() {
                    Some("title" | "ctrTitle") => Place::Title,
                    Some("sldNum" | "dt" | "ftr" | "hdr" | "sldImg") => Place::Furniture,
                    Some("body" | "obj") | None => Place::Body,
                    Some(_) => Place::Free,
                };
            }
            "p" => self.paragraph = Some(Paragraph::default()),
            "tbl" => self.table = Some(Vec::new()),
            "tr" => self.table.iter_mut().for_each(|it| it.push(Vec::new())),
            "tc" => {
                if let Some(row) = self.table.as_mut().and_then(|it| it.last_mut()) {
                    row.push(String::new());
                }
            }
            "relIds" => self.shapes.diagrams.extend(tag.get("dm")),
            name => {
                let Some(paragraph) = &mut self.paragraph else {
                    return;
                };
                match name {
                    "t" => self.in_text = true,
                    "r" | "fld" => paragraph.line.look(Look::default()),
                    "rPr" => {
                        let on = |name| matches!(tag.get(name).as_deref(), Some("1" | "true" | "on"));
                        paragraph.line.look(Look { bold: on("b"), italic: on("i") });
                    }
                    "br" | "tab" => paragraph.line.space(),
                    "pPr" => paragraph.level = tag.number("lvl").map_or(0, |it| it as usize).min(LEVELS - 1),
                    "buNone" => paragraph.mark = Mark::None,
                    "buChar" => paragraph.mark = Mark::Glyph(bullet(&tag.get("char").unwrap_or_default())),
                    "buAutoNum" => {
                        let form = tag.get("type").unwrap_or_default();
                        paragraph.mark = Mark::Number(form, tag.number("startAt").unwrap_or(1));
                    }
                    "oMath" => self.formula = Some(Formula::new()),
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "tbl" => {
                let rows = self.table.take().unwrap_or_default();
                self.shapes.drafts.extend(Draft::table(&rows));
            }
            _ => {}
        }
    }

    fn end_formula(&mut self) {
        if let (Some(formula), Some(paragraph)) = (self.formula.take(), &mut self.paragraph) {
            paragraph.formula = true;
            paragraph.line.push(&formula.finish());
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraph.take() else {
            return;
        };
        let text = paragraph.line.take_styled();
        if text.is_empty() || self.place == Place::Furniture {
            return;
        }
        if let Some(rows) = &mut self.table {
            if let Some(cell) = rows.last_mut().and_then(|it| it.last_mut()) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&text.text);
            }
            return;
        }
        if self.place == Place::Title {
            self.title.space();
            self.title.push(&text.text);
            return;
        }
        let draft = match self.mark(&paragraph) {
            Some(mark) => Draft::new(BlockKind::List, text.behind(&format!("{mark} "))),
            None if paragraph.formula && !paragraph.words => Draft::new(BlockKind::Formula, text),
            None => Draft::new(BlockKind::Paragraph, text),
        };
        self.shapes.drafts.push(draft);
    }

    fn mark(&mut self, paragraph: &Paragraph) -> Option<String> {
        let level = paragraph.level;
        self.numbers.retain(|it, _| *it <= level);
        if let Mark::Number(form, start) = &paragraph.mark {
            let number = match self.numbers.get(&level) {
                Some((same, last)) if same == form => last.saturating_add(1),
                _ => *start,
            };
            self.numbers.insert(level, (form.clone(), number));
            return Some(numbered(form, number));
        }
        self.numbers.remove(&level);
        match &paragraph.mark {
            Mark::Glyph(glyph) => Some(glyph.clone()),
            Mark::Inherited if self.place == Place::Body => self.bullets.0.get(level).cloned().flatten(),
            _ => None,
        }
    }
}

/// A number as PowerPoint's names for its forms say: "arabicPeriod", "alphaLcParenR".
fn numbered(form: &str, number: u32) -> String {
    let own = match form {
        _ if form.starts_with("alphaLc") => letters(number),
        _ if form.starts_with("alphaUc") => letters(number).to_uppercase(),
        _ if form.starts_with("romanLc") => roman(number),
        _ if form.starts_with("romanUc") => roman(number).to_uppercase(),
        _ => number.to_string(),
    };
    match form {
        _ if form.ends_with("ParenBoth") => format!("({own})"),
        _ if form.ends_with("ParenR") => format!("{own})"),
        _ if form.ends_with("Plain") => own,
        _ => format!("{own}."),
    }
}

/// The words of a diagram or of the speaker's notes, without the slide's picture and numbers.
pub(super) fn words(part: &[u8]) -> Result<Vec<Draft>, Failure> {
    let shapes = Shapes::read(part, &Bullets::default())?;
    Ok(shapes.drafts)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_slide_is_read_by_its_shapes() {
        let master = r#"<p:sldMaster><p:txStyles><p:titleStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></p:titleStyle>
            <p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr><a:lvl2pPr><a:buChar char="–"/></a:lvl2pPr>
            </p:bodyStyle></p:txStyles></p:sldMaster>"#;
        let slide = r#"<p:sld><p:cSld><p:spTree>
            <p:sp><p:nvSpPr><p:nvPr><p:ph idx="1"/></p:nvPr></p:nvSpPr><p:txBody>
              <a:p><a:r><a:t>First</a:t></a:r></a:p><a:p><a:pPr lvl="1"/><a:r><a:t>Deeper</a:t></a:r></a:p>
              <a:p><a:pPr><a:buAutoNum type="arabicParenR"/></a:pPr><a:r><a:t>One</a:t></a:r></a:p>
              <a:p><a:pPr><a:buAutoNum type="arabicParenR"/></a:pPr><a:r><a:t>Two</a:t></a:r></a:p>
              <a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>Plain</a:t></a:r></a:p></p:txBody></p:sp>
            <p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody>
              <a:p><a:r><a:t>The </a:t></a:r><a:r><a:t>Title</a:t></a:r></a:p></p:txBody></p:sp>
            <p:sp><p:nvSpPr><p:nvPr><p:ph type="sldNum"/></p:nvPr></p:nvSpPr><p:txBody>
              <a:p><a:fld><a:t>7</a:t></a:fld></a:p></p:txBody></p:sp>
            <p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>A</a:t></a:r></a:p></a:txBody></a:tc><a:tc>
              <a:txBody><a:p><a:r><a:t>B</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>
            </p:spTree></p:cSld></p:sld>"#;
        let bullets = Bullets::read(master.as_bytes()).unwrap();
        let shapes = Shapes::read(slide.as_bytes(), &bullets).unwrap();
        assert_eq!(shapes.title.as_deref(), Some("The Title"));
        let texts: Vec<_> = shapes.drafts.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["• First", "– Deeper", "1) One", "2) Two", "Plain", "A\tB"]);
    }
}
