//! The words of a meaning: where they end, and whether they say enough by themselves.

use std::sync::LazyLock;

use regex::Regex;
use retrieval::{fold, is_stop_word, words};

use super::sentence::stands_alone;
use super::text::singular;

/// Heads of a meaning that say too little: they stand for a class, for one of several, or for praise.
static VAGUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^(?:(?:an?|the|one|any)\ )?(?:(?:most|more|less|least|so|quite|rather|particularly|especially|equally|
            increasingly|relatively|extremely|also|often|not|now|still|just|only|always|never|usually|generally|
            sometimes|typically|thus|therefore|however|simply|merely|actually|really|perhaps|probably)\b
          | (?:\w+ly\ )?(?:one|two|three|some|many|several|another|alternative|additional|further|later|recent|separate|example|examples|important|common|popular|good|great|key|major|
            main|big|useful|powerful|different|similar|same|other|classic|famous|well[- ]known|complex|complicated|
            significant|critical|crucial|vital|controversial|serious|growing|interesting|valuable|basic|
            central|primary|subject|topic|matter|question|issue|problem|result|reason|cause|case|lot|number|variety|
            kind|way|part|aspect|feature|thing|goal|purpose|answer|idea|fact|hallmark|step|component|element|
            combination|source|focus|product|best|first|second|third|last|next|largest|smallest|leading|new|old|
            relatively|bit|bad|better|great|tool)\b
          | (?:\w+\ ){0,2}(?:word|term|phrase|name|expression|label|acronym|abbreviation|topic|concern|concept\ in)\b
          )",
    )
    .ok()
});

/// What ends a meaning early: a further clause, an example, a source.
static BEHIND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ; | : | \s?— | \s–\s | ,\ (?:for\ example|for\ instance|such\ as|like|including|e\.g|i\.e|and\ (?:it|they|is|are|was|has|have|can|may|the|in|this|these|that\ is)\b|but|so|while|whereas|although|though|because|since|or\ (?:it|they)\b|not|rather\ than|as\ opposed|unlike|as\ well\ as|with\ the)
            | \ (?:\(|\[) | ,\ which\ (?:can|may|is|are|has|have|was|were|we)\b | \ (?:such\ as|for\ example|and\ (?:it|they)\ )
            | ,\ and\ (?:its|their|many|most|some|every|each|no)\b | ,?\ and,?\ (?:can|may|is|are|was|were|has|have|will|could|does|do|often|usually|also|thus|depending|includes?|attempts|seeks|aims|focuses|uses|helps|provides|makes|gives|needs)\b",
    )
    .ok()
});

/// A second thing that the sentence says of its subject, which is no part of what the term means.
static AND_DOES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\band,? (?:can|may|is|are|was|were|has|have|will|could|does|do|often|usually|also|thus|depending|includes?|attempts|seeks|aims|focuses|uses|helps|provides|makes|gives|needs)\b").ok()
});

/// Longer meanings are no question that can be taken in, in words.
pub(super) const LONGEST: usize = 34;
/// Telling words that a meaning needs to be told from others.
pub(super) const TELLING: usize = 4;
pub(super) const FEWEST: usize = 3;

pub(super) fn telling(text: &str) -> usize {
    words(text).filter(|(_, word)| !is_stop_word(&fold(word))).count()
}

/// Whether a meaning says enough by itself.
pub(super) fn is_meaning(text: &str, least: usize) -> bool {
    let first = words(text).next().map(|(_, word)| fold(word).into_owned()).unwrap_or_default();
    let vague = VAGUE.as_ref().is_none_or(|vague| vague.is_match(text));
    const JOINTS: [&str; 18] = [
        " of ",
        " that ",
        " which ",
        " who ",
        " whose ",
        " in ",
        " for ",
        " to ",
        " from ",
        " by ",
        " with ",
        " between ",
        " on ",
        " at ",
        " without ",
        " when ",
        " where ",
        " used ",
    ];
    !vague
        && !leans(text)
        && (telling(text) > least || JOINTS.iter().any(|joint| text.contains(joint)))
        && telling(text) >= least
        && text.split_whitespace().count() <= LONGEST
        && stands_alone(text)
        && !matches!(first.as_str(), "what" | "how" | "why" | "where" | "it" | "there" | "of" | "in" | "by" | "to")
        && !text.contains(" it ")
        && !text.contains(" they ")
        && !text.contains(" means ")
        && !text.contains(" typically ")
        && !text.contains(" popular")
        && !text.contains('—')
        && !text.contains("-year-old")
        && !text.contains(" them ")
        && !text.ends_with(|c: char| !c.is_alphanumeric() && c != ')' && c != '%' && c != '’')
}

/// Whether a meaning goes on from what stands before it: "the removed segment …", "larger masses of …".
fn leans(text: &str) -> bool {
    static LEANING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^the \w+ed \w+ (?:of|in|from) the\b|^(?:an? |the )?(?:larger|smaller|greater|lesser|longer|shorter|higher|lower|older|younger|stronger|weaker|faster|slower|broader|narrower|thicker|thinner)\b").ok()
    });
    LEANING.as_ref().is_none_or(|leaning| leaning.is_match(text) && !text.contains(" than "))
}

/// A sentence without its remarks in brackets: sources, abbreviations, what is left of links.
pub(super) fn without_brackets(text: &str) -> String {
    static BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]").ok());
    BRACKETS.as_ref().map_or_else(|| text.to_owned(), |brackets| brackets.replace_all(text, "").into_owned())
}

/// The beginning of a text that is a meaning by itself; empty where what is cut off breaks a clause.
pub(super) fn shortened(text: &str) -> String {
    const OPEN: [&str; 12] =
        ["how", "that", "which", "who", "whether", "when", "where", "what", "whose", "of", "to", "why"];
    let text = without_brackets(text);
    let text = text.trim().trim_end_matches('.');
    // What is joined by ", and" without being the last of a row is another clause.
    let text = match text.split_once(", and ") {
        Some((before, _)) if !before.contains(',') => before,
        _ => text,
    };
    let cuts = BEHIND.as_ref().into_iter().flat_map(|behind| behind.find_iter(text));
    let Some(end) = cuts.map(|it| it.start()).find(|end| telling(&text[..*end]) >= TELLING) else {
        let goes_on = AND_DOES.as_ref().is_none_or(|more| more.is_match(text));
        let whole = text.trim_end_matches([',', ';', ':', '—', '–', ' ']);
        return if goes_on { String::new() } else { whole.to_owned() };
    };
    let (kept, rest) = text.split_at(end);
    // A clause that has only begun where it is cut has its verb behind the cut.
    let goes_on = rest.trim_start_matches([',', ' ', '—', '–']).contains([',', '—', '–']);
    let begun = AND_DOES.as_ref().is_none_or(|more| more.is_match(kept))
        || kept
            .split_whitespace()
            .rev()
            .take(if goes_on || !rest.starts_with(',') { 5 } else { 2 })
            .any(|word| OPEN.contains(&word));
    if begun { String::new() } else { kept.trim().trim_end_matches([',', ';', ':', '—', '–', ' ']).to_owned() }
}

/// The telling words of a term that a meaning has as well, in lower case; none where it has all of them, or one that
/// is only akin, so that the term can be told from it.
pub(super) fn common(meaning: &str, term: &str) -> Option<Vec<String>> {
    let folded = |text: &str| -> Vec<String> { words(text).map(|(_, word)| fold(word).into_owned()).collect() };
    let (said, telling) = (folded(meaning), folded(term).into_iter().filter(|word| !is_stop_word(word)));
    let (mut common, mut all) = (Vec::new(), 0);
    for own in telling {
        all += 1;
        let akin: Vec<&String> = said.iter().filter(|word| is_akin(&own, word)).collect();
        match akin[..] {
            [] => {}
            _ if akin.iter().all(|word| singular(word) == singular(&own)) => common.push(own),
            _ => return None,
        }
    }
    (common.len() < all).then_some(common)
}

/// Whether two folded words are of one family, so that one gives the other away: the same stem, a common beginning that
/// is most of the shorter one ("suspended", "suspension"), or one of which the other is made ("wave", "wavelength").
pub(super) fn is_akin(a: &str, b: &str) -> bool {
    /// Letters in common, and the share of the shorter word that they have to be.
    const BEGINNINGS: [(usize, f32); 2] = [(5, 0.7), (6, 0.55)];
    /// Letters of a word that others are made of, and what they have besides.
    const PART: usize = 4;
    const REST: usize = 2;
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    let (shorter, longer) = (short.chars().count(), long.chars().count());
    let begins = BEGINNINGS.iter().any(|(least, share)| common >= *least && common as f32 >= share * shorter as f32);
    let is_part = shorter >= PART && longer >= shorter + REST && (long.starts_with(short) || long.ends_with(short));
    begins || is_part || retrieval::stem(a) == retrieval::stem(b)
}

pub(super) fn has_article(text: &str) -> bool {
    ["a ", "an ", "the ", "any "].iter().any(|article| text.starts_with(article))
}

/// "Loss of memory": a thing without an article, told from "composed of cells".
pub(super) fn is_of_something(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let head = words.next().unwrap_or_default();
    words.next() == Some("of")
        && !["ed", "ious", "ful", "made", "capable", "typical"].iter().any(|end| head.ends_with(end))
}

/// Many things without an article, told from an adjective or a participle by a clause behind them: "cells that …".
pub(super) fn is_described(text: &str) -> bool {
    let Some(at) = [" that ", " which ", " who ", " in which ", " of "].iter().filter_map(|it| text.find(it)).min()
    else {
        return false;
    };
    let head: Vec<&str> = text[..at].split_whitespace().collect();
    let plural = head.last().is_some_and(|noun| noun.ends_with('s') && !noun.ends_with("ss"));
    let plain = head.iter().all(|word| !is_stop_word(word) && !word.ends_with("ly"));
    plural
        && plain
        && head.len() <= 4
        && text.starts_with(char::is_lowercase)
        && !head.first().is_some_and(|it| it.ends_with("ed"))
}
