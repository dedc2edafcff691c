//! The letters of one glyph in their order of reading.
//!
//! A glyph may stand for several letters: lam with alef in every Arabic text, and more in finer type. In text from right
//! to left PDFium turns around what the file's own map makes of such a glyph, but not what it takes apart itself; and
//! does not say which of the two it did.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::bidi::is_leftwards;
use super::runs::Letter;

/// The letters of the ligatures that Unicode has as presentation forms, in the order of reading.
static KNOWN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    ('\u{fb1d}'..='\u{fefc}')
        .filter(|form| is_leftwards(*form))
        .map(|form| form.nfkc().filter(|it| is_leftwards(*it)).collect())
        .filter(|letters: &String| letters.chars().nth(1).is_some())
        .collect()
});

/// Whether a letter belongs to the glyph of the one before it: PDFium gives all letters of a glyph one place.
pub(super) fn is_one(glyph: &[Letter], next: &Letter) -> bool {
    glyph.last().is_some_and(|it| it.area == next.area && it.token == next.token) && is_leftwards(next.character)
}

/// Whether the page's ligatures come with their letters turned around, as far as those tell that are known.
pub(super) fn are_turned(letters: &[Letter]) -> bool {
    let glyphs = letters.chunk_by(|a, b| is_one(std::slice::from_ref(a), b));
    let told: Vec<bool> = glyphs.filter(|it| it.len() > 1).filter_map(is_turned).collect();
    // Most files have a map.
    told.iter().filter(|it| **it).count() * 2 >= told.len()
}

/// Puts the letters of a glyph in their order; `turned` says what is usual.
pub(super) fn read(glyph: &mut [Letter], turned: bool) {
    if is_turned(glyph).unwrap_or(turned) {
        glyph.reverse();
    }
}

/// Whether the letters of a ligature are turned around; none where both ways are one, or neither.
fn is_turned(glyph: &[Letter]) -> Option<bool> {
    let read = |letters: &mut dyn Iterator<Item = &Letter>| {
        KNOWN.contains(&letters.map(|it| it.character).collect::<String>())
    };
    match (read(&mut glyph.iter()), read(&mut glyph.iter().rev())) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}
