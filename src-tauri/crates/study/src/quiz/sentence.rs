//! Which sentences are worth asking about: whole ones that stand alone and say something of the subject.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
use retrieval::{fold, words};

/// As many words as a sentence has that can be taken in at once and says enough.
const WORDS: std::ops::RangeInclusive<usize> = 7..=42;

/// Longer sentences are lists that were not cut.
const MOST: usize = 70;

/// Words that a sentence opens with which goes on from the one before, or counts something of it.
static OPENINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "this that these those such it its they their he his she her him hers them we our us you your i my me who whom \
     whose which what here there however thus therefore hence also additionally moreover furthermore besides but and \
     or nor so yet because since although though while whereas when whenever if unless instead then next finally \
     first firstly second secondly third lastly likewise similarly conversely rather indeed still meanwhile otherwise \
     nevertheless nonetheless another other others both each some one two three four several many most few all \
     neither either today now recently later earlier afterward afterwards after before again even just only perhaps \
     maybe once sometimes often usually typically generally specifically particularly importantly interestingly \
     fortunately unfortunately surprisingly consequently accordingly eventually subsequently ultimately overall \
     consider imagine suppose recall remember notice note think see let try ask as like unlike for to with without \
     not yes no more less further same similar different certain given despite under over on at by from of into \
     within among between during through about around above below please why how where browse \
     listen visit explore read watch click learn find check view initially follow"
        .split_whitespace()
        .collect()
});

/// Words that point out of the sentence, speak to somebody, or tell of one case.
static POINTING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "this these he she him his her hers himself herself i me my you your yours yourself here above below former latter \
     following previous aforementioned preceding figure figures table chapter section exercise appendix page example \
     examples instance e.g textbook quiz mentioned shown illustrated depicted earlier let's remember imagine suppose"
        .split_whitespace()
        .collect()
});

/// Words that stand for something named before, where nothing in the sentence has been named yet.
const STANDING_FOR: [&str; 8] = ["it", "its", "they", "their", "them", "itself", "themselves", "such"];
/// After so many words something has been named.
const NAMED: usize = 4;

/// What else a sentence has that can't be printed alone: links, formulas, words of reference.
static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) \[\s*\] | https?: | www\. | [?!…|=<>{}\\_@\u{2022}\u{fffd}] | \bet\ al\b | \bas\ \. | \bin\ \.
            | \s[.,;:] | \.\.\. | \b\d+\.\d+\.\d+ | ^\W*\d | \bthe\ authors?\b
            | \bin\ (?:this|that|these|such|one|another)\b | \b(?:this|these|those)\ (?:is|are|was|were)\b
            | \bthat\ (?:same|time|day|year|point|moment|case)\b | \b(?:for|as)\ (?:example|instance)\b | \bdo\ so\b
            | \bthe\ (?:same|first|second|third|other|next|last|two|three)\ (?:kind|type|of\ the|one|ones|step|stage|part|way|method|group)\b
            | \b(?:it|that|there|what|let|he|she|who|here)[’']s\b | n[’']t\b | [’'](?:ll|ve|re|d|m)\b
            | \b(?:graph|diagram|chart|photo|photograph|picture|image)\b | \bin\ (?:shows?|depicts|illustrates|is|are|was)\b
            | ^The\ (?:first|second|third|fourth|fifth|sixth|last|next|final|other|remaining|previous|two|three|four)\b
            | (?:\b(?:of|on|at|from|by|with|for|to|during|after|before)|\d)\ that\ \w
            | \bthere\ (?:is|are|was|were)\b | \b(?:is|are|was|were)\ (?:an)?other\b | \bdoing\ so\b | \bis\ when\b | \b(?:discussed|described|explained|covered|introduced|treated)\ (?:later|earlier|above|below|previously|next|elsewhere|in\ (?:detail|more))\b | \([a-e]\) | \bthe\ other\b | \bboth\ (?:of|are|were)\b",
    )
    .ok()
});

/// Whether a sentence is worth asking about.
pub(super) fn is_worth_asking(text: &str) -> bool {
    let count = words(text).count();
    WORDS.contains(&count) && is_whole(text) && stands_alone(text)
}

/// Whether a text is a whole sentence of the subject that opens a thought, so that a part of it may be asked about.
pub(super) fn is_whole(text: &str) -> bool {
    let first = words(text).next().map(|(_, word)| fold(word).into_owned()).unwrap_or_default();
    text.chars().next().is_some_and(char::is_uppercase)
        && text.ends_with('.')
        && text.split_whitespace().count() <= MOST
        && (!OPENINGS.contains(first.as_str()) || sets_the_field(text))
        && !tutor::points_elsewhere(text)
        && !is_shouted(text)
}

/// Whether a text needs nothing around it to be understood: the part of a sentence that is asked for, or all of it.
pub(super) fn stands_alone(text: &str) -> bool {
    let all: Vec<String> = words(text).map(|(_, word)| fold(word).into_owned()).collect();
    let points = all.iter().any(|word| POINTING.contains(word.as_str()));
    let unnamed = all.iter().take(NAMED).any(|word| STANDING_FOR.contains(&word.as_str()));
    let odd = MARKS.as_ref().is_none_or(|marks| marks.is_match(text));
    !points && !unnamed && !odd && is_balanced(text) && !is_said(text)
}

/// A source in brackets: "(Miller, 2003)".
static SOURCE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\([^)]*\b(?:1[5-9]|20)\d\d[a-z]?\)").ok());

/// Whether a sentence says how things are, rather than how they may be or what somebody found.
pub(super) fn is_plain(text: &str) -> bool {
    const HEDGES: &[&str] = &[
        "may",
        "might",
        "could",
        "can",
        "would",
        "should",
        "some",
        "many",
        "several",
        "often",
        "sometimes",
        "usually",
        "generally",
        "typically",
        "probably",
        "perhaps",
        "likely",
        "research",
        "studies",
        "study",
        "suggest",
        "suggests",
        "suggested",
        "found",
        "believe",
        "believes",
        "believed",
        "argue",
        "argues",
        "argued",
        "think",
        "thinks",
        "important",
        "useful",
        "helpful",
        "common",
        "popular",
        "dramatically",
        "increasingly",
        "difficult",
        "film",
        "depicts",
        "shows",
        "documentary",
        "website",
        "movie",
        "thought",
        "also",
        "other",
        "we",
        "us",
        "our",
        "ours",
        "participants",
        "participant",
        "subjects",
        "respondents",
        "researcher",
        "researchers",
        "author",
        "authors",
        "described",
        "discussed",
        "noted",
        "said",
        "says",
        "seems",
        "appears",
        "tend",
        "tends",
        "well",
        "simply",
        "really",
        "quite",
        "not",
    ];
    let sourced = SOURCE.as_ref().is_none_or(|source| source.is_match(text));
    !sourced && !words(text).any(|(_, word)| HEDGES.contains(&&*fold(word)))
}

/// "In economics, …": what the sentence is about, rather than a link to the one before.
fn sets_the_field(text: &str) -> bool {
    let Some((opening, rest)) = text.split_once(", ") else { return false };
    let mut words = opening.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    const NO_FIELD: [&str; 17] = [
        "this", "that", "these", "those", "such", "fact", "other", "contrast", "addition", "general", "turn", "many",
        "some", "most", "one", "another", "the",
    ];
    let is_field = !NO_FIELD.contains(&second) && !second.is_empty() && words.count() < 3;
    first == "In" && is_field && rest.split_whitespace().count() >= *WORDS.start()
}

/// Whether a text has somebody's words in it, rather than a name or an expression in quotation marks.
fn is_said(text: &str) -> bool {
    const SAID: [&str; 8] = [", “", ": “", ".”", ",”", "“I ", "said", "\"", "«"];
    SAID.iter().any(|mark| text.contains(mark)) || text.contains('„')
}

/// Whether brackets and quotation marks open and close in it.
fn is_balanced(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    count('(') == count(')') && count('“') == count('”') && count('[') == count(']') && count('‘') <= count('’')
}

/// Whether several words in a row are in capitals, as in headings that were taken for text.
fn is_shouted(text: &str) -> bool {
    let capitals = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 2 && word == word.to_uppercase();
    let mut run = 0;
    text.split_whitespace().any(|word| {
        run = if capitals(word) { run + 1 } else { 0 };
        run >= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_statement_of_the_subject_is_worth_asking() {
        for text in [
            "Osmosis is the movement of water through a membrane.",
            "In economics, scarcity means that wants exceed what the land can give.",
            "The treaty of 1648 ended thirty years of war in the Empire.",
        ] {
            assert!(is_worth_asking(text), "{text}");
        }
    }

    #[test]
    fn what_leans_on_its_neighbours_or_on_a_picture_is_not() {
        for text in [
            "This is the movement of water through a membrane.",
            "However, osmosis is the movement of water through a membrane.",
            "As shown in Figure 3, water moves through the membrane of a cell.",
            "Another way of moving water through a membrane is osmosis.",
            "For example, water moves through the membrane of a cell.",
            "Osmosis, as we saw, is the movement of water through a membrane.",
            "Why does the water move through the membrane of a cell?",
            "Imagine that water moves through the membrane of a cell.",
            "Its membrane lets the water of a cell move in and out.",
            "She said that osmosis moves water through the membrane of cells.",
            "In this case, osmosis moves the water through a membrane.",
            "KEY TERMS osmosis moves the water through the membrane of cells.",
            "Osmosis moves water.",
        ] {
            assert!(!is_worth_asking(text), "{text}");
        }
    }
}
