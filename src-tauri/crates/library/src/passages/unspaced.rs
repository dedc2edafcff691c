//! Scripts that put no spaces between words, for the keyword index.
//!
//! A run of their letters is indexed by its overlapping pairs: 光合作用 as 光合, 合作, 作用. Any word of two letters or
//! more is then found wherever it stands, without a dictionary that would have to know it, or that could cut a
//! question otherwise than a text; for Chinese and Japanese pairs find about as well as words do (Nie, Gao, Zhang and
//! Zhou, *On the use of words and n-grams for Chinese information retrieval*, 2000; Lucene's CJKBigramFilter does the
//! same). Behind the pairs the last letter stands alone, so that each letter begins one of the terms and can be looked
//! for as a prefix. Korean has spaces and is left as it is.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a letter belongs to a script without spaces between words: Han, Kana, Bopomofo, Thai, Lao, Burmese, Khmer.
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        // Thai and Lao, without digits and signs.
        '\u{0e01}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e4e}' | '\u{0e81}'..='\u{0ece}' | '\u{0edc}'..='\u{0edf}'
        // Burmese and Khmer.
        | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{108f}' | '\u{1780}'..='\u{17d3}' | '\u{17dc}' | '\u{17dd}'
        // Signs of repetition, Hiragana, Katakana, Bopomofo.
        | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}' | '\u{303b}' | '\u{3041}'..='\u{309f}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{ff66}'..='\u{ff9f}'
        // Han.
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The overlapping pairs of letters of a run, as byte ranges; the run itself where it is a single letter. A letter has
/// its combining marks with it.
pub fn pairs(run: &str) -> impl Iterator<Item = Range<usize>> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, letter) in run.char_indices() {
        if starts.is_empty() || !is_combining_mark(letter) {
            starts.push(at);
        }
    }
    starts.push(run.len());
    let single = (starts.len() == 2).then_some(0..run.len());
    let pairs: Vec<Range<usize>> = starts
        .iter()
        .zip(starts.iter().skip(2))
        .map(|(start, end)| *start..*end)
        .chain(single)
        .filter(|pair| !pair.is_empty())
        .collect();
    pairs.into_iter()
}

/// The text as the keyword index takes it in: every run of such letters parted. None where there is no such letter, so
/// that the text itself will do.
pub(crate) fn parted(text: &str) -> Option<String> {
    if text.is_ascii() || !text.contains(is_unspaced) {
        return None;
    }
    let mut parted = String::with_capacity(2 * text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_unspaced) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter| !is_unspaced(letter) && !is_combining_mark(letter)).unwrap_or(from.len());
        let (run, behind) = from.split_at(end);
        parted.push_str(before);
        let mut last = 0..0;
        for pair in pairs(run) {
            parted.push(' ');
            parted.extend(run[pair.clone()].nfc());
            last = pair;
        }
        // The last letter: what remains of the last pair behind its first.
        let marks = |it: &(usize, char)| it.0 > 0 && !is_combining_mark(it.1);
        if let Some((at, _)) = run[last.clone()].char_indices().find(marks) {
            parted.push(' ');
            parted.extend(run[last.start + at..].nfc());
        }
        parted.push(' ');
        rest = behind;
    }
    parted.push_str(rest);
    Some(parted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs_of(run: &str) -> Vec<&str> {
        pairs(run).map(|pair| &run[pair]).collect()
    }

    #[test]
    fn a_run_is_parted_into_pairs() {
        assert_eq!(pairs_of("光合作用"), ["光合", "合作", "作用"]);
        assert_eq!(pairs_of("水"), ["水"]);
        assert_eq!(pairs_of(""), [""; 0]);
        // A mark stays with its letter.
        assert_eq!(pairs_of("か\u{3099}く"), ["か\u{3099}く"]);
    }

    #[test]
    fn only_scripts_without_spaces_are_parted() {
        assert_eq!(parted("Photosynthesis in naïve cells, фотосинтез, 광합성"), None);
        assert_eq!(parted("DNA複製は3月").as_deref(), Some("DNA 複製 製は は 3 月 "));
        assert_eq!(parted("水。").as_deref(), Some(" 水 。"));
        // Composed as a question is.
        assert_eq!(parted("か\u{3099}く").as_deref(), Some(" がく く "));
    }

    proptest! {
        #[test]
        fn every_letter_begins_a_term(text in "[a-z 。、ぁ-ゖァ-ヺ一-丿ก-ฮ]{0,40}") {
            let indexed = parted(&text).unwrap_or_else(|| text.clone());
            let terms: Vec<&str> = indexed.split_whitespace().collect();
            let letters = text.chars().filter(|it| is_unspaced(*it)).count();
            let first = |it: &&&str| it.chars().next().is_some_and(is_unspaced);
            prop_assert_eq!(terms.iter().filter(first).count(), letters);
            prop_assert!(terms.iter().filter(first).all(|it| it.chars().count() <= 2));
        }
    }
}
