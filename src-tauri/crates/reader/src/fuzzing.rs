//! The readers without the child process around them, for fuzzing alone.

use std::io::Write;

use crate::detect::detect_failing;
use crate::pdf::sketch::{self, Letters, Ruled, Written};
use crate::{Format, formats};

/// Reads these bytes as a file with this ending would be read, in this very process.
///
/// # Panics
/// When a block does not lie in its page's text: that is what a fuzzer looks for.
pub fn read(bytes: &[u8], ending: &str) {
    let Ok(mut file) = tempfile::Builder::new().suffix(&format!(".{ending}")).tempfile() else {
        return;
    };
    if file.write_all(bytes).is_err() {
        return;
    }
    let Ok(format) = detect_failing(file.path()) else {
        return;
    };
    if format == Format::Pdf {
        return;
    }
    if let Ok(mut document) = formats::open(file.path(), format) {
        let done = document.units(1, &[], &mut |page| {
            for block in &page.blocks {
                assert!(page.text.get(block.start as usize..block.end as usize).is_some());
            }
            Ok(())
        });
        drop(done);
    }
}

/// Lays out a page that these bytes tell of: lines of words, rules and boxes, six bytes each and the letters behind.
///
/// # Panics
/// When a word is lost, or an offset, box or quote is wrong: that is what a fuzzer looks for.
pub fn layout(bytes: &[u8]) {
    /// More are not needed to break a rule, and cost time.
    const MOST: usize = 120;
    let (mut written, mut level, mut upright, mut boxes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut rest = bytes;
    while let [kind, x, y, wide, high, looks, more @ ..] = rest {
        let (x, y) = (f32::from(*x) * 2.5 - 10.0, f32::from(*y) * 3.2 - 10.0);
        let (wide, high) = (f32::from(*wide) * 2.5, f32::from(*high) * 3.2);
        let area: Ruled = (x, y, x + wide, y + high);
        rest = more;
        match kind % 8 {
            0 => level.push((x, y, x + wide, y + 0.5)),
            1 => upright.push((x, y, x + 0.5, y + high)),
            2 => boxes.push(area),
            _ => {
                let end = more.iter().position(|it| *it == b'\n').unwrap_or(more.len());
                let text = String::from_utf8_lossy(&more[..end]);
                rest = more.get(end + 1..).unwrap_or_default();
                let size = [10.0, 8.0, 12.0, 18.0][usize::from(kind / 8 % 4)];
                let words = text.split_whitespace().enumerate().map(|(at, word)| {
                    let is = |bit: usize| looks.rotate_left(at as u32) >> (bit % 8) & 1 == 1;
                    let letters = Letters {
                        bold: is(0),
                        italic: is(1),
                        math: is(2) && is(3),
                        fixed: is(3) && is(4),
                        raised: is(4) && is(5),
                        marked: is(5) && is(6),
                        hyphen: is(6) && is(7),
                    };
                    (word.to_owned(), letters)
                });
                written.push(Written { x, top: y, size, turn: kind / 32, space: wide / 600.0, words: words.collect() });
            }
        }
        if written.len() + level.len() + upright.len() + boxes.len() >= MOST {
            break;
        }
    }
    sketch::check(&written, &level, &upright, &boxes);
}
