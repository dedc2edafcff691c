//! Search in texts of people: which words are looked for, how FTS5 is asked for them, and where they stand.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use specta::Type;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::passages::{is_unspaced, pairs, parted};

/// Letters of an excerpt before the word that was found, and in all.
const BEFORE: usize = 40;
const LENGTH: usize = 200;

/// A run of text, with or without words that were looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TextRun {
    /// The text.
    pub text: String,
    /// Whether it was looked for.
    pub found: bool,
}

/// A text as an FTS5 table takes it in, whose tokenizer parts words at spaces.
pub(crate) fn as_indexed(text: &str) -> Cow<'_, str> {
    parted(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The query in FTS5's language: all of its words, each in quotation marks so that none is an operator. None without
/// a word.
pub(crate) fn expression(query: &str) -> Option<String> {
    expression_begun(query, 1)
}

/// The same, whose last word is looked for as the beginning of others only from so many letters on.
pub(crate) fn expression_begun(query: &str, least: usize) -> Option<String> {
    let mut terms: Vec<String> = Vec::new();
    for word in words(query) {
        if word.starts_with(is_unspaced) {
            // Letters of such a script are indexed in pairs; a single one begins a pair.
            let single = word.chars().count() == 1;
            terms.extend(pairs(&word).map(|pair| format!("\"{}\"{}", &word[pair], if single { " *" } else { "" })));
        } else {
            terms.push(format!("\"{word}\""));
        }
    }
    if query.ends_with(char::is_alphanumeric)
        && let Some(last) = terms.last_mut().filter(|last| last.ends_with('"') && last.chars().count() >= least + 2)
    {
        last.push_str(" *");
    }
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// The words of a query in lower case; runs of scripts without spaces stand for themselves.
pub(crate) fn words(query: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for letter in query.chars() {
        let kind = letter.is_alphanumeric().then(|| is_unspaced(letter));
        if let Some(word) = words.last_mut().filter(|_| kind.is_some() && kind == before) {
            word.extend(letter.to_lowercase());
        } else if kind.is_some() {
            words.push(letter.to_lowercase().collect());
        }
        before = kind;
    }
    words
}

/// The places of `words` in a text, whole words that begin alike among them, as the index finds them by their stems.
pub(crate) fn places(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, letter.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let found = plain(&text[from..at]);
                if words.iter().any(|word| is_alike(&found, &plain(word))) {
                    places.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    places
}

/// A word as the index compares it: in lower case, Latin letters without the marks over them.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut is_latin = false;
    let bare = word.nfd().filter(|letter| {
        let is_mark = is_combining_mark(*letter);
        is_latin = if is_mark { is_latin } else { letter.is_ascii_alphabetic() };
        !(is_mark && is_latin)
    });
    bare.nfc().flat_map(char::to_lowercase).collect()
}

/// Whether a word of a text is one that is looked for: it begins with it, or differs in its ending alone.
fn is_alike(word: &str, wanted: &str) -> bool {
    if wanted.starts_with(is_unspaced) {
        return word.contains(wanted);
    }
    let ending = |word: &str| word.chars().count().saturating_sub(3).max(3);
    let beginning: String = wanted.chars().take(ending(wanted)).collect();
    word.starts_with(wanted) || (wanted.starts_with(word) && word.starts_with(&beginning))
}

/// The text cut into what was looked for and what was not.
pub(crate) fn runs(text: &str, words: &[String]) -> Vec<TextRun> {
    let mut parts = Vec::new();
    let mut end = 0;
    let mut push = |range: Range<usize>, found| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            parts.push(TextRun { text: text.to_owned(), found });
        }
    };
    for place in places(text, words) {
        push(end..place.start, false);
        end = place.end;
        push(place, true);
    }
    push(end..text.len(), false);
    parts
}

/// A text on one line from a little before the first word that was looked for.
pub(crate) fn excerpt(text: &str, words: &[String]) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = places(&line, words).first().map_or(0, |place| place.start);
    let before = line[..first].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    // Whole words.
    let start = if before == 0 { 0 } else { line[before..first].find(' ').map_or(first, |space| before + space + 1) };
    let rest = &line[start..];
    let (shown, cut) = match rest.char_indices().nth(LENGTH) {
        Some((end, _)) => (&rest[..rest[..end].rfind(' ').unwrap_or(end)], "…"),
        None => (rest, ""),
    };
    let opening = if start == 0 { "" } else { "…" };
    format!("{opening}{shown}{cut}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_words_and_nothing_else() {
        assert_eq!(expression("cells AND \"x* NEAR("), Some(r#""cells" AND "and" AND "x" AND "near""#.into()));
        assert_eq!(expression("photo"), Some(r#""photo" *"#.into()));
        assert_eq!(expression(" ?! "), None);
        assert_eq!(expression("光合作用"), Some(r#""光合" AND "合作" AND "作用" *"#.into()));
    }

    #[test]
    fn what_was_looked_for_is_marked_with_its_endings() {
        let marked = |text: &str, query: &str| {
            let found = runs(text, &words(query));
            found
                .iter()
                .map(|part| if part.found { format!("<{}>", part.text) } else { part.text.clone() })
                .collect::<String>()
        };
        assert_eq!(marked("Cells divide; a cell grows.", "cell"), "<Cells> divide; a <cell> grows.");
        assert_eq!(marked("Only one cell.", "cells"), "Only one <cell>.");
        assert_eq!(marked("The cat sat.", "category"), "The cat sat.");
        assert_eq!(marked("植物の光合作用", "光合"), "<植物の光合作用>");
    }

    #[test]
    fn an_excerpt_begins_a_little_before_the_word() {
        let text = format!("{}osmosis moves water.\n\nIt is slow.", "Many words stand before it. ".repeat(20));
        let found = excerpt(&text, &words("osmosis"));
        assert!(found.starts_with('…') && found.ends_with("osmosis moves water. It is slow."), "{found}");
        assert!(found.find("osmosis").is_some_and(|at| at < BEFORE + 8), "{found}");
        let long = excerpt(&"word ".repeat(200), &words("nothing"));
        assert!(long.ends_with("word…") && long.chars().count() <= LENGTH + 1, "{long}");
    }
}
