//! The order in which the parts of a page are read: columns by the white gutters between them.

use std::collections::HashSet;

use super::lines::Piece;

/// At least so many pieces must stand on each side of a gutter.
const ENOUGH: usize = 5;

/// Pieces grouped into columns, the columns in reading order.
pub(super) fn columns(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut out = Vec::new();
    split(pieces, 0, &mut out);
    out
}

fn split(pieces: Vec<Piece>, depth: u8, out: &mut Vec<Vec<Piece>>) {
    let gutter = if depth < 4 { gutter(&pieces) } else { None };
    let Some((left_edge, right_edge)) = gutter else {
        if !pieces.is_empty() {
            out.push(pieces);
        }
        return;
    };
    let middle = (left_edge + right_edge) / 2.0;
    let outer = pieces.iter().map(|it| it.area.x1).fold(right_edge, f32::max);
    let crosses = |it: &Piece| {
        // A table or box that is a little too wide for its column stands in it all the same.
        let reach = if it.apart.is_some() { (right_edge + outer) / 2.0 } else { right_edge };
        it.area.x0 < left_edge && it.area.x1 > reach
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
        let (left, right): (Vec<_>, Vec<_>) = band.into_iter().partition(|it| it.area.middle() < middle);
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

/// The white stripe that best divides the pieces into two columns, if any does.
fn gutter(pieces: &[Piece]) -> Option<(f32, f32)> {
    if pieces.iter().map(|it| it.rows).sum::<usize>() < 2 * ENOUGH {
        return None;
    }
    let mut edges: Vec<f32> = pieces.iter().map(|it| it.area.x1).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 0.5);
    let mut best: Option<(f32, (f32, f32))> = None;
    for &edge in &edges {
        if let Some((score, stripe)) = stripe_right_of(pieces, edge)
            && best.is_none_or(|(most, _)| score > most)
        {
            best = Some((score, stripe));
        }
    }
    best.map(|(_, stripe)| stripe)
}

/// The stripe that begins at `edge`, where some piece ends, and how well it divides.
fn stripe_right_of(pieces: &[Piece], edge: f32) -> Option<(f32, (f32, f32))> {
    let x = edge + 0.5;
    let next = pieces.iter().map(|it| it.area.x0).filter(|&x0| x0 >= x).fold(f32::INFINITY, f32::min);
    let size = pieces.iter().map(|it| it.size).fold(0.0, f32::max).min(12.0);
    if !next.is_finite() || next - edge < (0.6 * size).max(5.0) {
        return None;
    }
    let (mut left, mut right, mut crossing) = (Side::new(), Side::new(), 0);
    for piece in pieces {
        if piece.area.x1 <= x {
            left.add(piece);
        } else if piece.area.x0 >= next - 0.5 {
            right.add(piece);
        } else {
            crossing += 1;
        }
    }
    let fewest = left.count.min(right.count);
    let alike = left.low.min(right.low) - left.high.max(right.high);
    let height = (left.low - left.high).min(right.low - right.high);
    let divides = fewest >= ENOUGH
        && crossing * 5 <= fewest
        // Side by side, not one above the other.
        && alike > 0.5 * height
        // Running text, not the cells of a table.
        && left.is_prose()
        && right.is_prose();
    divides.then(|| {
        let score = fewest as f32 / (1 + crossing) as f32 + (next - edge);
        (score, (edge, next))
    })
}

/// One side of a gutter.
struct Side {
    count: usize,
    characters: usize,
    /// Heights of its lines' middles, in units of a line.
    rows: HashSet<i32>,
    high: f32,
    low: f32,
}

impl Side {
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
