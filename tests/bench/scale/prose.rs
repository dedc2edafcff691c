//! Text whose words are as common and as rare as those of real books.

use std::fmt::Write;

use seeded::Random;

/// Words that every book uses, and words of which each book has its own.
const COMMON: usize = 12_000;
const SPECIAL: usize = 60_000;
const OF_A_BOOK: usize = 2_000;
/// Words of a passage, and of a sentence.
const PASSAGE: usize = 130;
const SENTENCE: usize = 18;
/// Zipf's law with Mandelbrot's shift, and an exponent of 1.
const SHIFT: f32 = 40.0;

/// Words that say nothing: nearly half of a text.
const STOP_WORDS: [&str; 16] =
    ["the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on"];

/// A book of passages.
///
/// The numbers above were chosen to give the shares of passages in which a question's words stand (its stop words apart)
/// as a textbook of psychology has them: one word in ten in more than 11 of 100 passages, one in four in more than 6, half
/// of them in more than 2.
pub(crate) struct Book {
    random: Random,
    special: Vec<usize>,
}

impl Book {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let special = (0..OF_A_BOOK).map(|_| COMMON + random.below(SPECIAL)).collect();
        Self { random, special }
    }

    /// The next passage.
    pub(crate) fn passage(&mut self) -> String {
        let mut text = String::new();
        // A section is about a few of the book's words.
        let topic: Vec<usize> = (0..8).map(|_| self.special[zipf(&mut self.random, OF_A_BOOK)]).collect();
        for place in 0..PASSAGE {
            match place % SENTENCE {
                0 if place > 0 => text.push_str(". "),
                0 => {}
                _ => text.push(' '),
            }
            match self.random.below(100) {
                0..45 => text.push_str(STOP_WORDS[self.random.below(STOP_WORDS.len())]),
                45..80 => word(&mut text, zipf(&mut self.random, COMMON)),
                80..92 => word(&mut text, self.special[zipf(&mut self.random, OF_A_BOOK)]),
                _ => word(&mut text, topic[self.random.below(topic.len())]),
            }
        }
        text.push('.');
        text
    }
}

/// A place below `end`, the first ones the most often.
fn zipf(random: &mut Random, end: usize) -> usize {
    // The inverse of the distribution's integral.
    let whole = ((end as f32 + SHIFT) / SHIFT).ln();
    let place = SHIFT * (random.share() * whole).exp() - SHIFT;
    (place as usize).min(end - 1)
}

/// The word of a number: syllables that no stemmer knows an ending among.
fn word(text: &mut String, number: usize) {
    const BEGIN: [&str; 16] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "t", "v", "z", "st", "tr", "pl"];
    const VOWEL: [&str; 4] = ["a", "o", "u", "i"];
    let mut rest = number;
    for _ in 0..3 {
        text.push_str(BEGIN[rest % BEGIN.len()]);
        rest /= BEGIN.len();
        text.push_str(VOWEL[rest % VOWEL.len()]);
        rest /= VOWEL.len();
    }
    let _ = write!(text, "k");
}
