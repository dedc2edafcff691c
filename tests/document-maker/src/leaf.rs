//! Pages.

use crate::Face;
use crate::file::File;
use crate::pdf::{FIRST_FONT, PAGES};

/// A page of a file to be made. Points; `top` counts down from the upper edge.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Width before it is turned.
    pub width: f32,
    /// Height before it is turned.
    pub height: f32,
    /// Degrees clockwise.
    pub rotate: u32,
    /// Visible part: left, bottom, right, top.
    pub crop: Option<[f32; 4]>,
    /// What is drawn.
    pub content: Vec<u8>,
    /// Filters of the content, such as `/FlateDecode`.
    pub filter: Option<String>,
    /// Further resources, such as `/XObject << /X0 9 0 R >>`.
    pub resources: String,
}

impl Default for Leaf {
    fn default() -> Self {
        Self {
            width: 612.0,
            height: 792.0,
            rotate: 0,
            crop: None,
            content: Vec::new(),
            filter: None,
            resources: String::new(),
        }
    }
}

impl Leaf {
    /// A heading, unless it is empty, and paragraphs. Sans; the heading bold, 18 points, its baseline 52 below the upper
    /// edge; the paragraphs 11 points, the first baseline at 78, all of it 72 from the left.
    pub(crate) fn written(heading: &str, paragraphs: &[&str]) -> Self {
        const LEFT: f32 = 72.0;
        let mut leaf = Self::default();
        if !heading.is_empty() {
            leaf.line(LEFT, 34.0, 18.0, Face::SansBold, heading);
        }
        let mut top = 67.0;
        for paragraph in paragraphs {
            for line in Face::Sans.wrapped(paragraph, leaf.width - 2.0 * LEFT, 11.0) {
                leaf.line(LEFT, top, 11.0, Face::Sans, &line);
                top += 13.5;
            }
            top += 12.5;
        }
        leaf
    }

    /// Covered with a grey picture, as a scanner does.
    pub(crate) fn scanned() -> Self {
        let leaf = Self::default();
        let picture =
            format!("q {} 0 0 {} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{7f} EI Q\n", leaf.width, leaf.height);
        Self { content: picture.into_bytes(), ..leaf }
    }

    /// Writes one line.
    pub fn line(&mut self, x: f32, top: f32, size: f32, face: Face, text: &str) {
        let y = self.height - top - size;
        let name = face.name();
        let command = format!("BT /{name} {size} Tf 1 0 0 1 {x} {y} Tm (");
        self.content.extend(command.into_bytes());
        self.content.extend(face.encoded(text));
        self.content.extend(b") Tj ET\n");
    }

    /// Writes words of several faces one behind the other; those smaller than the first are raised, as the mark of a note
    /// is.
    pub fn words(&mut self, x: f32, top: f32, words: &[(Face, f32, &str)]) {
        let base = words.first().map_or(0.0, |(_, size, _)| *size);
        let y = self.height - top - base;
        self.content.extend(format!("BT 1 0 0 1 {x} {y} Tm\n").into_bytes());
        for (face, size, text) in words {
            let rise = if *size < base { 0.35 * base } else { 0.0 };
            self.content.extend(format!("/{} {size} Tf {rise} Ts (", face.name()).into_bytes());
            self.content.extend(face.encoded(text));
            self.content.extend(b") Tj\n");
        }
        self.content.extend(b"0 Ts ET\n");
    }

    /// Fills a rectangle with a shade of grey, from 0 for black to 1 for white. Write on it afterwards.
    pub fn fill(&mut self, x: f32, top: f32, width: f32, height: f32, grey: f32) {
        let y = self.height - top - height;
        self.content.extend(format!("{grey} g {x} {y} {width} {height} re f 0 g\n").into_bytes());
    }

    /// Draws a line half a point thick.
    pub fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        let (y0, y1) = (self.height - from.1, self.height - to.1);
        let (x0, x1) = (from.0, to.0);
        self.content.extend(format!("0.5 w {x0} {y0} m {x1} {y1} l S\n").into_bytes());
    }

    /// Draws the mark of an item of a list, a disc, around a point.
    pub fn disc(&mut self, x: f32, top: f32) {
        let (r, k, y) = (1.5, 0.83, self.height - top);
        let curve = |a: (f32, f32), b: (f32, f32), c: (f32, f32)| {
            format!("{} {} {} {} {} {} c ", x + a.0, y + a.1, x + b.0, y + b.1, x + c.0, y + c.1)
        };
        let outline = [
            format!("{} {} m ", x + r, y),
            curve((r, k), (k, r), (0.0, r)),
            curve((-k, r), (-r, k), (-r, 0.0)),
            curve((-r, -k), (-k, -r), (0.0, -r)),
            curve((k, -r), (r, -k), (r, 0.0)),
            "f\n".to_owned(),
        ];
        self.content.extend(outline.concat().into_bytes());
    }

    /// Writes lines one below the other, `pitch` points apart; the place below the last.
    pub fn lines(&mut self, x: f32, mut top: f32, size: f32, pitch: f32, face: Face, lines: &[String]) -> f32 {
        for line in lines {
            self.line(x, top, size, face, line);
            top += pitch;
        }
        top
    }

    /// A table with a line around each cell, 9 points, its first row bold; every cell as wide as `widths` say, its text
    /// wrapped and centred in height. The place below it.
    pub fn table(&mut self, x: f32, mut top: f32, widths: &[f32], rows: &[&[&str]]) -> f32 {
        const SIZE: f32 = 9.0;
        const PITCH: f32 = 11.0;
        const PAD: f32 = 4.0;
        let right = x + widths.iter().sum::<f32>();
        self.rule((x, top), (right, top));
        for (number, row) in rows.iter().enumerate() {
            let face = if number == 0 { Face::SansBold } else { Face::Sans };
            let cells: Vec<Vec<String>> =
                row.iter().zip(widths).map(|(text, width)| face.wrapped(text, width - 2.0 * PAD, SIZE)).collect();
            let most = cells.iter().map(Vec::len).max().unwrap_or(1);
            let height = most as f32 * PITCH + 2.0 * PAD;
            let mut left = x;
            for (cell, width) in cells.iter().zip(widths) {
                let space = (most - cell.len()) as f32 * PITCH / 2.0;
                self.lines(left + PAD, top + PAD + space, SIZE, PITCH, face, cell);
                self.rule((left, top), (left, top + height));
                left += width;
            }
            self.rule((left, top), (left, top + height));
            top += height;
            self.rule((x, top), (right, top));
        }
        top
    }

    /// Adds the page, and after it its content.
    pub(crate) fn add_to(&self, file: &mut File) {
        let content = file.next_number() + 1;
        let fonts: String =
            Face::ALL.iter().zip(FIRST_FONT..).map(|(face, font)| format!("/{} {font} 0 R ", face.name())).collect();
        let mut page = format!(
            "/Type /Page /Parent {PAGES} 0 R /MediaBox [ 0 0 {} {} ] /Rotate {} /Contents {content} 0 R \
             /Resources << /Font << {fonts}>> {} >>",
            self.width, self.height, self.rotate, self.resources
        );
        if let Some([left, bottom, right, top]) = self.crop {
            page += &format!(" /CropBox [ {left} {bottom} {right} {top} ]");
        }
        file.add(&page, None);
        let filter = self.filter.as_ref().map_or_else(String::new, |it| format!("/Filter {it}"));
        file.add(&filter, Some(&self.content));
    }
}
