//! How letters look: what their font and its matrix say.

use pdfium_render::prelude::{PdfFontWeight, PdfMatrix, PdfPageTextChar};

use super::geometry::{Sheet, Turn};

/// How the letters of one run look.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Face {
    /// Points as drawn.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Slanted, but for the letters of formulas, which always are.
    pub(super) italic: bool,
    pub(super) fixed: bool,
    /// A font for formulas.
    pub(super) math: bool,
    /// How the text stands on the drawn page.
    pub(super) turn: Turn,
}

/// The faces of a page. Weight, flags and angle are asked for once for each.
#[derive(Debug, Default)]
pub(super) struct Faces {
    /// The latest first.
    known: Vec<(Key, Face)>,
}

/// A page has few faces; where it has many, the same few follow each other.
const KEPT: usize = 12;
/// Letters that lean by more than this, in units of their height, are slanted: some six degrees.
const SLANT: f32 = 0.1;

#[derive(Clone, Debug, Default, PartialEq)]
struct Key {
    font: String,
    size: f32,
    /// The part of the matrix that makes letters large, turned and slanted.
    matrix: [f32; 4],
}

impl Faces {
    /// The face of a character.
    pub(super) fn of(&mut self, character: &PdfPageTextChar<'_>, sheet: &Sheet) -> Face {
        let matrix = character.matrix().map_or([1.0, 0.0, 0.0, 1.0], |it: PdfMatrix| [it.a(), it.b(), it.c(), it.d()]);
        let key = Key { font: character.font_name(), size: character.unscaled_font_size().value, matrix };
        let at = self.known.iter().position(|(it, _)| *it == key);
        match at {
            Some(0) => {}
            Some(at) => self.known[..=at].rotate_right(1),
            None => {
                let face = look(&key, character, sheet);
                self.known.truncate(KEPT - 1);
                self.known.insert(0, (key, face));
            }
        }
        self.known.first().map(|(_, it)| it.clone()).unwrap_or_default()
    }
}

fn look(key: &Key, character: &PdfPageTextChar<'_>, sheet: &Sheet) -> Face {
    let name = key.font.to_ascii_lowercase();
    // A subset has six letters and a plus sign in front of its name.
    let name = name.split_once('+').map_or(name.as_str(), |(_, it)| it);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let [a, b, c, d] = key.matrix;
    // How large the letters are drawn, whatever the text matrix does to them.
    let scale = c.hypot(d);
    let drawn = key.size * if scale > 0.0 { scale } else { 1.0 };
    // How far the upright strokes lean towards the line.
    let lean = (a * c + b * d) / (a.hypot(b) * scale);
    let math = is_math(name);
    Face {
        size: if drawn.is_finite() && drawn > 0.0 { drawn } else { 1.0 },
        bold: has(BOLD) || name.ends_with("-medi") || (600..=900).contains(&weight(character)),
        italic: !math && (has(ITALIC) || name.ends_with("-it") || lean.abs() > SLANT || character.font_is_italic()),
        fixed: has(&["mono", "courier", "consol", "typewriter", "cmtt"]),
        math,
        turn: sheet.direction(character.angle_radians().unwrap_or(0.0)),
    }
}

/// What the names of bold fonts have in them; the last three are TeX's.
const BOLD: &[&str] = &["bold", "black", "heavy", "semibold", "demi", "cmbx", "sfbx", "-mediital"];
/// What the names of slanted fonts have in them; the last ones are TeX's.
const ITALIC: &[&str] = &["italic", "oblique", "slanted", "kursiv", "-ital", "cmti", "cmsl", "cmbxti", "sfti", "sfsl"];
/// How the names of fonts for formulas begin.
const MATH: &[&str] = &[
    "cmmi",
    "cmsy",
    "cmex",
    "cmbsy",
    "cmmib",
    "msam",
    "msbm",
    "eufm",
    "eurm",
    "eusm",
    "rsfs",
    "stmary",
    "wasy",
    "lmmath",
    "latinmodernmath",
    "symbol",
    "mt-extra",
    "mtextra",
    "mtmi",
    "mtsy",
    "mtex",
    "txsy",
    "txmi",
    "txex",
    "pxsy",
    "pxmi",
    "pxex",
    "rtxmi",
    "rpxmi",
    "ntxmi",
    "npxmi",
    "euclidsymbol",
    "euclidextra",
    "mathematicalpi",
    "universal-greek",
    "fourier-math",
];

/// Whether the name, in small letters, is that of a font for formulas.
fn is_math(name: &str) -> bool {
    MATH.iter().any(|it| name.starts_with(it)) || name.contains("math")
}

fn weight(character: &PdfPageTextChar<'_>) -> u32 {
    match character.font_weight() {
        None => 0,
        Some(PdfFontWeight::Weight100) => 100,
        Some(PdfFontWeight::Weight200) => 200,
        Some(PdfFontWeight::Weight300) => 300,
        Some(PdfFontWeight::Weight400Normal) => 400,
        Some(PdfFontWeight::Weight500) => 500,
        Some(PdfFontWeight::Weight600) => 600,
        Some(PdfFontWeight::Weight700Bold) => 700,
        Some(PdfFontWeight::Weight800) => 800,
        Some(PdfFontWeight::Weight900) => 900,
        Some(PdfFontWeight::Custom(weight)) => weight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_for_formulas_are_known_by_name() {
        for name in ["cmmi10", "cambriamath", "stixmath-regular", "symbolmt", "latinmodernmath-regular"] {
            assert!(is_math(name), "{name}");
        }
        for name in ["cmr10", "times-italic", "cambria", "stixgeneral"] {
            assert!(!is_math(name), "{name}");
        }
    }
}
