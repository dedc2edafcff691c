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
    for net in nets(drawn) {
        if let Some(grid) = net.grid(words, |token| free(token) && !found.iter().any(|it| it.holds(token))) {
            found.push(grid);
        }
    }
    found
}

impl Grid {
    pub(super) fn holds(&self, token: usize) -> bool {
        self.rows.iter().flatten().any(|cell| cell.contains(&token))
    }

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
