//! From PDFium's characters to words with their place and type.

use pdfium_render::prelude::{PdfPageText, PdfPageTextChar};

use super::geometry::{Area, Sheet, Turn};

/// A run of characters without white space on one line.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Byte range in [`Words::text`].
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where it stands, turned so that the text is upright.
    pub(super) area: Area,
    /// Where it stands on the drawn page.
    pub(super) place: Area,
    /// Points of the font as it is drawn.
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) fixed: bool,
    /// PDFium took a hyphen at the end of a line off it.
    pub(super) hyphen: bool,
    /// How the text stands on the drawn page.
    pub(super) turn: Turn,
    /// Written from right to left.
    pub(super) leftwards: bool,
}

/// All words of a page in the order in which the file draws them.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    /// Characters in all, and those that stand for nothing readable.
    pub(super) characters: usize,
    pub(super) meaningless: usize,
}

impl Words {
    pub(super) fn word(&self, token: &Token) -> &str {
        &self.text[token.start..token.end]
    }
}

/// What PDFium gives for a hyphen that it takes for one of word division.
const DIVISION: char = '\u{2}';

/// The font of a character; asked for only where it may change.
#[derive(Clone, Default)]
struct Face {
    key: (u32, u32, i32),
    size: f32,
    bold: bool,
    fixed: bool,
    turn: Turn,
}

pub(super) fn words(page: &PdfPageText<'_>, sheet: &Sheet) -> Words {
    let mut reader = Reader {
        sheet,
        words: Words::default(),
        current: None,
        face: Face::default(),
        high: None,
        last: Area::default(),
    };
    for character in page.chars().iter() {
        reader.take(&character);
    }
    reader.close();
    reader.words
}

struct Reader<'a> {
    sheet: &'a Sheet,
    words: Words,
    current: Option<Token>,
    face: Face,
    /// First half of a character that comes as two.
    high: Option<u32>,
    /// Where the last character stands.
    last: Area,
}

impl Reader<'_> {
    fn take(&mut self, character: &PdfPageTextChar<'_>) {
        let Some(letter) = self.letter(character.unicode_value()) else {
            return;
        };
        if letter == DIVISION || letter == '\u{ad}' || letter == '\u{fffe}' {
            if let Some(token) = &mut self.current {
                token.hyphen = true;
            }
            if letter != '\u{ad}' {
                self.close();
            }
            return;
        }
        if letter.is_whitespace() {
            self.close();
            return;
        }
        self.words.characters += 1;
        if meaningless(letter) {
            self.words.meaningless += 1;
            if letter.is_control() {
                return;
            }
        }
        let Ok(bounds) = character.loose_bounds() else {
            return;
        };
        let place = self.sheet.place(&bounds);
        if !place.x0.is_finite() || !place.y1.is_finite() {
            return;
        }
        self.add(character, letter, place);
    }

    fn add(&mut self, character: &PdfPageTextChar<'_>, letter: char, place: Area) {
        let starts = match &self.current {
            None => true,
            Some(token) => {
                let area = self.sheet.upright(&place, token.turn);
                !follows(&self.last, &area, token.size)
            }
        };
        if starts {
            self.close();
            self.look_at_face(character, &place);
            let start = self.words.text.len();
            let face = &self.face;
            let area = self.sheet.upright(&place, face.turn);
            self.last = area;
            self.current = Some(Token {
                start,
                end: start,
                area,
                place,
                size: face.size,
                bold: face.bold,
                fixed: face.fixed,
                hyphen: false,
                turn: face.turn,
                leftwards: false,
            });
        }
        self.words.text.push(letter);
        if let Some(token) = &mut self.current {
            let area = self.sheet.upright(&place, token.turn);
            token.end = self.words.text.len();
            token.leftwards |= is_leftwards(letter);
            token.area = token.area.with(&area);
            token.place = token.place.with(&place);
            // A soft hyphen inside a line is no hyphen.
            token.hyphen = false;
            self.last = area;
        }
    }

    fn look_at_face(&mut self, character: &PdfPageTextChar<'_>, place: &Area) {
        let size = character.unscaled_font_size().value;
        let weight = character.font_weight().map_or(0, |weight| {
            use pdfium_render::prelude::PdfFontWeight as W;
            match weight {
                W::Weight100 => 100,
                W::Weight200 => 200,
                W::Weight300 => 300,
                W::Weight400Normal => 400,
                W::Weight500 => 500,
                W::Weight600 => 600,
                W::Weight700Bold => 700,
                W::Weight800 => 800,
                W::Weight900 => 900,
                W::Custom(weight) => weight,
            }
        });
        let line_start = self.words.tokens.last().is_none_or(|last| {
            character.loose_bounds().is_ok_and(|bounds| {
                let place = self.sheet.place(&bounds);
                last.area.shared_height(&self.sheet.upright(&place, last.turn)) < 0.5
            })
        });
        // The size alone may be 1 for every font, and the matrix tell how large it is drawn.
        let height = self.sheet.upright(place, self.face.turn).height();
        let key = (size.to_bits(), weight, (height * 8.0).round() as i32);
        if !line_start && key == self.face.key {
            return;
        }
        let name = character.font_name().to_ascii_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        // How large the letters are drawn, whatever the text matrix does to them.
        let scale = character.matrix().map_or(1.0, |matrix| matrix.c().hypot(matrix.d()));
        let drawn = size * if scale > 0.0 { scale } else { 1.0 };
        self.face = Face {
            key,
            size: if drawn.is_finite() && drawn > 0.0 { drawn } else { 1.0 },
            bold: has(&["bold", "black", "heavy", "semibold", "demi"]) || (600..=900).contains(&weight),
            fixed: has(&["mono", "courier", "consol", "typewriter", "cmtt"]),
            turn: self.sheet.direction(character.angle_radians().unwrap_or(0.0)),
        };
    }

    /// The character of PDFium's value; some come as two halves.
    fn letter(&mut self, value: u32) -> Option<char> {
        match value {
            0xd800..0xdc00 => {
                self.high = Some(value);
                None
            }
            0xdc00..0xe000 => {
                let high = self.high.take()?;
                char::from_u32(0x10000 + ((high - 0xd800) << 10) + (value - 0xdc00))
            }
            _ => Some(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
    }

    fn close(&mut self) {
        if let Some(token) = self.current.take() {
            self.words.tokens.push(token);
        }
    }
}

/// Whether a character belongs to the word before it.
fn follows(last: &Area, next: &Area, size: f32) -> bool {
    let gap = next.x0 - last.x1;
    last.shared_height(next) > 0.3 && gap < 0.6 * size && gap > -1.5 * size
}

/// A letter of Hebrew, Arabic and the scripts beside them, or one of their presentation forms.
pub(crate) fn is_leftwards(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        && letter.is_alphabetic()
}

/// No letter, digit or mark that a person could read.
fn meaningless(letter: char) -> bool {
    letter.is_control()
        || letter == char::REPLACEMENT_CHARACTER
        || matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}
