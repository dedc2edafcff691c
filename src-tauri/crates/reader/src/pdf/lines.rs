//! Words to pieces of lines, and pieces to lines.

use super::geometry::Area;
use super::words::{Token, Words};

/// Words that stand side by side with no more than a word space between them.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Numbers of tokens, left to right.
    pub(super) tokens: Vec<usize>,
    pub(super) area: Area,
    pub(super) size: f32,
    pub(super) characters: usize,
    /// Lines of text: one, but for what is set apart.
    pub(super) rows: usize,
    /// Number of the table or box that it stands for; then it has no tokens of its own.
    pub(super) apart: Option<usize>,
    /// Its words stand in a line from right to left.
    pub(super) leftwards: bool,
}

/// A line of a column: one piece, or the cells of a row.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) area: Area,
    /// The size of most of its characters.
    pub(super) size: f32,
    /// All of it is bold (or of one width).
    pub(super) bold: bool,
    pub(super) fixed: bool,
    pub(super) characters: usize,
    /// A mark of a list is drawn before it.
    pub(super) marked: bool,
    /// Mostly written from right to left.
    leftwards: bool,
}

/// A wider gap than this, in sizes of the type, separates two pieces.
const GAP: f32 = 1.25;
/// No stretched line has wider gaps than this.
const WIDEST: f32 = 4.0;

/// The pieces of the words with these numbers, in their order, which is mostly that of the file.
pub(super) fn pieces(words: &Words, tokens: impl Iterator<Item = usize>) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for number in tokens {
        let token = &words.tokens[number];
        let next = Piece::of(words, number);
        match found.last_mut() {
            Some(piece) if joins(words, piece, token) => piece.extend(next),
            _ => found.push(next),
        }
    }
    close_stretched(words, found)
}

/// Puts lines together again that fell apart because they are stretched to the width of their column: all gaps
/// between their words are about as wide.
fn close_stretched(words: &Words, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut closed: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut row: Vec<Piece> = Vec::new();
    for piece in pieces {
        let same_row = row.last().is_some_and(|last| {
            let gap = piece.area.x0 - last.area.x1;
            last.area.shared_height(&piece.area) > 0.5 && gap > 0.0 && gap < WIDEST * last.size
        });
        if !same_row {
            closed.extend(close_row(words, std::mem::take(&mut row)));
        }
        row.push(piece);
    }
    closed.extend(close_row(words, row));
    closed
}

fn close_row(words: &Words, row: Vec<Piece>) -> Vec<Piece> {
    let tokens: Vec<usize> = row.iter().flat_map(|it| it.tokens.iter().copied()).collect();
    if row.len() < 2 || tokens.len() < 3 {
        return row;
    }
    let mut gaps: Vec<f32> =
        tokens.windows(2).map(|pair| words.tokens[pair[1]].area.x0 - words.tokens[pair[0]].area.x1).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps[(gaps.len() - 1) / 2];
    let characters: usize = row.iter().map(|it| it.characters).sum();
    // Numbers in a row stand apart evenly too.
    if characters < 4 * tokens.len() {
        return row;
    }
    let mut closed: Vec<Piece> = Vec::new();
    for piece in row {
        match closed.last_mut() {
            Some(last) if piece.area.x0 - last.area.x1 < 1.8 * usual => last.extend(piece),
            _ => closed.push(piece),
        }
    }
    closed
}

impl Piece {
    fn of(words: &Words, number: usize) -> Self {
        let token = &words.tokens[number];
        Self {
            tokens: vec![number],
            area: token.area,
            size: token.size,
            characters: words.word(token).chars().count(),
            rows: 1,
            apart: None,
            leftwards: token.leftwards,
        }
    }

    /// What stands in the flow of the text for the table or box `number`, which has `rows` lines.
    pub(super) fn apart(number: usize, area: Area, size: f32, rows: usize, characters: usize) -> Self {
        Self { tokens: Vec::new(), area, size, characters, rows, apart: Some(number), leftwards: false }
    }

    /// Its parts, cut where a word begins at one of the `edges` behind a gap that is wide for a word space.
    pub(super) fn parted(&self, words: &Words, edges: &[f32], near: f32) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for &number in &self.tokens {
            let token = &words.tokens[number];
            let one = Self::of(words, number);
            match parts.last_mut() {
                Some(last) => {
                    let gap = token.area.x0 - last.area.x1;
                    let at_edge = edges.iter().any(|it| (it - token.area.x0).abs() < near);
                    if at_edge && gap > 0.45 * token.size {
                        parts.push(one);
                    } else {
                        last.extend(one);
                    }
                }
                None => parts.push(one),
            }
        }
        parts
    }

    fn extend(&mut self, next: Self) {
        self.tokens.extend(next.tokens);
        self.area = self.area.with(&next.area);
        self.characters += next.characters;
        self.size = self.size.max(next.size);
    }
}

fn joins(words: &Words, piece: &Piece, token: &Token) -> bool {
    let Some(last) = piece.tokens.last().map(|&it| &words.tokens[it]) else {
        return false;
    };
    let size = last.size.max(token.size);
    if last.run != 0 || token.run != 0 {
        return last.run == token.run;
    }
    let gap = token.area.x0 - last.area.x1;
    // A drop capital is taller than the line that it begins, but lower down than that.
    piece.area.shared_height(&token.area) > 0.45 && gap < GAP * size && gap > -0.5 * size
}

impl Line {
    /// The line of pieces that stand side by side.
    pub(super) fn of(words: &Words, mut pieces: Vec<Piece>) -> Self {
        pieces.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0));
        pieces = touching(words, pieces);
        let leftwards = turn_leftwards(words, &mut pieces);
        let tokens = || pieces.iter().flat_map(|it| &it.tokens).map(|&it| &words.tokens[it]);
        let mut sizes: Vec<(f32, usize)> = Vec::new();
        for token in tokens() {
            let length = token.end - token.start;
            match sizes.iter_mut().find(|(size, _)| (*size - token.size).abs() < 0.2) {
                Some((_, count)) => *count += length,
                None => sizes.push((token.size, length)),
            }
        }
        let size = sizes.iter().max_by_key(|(_, count)| *count).map_or(1.0, |(size, _)| *size);
        // Marks and numbers of another face do not make a bold line plain.
        let all = |is: fn(&Token) -> bool| {
            tokens().all(|token| is(token) || !words.word(token).chars().any(char::is_alphanumeric)) && tokens().any(is)
        };
        let area = pieces.iter().map(|it| it.area).reduce(|a, b| a.with(&b)).unwrap_or_default();
        Self {
            area,
            size,
            bold: all(|it| it.bold),
            fixed: all(|it| it.fixed),
            characters: pieces.iter().map(|it| it.characters).sum(),
            marked: false,
            leftwards,
            pieces,
        }
    }

    pub(super) fn tokens(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.pieces.iter().flat_map(|it| it.tokens.iter().copied())
    }

    pub(super) fn first<'a>(&self, words: &'a Words) -> &'a str {
        self.tokens().next().map_or("", |it| words.word(&words.tokens[it]))
    }

    pub(super) fn last<'a>(&self, words: &'a Words) -> &'a str {
        self.tokens().next_back().map_or("", |it| words.word(&words.tokens[it]))
    }

    /// Where it begins, in points in the direction of reading; only to be compared with lines of the same direction.
    pub(super) fn start(&self) -> f32 {
        if self.leftwards { -self.area.x1 } else { self.area.x0 }
    }

    /// Where it ends, as [`Self::start`].
    pub(super) fn end(&self) -> f32 {
        if self.leftwards { -self.area.x0 } else { self.area.x1 }
    }

    pub(super) fn ends_in_hyphen(&self, words: &Words) -> bool {
        self.tokens().next_back().is_some_and(|it| {
            let token = &words.tokens[it];
            token.hyphen || words.word(token).ends_with(['-', '\u{2010}'])
        })
    }

    /// Whether `mark` is drawn before it as before the items of a list.
    pub(super) fn is_marked_by(&self, mark: &Area) -> bool {
        let middle = (mark.y0 + mark.y1) / 2.0;
        let gap = if self.leftwards { mark.x0 - self.area.x1 } else { self.area.x0 - mark.x1 };
        self.area.y0 < middle && middle < self.area.y1 && gap > 0.0 && gap < 2.5 * self.size
    }

    pub(super) fn text(&self, words: &Words) -> String {
        let mut text = String::new();
        for token in self.tokens() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(words.word(&words.tokens[token]));
        }
        text
    }
}

/// Puts a line that is mostly written from right to left into the order in which it is read, and its words into that
/// of their runs; says whether it runs so.
fn turn_leftwards(words: &Words, pieces: &mut [Piece]) -> bool {
    let tokens = || pieces.iter().flat_map(|it| &it.tokens).map(|it| &words.tokens[*it]);
    if tokens().all(|it| it.run == 0) {
        return false;
    }
    let leftwards = tokens().filter(|it| it.leftwards).count() * 2 > tokens().count();
    if leftwards {
        pieces.reverse();
    }
    for piece in pieces {
        piece.tokens.sort_by_key(|it| (words.tokens[*it].run, *it));
    }
    leftwards
}

/// Pieces of a line, those as one that no more than a word space parts, as they were not drawn one after the other; and
/// the mark of an item with its words, which stand at a tab stop.
fn touching(words: &Words, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if belongs(words, last, &piece) => last.extend(piece),
            _ => joined.push(piece),
        }
    }
    joined
}

fn belongs(words: &Words, last: &Piece, piece: &Piece) -> bool {
    let gap = piece.area.x0 - last.area.x1;
    let size = last.size.max(piece.size);
    let mark = || match last.tokens[..] {
        [token] => words.word(&words.tokens[token]).chars().all(|it| BULLETS.contains(&it)),
        _ => false,
    };
    gap < 0.3 * size || (gap < WIDEST * size && mark())
}

/// Marks of the items of a list.
pub(super) const BULLETS: &[char] = &['•', '◦', '▪', '‣', '·', '●', '○', '■', '–', '◆', '➢', '✓', '\u{f0b7}'];

/// Pieces of one column to lines, top to bottom.
pub(super) fn lines(words: &Words, mut pieces: Vec<Piece>) -> Vec<Line> {
    pieces.sort_by(|a, b| {
        let (a, b) = (a.area, b.area);
        (a.y0 + a.y1).total_cmp(&(b.y0 + b.y1))
    });
    let mut rows: Vec<(Area, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        // A raised or lowered piece may sort one row off.
        let row = rows.iter_mut().rev().take(3).find(|(area, row)| {
            area.shared_height(&piece.area) > 0.5
                && row.iter().all(|other| {
                    piece.area.x0 > other.area.x1 - 0.5 * other.size || piece.area.x1 < other.area.x0 + 0.5 * other.size
                })
        });
        match row {
            Some((area, row)) => {
                // The row stays as tall as its largest letters' line.
                if piece.size > row.iter().map(|it| it.size).fold(0.0, f32::max) {
                    *area = piece.area;
                }
                row.push(piece);
            }
            None => rows.push((piece.area, vec![piece])),
        }
    }
    rows.into_iter().map(|(_, row)| Line::of(words, row)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::runs;
    use super::*;

    /// Words of 10 points, each letter 5 wide, on one line: text and left edge.
    fn line(parts: &[(&str, f32)]) -> (Words, Line) {
        let mut words = Words::default();
        for (text, x0) in parts {
            let x1 = x0 + 5.0 * text.chars().count() as f32;
            words.push(text, Area { x0: *x0, y0: 0.0, x1, y1: 12.0 }, 10.0);
        }
        let letters = runs::letters_of(&words);
        runs::put_in_order(&mut words, &letters, &[]);
        let pieces = pieces(&words, 0..words.tokens.len());
        let line = Line::of(&words, pieces);
        (words, line)
    }

    #[test]
    fn a_line_from_right_to_left_is_read_in_that_order_and_foreign_words_in_theirs() {
        let (words, line) =
            line(&[("\u{5d0}\u{5d1}", 90.0), ("\u{5d2}", 82.0), ("New", 42.0), ("York", 60.0), ("\u{5d3}", 34.0)]);
        assert_eq!(line.text(&words), "\u{5d0}\u{5d1} \u{5d2} New York \u{5d3}");
        assert!(line.start() < line.end());
    }

    #[test]
    fn an_accent_that_is_drawn_later_makes_no_cell() {
        let (_, line) = line(&[("Laszlo", 10.0), ("Kovacs", 43.0), ("\u{b4}", 16.0)]);
        assert_eq!(line.pieces.len(), 1);
    }

    #[test]
    fn a_bullet_is_no_cell() {
        let (words, line) = line(&[("•", 10.0), ("Sleep", 40.0)]);
        assert_eq!((line.pieces.len(), line.text(&words).as_str()), (1, "• Sleep"));
    }

    #[test]
    fn a_wide_gap_parts_two_cells() {
        let (_, line) = line(&[("Area", 10.0), ("83,879", 100.0)]);
        assert_eq!(line.pieces.len(), 2);
    }
}
