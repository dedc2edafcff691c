//! The order in which the parts of a page are read: columns by the white gutters between them.

use std::collections::HashSet;

use super::lines::Piece;

/// At least so many pieces must stand on each side of a gutter.
const ENOUGH: usize = 5;

/// Pieces grouped into columns, the columns in reading order.
pub(super) fn columns(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut out = Vec::new();
    let text = || pieces.iter().filter(|it| it.apart.is_none());
    let leftwards: usize = text().filter(|it| it.leftwards).map(|it| it.characters).sum();
    // Columns of lines from right to left are those of the mirror image.
    let turned = leftwards * 2 > text().map(|it| it.characters).sum();
    if turned {
        pieces.iter_mut().for_each(mirror);
    }
    split(pieces, 0, &mut out);
    if turned {
        out.iter_mut().flatten().for_each(mirror);
    }
    out
}

fn mirror(piece: &mut Piece) {
    (piece.area.x0, piece.area.x1) = (-piece.area.x1, -piece.area.x0);
}

fn split(pieces: Vec<Piece>, depth: u8, out: &mut Vec<Vec<Piece>>) {
    let gutter = if depth < 4 { gutter(&pieces.iter().collect::<Vec<_>>()) } else { None };
    let Some(gutter) = gutter else {
        match if depth < 4 { bands(&pieces) } else { None } {
            Some(at) => {
                let (above, below) = pieces.into_iter().partition(|it| it.area.y0 < at);
                split(above, depth + 1, out);
                split(below, depth + 1, out);
            }
            None if pieces.is_empty() => {}
            None => out.push(pieces),
        }
        return;
    };
    let outer = pieces.iter().map(|it| it.area.x1).fold(gutter.right, f32::max);
    let crosses = |it: &Piece| {
        // A table or box that is a little too wide for its column stands in it all the same.
        let too_wide = it.apart.is_some() && it.area.x1 < (gutter.right + outer) / 2.0;
        gutter.side(it).is_none() && !too_wide
    };
    let (mut spanning, sides): (Vec<_>, Vec<_>) = pieces.into_iter().partition(crosses);
    spanning.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    let mut rest = sides;
    let mut spanning = spanning.into_iter().peekable();
    loop {
        // Everything above the next spanning piece is a band of its own.
        let until = spanning.peek().map_or(f32::INFINITY, |it| it.area.y0 + it.area.height() / 2.0);
        let (band, below): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|it| it.area.y0 + it.area.height() / 2.0 < until);
        rest = below;
        let (right, left): (Vec<_>, Vec<_>) = band.into_iter().partition(|it| gutter.side(it) == Some(Side::Right));
        split(left, depth + 1, out);
        split(right, depth + 1, out);
        let mut across = Vec::new();
        while let Some(next) = spanning.next_if(|it| {
            // Spanning lines with nothing between them belong together.
            rest.iter().all(|side| side.area.y0 > it.area.y0)
        }) {
            across.push(next);
        }
        if across.is_empty() {
            match spanning.next() {
                Some(next) => across.push(next),
                None => break,
            }
        }
        out.push(across);
    }
    if !rest.is_empty() {
        out.push(rest);
    }
}

/// Where a page is to be parted into what stands above and below, because one of the two has columns: a height at
/// which nothing stands.
fn bands(pieces: &[Piece]) -> Option<f32> {
    /// No page has more parts that matter.
    const TRIED: usize = 8;
    if pieces.len() < 2 * ENOUGH {
        return None;
    }
    let mut order: Vec<&Piece> = pieces.iter().collect();
    order.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    let mut gaps: Vec<(f32, f32)> = Vec::new();
    let mut low = f32::NEG_INFINITY;
    for piece in order {
        let gap = piece.area.y0 - low;
        if gap.is_finite() && gap > 0.4 * piece.size {
            gaps.push((gap, piece.area.y0));
        }
        low = low.max(piece.area.y1);
    }
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0));
    gaps.into_iter().take(TRIED).map(|(_, at)| at).find(|&at| {
        let (above, below): (Vec<&Piece>, Vec<&Piece>) = pieces.iter().partition(|it| it.area.y0 < at);
        gutter(&above).is_some() || gutter(&below).is_some()
    })
}

/// A white stripe between two columns.
#[derive(Clone, Copy)]
struct Gutter {
    left: f32,
    /// Where the lines of the right column begin.
    right: f32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

impl Gutter {
    /// On which side a piece stands; none if it reaches over the gutter.
    fn side(&self, piece: &Piece) -> Option<Side> {
        if piece.area.x0 >= self.right - SAME_EDGE {
            Some(Side::Right)
        } else if piece.area.x1 <= self.left {
            Some(Side::Left)
        } else {
            None
        }
    }
}

/// Left edges this near, in points, are one.
const SAME_EDGE: f32 = 1.5;

/// The white stripe that best divides the pieces into two columns, if any does: one that ends where many lines begin.
fn gutter(pieces: &[&Piece]) -> Option<Gutter> {
    if pieces.iter().map(|it| it.rows).sum::<usize>() < 2 * ENOUGH {
        return None;
    }
    let mut starts: Vec<(f32, usize)> = pieces.iter().map(|it| (it.area.x0, it.rows)).collect();
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut edges: Vec<(f32, usize)> = Vec::new();
    for (start, rows) in starts {
        match edges.last_mut() {
            Some((edge, count)) if start - *edge < SAME_EDGE => *count += rows,
            _ => edges.push((start, rows)),
        }
    }
    let size = pieces.iter().map(|it| it.size).fold(0.0, f32::max).min(12.0);
    let narrowest = (0.6 * size).max(5.0);
    edges
        .into_iter()
        .filter(|(_, rows)| *rows >= ENOUGH)
        .map(|(edge, _)| Gutter { left: edge - narrowest, right: edge })
        .filter_map(|gutter| Some((score(pieces, gutter)?, gutter)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, gutter)| gutter)
}

/// How well a stripe divides the pieces; none if it does not.
fn score(pieces: &[&Piece], gutter: Gutter) -> Option<f32> {
    let (mut left, mut right) = (Lines::new(), Lines::new());
    for piece in pieces {
        match gutter.side(piece) {
            Some(Side::Left) => left.add(piece),
            Some(Side::Right) => right.add(piece),
            None => {}
        }
    }
    // What stands across above or below the columns, such as a title, says nothing about them.
    let (high, low) = (left.high.max(right.high), left.low.min(right.low));
    let crossing = pieces
        .iter()
        .filter(|it| gutter.side(it).is_none())
        .filter(|it| it.area.y0 > high - 1.0 && it.area.y1 < low + 1.0)
        .count();
    let fewest = left.count.min(right.count);
    let height = (left.low - left.high).min(right.low - right.high);
    let divides = fewest >= ENOUGH
        && crossing * 5 <= fewest
        // Side by side, not one above the other.
        && low - high > 0.5 * height
        // Running text, not the cells of a table.
        && left.is_prose()
        && right.is_prose();
    let ends = pieces.iter().filter(|it| gutter.side(it) == Some(Side::Left)).map(|it| it.area.x1);
    let width = gutter.right - ends.fold(f32::NEG_INFINITY, f32::max);
    divides.then(|| fewest as f32 / (1 + crossing) as f32 + width)
}

/// What stands on one side of a gutter.
struct Lines {
    count: usize,
    characters: usize,
    /// Heights of its lines' middles, in units of a line.
    rows: HashSet<i32>,
    high: f32,
    low: f32,
}

impl Lines {
    fn new() -> Self {
        Self { count: 0, characters: 0, rows: HashSet::new(), high: f32::INFINITY, low: 0.0 }
    }

    fn add(&mut self, piece: &Piece) {
        self.count += piece.rows;
        self.characters += piece.characters;
        for row in 0..piece.rows {
            let middle = piece.area.y0 + piece.area.height() * (row as f32 + 0.5) / piece.rows as f32;
            self.rows.insert((middle / 4.0).round() as i32);
        }
        self.high = self.high.min(piece.area.y0);
        self.low = self.low.max(piece.area.y1);
    }

    /// Its lines are as long as running text has them, not as the cells of a table.
    fn is_prose(&self) -> bool {
        self.rows.len() >= ENOUGH && self.characters >= 18 * self.rows.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pdf::geometry::Area;

    fn piece(number: usize, x0: f32, y0: f32, width: f32) -> Piece {
        let area = Area { x0, y0, x1: x0 + width, y1: y0 + 12.0 };
        Piece {
            tokens: vec![number],
            area,
            size: 10.0,
            characters: (width / 5.0) as usize,
            rows: 1,
            apart: None,
            leftwards: false,
        }
    }

    fn numbers(columns: &[Vec<Piece>]) -> Vec<Vec<usize>> {
        columns.iter().map(|it| it.iter().flat_map(|it| it.tokens.clone()).collect()).collect()
    }

    /// Ten lines in each of two columns, from 100 points on; their numbers count from `first`.
    fn two_columns(first: usize) -> Vec<Piece> {
        (0..20)
            .map(|it| {
                let (column, row) = (it / 10, it % 10);
                piece(first + it, 50.0 + 250.0 * column as f32, 100.0 + 14.0 * row as f32, 230.0)
            })
            .collect()
    }

    #[test]
    fn what_stands_in_the_gutter_above_the_columns_does_not_hide_them() {
        let mut pieces = two_columns(2);
        pieces.push(piece(0, 120.0, 50.0, 300.0));
        pieces.push(piece(1, 286.0, 70.0, 60.0));
        let found = numbers(&columns(pieces));
        assert!(found.contains(&(2..12).collect()) && found.contains(&(12..22).collect()), "{found:?}");
    }

    #[test]
    fn columns_below_a_text_across_are_found() {
        let mut pieces: Vec<Piece> = (0..12).map(|it| piece(it, 50.0, 20.0 + 6.0 * it as f32, 480.0)).collect();
        for it in &mut pieces {
            it.area.y1 = it.area.y0 + 5.0;
        }
        pieces.extend(two_columns(12));
        let found = numbers(&columns(pieces));
        assert_eq!(found.last(), Some(&(22..32).collect()), "{found:?}");
    }

    proptest! {
        #[test]
        fn every_piece_is_in_one_column(
            places in proptest::collection::vec((0.0_f32..500.0, 0.0_f32..700.0, 5.0_f32..400.0), 0..80)
        ) {
            let pieces: Vec<Piece> =
                places.iter().enumerate().map(|(at, (x, y, width))| piece(at, *x, *y, *width)).collect();
            let mut found = numbers(&columns(pieces)).concat();
            found.sort_unstable();
            prop_assert_eq!(found, (0..places.len()).collect::<Vec<_>>());
        }
    }
}
