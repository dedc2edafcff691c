//! Lines glyph by glyph, in scripts that the built-in fonts don't have.

use std::fmt::Write;

use crate::file::hex;
use crate::pdf::FIRST_OWN;
use crate::{Leaf, Pdf};

/// A page of glyphs of a font of its own. What a glyph looks like is left open, as no reader asks; what it means and
/// how wide it is, the file says.
#[derive(Clone, Debug, Default)]
pub struct Glyphs {
    /// What each code from [`FIRST`] on means, and its width in sizes of the type.
    font: Vec<(String, f32)>,
    leaf: Leaf,
}

/// The first code in use.
const FIRST: u8 = 0x21;

impl Glyphs {
    /// A page without a glyph.
    pub fn new() -> Self {
        Self::default()
    }

    /// Draws glyphs from left to right, the first one's left edge at `x`: what each means, and its width in sizes of the
    /// type. A page has no more than some 200 different ones.
    pub fn line(&mut self, x: f32, top: f32, size: f32, glyphs: &[(&str, f32)]) {
        let codes: Vec<u8> = glyphs.iter().map(|&(means, width)| self.code(means, width)).collect();
        let y = self.leaf.height - top - size;
        let line = format!("BT /Q {size} Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET\n", hex(&codes));
        self.leaf.content.extend(line.into_bytes());
    }

    fn code(&mut self, means: &str, width: f32) -> u8 {
        let known = self.font.iter().position(|(it, its)| it == means && (its - width).abs() < 1e-4);
        let at = known.unwrap_or_else(|| {
            self.font.push((means.to_owned(), width));
            self.font.len() - 1
        });
        u8::try_from(at).map_or(u8::MAX, |it| it.saturating_add(FIRST))
    }

    /// The file with this page.
    pub fn pdf(mut self) -> Pdf {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def \
             1 begincodespacerange <00> <FF> endcodespacerange\n",
        );
        let mut widths = String::new();
        for (code, (means, width)) in (FIRST..).zip(&self.font) {
            let means: Vec<u8> = means.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let line = writeln!(map, "1 beginbfchar <{code:02x}> <{}> endbfchar", hex(&means));
            let wide = write!(widths, "{} ", width * 1000.0);
            debug_assert!(line.is_ok() && wide.is_ok(), "a string takes all that is written");
        }
        map.push_str("endcmap end end");
        let last = usize::from(FIRST) + self.font.len().saturating_sub(1);
        let (own, described) = (FIRST_OWN, FIRST_OWN + 1);
        self.leaf.resources = format!(
            "/Font << /Q << /Type /Font /Subtype /TrueType /BaseFont /Own /FirstChar {FIRST} /LastChar {last} \
             /Widths [ {widths}] /FontDescriptor {described} 0 R /Encoding /WinAnsiEncoding /ToUnicode {own} 0 R >> >>"
        );
        let descriptor = "/Type /FontDescriptor /FontName /Own /Flags 32 /FontBBox [ 0 -200 1000 800 ] /ItalicAngle 0 \
                          /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80"
            .to_owned();
        let mut pdf = Pdf::new().leaf(self.leaf);
        pdf.own = vec![(String::new(), map.into_bytes()), (descriptor, Vec::new())];
        pdf
    }
}
