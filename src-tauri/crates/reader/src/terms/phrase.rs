//! Which words can be a term.

use std::ops::Range;

use super::MOST_WORDS;

/// Words that stand before a term and are no part of it.
const ARTICLES: &[&str] =
    &["a", "an", "the", "der", "die", "das", "den", "dem", "ein", "eine", "einen", "einem", "einer", "sebuah", "suatu"];

/// Words that no term begins or ends with, and most of them are in none: with one of them it is a clause.
const NO_TERM: &[&str] = &[
    // English
    "i",
    "you",
    "he",
    "she",
    "it",
    "we",
    "they",
    "this",
    "that",
    "these",
    "those",
    "there",
    "here",
    "what",
    "which",
    "who",
    "whom",
    "whose",
    "when",
    "where",
    "why",
    "how",
    "one",
    "another",
    "other",
    "others",
    "some",
    "many",
    "most",
    "all",
    "each",
    "every",
    "both",
    "if",
    "because",
    "although",
    "while",
    "since",
    "so",
    "but",
    "or",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "have",
    "had",
    "do",
    "does",
    "did",
    "can",
    "could",
    "may",
    "might",
    "will",
    "would",
    "should",
    "must",
    "not",
    "also",
    "then",
    "thus",
    "however",
    "such",
    "their",
    "its",
    "his",
    "her",
    "your",
    "our",
    "my",
    "them",
    "him",
    "us",
    "me",
    "first",
    "second",
    "third",
    "next",
    "following",
    "example",
    "as",
    "than",
    "very",
    "more",
    "less",
    "result",
    "answer",
    "reason",
    "problem",
    "goal",
    "purpose",
    "point",
    "figure",
    "table",
    "chapter",
    "section", // German
    "er",
    "sie",
    "es",
    "wir",
    "dies",
    "dieser",
    "diese",
    "dieses",
    "welche",
    "welcher",
    "welches",
    "wenn",
    "weil",
    "dass",
    "nicht",
    "ist",
    "sind",
    "war",
    "waren",
    "man",
    "hier",
    "dort",
    "auch", // Indonesian
    "ini",
    "itu",
    "yang",
    "dia",
    "mereka",
    "kita",
    "kami",
    "ia",
    "adalah",
    "tidak",
    "juga",
];

/// Words that stand in a term, never at its ends.
const INSIDE: &[&str] = &[
    "of", "in", "for", "to", "and", "on", "by", "with", "at", "from", "the", "among", "between", "during", "after",
    "before", "under", "within", "through", "into", "about", "von", "der", "und", "dan",
];

fn folded(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn is_article(word: &str) -> bool {
    ARTICLES.contains(&folded(word).as_str())
}

/// Whether the words of a phrase, article and quotation marks taken off, can be a term.
pub(super) fn is_term(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(folded).collect();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let at_ends = |word: &String| word.is_empty() || INSIDE.contains(&word.as_str());
    letters >= 2
        && words.len() <= MOST_WORDS
        && text.len() <= 90
        && !text.contains(['=', '\t', '\n', '|', '_', '@', '?', '!', ';', '—'])
        && !at_ends(first)
        && !at_ends(last)
        && !words.iter().any(|word| NO_TERM.contains(&word.as_str()))
}

/// The range without white space, quotation marks, marks at its ends and a leading article. A bracket at its end that
/// closes one in it stays: see [`without_brackets`].
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    const MARKS: &str = "“”\"‘’'«»„‚(),.:;—–-";
    let is_mark = |c: char| c.is_whitespace() || MARKS.contains(c);
    let mut range = range;
    loop {
        let part = &text[range.clone()];
        let start = range.start + (part.len() - part.trim_start_matches(is_mark).len());
        let mut end = (range.start + part.trim_end_matches(is_mark).len()).max(start);
        let inner = &text[start..end];
        if inner.matches('(').count() > inner.matches(')').count() && text[end..].starts_with(')') {
            end += 1;
        }
        range = start..end;
        let first = text[range.clone()].split_whitespace().next().unwrap_or("");
        if is_article(first) && first.len() < range.len() {
            range.start += first.len();
        } else {
            return range;
        }
    }
}

/// The range without what stands in brackets at its end: "rapid eye movement (REM)".
pub(super) fn without_brackets(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text[range.clone()].trim_end();
    match part.ends_with(')').then(|| part.rfind('(')).flatten() {
        Some(open) if open > 0 => range.start..range.start + part[..open].trim_end().len(),
        _ => range,
    }
}

/// The phrase at the start of `text[from..end]` that can be a term: up to a mark or a word that no term has.
pub(super) fn leading(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    const ENDS: &[&str] =
        &["and", "in", "for", "by", "to", "with", "from", "at", "on", "und", "dan", "untuk", "dengan", "oleh"];
    let part = &text[from..end];
    let mut taken = 0;
    let mut at = 0;
    for word in part.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let lower = folded(bare);
        let ends_before = !(taken == 0 && is_article(bare))
            && (NO_TERM.contains(&lower.as_str())
                || ENDS.contains(&lower.as_str())
                || bare.starts_with(['(', '—', '–']));
        if ends_before {
            break;
        }
        at += word.len();
        taken = at - (word.len() - bare.len());
        if bare.ends_with([',', '.', ';', ':', ')', '”', '"', '?', '!', '—', '–']) {
            break;
        }
    }
    let range = trimmed(text, from..from + taken);
    (!range.is_empty()).then_some(range)
}
