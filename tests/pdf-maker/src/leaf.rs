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
        self.content.extend(escaped(text));
        self.content.extend(b") Tj ET\n");
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

/// The inside of a string in Windows' Latin letters, which the fonts are encoded in.
fn escaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for letter in text.chars() {
        match letter {
            '(' | ')' | '\\' => out.extend([b'\\', letter as u8]),
            '“' => out.push(0x93),
            '”' => out.push(0x94),
            '’' => out.push(0x92),
            '–' => out.push(0x96),
            '•' => out.push(0x95),
            ' '..='~' | '\u{a0}'..='\u{ff}' => out.push(letter as u32 as u8),
            _ => out.push(b'?'),
        }
    }
    out
}
