//! Numbers that count the lines of a page at its margin.

use super::geometry::Area;
use super::lines::Piece;
use super::words::Words;

/// Fewer numbers than this may stand beside the text by chance.
const FEWEST: usize = 5;
/// Edges this near, in points, are one.
const SAME_EDGE: f32 = 3.0;

/// Which of the pieces of a page are line numbers: numbers below each other that rise evenly, beside all other text.
pub(super) fn line_numbers(words: &Words, pieces: &[Piece]) -> Vec<bool> {
    let mut found = vec![false; pieces.len()];
    let numbers: Vec<(usize, i64)> =
        pieces.iter().enumerate().filter_map(|(at, piece)| Some((at, number(words, piece)?))).collect();
    if numbers.len() < FEWEST {
        return found;
    }
    let edges: [fn(&Area) -> f32; 2] = [|it| it.x0, |it| it.x1];
    for (edge, (first, _)) in edges.iter().flat_map(|edge| numbers.iter().map(move |it| (edge, it))) {
        let column: Vec<(usize, i64)> = numbers
            .iter()
            .copied()
            .filter(|(at, _)| (edge(&pieces[*at].area) - edge(&pieces[*first].area)).abs() < SAME_EDGE)
            .collect();
        if counts_lines(pieces, column.clone()) {
            column.iter().for_each(|(at, _)| found[*at] = true);
            break;
        }
    }
    found
}

fn number(words: &Words, piece: &Piece) -> Option<i64> {
    match piece.tokens[..] {
        [token] => words.word(&words.tokens[token]).parse().ok().filter(|it| (1..10_000).contains(it)),
        _ => None,
    }
}

fn counts_lines(pieces: &[Piece], mut column: Vec<(usize, i64)>) -> bool {
    column.sort_by(|a, b| pieces[a.0].area.y0.total_cmp(&pieces[b.0].area.y0));
    let step = column.get(1).map_or(0, |it| it.1 - column[0].1);
    let even = column.windows(2).all(|it| it[1].1 - it[0].1 == step);
    if column.len() < FEWEST || !(1..=10).contains(&step) || !even {
        return false;
    }
    let area = column.iter().map(|it| pieces[it.0].area).reduce(|a, b| a.with(&b)).unwrap_or_default();
    let mut others = pieces.iter().enumerate().filter(|(at, _)| !column.iter().any(|it| it.0 == *at)).peekable();
    others.peek().is_some()
        && (others.clone().all(|(_, it)| it.area.x0 > area.x1) || others.all(|(_, it)| it.area.x1 < area.x0))
}
