//! Page numbers and running heads that can be told from one page alone.

use crate::pdf::{Area, SeenWord, Sheet, Turn};

/// They stand in these outer parts of the page's height.
const EDGE: f32 = 0.14;
/// Nothing stands as close to them as the next line of the text would, in sizes of the type.
const APART: f32 = 1.7;
/// The number stands so far from the words of the head, in sizes of the type: at the other side of the page.
const ACROSS: f32 = 3.0;

/// Leaves out a lone page number at an edge of the page, and a running head that has the page number at one end, far
/// from its words. A head without a number looks like any line, and stays.
pub(super) fn without_edges(mut words: Vec<SeenWord>, sheet: &Sheet) -> Vec<SeenWord> {
    for top in [true, false] {
        let row = edge_row(&words, sheet, top);
        if is_furniture(&words, &row) {
            let mut at = 0;
            words.retain(|_| {
                at += 1;
                !row.contains(&(at - 1))
            });
        }
    }
    words
}

/// The numbers of the words of the outermost row, from left to right, if it stands at the edge and apart.
fn edge_row(words: &[SeenWord], sheet: &Sheet, top: bool) -> Vec<usize> {
    let main = main_turn(words);
    let (width, height) = sheet.size();
    let height = if main.0.is_multiple_of(2) { height } else { width };
    let upright = |it: &&SeenWord| it.turn == main;
    let outer = |it: &SeenWord| if top { it.upright.y0 } else { height - it.upright.y1 };
    let Some(first) = words.iter().filter(upright).min_by(|a, b| outer(a).total_cmp(&outer(b))) else {
        return Vec::new();
    };
    let middle = |it: &Area| (it.y0 + it.y1) / 2.0;
    let from_edge = if top { middle(&first.upright) } else { height - middle(&first.upright) };
    let in_row = |it: &SeenWord| it.turn == main && it.upright.shared_height(&first.upright) > 0.5;
    let apart = words
        .iter()
        .filter(|it| it.turn == main && !in_row(it))
        .all(|it| (middle(&it.upright) - middle(&first.upright)).abs() > APART * first.size.max(it.size));
    if from_edge > EDGE * height || !apart {
        return Vec::new();
    }
    let mut row: Vec<usize> = (0..words.len()).filter(|&at| in_row(&words[at])).collect();
    row.sort_by(|a, b| words[*a].upright.x0.total_cmp(&words[*b].upright.x0));
    // A page of one row is no edge of a text.
    if row.len() == words.len() { Vec::new() } else { row }
}

fn is_furniture(words: &[SeenWord], row: &[usize]) -> bool {
    let word = |at: usize| row.get(at).map(|it| &words[*it]);
    let gap = |a: &SeenWord, b: &SeenWord| b.upright.x0 - a.upright.x1 > ACROSS * a.size;
    let (Some(first), Some(last)) = (word(0), row.len().checked_sub(1).and_then(word)) else {
        return false;
    };
    if row.len() == 1 {
        return is_page_number(&first.text);
    }
    let before_last = word(row.len() - 2).is_some_and(|it| gap(it, last));
    let behind_first = word(1).is_some_and(|it| gap(first, it));
    (is_page_number(&last.text) && before_last) || (is_page_number(&first.text) && behind_first)
}

/// "57", "- 57 -" as one word, "xiv".
fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|it: char| !it.is_alphanumeric());
    let digits = bare.len() <= 4 && bare.bytes().all(|it| it.is_ascii_digit());
    let roman = bare.len() <= 6 && bare.bytes().all(|it| b"ivxl".contains(&it));
    !bare.is_empty() && (digits || roman)
}

fn main_turn(words: &[SeenWord]) -> Turn {
    (0..4).map(Turn).max_by_key(|turn| words.iter().filter(|it| it.turn == *turn).count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x: f32, y: f32) -> SeenWord {
        let place = Area { x0: x, y0: y, x1: x + 5.0 * text.len() as f32, y1: y + 11.0 };
        SeenWord { text: text.into(), place, upright: place, size: 10.0, turn: Turn(0) }
    }

    /// What is left of the words at the edges of a page of text.
    fn left(edge: &[SeenWord]) -> usize {
        let text = (0..40)
            .flat_map(|line| (0..9).map(move |at| word("text", 60.0 + 50.0 * at as f32, 80.0 + 12.0 * line as f32)));
        let words: Vec<SeenWord> = edge.iter().cloned().chain(text).collect();
        without_edges(words, &Sheet::plain(600.0, 800.0)).len() - 360
    }

    #[test]
    fn a_lone_number_and_a_head_with_one_go() {
        assert_eq!(left(&[word("57", 300.0, 760.0)]), 0);
        assert_eq!(left(&[word("xiv", 300.0, 30.0)]), 0);
        assert_eq!(left(&[word("Chapter", 60.0, 30.0), word("3", 100.0, 30.0), word("57", 520.0, 30.0)]), 0);
        assert_eq!(left(&[word("58", 60.0, 30.0), word("Memory", 480.0, 30.0), word("57", 300.0, 770.0)]), 0);
    }

    #[test]
    fn a_line_of_the_text_stays() {
        assert_eq!(left(&[word("Memory", 60.0, 30.0), word("Loss", 100.0, 30.0)]), 2);
        assert_eq!(left(&[word("In", 60.0, 68.0), word("1980", 520.0, 68.0)]), 2);
        assert_eq!(left(&[word("Part", 60.0, 30.0), word("2", 85.0, 30.0)]), 2);
        let alone = without_edges(vec![word("57", 300.0, 30.0)], &Sheet::plain(600.0, 800.0));
        assert_eq!(alone.len(), 1);
    }
}
