//! PDF files, written by hand.

use super::protect;

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

/// A font that every reader has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Helvetica.
    Sans,
    /// Helvetica Bold.
    SansBold,
    /// Times Roman.
    Serif,
    /// Times Bold.
    SerifBold,
    /// Courier.
    Fixed,
}

const FACES: [(Face, &str, &str); 5] = [
    (Face::Sans, "F0", "Helvetica"),
    (Face::SansBold, "F1", "Helvetica-Bold"),
    (Face::Serif, "F2", "Times-Roman"),
    (Face::SerifBold, "F3", "Times-Bold"),
    (Face::Fixed, "F4", "Courier"),
];

impl Face {
    fn name(self) -> &'static str {
        FACES.iter().find(|it| it.0 == self).map_or("F0", |it| it.1)
    }

    /// About how wide a text is, in points.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let of = |letter: char| match (self, letter) {
            (Self::Fixed, _) => 0.6,
            (_, 'i' | 'j' | 'l' | '.' | ',' | '\'' | ' ' | ':' | ';' | '|' | 'I') => 0.27,
            (_, 'f' | 't' | 'r' | '(' | ')' | '-') => 0.33,
            (_, 'm' | 'w' | 'M' | 'W') => 0.83,
            (_, 'A'..='Z') => 0.69,
            (Self::Serif | Self::SerifBold, _) => 0.48,
            _ => 0.55,
        };
        text.chars().map(of).sum::<f32>() * size
    }
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
    /// Writes one line.
    pub fn line(&mut self, x: f32, top: f32, size: f32, face: Face, text: &str) {
        let y = self.height - top - size;
        let name = face.name();
        let command = format!("BT /{name} {size} Tf 1 0 0 1 {x} {y} Tm (");
        self.content.extend(command.into_bytes());
        self.content.extend(escaped(text));
        self.content.extend(b") Tj ET\n");
    }

    /// Writes lines no wider than `width` and gives where the next may begin.
    pub fn lines(&mut self, x: f32, mut top: f32, width: f32, size: f32, face: Face, text: &str) -> f32 {
        for line in wrapped(text, width, size, face) {
            self.line(x, top, size, face, &line);
            top += 1.25 * size;
        }
        top
    }

    /// Covers the page with a grey picture, as a scanner does.
    pub fn scanned(mut self) -> Self {
        let picture =
            format!("q {} 0 0 {} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{7f} EI Q\n", self.width, self.height);
        self.content.extend(picture.into_bytes());
        self
    }
}

/// Breaks a text into lines.
pub(super) fn wrapped(text: &str, width: f32, size: f32, face: Face) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        let longer = format!("{line} {word}");
        if line.is_empty() {
            line.push_str(word);
        } else if face.width(&longer, size) <= width {
            *line = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// A string of the file in Windows' Latin letters.
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

/// A file to be made.
#[derive(Clone, Debug, Default)]
pub struct Pdf {
    /// Its pages.
    pub pages: Vec<Leaf>,
    /// Title in its metadata.
    pub title: Option<String>,
    /// Level, title and page (from 1) of each entry of its table of contents.
    pub outline: Vec<(u8, String, u32)>,
    /// The `/Nums` of its page labels, such as `0 << /S /r >> 4 << /S /D >>`.
    pub labels: Option<String>,
    /// Password without which it can't be opened.
    pub password: Option<String>,
    /// Objects of its own, from number [`Pdf::FIRST_OWN`] on.
    pub own: Vec<Vec<u8>>,
}

impl Pdf {
    /// Number of the first of [`Pdf::own`].
    pub const FIRST_OWN: usize = 10;

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let first_page = Self::FIRST_OWN + self.own.len();
        let first_entry = first_page + 2 * self.pages.len();
        let mut objects: Vec<(usize, Vec<u8>)> = Vec::new();
        let mut catalog = "<< /Type /Catalog /Pages 2 0 R".to_owned();
        if !self.outline.is_empty() {
            catalog += " /Outlines 3 0 R";
            objects.extend(self.entries(first_entry, first_page));
        }
        if let Some(labels) = &self.labels {
            catalog += &format!(" /PageLabels << /Nums [ {labels} ] >>");
        }
        objects.push((1, (catalog + " >>").into_bytes()));
        let kids: Vec<String> = (0..self.pages.len()).map(|it| format!("{} 0 R", first_page + 2 * it)).collect();
        let pages = format!("<< /Type /Pages /Count {} /Kids [ {} ] >>", kids.len(), kids.join(" "));
        objects.push((2, pages.into_bytes()));
        if let Some(title) = &self.title {
            let mut info = b"<< /Title (".to_vec();
            info.extend(escaped(title));
            info.extend(b") >>");
            objects.push((4, info));
        }
        for (at, (_, _, font)) in FACES.iter().enumerate() {
            let font = format!("<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>");
            objects.push((5 + at, font.into_bytes()));
        }
        objects.extend(self.own.iter().cloned().enumerate().map(|(at, it)| (Self::FIRST_OWN + at, it)));
        for (at, leaf) in self.pages.iter().enumerate() {
            let number = first_page + 2 * at;
            objects.push((number, leaf_object(leaf, number + 1)));
            objects.push((number + 1, stream(&leaf.content, leaf.filter.as_deref())));
        }
        assemble(objects, self.title.is_some(), self.password.as_deref())
    }

    /// The objects of the table of contents, flat lists for each parent.
    fn entries(&self, first: usize, first_page: usize) -> Vec<(usize, Vec<u8>)> {
        let parent_of = |at: usize| (0..at).rev().find(|&it| self.outline[it].0 < self.outline[at].0);
        let children = |parent: Option<usize>| -> Vec<usize> {
            (0..self.outline.len()).filter(|&it| parent_of(it) == parent).collect()
        };
        let ends = |kids: &[usize]| match (kids.first(), kids.last()) {
            (Some(a), Some(b)) => format!(" /First {} 0 R /Last {} 0 R /Count {}", first + a, first + b, kids.len()),
            _ => String::new(),
        };
        let mut objects = vec![(3, format!("<< /Type /Outlines{} >>", ends(&children(None))).into_bytes())];
        for (at, (_, title, page)) in self.outline.iter().enumerate() {
            let siblings = children(parent_of(at));
            let place = siblings.iter().position(|&it| it == at).unwrap_or(0);
            let mut entry = format!(
                "<< /Parent {} 0 R /Dest [ {} 0 R /Fit ]{}",
                parent_of(at).map_or(3, |it| first + it),
                first_page + 2 * (*page as usize - 1),
                ends(&children(Some(at)))
            );
            if place > 0 {
                entry += &format!(" /Prev {} 0 R", first + siblings[place - 1]);
            }
            if let Some(next) = siblings.get(place + 1) {
                entry += &format!(" /Next {} 0 R", first + next);
            }
            let mut entry = (entry + " /Title (").into_bytes();
            entry.extend(escaped(title));
            entry.extend(b") >>");
            objects.push((first + at, entry));
        }
        objects
    }
}

fn leaf_object(leaf: &Leaf, content: usize) -> Vec<u8> {
    let fonts: Vec<String> = FACES.iter().enumerate().map(|(at, it)| format!("/{} {} 0 R", it.1, 5 + at)).collect();
    let mut page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 {} {} ] /Rotate {} /Contents {content} 0 R \
         /Resources << /Font << {} >> {} >>",
        leaf.width,
        leaf.height,
        leaf.rotate,
        fonts.join(" "),
        leaf.resources
    );
    if let Some([left, bottom, right, top]) = leaf.crop {
        page += &format!(" /CropBox [ {left} {bottom} {right} {top} ]");
    }
    (page + " >>").into_bytes()
}

/// A stream object.
pub(super) fn stream(content: &[u8], filter: Option<&str>) -> Vec<u8> {
    let filter = filter.map_or_else(String::new, |it| format!(" /Filter {it}"));
    let mut object = format!("<< /Length {}{filter} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

fn assemble(mut objects: Vec<(usize, Vec<u8>)>, titled: bool, password: Option<&str>) -> Vec<u8> {
    objects.sort_by_key(|it| it.0);
    let mut out = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let lock = password.map(protect::Lock::new);
    let last = objects.last().map_or(0, |it| it.0);
    let mut places = vec![None; last + 2];
    for (number, object) in &objects {
        places[*number] = Some(out.len());
        let object = match &lock {
            Some(lock) => lock.close(*number, object),
            None => object.clone(),
        };
        out.extend(format!("{number} 0 obj\n").into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let mut trailer = format!("<< /Size {} /Root 1 0 R", last + 2);
    if titled {
        trailer += " /Info 4 0 R";
    }
    if let Some(lock) = &lock {
        places[last + 1] = Some(out.len());
        out.extend(format!("{} 0 obj\n{}\nendobj\n", last + 1, lock.dictionary()).into_bytes());
        trailer += &format!(" /Encrypt {} 0 R /ID [ <{}> <{}> ]", last + 1, protect::ID_HEX, protect::ID_HEX);
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len()).into_bytes());
    for place in &places[1..] {
        let entry = match place {
            Some(at) => format!("{at:010} 00000 n \n"),
            None => "0000000000 00000 f \n".to_owned(),
        };
        out.extend(entry.into_bytes());
    }
    out.extend(format!("trailer\n{trailer} >>\nstartxref\n{table}\n%%EOF\n").into_bytes());
    out
}
