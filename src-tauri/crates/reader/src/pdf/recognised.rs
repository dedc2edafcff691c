//! The layout of words that were recognised in a picture: the same as of a PDF's own words.

use super::compose::Composed;
use super::document::{Sample, compose, learn};
use super::drawn::Drawn;
use super::geometry::{Area, Sheet, Turn};
use super::headings::Levels;
use super::layout::Layout;
use super::runs;
use super::style::Style;
use super::words::{Token, Words};

/// A word as it was seen.
#[derive(Clone, Debug)]
pub(crate) struct SeenWord {
    /// Its letters, without white space.
    pub(crate) text: String,
    /// Where it stands on the page, in points.
    pub(crate) place: Area,
    /// Where it stands when the page is turned so that it is upright, on a level line, as high as a line of its type.
    pub(crate) upright: Area,
    /// Points of its type.
    pub(crate) size: f32,
    /// How it stands on the page.
    pub(crate) turn: Turn,
}

/// Puts the words of a page in their order; `seen` holds those of one line one after the other, from left to right.
///
/// One page alone tells neither running heads nor the levels of headings that other pages have, so the levels are
/// taken from the sizes alone.
pub(crate) fn lay_out(seen: &[SeenWord], sheet: &Sheet, page: u32, label: Option<&str>) -> Composed {
    let words = words(seen);
    let sample = Sample { number: page, sheet: *sheet, words, drawn: Drawn::default() };
    let learned = learn(std::slice::from_ref(&sample), &[]);
    let style = Style { levels: Levels::by_size(learned.body), ..learned };
    let layout = Layout { words: &sample.words, sheet, style: &style, page, label };
    compose(&layout, &sample.drawn)
}

fn words(seen: &[SeenWord]) -> Words {
    let mut words = Words::default();
    for word in seen {
        let start = words.text.len();
        words.text.push_str(&word.text);
        words.characters += word.text.chars().count();
        words.tokens.push(Token {
            start,
            end: words.text.len(),
            area: word.upright,
            place: word.place,
            size: word.size,
            bold: false,
            italic: false,
            fixed: false,
            math: false,
            raised: start..start,
            hyphen: false,
            turn: word.turn,
            leftwards: false,
            run: 0,
        });
    }
    let letters = runs::letters_of(&words);
    runs::put_in_order(&mut words, &letters, &[]);
    words
}
