//! What is usual in a document: its body type, its line spacing, its running heads, its heading styles.
//!
//! Learned from a few pages before the first one is sent, so that a page is read the same way wherever reading starts.

use std::collections::HashMap;

use super::headings::Levels;
use super::hyphens::Vocabulary;
use super::lines::{Line, Piece};
use super::words::Words;

/// The usual in a document.
#[derive(Debug, Default)]
pub(crate) struct Style {
    /// Points of the body type.
    pub(super) body: f32,
    /// From line to line in the body, in sizes of the type.
    pub(super) leading: f32,
    /// The body itself is bold.
    pub(super) body_bold: bool,
    pub(super) bands: Vec<Band>,
    pub(super) vocabulary: Vocabulary,
    pub(super) levels: Levels,
}

/// A height at which running heads or page numbers stand.
#[derive(Clone, Debug)]
pub(super) struct Band {
    /// Middle of the line as a fraction of the page's height.
    middle: f32,
    /// The words that come again and again, digits taken out.
    texts: Vec<String>,
}

/// A piece near the upper or lower edge of a sampled page.
#[derive(Debug)]
pub(super) struct EdgeRow {
    page: u32,
    middle: f32,
    text: String,
    /// The number it consists of.
    number: Option<i64>,
}

/// Running heads stand in these outer parts of a page, most of them in the outermost: more only where a small text area
/// is printed on a large sheet.
const EDGE: f32 = 0.2;
const OUTER: f32 = 0.14;
/// Two lines at the same height, as a fraction of the page's height.
const SAME: f32 = 0.006;

impl Style {
    /// Body size and spacing of the lines of the sampled pages.
    pub(super) fn learn_body(&mut self, lines: &[&[Line]]) {
        let mut sizes: HashMap<i32, (usize, usize)> = HashMap::new();
        for line in lines.iter().flat_map(|it| it.iter()) {
            let entry = sizes.entry((line.size * 4.0).round() as i32).or_default();
            entry.0 += line.characters;
            entry.1 += if line.bold { line.characters } else { 0 };
        }
        let most = sizes.iter().max_by_key(|(size, (count, _))| (*count, **size));
        let (key, (count, bold)) = most.map_or((40, (0, 0)), |(key, it)| (*key, *it));
        self.body = key as f32 / 4.0;
        self.body_bold = bold * 2 > count;
        let mut pitches: Vec<f32> = lines
            .iter()
            .flat_map(|column| column.windows(2))
            .filter(|pair| pair.iter().all(|line| (line.size - self.body).abs() < 0.3))
            .map(|pair| (pair[1].area.y1 - pair[0].area.y1) / self.body)
            .filter(|pitch| (0.8..2.6).contains(pitch))
            .collect();
        pitches.sort_by(f32::total_cmp);
        // Below the middle, so that the spaces between paragraphs count for nothing.
        self.leading = pitches.get(pitches.len() * 2 / 5).copied().unwrap_or(1.3);
    }

    /// Heights at which something repeats: the same words, or numbers that count with the pages.
    pub(super) fn learn_bands(&mut self, rows: &[EdgeRow], sampled: usize) {
        let enough = if sampled <= 4 { 2 } else { 3 };
        let mut bands: Vec<Band> = Vec::new();
        for row in rows {
            let beside = |it: &&EdgeRow| (it.middle - row.middle).abs() < SAME;
            let mut pages: Vec<u32> = rows
                .iter()
                .filter(beside)
                .filter(|it| match (it.number, row.number) {
                    (Some(a), Some(b)) => a - i64::from(it.page) == b - i64::from(row.page),
                    _ => it.text == row.text,
                })
                .map(|it| it.page)
                .collect();
            pages.dedup();
            if pages.len() < enough {
                continue;
            }
            match bands.iter_mut().find(|it| (it.middle - row.middle).abs() < SAME) {
                Some(band) if band.texts.contains(&row.text) => {}
                Some(band) => band.texts.push(row.text.clone()),
                None => bands.push(Band { middle: row.middle, texts: vec![row.text.clone()] }),
            }
        }
        self.bands = bands;
    }

    /// Which of the pieces of a page are running heads, feet or page numbers.
    pub(super) fn furniture(
        &self,
        words: &Words,
        pieces: &[Piece],
        height: f32,
        page: u32,
        label: Option<&str>,
    ) -> Vec<bool> {
        pieces
            .iter()
            .map(|piece| {
                let middle = (piece.area.y0 + piece.area.y1) / 2.0 / height;
                if !in_edge(middle) {
                    return false;
                }
                let text = text_of(words, piece);
                let bare = text.trim_matches(|it: char| !it.is_alphanumeric());
                // A heading may stand at the same height in every chapter; no running head is set larger than the text
                // and so far inside.
                if piece.size > 1.12 * self.body && (OUTER..=1.0 - OUTER).contains(&middle) {
                    return false;
                }
                let is_own_number = bare.parse() == Ok(page) || label == Some(bare);
                let alone = self.is_alone(piece, pieces, middle < 0.5);
                let other_type = (piece.size - self.body).abs() > 0.05 * self.body;
                match self.bands.iter().find(|it| (it.middle - middle).abs() < SAME) {
                    Some(band) => alone || (other_type && band.texts.contains(&signature(&text))),
                    None => is_own_number && alone,
                }
            })
            .collect()
    }

    /// No line of the body stands as close to it as two lines of one paragraph do.
    fn is_alone(&self, piece: &Piece, pieces: &[Piece], top: bool) -> bool {
        let size = piece.size.max(self.body);
        let pitch = 1.3 * self.leading.max(1.0) * size;
        pieces.iter().all(|other| {
            let away = if top { other.area.y1 - piece.area.y1 } else { piece.area.y1 - other.area.y1 };
            // On the same line, or outside of it, or far enough inside.
            away < 0.5 * size || away > pitch
        })
    }
}

fn in_edge(middle: f32) -> bool {
    !(EDGE..=1.0 - EDGE).contains(&middle)
}

/// The pieces of a sampled page that may be running heads. Nothing runs over a page that has nothing else: there it is
/// the text, as on cards and title slides.
pub(super) fn edge_rows(words: &Words, pieces: &[Piece], height: f32, page: u32) -> Vec<EdgeRow> {
    let middles = || pieces.iter().map(|piece| ((piece.area.y0 + piece.area.y1) / 2.0 / height, piece));
    if middles().all(|(middle, _)| in_edge(middle)) {
        return Vec::new();
    }
    middles()
        .filter(|(middle, _)| in_edge(*middle))
        .map(|(middle, piece)| {
            let text = text_of(words, piece);
            let bare = text.trim_matches(|it: char| !it.is_alphanumeric());
            EdgeRow { page, middle, number: bare.parse().ok().or_else(|| roman(bare)), text: signature(&text) }
        })
        .collect()
}

fn text_of(words: &Words, piece: &Piece) -> String {
    let parts: Vec<&str> = piece.tokens.iter().map(|&it| words.word(&words.tokens[it])).collect();
    parts.join(" ")
}

/// The words with every number alike, so that "Chapter 3 · 57" and "Chapter 3 · 58" are one.
fn signature(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_numeric() {
            out.extend(letter.to_lowercase());
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    if roman(out.trim()).is_some() {
        return "#".to_owned();
    }
    out
}

/// The value of a small roman numeral such as "xiv".
fn roman(text: &str) -> Option<i64> {
    let digit = |letter| match letter {
        'i' | 'I' => Some(1),
        'v' | 'V' => Some(5),
        'x' | 'X' => Some(10),
        'l' | 'L' => Some(50),
        'c' | 'C' => Some(100),
        _ => None,
    };
    let digits: Option<Vec<i64>> = text.chars().map(digit).collect();
    let digits = digits.filter(|it| !it.is_empty() && it.len() <= 7)?;
    let mut value = 0;
    for (at, &digit) in digits.iter().enumerate() {
        let subtracts = digits.get(at + 1).is_some_and(|&next| next > digit);
        value += if subtracts { -digit } else { digit };
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_do_not_tell_running_heads_apart() {
        assert_eq!(signature("Chapter 3 | 57"), signature("CHAPTER 12 | 9"));
        assert_eq!(signature("xiv"), signature("iii"));
        assert_ne!(signature("Memory"), signature("Learning"));
        assert_eq!(roman("xiv"), Some(14));
        assert_eq!(roman("exit"), None);
    }
}
