//! Rows of cells among the lines of a column.

use super::lines::{Line, Piece};
use super::words::Words;

/// A stretch of a column.
pub(super) enum Stretch {
    /// Lines of running text.
    Text(Vec<Line>),
    /// The rows of a table.
    Rows(Vec<Row>),
}

/// The cells of a row from left to right, each as its lines.
pub(super) type Row = Vec<Vec<Line>>;

/// Left edges this near, in points, are one.
const SAME_EDGE: f32 = 3.0;

/// Divides the lines of a column into text and tables.
pub(super) fn stretches(words: &Words, mut lines: Vec<Line>) -> Vec<Stretch> {
    part_tight_rows(words, &mut lines);
    let rows = marks(&lines);
    let mut found: Vec<Stretch> = Vec::new();
    let mut table: Vec<Line> = Vec::new();
    let mut text: Vec<Line> = Vec::new();
    for (line, in_table) in lines.into_iter().zip(rows) {
        if in_table {
            if table.is_empty() && !text.is_empty() {
                found.push(Stretch::Text(std::mem::take(&mut text)));
            }
            table.push(line);
        } else {
            end_table(words, &mut table, &mut text, &mut found);
            text.push(line);
        }
    }
    end_table(words, &mut table, &mut text, &mut found);
    if !text.is_empty() {
        found.push(Stretch::Text(text));
    }
    found
}

/// Ends a table; one that turns out to be a single row (a formula and its number, say) is text.
fn end_table(words: &Words, table: &mut Vec<Line>, text: &mut Vec<Line>, found: &mut Vec<Stretch>) {
    if table.iter().filter(|it| it.pieces.len() > 1).count() < 2 {
        text.append(table);
    } else {
        found.push(Stretch::Rows(rows_of(words, std::mem::take(table))));
    }
}

/// Which lines are rows of a table: their cells begin where those of a line near by begin.
fn marks(lines: &[Line]) -> Vec<bool> {
    let mut marks: Vec<bool> = (0..lines.len())
        .map(|at| {
            let near = lines[at.saturating_sub(3)..at].iter().chain(&lines[at + 1..lines.len().min(at + 4)]);
            lines[at].pieces.len() > 1
                && near
                    .filter(|it| it.pieces.len() > 1 && is_near(it, &lines[at], 5.0))
                    .any(|other| share_an_edge(&lines[at], other))
        })
        .collect();
    // What stands between two rows and begins at a cell's edge is the rest of a cell.
    for at in 1..lines.len() {
        let inner = &lines[at].pieces;
        if marks[at] || inner.len() != 1 {
            continue;
        }
        let above = (0..at).rev().find(|&it| lines[it].pieces.len() > 1 && marks[it]);
        let starts_cell = above.is_some_and(|above| {
            lines[above].pieces[1..].iter().any(|it| (it.area.x0 - inner[0].area.x0).abs() < SAME_EDGE)
        });
        let starts_first = above.is_some_and(|above| {
            (lines[above].area.x0 - inner[0].area.x0).abs() < SAME_EDGE
                && lines[above].pieces[1].area.x0 > inner[0].area.x1
                && (at + 1..lines.len().min(at + 3)).any(|it| marks[it] && lines[it].pieces.len() > 1)
        });
        marks[at] = marks[at - 1] && is_near(&lines[at - 1], &lines[at], 2.0) && (starts_cell || starts_first);
    }
    marks
}

fn is_near(a: &Line, b: &Line, lines: f32) -> bool {
    (a.area.y1 - b.area.y1).abs() < lines * 1.5 * a.size.max(b.size)
}

/// Two rows have a cell, not the first, that begins or ends at the same place.
fn share_an_edge(a: &Line, b: &Line) -> bool {
    a.pieces[1..].iter().any(|cell| {
        b.pieces[1..].iter().any(|other| {
            (cell.area.x0 - other.area.x0).abs() < SAME_EDGE
                || (cell.area.x1 - other.area.x1).abs() < SAME_EDGE
                || (cell.area.middle() - other.area.middle()).abs() < SAME_EDGE
        })
    })
}

/// Puts the lines of each row's cells together.
fn rows_of(words: &Words, lines: Vec<Line>) -> Vec<Row> {
    /// Lines of one cell stand closer than this many sizes of their type.
    const CELL: f32 = 1.45;
    /// Rows stand further apart than the lines of a cell by this factor.
    const FURTHER: f32 = 1.2;
    let pitches: Vec<f32> =
        lines.windows(2).map(|it| (it[1].area.y1 - it[0].area.y1) / it[0].size.max(it[1].size)).collect();
    let left = lines.iter().map(|it| it.area.x0).fold(f32::INFINITY, f32::min);
    let count = |cells: usize| lines.iter().filter(|it| it.pieces.len() == cells).count();
    let usual = lines.iter().map(|it| it.pieces.len()).max_by_key(|&it| (count(it), it)).unwrap_or(0);
    let full = |line: &Line| usual > 1 && line.pieces.len() >= usual;
    // Where most lines have as many cells, each of them is a row.
    let single = lines.iter().filter(|it| full(it)).count() * 2 > lines.len();
    // Pieces of cells that are centred beside each other stand closer than lines do.
    let tight = pitches.iter().copied().filter(|it| *it > 0.9).fold(f32::INFINITY, f32::min);
    let apart = CELL.min(FURTHER * tight);
    // Where all lines stand close, a row begins with whatever begins at the left.
    let close = pitches.iter().all(|it| *it <= apart);
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        let starts = at == 0
            || pitches[at - 1] > apart
            || (single && full(&line))
            || (close && line.area.x0 < left + SAME_EDGE && line.pieces.len() > 1);
        if starts {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            row.push(line);
        }
    }
    rows.into_iter().map(|row| by_cell(words, row)).collect()
}

/// Parts lines beside table rows whose cells stand so close that they passed for one piece: a word begins where a
/// cell of the neighbour begins, with a gap before it that is wide for its line.
fn part_tight_rows(words: &Words, lines: &mut [Line]) {
    for at in 0..lines.len() {
        let near = [at.checked_sub(1), Some(at + 1), at.checked_sub(2), Some(at + 2)];
        let edges: Vec<f32> = near
            .into_iter()
            .flatten()
            .filter_map(|it| lines.get(it))
            .filter(|it| it.pieces.len() > 1 && is_near(it, &lines[at], 4.0))
            .flat_map(|it| it.pieces[1..].iter().map(|piece| piece.area.x0))
            .collect();
        if edges.is_empty() {
            continue;
        }
        let pieces: Vec<Piece> =
            lines[at].pieces.iter().flat_map(|piece| piece.parted(words, &edges, SAME_EDGE / 2.0)).collect();
        if pieces.len() > lines[at].pieces.len() {
            lines[at] = Line::of(words, pieces);
        }
    }
}

fn by_cell(words: &Words, row: Vec<Line>) -> Row {
    let mut cells: Vec<(f32, Vec<Piece>)> = Vec::new();
    for piece in row.into_iter().flat_map(|it| it.pieces) {
        let cell = cells.iter_mut().find(|(left, pieces)| {
            (*left - piece.area.x0).abs() < SAME_EDGE
                || pieces.iter().any(|it| it.area.x0 < piece.area.x1 && piece.area.x0 < it.area.x1)
        });
        match cell {
            Some((_, pieces)) => pieces.push(piece),
            None => cells.push((piece.area.x0, vec![piece])),
        }
    }
    cells.sort_by(|a, b| a.0.total_cmp(&b.0));
    cells
        .into_iter()
        .map(|(_, pieces)| pieces.into_iter().map(|piece| Line::of(words, vec![piece])).collect())
        .collect()
}

/// How many of the first rows are the table's header: those that are bold above others that are not; without any, the
/// first row if it has words above a column of numbers.
pub(super) fn header_rows(words: &Words, rows: &[Row]) -> u8 {
    const MOST: usize = 4;
    let bold = |row: &Row| row.iter().flatten().all(|line| line.bold);
    let first = rows.iter().take_while(|row| bold(row)).count();
    // The rest may stand on the next page.
    if (1..=MOST).contains(&first) && (first < rows.len() || first < 3) {
        return first as u8;
    }
    let begins = |row: &Row, column: usize, is: fn(char) -> bool| -> bool {
        let line = row.get(column).and_then(|it| it.first());
        line.is_some_and(|it| it.first(words).chars().find(|it| it.is_alphanumeric()).is_some_and(is))
    };
    let columns = rows.first().map_or(0, Vec::len);
    let names_numbers = (1..columns).any(|column| {
        begins(&rows[0], column, char::is_alphabetic)
            && rows.len() > 2
            && rows[1..].iter().all(|row| begins(row, column, char::is_numeric))
    });
    u8::from(names_numbers)
}

/// Adds the rows of a table that goes on; `divided` says that its first row is the rest of the last one.
pub(super) fn go_on(words: &Words, rows: &mut Vec<Row>, mut more: Vec<Row>, header: usize, divided: bool) {
    let text = |row: &Row| -> Vec<String> { row.iter().flatten().map(|line| line.text(words)).collect() };
    if header > 0 && more.len() > header && rows.len() >= header {
        let same = rows[..header].iter().zip(&more[..header]).all(|(a, b)| text(a).concat() == text(b).concat());
        if same {
            more.drain(..header);
        }
    }
    let mut more = more.into_iter();
    if divided
        && let Some(last) = rows.last_mut()
        && let Some(rest) = more.next()
    {
        for (at, cell) in rest.into_iter().enumerate() {
            match last.get_mut(at) {
                Some(open) => open.extend(cell),
                None => last.push(cell),
            }
        }
    }
    rows.extend(more);
}
