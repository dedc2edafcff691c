//! A page's words to its blocks in reading order.

use super::blocks;
use super::columns::columns;
use super::draft::{Draft, Part};
use super::drawn::Drawn;
use super::geometry::{Area, Sheet, Turn};
use super::grid::{self, Grid};
use super::lines::{Line, Piece, lines, pieces};
use super::margin;
use super::style::Style;
use super::words::Words;

/// A page that is being read.
pub(super) struct Layout<'a> {
    pub(super) words: &'a Words,
    pub(super) sheet: &'a Sheet,
    pub(super) style: &'a Style,
    /// Physical page, from 1.
    pub(super) page: u32,
    pub(super) label: Option<&'a str>,
}

impl Layout<'_> {
    /// The blocks of the words that stand as `turn` says; `drawn` is what is drawn around them.
    pub(super) fn drafts(&self, turn: Turn, drawn: &Drawn) -> Vec<Draft> {
        let words = self.words;
        let mut all = pieces(words, standing(words, turn));
        let furniture = self.style.furniture(words, &all, height(self.sheet, turn), self.page, self.label);
        let mut keep = furniture.iter().map(|it| !it);
        all.retain(|_| keep.next().unwrap_or(true));
        let mut counts = margin::line_numbers(words, &all).into_iter();
        all.retain(|_| !counts.next().unwrap_or(false));
        let mut apart: Vec<Vec<Draft>> = Vec::new();
        all = self.take_tables(drawn, all, &mut apart);
        for area in boxes(drawn, self.sheet, turn, &all) {
            self.take_box(area, drawn, &mut all, &mut apart);
        }
        self.flow(all, apart, drawn)
    }

    /// Takes the words of ruled tables out of the pieces; the rest is put together anew.
    fn take_tables(&self, drawn: &Drawn, all: Vec<Piece>, apart: &mut Vec<Vec<Draft>>) -> Vec<Piece> {
        let words = self.words;
        if drawn.upright.is_empty() || drawn.level.is_empty() {
            return all;
        }
        let mut free = vec![false; words.tokens.len()];
        all.iter().flat_map(|it| &it.tokens).for_each(|&it| free[it] = true);
        let grids = grid::grids(words, drawn, |it| free[it]);
        if grids.is_empty() {
            return all;
        }
        grids.iter().flat_map(Grid::tokens).for_each(|it| free[it] = false);
        let left = all.iter().flat_map(|it| it.tokens.iter().copied()).filter(|&it| free[it]);
        let mut rest = pieces(words, left);
        for grid in &grids {
            let drafts = vec![self.table(grid)];
            rest.push(self.stand_in(apart.len(), grid.area, &drafts));
            apart.push(drafts);
        }
        rest
    }

    fn table(&self, grid: &Grid) -> Draft {
        let words = self.words;
        let rows = grid
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| lines(words, pieces(words, cell.iter().copied()))).collect())
            .collect();
        Draft::table(self.words, rows, grid.open)
    }

    /// Takes what stands in a box out of the pieces, if it is a text of its own.
    fn take_box(&self, area: Area, drawn: &Drawn, all: &mut Vec<Piece>, apart: &mut Vec<Vec<Draft>>) {
        let inside = |it: &Piece| {
            let (x, y) = (it.area.middle(), (it.area.y0 + it.area.y1) / 2.0);
            area.x0 < x && x < area.x1 && area.y0 < y && y < area.y1
        };
        if !is_padded(&area, all.iter().filter(|it| inside(it))) {
            return;
        }
        let (held, rest): (Vec<_>, Vec<_>) = std::mem::take(all).into_iter().partition(inside);
        *all = rest;
        let mut inner: Vec<Vec<Draft>> = Vec::new();
        let held = held
            .into_iter()
            .map(|mut piece| {
                // A table in a box is read with the box.
                if let Some(number) = &mut piece.apart {
                    inner.push(std::mem::take(&mut apart[*number]));
                    *number = inner.len() - 1;
                }
                piece
            })
            .collect();
        let mut drafts = self.flow(held, inner, drawn);
        blocks::close_box(&mut drafts);
        all.push(self.stand_in(apart.len(), area, &drafts));
        apart.push(drafts);
    }

    fn stand_in(&self, number: usize, area: Area, drafts: &[Draft]) -> Piece {
        let lines: Vec<&Line> = drafts.iter().flat_map(Draft::all_lines).collect();
        let mut heights: Vec<i32> = lines.iter().map(|it| (it.area.y1 / 4.0).round() as i32).collect();
        heights.sort_unstable();
        heights.dedup();
        let characters = lines.iter().map(|it| it.characters).sum();
        Piece::apart(number, area, self.style.body, heights.len().max(1), characters)
    }

    /// Pieces, some of which stand for the blocks in `apart`, to blocks.
    fn flow(&self, all: Vec<Piece>, mut apart: Vec<Vec<Draft>>, drawn: &Drawn) -> Vec<Draft> {
        let columns = columns(all)
            .into_iter()
            .map(|column| parts(self.words, column, &drawn.marks, |it| std::mem::take(&mut apart[it])))
            .collect();
        blocks::blocks(self.words, columns, self.style, self.page, &drawn.level)
    }
}

/// Numbers of the words that stand as `turn` says.
pub(super) fn standing(words: &Words, turn: Turn) -> impl Iterator<Item = usize> + '_ {
    words.tokens.iter().enumerate().filter(move |(_, it)| it.turn == turn).map(|(at, _)| at)
}

/// Height of the page when its text is upright.
pub(super) fn height(sheet: &Sheet, turn: Turn) -> f32 {
    let (width, height) = sheet.size();
    if turn.0.is_multiple_of(2) { height } else { width }
}

/// The lines of a column, and between them what is set apart.
fn parts(words: &Words, column: Vec<Piece>, marks: &[Area], mut drafts: impl FnMut(usize) -> Vec<Draft>) -> Vec<Part> {
    let (mut apart, text): (Vec<_>, Vec<_>) = column.into_iter().partition(|it| it.apart.is_some());
    let mut rest = lines(words, text);
    mark_items(&mut rest, marks);
    if apart.is_empty() {
        return vec![Part::Lines(rest)];
    }
    apart.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    let mut found = Vec::new();
    for piece in apart {
        // Beside it stands what goes on below it.
        let at = rest.iter().position(|it| (it.area.y0 + it.area.y1) / 2.0 > piece.area.y0);
        let below = rest.split_off(at.unwrap_or(rest.len()));
        let above = std::mem::replace(&mut rest, below);
        if !above.is_empty() {
            found.push(Part::Lines(above));
        }
        if let Some(number) = piece.apart {
            found.push(Part::Apart(drafts(number)));
        }
    }
    if !rest.is_empty() {
        found.push(Part::Lines(rest));
    }
    found
}

/// Marks the lines before which a mark is drawn. One alone, before a few words, belongs to a figure.
fn mark_items(lines: &mut [Line], marks: &[Area]) {
    const PROSE: usize = 30;
    let below = |mark: &Area| marks.iter().filter(|it| (it.x0 - mark.x0).abs() < 2.0).count() > 1;
    for line in lines {
        line.marked = marks.iter().any(|it| line.is_marked_by(it) && (line.characters >= PROSE || below(it)));
    }
}

/// The boxes that may hold a text of their own, outermost only: not the ground of the page, not a table's cells.
fn boxes(drawn: &Drawn, sheet: &Sheet, turn: Turn, all: &[Piece]) -> Vec<Area> {
    let (width, height) = {
        let (width, height) = sheet.size();
        if turn.0.is_multiple_of(2) { (width, height) } else { (height, width) }
    };
    let mut found: Vec<Area> = drawn
        .boxes
        .iter()
        .filter(|it| it.width() > 0.12 * width && it.height() > 10.0)
        .filter(|it| it.width() < 0.9 * width || it.height() < 0.9 * height)
        .filter(|it| !all.iter().any(|piece| piece.apart.is_some() && within(it, &piece.area)))
        .copied()
        .collect();
    found.sort_by(|a, b| a.y0.total_cmp(&b.y0));
    let mut merged: Vec<Area> = Vec::new();
    for area in found {
        // A ground may be drawn paragraph by paragraph.
        let above = merged
            .iter_mut()
            .rev()
            .find(|it| (it.x0 - area.x0).abs() < 1.0 && (it.x1 - area.x1).abs() < 1.0 && area.y0 < it.y1 + 1.5);
        match above {
            Some(above) => *above = above.with(&area),
            None => merged.push(area),
        }
    }
    let outer: Vec<Area> = merged
        .iter()
        .enumerate()
        .filter(|(at, it)| !merged.iter().enumerate().any(|(other, outer)| other != *at && within(it, outer)))
        .map(|(_, it)| *it)
        .collect();
    // A box that cuts through a line is no box of text.
    outer
        .into_iter()
        .filter(|area| {
            !all.iter().any(|piece| {
                let y = (piece.area.y0 + piece.area.y1) / 2.0;
                let beside = area.y0 < y && y < area.y1;
                beside
                    && ((piece.area.x0 < area.x0 - 2.0 && piece.area.x1 > area.x0 + 4.0)
                        || (piece.area.x1 > area.x1 + 2.0 && piece.area.x0 < area.x1 - 4.0))
            })
        })
        .collect()
}

fn within(inner: &Area, outer: &Area) -> bool {
    inner.x0 > outer.x0 - 2.0 && inner.x1 < outer.x1 + 2.0 && inner.y0 > outer.y0 - 2.0 && inner.y1 < outer.y1 + 2.0
}

/// Text in a box stands off its edges; a ground that ends with its words marks them only. The pieces of a single line
/// are one, or they are the cells of a shaded row.
fn is_padded<'a>(area: &Area, held: impl Iterator<Item = &'a Piece>) -> bool {
    let held: Vec<&Piece> = held.collect();
    let Some(text) = held.iter().map(|it| it.area).reduce(|a, b| a.with(&b)) else {
        return false;
    };
    let row = held.iter().all(|it| it.area.shared_height(&held[0].area) > 0.5);
    let stands_off = text.x0 - area.x0 > 2.0 && area.x1 - text.x1 > 2.0;
    stands_off && text.y0 > area.y0 - 1.0 && text.y1 < area.y1 + 1.0 && (!row || held.len() == 1)
}
