//! Words in about eight bytes each: differences to the word before, which are mostly small, as variable-length
//! numbers. A page of a textbook has five hundred words.

use kernel::Rect;
use reader::Word;

use crate::Error;
use crate::stored;

/// A fraction of the page as one of 65,536 steps; the error is half a step at most.
const STEPS: f32 = 65_535.0;

/// Gap to the end of the word before, length; left and top against the right and top of the word before,
/// width, and height against the one before.
pub(super) type Packed = (i32, i32, i32, i32, i32, i32);

pub(super) fn pack(words: &[Word]) -> Result<Vec<u8>, Error> {
    let mut end = 0_u32;
    let (mut right, mut top, mut height) = (0, 0, 0);
    let mut packed: Vec<Packed> = Vec::with_capacity(words.len());
    for word in words {
        let (x0, y0) = (to_steps(word.rect.x0), to_steps(word.rect.y0));
        let (x1, y1) = (to_steps(word.rect.x1), to_steps(word.rect.y1));
        packed.push((
            word.start.wrapping_sub(end).cast_signed(),
            word.end.wrapping_sub(word.start).cast_signed(),
            x0 - right,
            y0 - top,
            x1 - x0,
            (y1 - y0) - height,
        ));
        (end, right, top, height) = (word.end, x1, y0, y1 - y0);
    }
    stored::to_postcard(&packed)
}

pub(super) fn unpack(packed: &[Packed]) -> Vec<Word> {
    let mut end = 0_u32;
    let (mut right, mut top, mut height) = (0_i32, 0_i32, 0_i32);
    let mut words = Vec::with_capacity(packed.len());
    for &(gap, length, dx, dy, width, taller) in packed {
        // Wrapping throughout: a damaged blob gives wrong boxes, never a panic.
        let start = end.wrapping_add_signed(gap);
        end = start.wrapping_add_signed(length);
        let x0 = right.wrapping_add(dx);
        right = x0.wrapping_add(width);
        top = top.wrapping_add(dy);
        height = height.wrapping_add(taller);
        let rect = Rect {
            x0: from_steps(x0),
            y0: from_steps(top),
            x1: from_steps(right),
            y1: from_steps(top.wrapping_add(height)),
        };
        words.push(Word { start, end, rect });
    }
    words
}

fn to_steps(fraction: f32) -> i32 {
    // What is not a number becomes 0 by the cast.
    (fraction.clamp(0.0, 1.0) * STEPS).round() as i32
}

fn from_steps(steps: i32) -> f32 {
    (steps as f32 / STEPS).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn words() -> impl Strategy<Value = Vec<Word>> {
        let fraction = || 0.0_f32..=1.0;
        let word = (any::<u32>(), any::<u32>(), [fraction(), fraction(), fraction(), fraction()]);
        proptest::collection::vec(word, 0..40).prop_map(|words| {
            words
                .into_iter()
                .map(|(start, end, [x0, y0, x1, y1])| {
                    let rect = Rect { x0, y0, x1, y1 };
                    Word { start, end, rect }
                })
                .collect()
        })
    }

    fn round_trip(words: &[Word]) -> Vec<Word> {
        unpack(&postcard::from_bytes::<Vec<_>>(&pack(words).unwrap()).unwrap())
    }

    proptest! {
        #[test]
        fn words_come_back_within_a_step(words in words()) {
            let back = round_trip(&words);
            prop_assert_eq!(words.len(), back.len());
            for (a, b) in words.iter().zip(&back) {
                prop_assert_eq!((a.start, a.end), (b.start, b.end));
                let (a, b) = (a.rect, b.rect);
                for (a, b) in [(a.x0, b.x0), (a.y0, b.y0), (a.x1, b.x1), (a.y1, b.y1)] {
                    prop_assert!((a - b).abs() < 1.0 / 65_535.0, "{} {}", a, b);
                }
            }
            // What was stored once is stored the same again.
            prop_assert_eq!(&round_trip(&back), &back);
        }

        #[test]
        fn a_damaged_blob_is_no_panic(packed in proptest::collection::vec(any::<Packed>(), 0..20)) {
            unpack(&packed);
        }
    }

    #[test]
    fn a_word_off_the_page_or_nowhere_is_brought_onto_it() {
        let rect = Rect { x0: -0.5, y0: f32::NAN, x1: 7.0, y1: 1.0 };
        let word = Word { start: 0, end: 3, rect };
        let expected = Rect { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
        assert_eq!(round_trip(&[word])[0].rect, expected);
    }

    #[test]
    fn a_word_of_running_text_takes_eight_bytes() {
        let words: Vec<Word> = (0..500_u32)
            .map(|n| {
                let (column, line) = ((n % 12) as f32, (n / 12) as f32);
                let (x0, y0) = (0.1 + column * 0.066, 0.08 + line * 0.019);
                let rect = Rect { x0, y0, x1: x0 + 0.06, y1: y0 + 0.012 };
                Word { start: n * 6, end: n * 6 + 5, rect }
            })
            .collect();
        let bytes = pack(&words).unwrap().len();
        assert!(bytes <= 500 * 9, "{bytes}");
    }
}
