//! Words of a picture to words on the page: which way they stand, on which line, and how large their type is.

use super::tsv::PictureWord;
use crate::pdf::{Area, SeenWord, Sheet, Turn, is_leftwards};

/// The parts of a letter as shares of the size of its type, the mean of usual book faces.
const X_HEIGHT: f32 = 0.47;
const ASCENDER: f32 = 0.69;
const DESCENDER: f32 = 0.21;
/// Above and below its base line, a line of type takes this much: as PDFs tell it of their fonts.
const LINE_ABOVE: f32 = 0.89;
const LINE_BELOW: f32 = 0.22;
/// Sizes this near to that of the text are that of the text: letters are measured to a pixel or two.
const SAME_SIZE: f32 = 0.1;
/// A page that lies askew by more than this was not scanned so; the tangent of some 6 degrees.
const MOST_SKEW: f32 = 0.1;

/// The words on a page of this size in points; `pixels` is the size of the picture that they were seen in.
pub(super) fn seen_words(words: &[PictureWord], pixels: (u32, u32), sheet: &Sheet) -> Vec<SeenWord> {
    let (width, height) = sheet.size();
    let (x, y) = (width / pixels.0.max(1) as f32, height / pixels.1.max(1) as f32);
    let place = |it: &PictureWord| {
        let [x0, y0, x1, y1] = it.area;
        Area { x0: x0 * x, y0: y0 * y, x1: x1 * x, y1: y1 * y }
    };
    let main = turn_of(words.iter().collect::<Vec<_>>().chunk_by(|a, b| a.line == b.line)).unwrap_or_default();
    let mut lines: Vec<SeenLine> = words
        .chunk_by(|a, b| a.line == b.line)
        .map(|line| {
            let line: Vec<&PictureWord> = line.iter().collect();
            let turn = turn_of(std::iter::once(&line[..])).unwrap_or(main);
            SeenLine::new(turn, line.iter().map(|it| (it.text.as_str(), place(it))).collect(), sheet)
        })
        .collect();
    let skew = skew(&lines, main);
    lines.iter_mut().filter(|it| it.turn == main).for_each(|it| it.level(skew));
    settle_sizes(&mut lines);
    lines.into_iter().flat_map(SeenLine::into_words).collect()
}

/// Which way the lines run: from each word to the next one. None where no line has two.
fn turn_of<'a>(lines: impl Iterator<Item = &'a [&'a PictureWord]>) -> Option<Turn> {
    let mut way = (0.0, 0.0);
    for pair in lines.flat_map(|line| line.windows(2)) {
        let middle = |it: &PictureWord| ((it.area[0] + it.area[2]) / 2.0, (it.area[1] + it.area[3]) / 2.0);
        let (from, to) = (middle(pair[0]), middle(pair[1]));
        // Hebrew and Arabic run the other way on an upright page.
        if !pair.iter().any(|it| it.text.chars().any(is_leftwards)) {
            way.0 += to.0 - from.0;
            way.1 += to.1 - from.1;
        }
    }
    let (x, y): (f32, f32) = way;
    if x == 0.0 && y == 0.0 {
        return None;
    }
    Some(Turn(match (x.abs() >= y.abs(), x > 0.0, y > 0.0) {
        (true, true, _) => 0,
        (false, _, true) => 1,
        (true, false, _) => 2,
        (false, _, false) => 3,
    }))
}

/// A line of words that stand the same way.
struct SeenLine {
    turn: Turn,
    words: Vec<LineWord>,
    size: f32,
}

struct LineWord {
    text: String,
    place: Area,
    upright: Area,
    /// Where its base line runs, when it is upright.
    base: f32,
}

impl SeenLine {
    fn new(turn: Turn, words: Vec<(&str, Area)>, sheet: &Sheet) -> Self {
        let mut sizes: Vec<f32> = Vec::new();
        let words = words
            .into_iter()
            .map(|(text, place)| {
                let upright = sheet.upright(&place, turn);
                let (above, below) = reach(text);
                let size = upright.height() / (above + below);
                sizes.extend(std::iter::repeat_n(size, text.chars().count()));
                LineWord { text: text.to_owned(), place, upright, base: upright.y1 - below * size }
            })
            .collect();
        let size = middle(&mut sizes).unwrap_or(1.0);
        Self { turn, words, size }
    }

    /// How much it falls for each point to the right; none for a short line.
    fn slope(&self) -> Option<(f32, f32)> {
        let (first, last) = (self.words.first()?, self.words.last()?);
        let run = last.upright.middle() - first.upright.middle();
        let bases = |range: &[LineWord]| middle(&mut range.iter().map(|it| it.base).collect::<Vec<_>>());
        let half = self.words.len() / 2;
        if half < 2 || run < 8.0 * self.size {
            return None;
        }
        // Between the middles of its two halves, each the middle one of its words.
        let fall = bases(&self.words[half..])? - bases(&self.words[..half])?;
        Some((2.0 * fall / run, run))
    }

    /// Turns the words back by the page's skew and sets them on one base line.
    fn level(&mut self, skew: f32) {
        for word in &mut self.words {
            let (x, y) = (word.upright.middle(), word.base);
            word.base -= skew * x;
            let shift = skew * y;
            word.upright.x0 += shift;
            word.upright.x1 += shift;
        }
    }

    fn into_words(self) -> impl Iterator<Item = SeenWord> {
        let base = middle(&mut self.words.iter().map(|it| it.base).collect::<Vec<_>>()).unwrap_or(0.0);
        let (turn, size) = (self.turn, self.size);
        self.words.into_iter().map(move |word| {
            let upright = Area { y0: base - LINE_ABOVE * size, y1: base + LINE_BELOW * size, ..word.upright };
            SeenWord { text: word.text, place: word.place, upright, size, turn }
        })
    }
}

/// How far a word's letters reach above and below the base line, as shares of the size.
fn reach(text: &str) -> (f32, f32) {
    let tall =
        |it: char| it.is_uppercase() || it.is_numeric() || !it.is_ascii() || "bdfhklit()[]{}/|!?'\"&%$#@".contains(it);
    let deep = |it: char| "gjpqyQ,;()[]{}/|§".contains(it);
    let above = if text.chars().any(tall) { ASCENDER } else { X_HEIGHT };
    let below = if text.chars().any(deep) { DESCENDER } else { 0.0 };
    (above, below)
}

/// How askew the lines of this turn lie: the slope of the middle one, each counted by its length.
fn skew(lines: &[SeenLine], turn: Turn) -> f32 {
    let mut slopes: Vec<(f32, f32)> = lines.iter().filter(|it| it.turn == turn).filter_map(SeenLine::slope).collect();
    slopes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = slopes.iter().map(|it| it.1).sum::<f32>() / 2.0;
    let mut sum = 0.0;
    let slope = slopes.iter().find(|(_, run)| {
        sum += run;
        sum >= half
    });
    slope.map(|it| it.0).filter(|it| it.abs() < MOST_SKEW).unwrap_or(0.0)
}

/// Gives all lines whose type is about as large as most of the text that very size.
fn settle_sizes(lines: &mut [SeenLine]) {
    let mut sizes: Vec<f32> = lines
        .iter()
        .flat_map(|it| std::iter::repeat_n(it.size, it.words.iter().map(|it| it.text.chars().count()).sum()))
        .collect();
    let Some(body) = middle(&mut sizes) else {
        return;
    };
    // In quarters of a point, as type is set.
    let round = |size: f32| ((size * 4.0).round() / 4.0).max(1.0);
    for line in lines {
        line.size = round(if (line.size - body).abs() < SAME_SIZE * body { body } else { line.size });
    }
}

fn middle(values: &mut [f32]) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of words, 10 pixels a letter, whose base line runs from `(x, y)` on and falls by `skew`.
    fn line(number: usize, x: f32, y: f32, skew: f32, text: &str) -> Vec<PictureWord> {
        let size = 40.0;
        let mut left = x;
        text.split(' ')
            .map(|word| {
                let (above, below) = reach(word);
                let right = left + 10.0 * word.chars().count() as f32;
                let base = y + skew * ((left + right) / 2.0 - x);
                let area = [left, base - above * size, right, base + below * size];
                left = right + 8.0;
                PictureWord { line: number, block: 0, area, confidence: 0.9, text: word.into() }
            })
            .collect()
    }

    const TEXT: &str = "some words of a page that go on and on until the line is full of them and ends";

    #[test]
    fn a_line_askew_becomes_level_and_its_places_stay() {
        let words: Vec<PictureWord> = (0..20)
            .flat_map(|at| line(at, 100.0 - 0.0175 * 50.0 * at as f32, 200.0 + 50.0 * at as f32, 0.0175, TEXT))
            .collect();
        let seen = seen_words(&words, (1000, 1400), &Sheet::plain(500.0, 700.0));
        assert_eq!(seen.len(), words.len());
        for line in seen.chunks(TEXT.split(' ').count()) {
            assert!(line.iter().all(|it| it.upright.y1 == line[0].upright.y1));
            assert!((line[0].size - 20.0).abs() < 0.3, "{}", line[0].size);
            assert!((line[0].upright.x0 - seen[0].upright.x0).abs() < 1.0, "the left edges stand below each other");
        }
        assert_eq!((seen[0].place.x0, seen[0].place.x1), (50.0, 70.0));
    }

    #[test]
    fn lines_know_which_way_they_stand() {
        let upright = line(0, 100.0, 100.0, 0.0, "one two three");
        // Quarter turns clockwise of a picture of 1000 × 1000.
        let turned = |[x0, y0, x1, y1]: [f32; 4]| [1000.0 - y1, x0, 1000.0 - y0, x1];
        let mut words = upright.clone();
        for expected in 0..4 {
            let seen = seen_words(&words, (1000, 1000), &Sheet::plain(1000.0, 1000.0));
            assert!(seen.iter().all(|it| it.turn == Turn(expected)));
            assert!((seen[0].upright.x0 - 100.0).abs() < 1.0 && seen[0].upright.x1 < seen[1].upright.x0);
            words.iter_mut().for_each(|it| it.area = turned(it.area));
        }
    }

    #[test]
    fn a_heading_keeps_its_size_and_a_low_line_has_that_of_the_text() {
        assert_eq!(reach("some"), (X_HEIGHT, 0.0));
        assert_eq!(reach("Page,"), (ASCENDER, DESCENDER));
        let mut words: Vec<PictureWord> =
            (0..9).flat_map(|at| line(at, 0.0, 100.0 + 50.0 * at as f32, 0.0, TEXT)).collect();
        words.extend(line(9, 0.0, 600.0, 0.0, "as we are in an on"));
        let mut heading = line(10, 0.0, 700.0, 0.0, "A Heading");
        heading.iter_mut().for_each(|it| it.area[1] -= 25.0);
        words.extend(heading);
        let seen = seen_words(&words, (1000, 1000), &Sheet::plain(500.0, 500.0));
        let low = seen.iter().find(|it| it.text == "we").map(|it| it.size);
        assert_eq!(low, Some(seen[0].size));
        assert!(seen.last().is_some_and(|it| it.size > 1.3 * seen[0].size));
    }
}
