//! The gaps of a cloze text: `{{c1::words}}`, or `{{c1::words::hint}}`, as Anki writes them.

use std::collections::BTreeSet;

/// Most gaps that a text can number, and most of its beginnings of gaps that are looked at.
const MOST: u16 = 500;
/// Gaps stand in gaps so deep, and deeper ones are text.
const DEEPEST: u8 = 4;

/// A part of a cloze text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words that are always shown.
    Text(&'a str),
    /// Words that are asked for by the card of this number.
    Gap {
        /// From 1.
        number: u16,
        /// What stands in the gap; may hold gaps of its own.
        words: Vec<Piece<'a>>,
        /// What is shown in its place.
        hint: Option<&'a str>,
    },
}

/// The parts of a text, in order. What opens a gap and doesn't close it is text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    pieces_at(text, 0)
}

fn pieces_at(text: &str, depth: u8) -> Vec<Piece<'_>> {
    let mut rest = text;
    let mut pieces = Vec::new();
    let mut plain_from = text;
    for _ in 0..MOST {
        let Some(at) = rest.find("{{c").filter(|_| depth < DEEPEST) else { break };
        match gap(&rest[at..], depth) {
            Some((piece, length)) => {
                let plain = plain_from.len() - rest.len() + at;
                push_text(&mut pieces, &plain_from[..plain]);
                pieces.push(piece);
                rest = &rest[at + length..];
                plain_from = rest;
            }
            None => rest = &rest[at + 3..],
        }
    }
    push_text(&mut pieces, plain_from);
    pieces
}

/// The numbers of a text's gaps: one card each.
pub fn numbers(text: &str) -> BTreeSet<u16> {
    fn collect(pieces: &[Piece<'_>], into: &mut BTreeSet<u16>) {
        for piece in pieces {
            if let Piece::Gap { number, words, .. } = piece {
                into.insert(*number);
                collect(words, into);
            }
        }
    }
    let mut numbers = BTreeSet::new();
    collect(&pieces(text), &mut numbers);
    numbers
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// The gap that a text begins with, and its length.
fn gap(text: &str, depth: u8) -> Option<(Piece<'_>, usize)> {
    let (number, inner) = text.strip_prefix("{{c")?.split_once("::")?;
    let number: u16 = number.parse().ok().filter(|number| (1..=MOST).contains(number))?;
    let close = closing(inner)?;
    let start = text.len() - inner.len();
    let (words, hint) = match outermost_colons(&inner[..close]) {
        Some(at) => (&inner[..at], Some(&inner[at + 2..close])),
        None => (&inner[..close], None),
    };
    Some((Piece::Gap { number, words: pieces_at(words, depth + 1), hint }, start + close + 2))
}

/// Where the braces close that were open before the text began. Braces of a formula come in pairs of their own.
fn closing(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = 0_u32;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => open += 1,
            b'}' if open > 0 => open -= 1,
            b'}' if bytes.get(at + 1) == Some(&b'}') => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The two colons before the hint: those that stand in no gap within.
fn outermost_colons(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open = 0_u32;
    for at in 0..bytes.len() {
        match bytes[at] {
            b'{' => open += 1,
            b'}' => open = open.saturating_sub(1),
            b':' if open == 0 && bytes.get(at + 1) == Some(&b':') => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Piece::{Gap, Text};
    use super::*;

    #[test]
    fn gaps_have_numbers_words_and_hints() {
        let found = pieces("{{c1::Water}} moves by {{c2::osmosis::how?}}.");
        let gap = |number, words, hint| Gap { number, words: vec![Text(words)], hint };
        assert_eq!(found, [gap(1, "Water", None), Text(" moves by "), gap(2, "osmosis", Some("how?")), Text(".")]);
    }

    #[test]
    fn braces_of_a_formula_and_gaps_in_gaps_are_kept_apart() {
        assert_eq!(
            pieces(r"It is {{c1::$\frac{a}{b^{2}}$}}"),
            [Text("It is "), Gap { number: 1, words: vec![Text(r"$\frac{a}{b^{2}}$")], hint: None }]
        );
        let nested = "{{c1::The {{c2::left::side}} half}}";
        assert_eq!(numbers(nested), [1, 2].into());
        assert!(matches!(&pieces(nested)[..], [Gap { number: 1, hint: None, words }] if words.len() == 3));
    }

    #[test]
    fn what_is_no_gap_is_text() {
        for text in ["{{c1::open", "{{c0::none}}", "{{cx::y}}", "{{c1:one}}", "{{c9999::many}}", "plain }} {{"] {
            assert_eq!(pieces(text), [Text(text)], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_apart_and_loses_nothing(text in r"(\{\{c1::|\}\}|::|\{|\}|c2|[a-zé ]){0,20}") {
            fn written(pieces: &[Piece<'_>]) -> String {
                pieces.iter().map(|piece| match piece {
                    Text(text) => (*text).to_owned(),
                    Gap { number, words, hint } => {
                        let hint = hint.map(|hint| format!("::{hint}")).unwrap_or_default();
                        format!("{{{{c{number}::{}{hint}}}}}", written(words))
                    }
                }).collect()
            }
            proptest::prop_assert_eq!(written(&pieces(&text)), text);
        }
    }
}
