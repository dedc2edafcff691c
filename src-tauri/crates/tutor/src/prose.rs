//! How sentences of any script end, and how much they say.

use std::sync::LazyLock;

use library::passages::is_unspaced;
use regex::Regex;

/// Sentences of fewer letters and digits than this prove nothing that can be checked.
const SHORTEST: usize = 20;

/// A letter of a script without spaces between words stands for about half a word, and so for two letters of others.
const UNSPACED: usize = 2;

/// The mark at the end, and what may close a sentence behind it: quotes and brackets. By Unicode's own properties
/// (Sentence_Terminal, and Sentence_Break of UAX 29), so that no script has to be thought of here. An ellipsis ends a
/// sentence as well; colons and semicolons end what a list or a quote goes on from.
static ENDING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([\p{Sentence_Terminal}…:;：；])[\p{Sentence_Break=Close}\s]*$").ok());

/// The mark that a text ends with, apart from the quotes and brackets that it closes.
fn mark(text: &str) -> Option<&str> {
    Some(ENDING.as_ref()?.captures(text)?.get(1)?.as_str())
}

/// Whether a text ends as a sentence does, a question included, or with what leads on to a list or a quote.
pub(crate) fn ends_whole(text: &str) -> bool {
    mark(text).is_some()
}

/// Whether a text ends with a question mark: Latin, full width, Arabic, Armenian, Ethiopic, doubled, small. Unicode has
/// no property for them; the Greek one can't be told from a semicolon.
pub(crate) fn asks(text: &str) -> bool {
    mark(text).is_some_and(|mark| matches!(mark, "?" | "？" | "؟" | "՞" | "፧" | "⁇" | "⁈" | "﹖"))
}

/// Whether a text has enough letters to prove something.
pub(crate) fn tells(text: &str) -> bool {
    let weights = text.chars().filter(|it| it.is_alphanumeric()).map(|it| if is_unspaced(it) { UNSPACED } else { 1 });
    weights.sum::<usize>() >= SHORTEST
}

/// `text` so that no reader of Markdown makes a link, a picture or a tag of what it quotes, in the same letters.
pub(crate) fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        out.push(letter);
        let opens = match (letter, rest.peek()) {
            (']', Some('(' | ':' | '[')) | ('!', Some('[')) => true,
            ('<', Some(next)) => next.is_alphabetic() || matches!(next, '/' | '!' | '?'),
            _ => false,
        };
        if opens {
            out.push(' ');
        }
    }
    out
}

/// A word joiner: no one sees it, and a bracket before it begins no marker.
const JOINER: char = '\u{2060}';

/// `text` so that the numbers in brackets that it has of its own, as in "was found [3, 4]", are no markers of an answer.
pub(crate) fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        out.push(letter);
        if letter == '[' && rest.peek().is_some_and(char::is_ascii_digit) {
            out.push(JOINER);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_markup_makes_no_link_picture_or_tag() {
        for (text, expected) in [
            ("See [this](http://x.example/a).", "See [this] (http://x.example/a)."),
            ("![a][b]", "! [a] [b]"),
            ("[b]: http://x.example", "[b] : http://x.example"),
            ("<http://x.example> <img src=x> </p>", "< http://x.example> < img src=x> < /p>"),
            ("a < b, a[1] and 3 <4 [2]", "a < b, a[1] and 3 <4 [2]"),
        ] {
            assert_eq!(unlinked(text), expected);
        }
    }

    #[test]
    fn numbers_in_brackets_of_a_quote_are_no_markers() {
        assert_eq!(unmarked("Found [12] by [a] him [3, 4]."), "Found [\u{2060}12] by [a] him [\u{2060}3, 4].");
        assert_eq!(unmarked("x[0] and ["), "x[\u{2060}0] and [");
    }

    #[test]
    fn sentences_of_any_script_end_with_their_own_marks() {
        for whole in [
            "Water boils.",
            "“Water (boils!)”",
            "He asked: ‘Why …’",
            "水在一百度沸腾。",
            "「水は百度で沸騰する。」",
            "（水は沸騰する！）",
            "पानी उबलता है।",
            "الماء يغلي؟",
            "Ջուրը եռում է։",
            "以下の通り：",
        ] {
            assert!(ends_whole(whole), "{whole}");
        }
        for open in ["Water boils", "Water, (salt)", "水在一百度沸腾", "水、", ""] {
            assert!(!ends_whole(open), "{open}");
        }
    }

    #[test]
    fn questions_are_told_from_statements() {
        for question in ["Why?", "“Why?”", "为什么？", "「なぜですか？」", "لماذا؟"] {
            assert!(asks(question), "{question}");
        }
        assert!(!asks("水在一百度沸腾。") && !asks("Why? Because.") && !asks("Why"));
    }

    #[test]
    fn few_letters_of_scripts_without_spaces_say_as_much() {
        assert!(tells("渗透是水穿过半透膜的运动。") && tells("Water boils at a hundred degrees."));
        assert!(!tells("见下图。") && !tells("See figure 3 below."));
    }
}
