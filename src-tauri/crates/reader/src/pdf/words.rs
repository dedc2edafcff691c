//! From PDFium's characters to words with their place and type.

use std::ops::Range;

use pdfium_render::prelude::{PdfPageText, PdfPageTextChar};

use super::bidi::{is_leftwards, is_rightwards, mirrored};
use super::face::{Face, Faces};
use super::geometry::{Area, Sheet, Turn};
use super::runs::{self, Letter};
use super::vertical;

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
    pub(super) italic: bool,
    pub(super) fixed: bool,
    /// Set in a font for formulas.
    pub(super) math: bool,
    /// Its small letters that stand higher than the others, as bytes of [`Words::text`]: the mark of a note, an
    /// exponent.
    pub(super) raised: Range<usize>,
    /// PDFium took a hyphen at the end of a line off it.
    pub(super) hyphen: bool,
    /// How the text stands on the drawn page.
    pub(super) turn: Turn,
    /// Stands in a line that is written from right to left.
    pub(super) leftwards: bool,
    /// Words with the same number stand side by side and are listed as they are read, and the run with the lower
    /// number is read first on their line; 0 where no letters from right to left are near.
    pub(super) run: u32,
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

    /// Adds an upright, plain word.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(super) fn push(&mut self, word: &str, area: Area, size: f32) -> &mut Token {
        let start = self.text.len();
        self.text.push_str(word);
        self.characters += word.chars().count();
        self.tokens.push(Token {
            start,
            end: self.text.len(),
            area,
            place: area,
            size,
            bold: false,
            italic: false,
            fixed: false,
            math: false,
            raised: start..start,
            hyphen: false,
            turn: Turn::default(),
            leftwards: false,
            run: 0,
        });
        let last = self.tokens.len() - 1;
        &mut self.tokens[last]
    }
}

/// What PDFium gives for a hyphen that it takes for one of word division.
const DIVISION: char = '\u{2}';

pub(super) fn words(page: &PdfPageText<'_>, sheet: &Sheet) -> Words {
    let mut reader = Reader {
        sheet,
        words: Words::default(),
        current: None,
        faces: Faces::default(),
        high: None,
        last: Area::default(),
        base: Area::default(),
        leftwards: false,
        letters: Vec::new(),
        spaces: Vec::new(),
        spaced: false,
    };
    for character in page.chars().iter() {
        reader.take(&character);
    }
    reader.close();
    vertical::turn_columns(&mut reader.words, &mut reader.letters, sheet);
    runs::put_in_order(&mut reader.words, &reader.letters, &reader.spaces);
    reader.words
}

struct Reader<'a> {
    sheet: &'a Sheet,
    words: Words,
    current: Option<Token>,
    faces: Faces,
    /// First half of a character that comes as two.
    high: Option<u32>,
    /// Where the last character stands.
    last: Area,
    /// Where the last character of the word stands that is not raised.
    base: Area,
    /// The last letter of the line is one from right to left.
    leftwards: bool,
    letters: Vec<Letter>,
    /// The spaces that the file draws, and how they stand.
    spaces: Vec<(Turn, Area)>,
    /// White space was met since the last letter.
    spaced: bool,
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
            self.spaced = true;
            if letter == '\n' || letter == '\r' {
                self.leftwards = false;
            } else {
                self.space(character);
            }
            self.close();
            return;
        }
        if is_direction(letter) {
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

    /// Notes a space; where PDFium adds one of its own, the gap is seen without it.
    fn space(&mut self, character: &PdfPageTextChar<'_>) {
        if let Some(token) = &self.current
            && !character.is_generated().unwrap_or(true)
            && let Ok(bounds) = character.loose_bounds()
        {
            let area = self.sheet.upright(&self.sheet.place(&bounds), token.turn);
            self.spaces.push((token.turn, area));
        }
    }

    /// The letter as the file has it: behind a letter from right to left PDFium turns brackets around.
    fn drawn(&mut self, letter: char) -> char {
        if is_leftwards(letter) || is_rightwards(letter) {
            self.leftwards = is_leftwards(letter);
        }
        if self.leftwards { mirrored(letter) } else { letter }
    }

    fn add(&mut self, character: &PdfPageTextChar<'_>, letter: char, place: Area) {
        let starts = match &self.current {
            None => true,
            Some(token) => {
                let area = self.sheet.upright(&place, token.turn);
                !follows(&self.last, &area, token.size)
                    // The mark in front of a note is a word of its own.
                    || (is_raised(&self.base, &area) && self.begins_line(token))
            }
        };
        if starts {
            self.close();
            let face = self.faces.of(character, self.sheet);
            let area = self.sheet.upright(&place, face.turn);
            let start = self.words.text.len();
            self.last = area;
            self.base = area;
            self.current = Some(Token {
                start,
                end: start,
                area,
                place,
                size: face.size,
                bold: face.bold,
                italic: face.italic,
                fixed: face.fixed,
                math: face.math,
                raised: start..start,
                hyphen: false,
                turn: face.turn,
                leftwards: false,
                run: 0,
            });
        }
        let from = self.words.text.len();
        self.words.text.push(letter);
        if let Some(token) = &mut self.current {
            let area = self.sheet.upright(&place, token.turn);
            token.end = self.words.text.len();
            token.area = token.area.with(&area);
            token.place = token.place.with(&place);
            // Large signs of formulas reach beyond the line that their font speaks of.
            if token.math
                && let Ok(bounds) = character.tight_bounds()
            {
                token.place = token.place.with(&self.sheet.place(&bounds));
            }
            // A soft hyphen inside a line is no hyphen.
            token.hyphen = false;
            self.last = area;
            if is_raised(&area, &self.base) {
                if token.raised.end < from || token.raised.is_empty() {
                    token.raised = from..from;
                }
                token.raised.end = token.end;
            } else {
                let marked = is_raised(&self.base, &area);
                if marked {
                    token.raised = token.start..from;
                }
                // What the word looks like, its first letter says: no mark, bracket or quote in front of it.
                let first = letter.is_alphanumeric() && !has_letter(&self.words.text[token.start..from]);
                if marked || (first && from > token.start) {
                    token.take(&self.faces.of(character, self.sheet), marked);
                }
                self.base = area;
            }
            let raised = token.raised.contains(&from);
            let token = self.words.tokens.len();
            let character = self.drawn(letter);
            let spaced = std::mem::take(&mut self.spaced);
            self.letters.push(Letter { token, character, raised, spaced, area, place });
        }
    }

    fn begins_line(&self, token: &Token) -> bool {
        let beside = |last: &Token| last.area.shared_height(&token.area) > 0.5 && last.area.x0 < token.area.x0;
        !self.words.tokens.last().is_some_and(beside)
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

impl Token {
    /// Takes over how letters look, and how large they are where the first one was only a mark.
    fn take(&mut self, face: &Face, size: bool) {
        (self.bold, self.italic, self.fixed, self.math) = (face.bold, face.italic, face.fixed, face.math);
        if size {
            self.size = face.size;
        }
    }
}

fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether what stands at `mark` is set small and high beside what stands at `base`.
pub(super) fn is_raised(mark: &Area, base: &Area) -> bool {
    let height = base.height();
    mark.height() < 0.85 * height && base.y1 - mark.y1 > 0.2 * height && mark.y0 < base.y0 + 0.4 * height
}

/// Whether a character belongs to the word before it.
fn follows(last: &Area, next: &Area, size: f32) -> bool {
    let gap = next.x0 - last.x1;
    last.shared_height(next) > 0.3 && gap < 0.6 * size && gap > -1.5 * size
}

/// Says which way text runs, and is no text.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// No letter, digit or mark that a person could read.
fn meaningless(letter: char) -> bool {
    letter.is_control()
        || letter == char::REPLACEMENT_CHARACTER
        || matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}
