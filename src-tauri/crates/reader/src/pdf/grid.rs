//! Tables whose cells are parted by ruling lines.

use super::drawn::Drawn;
use super::geometry::Area;
use super::words::Words;

/// A table by its lines: which words stand in which cell.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) area: Area,
    /// Rows from top to bottom, in each the cells from left to right, in each the numbers of its tokens in the order
    /// of the file. A cell over several rows stands in its first.
    pub(super) rows: Vec<Vec<Vec<usize>>>,
    /// No line closes it at the head, at the foot: its cells go on from or in another column.
    pub(super) open: (bool, bool),
}

/// Two lines this near, in points, meet.
const MEETS: f32 = 3.0;
/// More lines than this in one direction are a drawing.
const MOST: usize = 400;

/// The tables that the lines on a page make of the words that `free` takes.
pub(super) fn grids(words: &Words, drawn: &Drawn, free: impl Fn(usize) -> bool) -> Vec<Grid> {
    if drawn.level.len() < 2 || drawn.upright.is_empty() || drawn.level.len() > MOST || drawn.upright.len() > MOST {
        return Vec::new();
    }
    let mut found: Vec<Grid> = Vec::new();
    let mut taken = vec![false; words.tokens.len()];
    for net in nets(drawn) {
        if let Some(grid) = net.grid(words, |token| free(token) && !taken[token]) {
            grid.tokens().for_each(|it| taken[it] = true);
            found.push(grid);
        }
    }
    found
}

impl Grid {
    pub(super) fn tokens(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.iter().flatten().flatten().copied()
    }
}

/// Lines that hang together.
#[derive(Default)]
struct Net {
    level: Vec<Area>,
    upright: Vec<Area>,
}

fn nets(drawn: &Drawn) -> Vec<Net> {
    let count = drawn.level.len() + drawn.upright.len();
    let mut group: Vec<usize> = (0..count).collect();
    for (at, level) in drawn.level.iter().enumerate() {
        for (other, upright) in drawn.upright.iter().enumerate() {
            let touch = level.x0 - MEETS < upright.x1
                && upright.x0 < level.x1 + MEETS
                && upright.y0 - MEETS < level.y1
                && level.y0 < upright.y1 + MEETS;
            if touch {
                join(&mut group, at, drawn.level.len() + other);
            }
        }
    }
    let mut nets: Vec<(usize, Net)> = Vec::new();
    for at in 0..count {
        let root = root(&mut group, at);
        let place = nets.iter().position(|(it, _)| *it == root).unwrap_or_else(|| {
            nets.push((root, Net::default()));
            nets.len() - 1
        });
        let net = &mut nets[place].1;
        match drawn.level.get(at) {
            Some(line) => net.level.push(*line),
            None => net.upright.push(drawn.upright[at - drawn.level.len()]),
        }
    }
    nets.into_iter().map(|(_, net)| net).collect()
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

fn join(group: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group, a), root(group, b));
    group[a.max(b)] = a.min(b);
}

impl Net {
    fn grid(&self, words: &Words, free: impl Fn(usize) -> bool) -> Option<Grid> {
        let area = self.level.iter().chain(&self.upright).copied().reduce(|a, b| a.with(&b))?;
        // The outer edges count as lines even where none is drawn: at the edge of a page a table is often open.
        let across = |it: &Area| it.middle();
        let down = |it: &Area| (it.y0 + it.y1) / 2.0;
        let xs = steps(self.upright.iter().map(across).chain([area.x0, area.x1]));
        let ys = steps(self.level.iter().map(down).chain([area.y0, area.y1]));
        let (columns, rows) = (xs.len() - 1, ys.len() - 1);
        if columns * rows < 2 || columns * rows > 10_000 {
            return None;
        }
        let number = |row: usize, column: usize| row * columns + column;
        let mut cell: Vec<usize> = (0..columns * rows).collect();
        for row in 0..rows {
            for column in 0..columns {
                let (x, y) = ((xs[column] + xs[column + 1]) / 2.0, (ys[row] + ys[row + 1]) / 2.0);
                let walled = |x: f32| {
                    self.upright.iter().any(|it| (across(it) - x).abs() < MEETS && it.y0 - 1.0 < y && y < it.y1 + 1.0)
                };
                let floored = |y: f32| {
                    self.level.iter().any(|it| (down(it) - y).abs() < MEETS && it.x0 - 1.0 < x && x < it.x1 + 1.0)
                };
                if column + 1 < columns && !walled(xs[column + 1]) {
                    join(&mut cell, number(row, column), number(row, column + 1));
                }
                if row + 1 < rows && !floored(ys[row + 1]) {
                    join(&mut cell, number(row, column), number(row + 1, column));
                }
            }
        }
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); columns * rows];
        for (at, token) in words.tokens.iter().enumerate() {
            let (x, y) = (token.area.middle(), (token.area.y0 + token.area.y1) / 2.0);
            if x <= area.x0 || x >= area.x1 || y <= area.y0 || y >= area.y1 || !free(at) {
                continue;
            }
            let column = xs.partition_point(|it| *it <= x).clamp(1, columns) - 1;
            let row = ys.partition_point(|it| *it <= y).clamp(1, rows) - 1;
            held[root(&mut cell, number(row, column))].push(at);
        }
        let roots: Vec<bool> = (0..columns * rows).map(|it| root(&mut cell, it) == it).collect();
        let closed = |edge: f32| self.level.iter().any(|it| (edge - down(it)).abs() < MEETS);
        let open = (!closed(area.y0), !closed(area.y1));
        let grid = Grid { area, rows: table(&held, &roots, columns), open };
        grid.is_table().then_some(grid)
    }
}

/// The cells that are cells, row by row; empty ones only between others.
fn table(held: &[Vec<usize>], roots: &[bool], columns: usize) -> Vec<Vec<Vec<usize>>> {
    let mut rows = Vec::new();
    for (cells, roots) in held.chunks(columns).zip(roots.chunks(columns)) {
        let mut row: Vec<Vec<usize>> =
            cells.iter().zip(roots).filter(|(_, root)| **root).map(|(cell, _)| cell.clone()).collect();
        while row.last().is_some_and(Vec::is_empty) {
            row.pop();
        }
        if !row.is_empty() {
            rows.push(row);
        }
    }
    rows
}

impl Grid {
    /// A frame, an axis or a drawing has lines too: most cells of a table say something.
    fn is_table(&self) -> bool {
        let cells = self.rows.iter().flatten().count();
        let filled = self.rows.iter().flatten().filter(|it| !it.is_empty()).count();
        let several = self.rows.len() > 1 || self.rows.iter().any(|it| it.len() > 1);
        let longest = self.rows.iter().flatten().map(Vec::len).max().unwrap_or(0);
        // Columns of running text may be ruled too.
        let short = longest < if self.rows.len() > 1 { 250 } else { 60 };
        filled >= 2 && several && short && filled * 2 > cells && self.rows.iter().any(|row| row.len() > 1)
    }
}

/// Distinct places in rising order.
fn steps(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for place in places {
        if out.last().is_none_or(|last| place - last > MEETS) {
            out.push(place);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words of one letter with their middles at these places.
    fn words(places: &[(f32, f32)]) -> Words {
        let mut words = Words::default();
        for (x, y) in places {
            let area = Area { x0: x - 2.0, y0: y - 4.0, x1: x + 2.0, y1: y + 4.0 };
            words.push("x", area, 8.0);
        }
        words
    }

    fn level(x0: f32, x1: f32, y: f32) -> Area {
        Area { x0, y0: y, x1, y1: y + 0.5 }
    }

    fn upright(x: f32, y0: f32, y1: f32) -> Area {
        Area { x0: x, y0, x1: x + 0.5, y1 }
    }

    /// Two columns and two rows, 100 by 20 points each, from the origin; the first row is one cell.
    fn drawn() -> Drawn {
        Drawn {
            level: [0.0, 20.0, 40.0].map(|y| level(0.0, 200.0, y)).to_vec(),
            upright: vec![upright(0.0, 0.0, 40.0), upright(100.0, 20.0, 40.0), upright(200.0, 0.0, 40.0)],
            ..Drawn::default()
        }
    }

    #[test]
    fn a_cell_may_reach_over_columns() {
        let words = words(&[(150.0, 30.0), (50.0, 10.0), (50.0, 30.0), (150.0, 10.0)]);
        let found = grids(&words, &drawn(), |_| true);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rows, [vec![vec![1, 3]], vec![vec![2], vec![0]]]);
        assert_eq!(found[0].open, (false, false));
    }

    #[test]
    fn a_table_without_its_last_line_is_open_at_the_foot() {
        let mut drawn = drawn();
        drawn.level.pop();
        let found = grids(&words(&[(50.0, 10.0), (50.0, 30.0), (150.0, 30.0)]), &drawn, |_| true);
        assert_eq!(found[0].open, (false, true));
    }

    #[test]
    fn the_lines_of_a_diagram_are_no_table() {
        assert!(grids(&words(&[(50.0, 10.0), (50.0, 60.0)]), &drawn(), |_| true).is_empty());
    }

    proptest! {
        #[test]
        fn no_word_is_in_two_cells(
            places in proptest::collection::vec((0.0_f32..300.0, 0.0_f32..300.0), 0..40),
            levels in proptest::collection::vec((0.0_f32..300.0, 5.0_f32..300.0, 0.0_f32..300.0), 0..12),
            uprights in proptest::collection::vec((0.0_f32..300.0, 0.0_f32..300.0, 5.0_f32..300.0), 0..12),
        ) {
            let drawn = Drawn {
                level: levels.iter().map(|(x, length, y)| level(*x, x + length, *y)).collect(),
                upright: uprights.iter().map(|(x, y, length)| upright(*x, *y, y + length)).collect(),
                ..Drawn::default()
            };
            let words = words(&places);
            let mut held: Vec<usize> = grids(&words, &drawn, |_| true).iter().flat_map(|it| it.tokens().collect::<Vec<_>>()).collect();
            held.sort_unstable();
            let count = held.len();
            held.dedup();
            prop_assert_eq!(held.len(), count);
        }
    }
}
