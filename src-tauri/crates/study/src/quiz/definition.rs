//! What a sentence says of a term, taken apart, so that a question can be asked in the sentence's own words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use retrieval::{fold, is_stop_word, words};

use super::sentence::stands_alone;
use super::text::singular;

/// How a sentence says what a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// "X refers to …", "X is defined as …": a verb that is said of terms alone.
    Defined,
    /// "… is called X."
    Named,
    /// An entry of a glossary.
    Entry,
    /// "X is a …".
    Is,
    /// "…, X, which is …", "…, X, or the …".
    Aside,
    /// "X controls …": what only it does.
    Does,
}

impl Form {
    /// How surely what is said holds of the term alone, 0 to 1: set by hand, in the order that reading some hundred
    /// sentences of each form in five textbooks gave.
    pub(super) fn trust(self) -> f32 {
        match self {
            Self::Defined | Self::Entry => 0.97,
            Self::Named => 0.93,
            Self::Is => 0.9,
            Self::Aside => 0.85,
            Self::Does => 0.75,
        }
    }
}

/// What a sentence says of a term.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Definition {
    /// How it says so.
    pub(super) form: Form,
    /// What stands between the term and its meaning, as a question goes on from "Which term": "refers to". Empty where
    /// the meaning is a noun phrase that is the term's.
    pub(super) verb: String,
    /// The meaning: the sentence's words without what follows that is not needed.
    pub(super) meaning: String,
    /// Words that the term and its meaning have in common, in lower case: other options need them as well.
    pub(super) common: Vec<String>,
}

impl Definition {
    fn new(form: Form, verb: &str, meaning: String) -> Self {
        Self { form, verb: verb.to_owned(), meaning, common: Vec::new() }
    }

    /// The same with its meaning as it is written within a sentence: `has_small` tells which words stand in lower case
    /// elsewhere.
    pub(super) fn within_sentence(mut self, has_small: impl Fn(&str) -> bool) -> Self {
        let first = self.meaning.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
        let small = first.to_lowercase();
        if first != small
            && first.chars().nth(1).is_some()
            && first.chars().skip(1).all(char::is_lowercase)
            && has_small(&small)
        {
            self.meaning = self.meaning.replacen(&first, &small, 1);
        }
        self
    }

    /// The noun that the meaning is one of: "disease" in "a chronic disease in which …".
    pub(super) fn class(&self) -> Option<String> {
        let article = ["a ", "an ", "the ", "any "].iter().find_map(|article| self.meaning.strip_prefix(article))?;
        let ends = |word: &&str| !is_stop_word(&fold(word.trim_end_matches(','))) && !word.ends_with("ed");
        let head: Vec<&str> = article.split_whitespace().take_while(ends).collect();
        head.last().map(|word| singular(word)).filter(|_| head.len() <= 4)
    }
}

/// Verbs of [`Form::Defined`]; what follows needs no article.
const DEFINING: &[&str] = &[
    "refers to",
    "refer to",
    "is defined as",
    "are defined as",
    "can be defined as",
    "may be defined as",
    "is the term for",
    "means",
    "describes",
    "occurs when",
    "occur when",
    "happens when",
];

/// Verbs of [`Form::Does`].
const DOING: &[&str] = &[
    "involves",
    "consists of",
    "is responsible for",
    "are responsible for",
    "is characterized by",
    "are characterized by",
    "is marked by",
    "is composed of",
    "are composed of",
    "is made up of",
    "are made up of",
    "is caused by",
    "are caused by",
    "is located in",
    "is located at",
    "are located in",
    "is involved in",
    "are involved in",
    "is formed by",
    "is used to",
    "are used to",
    "controls",
    "control",
    "regulates",
    "regulate",
    "produces",
    "produce",
    "secretes",
    "secrete",
    "transmits",
    "transmit",
    "carries",
    "carry",
    "protects",
    "protect",
    "connects",
    "connect",
    "measures",
    "measure",
    "detects",
    "detect",
    "separates",
    "separate",
    "contains",
    "stores",
    "states that",
    "holds that",
    "argues that",
    "asserts that",
    "proposes that",
    "suggests that",
    "focuses on",
    "emphasizes",
    "examines",
    "prohibits",
    "prohibited",
    "guarantees",
    "guaranteed",
    "studies",
    "explores",
    "respond to",
    "responds to",
    "helps",
    "allows",
    "enables",
    "prevents",
    "converts",
    "establishes",
    "established",
    "created",
    "requires",
    "is based on",
    "are based on",
];

/// Heads of a meaning that say too little: they stand for a class, for one of several, or for praise.
static VAGUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^(?:(?:an?|the|one|any)\ )?(?:(?:most|more|less|so|quite|rather|particularly|especially|equally|
            increasingly|relatively|extremely|also|often|not|now|still|just|only|always|never|usually|generally|
            sometimes|typically|thus|therefore|however|simply|merely|actually|really|perhaps|probably)\b
          | (?:one|two|three|some|many|several|another|alternative|additional|further|later|recent|separate|example|examples|important|common|popular|good|great|key|major|
            main|big|useful|powerful|different|similar|same|other|classic|famous|well[- ]known|complex|complicated|
            significant|controversial|serious|growing|interesting|valuable|basic|
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
            | ,\ and\ (?:its|their|many|most|some|every|each|no)\b | ,?\ and,?\ (?:can|may|is|are|was|were|has|have|will|could|does|do|often|usually|also|thus|depending|includes?)\b",
    )
    .ok()
});

/// A second thing that the sentence says of its subject, which is no part of what the term means.
static AND_DOES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\band,? (?:can|may|is|are|was|were|has|have|will|could|does|do|often|usually|also|thus|depending|includes?)\b").ok()
});

/// What a sentence says of the term that stands at `name`; none where it says nothing that could be asked.
pub(super) fn of_sentence(sentence: &str, name: &Range<usize>) -> Option<Definition> {
    let (before, behind) = (sentence.get(..name.start)?, sentence.get(name.end..)?);
    let term = sentence.get(name.clone())?;
    let found = said_of_subject(before, behind).or_else(|| named(before, behind)).or_else(|| aside(before, behind))?;
    let common = common(&found.meaning, term)?;
    Some(Definition { common, ..found })
}

/// What an entry of a glossary says of its term: all that stands beside it.
pub(super) fn of_entry(entry: &str, name: &str) -> Option<Definition> {
    let rest = entry.trim().strip_prefix(name)?;
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let rest = if rest.starts_with('(') { rest.split_once(')')?.1.trim_start_matches([':', ' ', '\t']) } else { rest };
    let meaning = shortened(rest);
    let says = telling(&meaning) >= 3 && stands_alone(&meaning) && meaning.split_whitespace().count() <= LONGEST;
    let common = common(&meaning, name)?;
    says.then(|| Definition { form: Form::Entry, verb: String::new(), meaning, common })
}

/// Longer meanings are no question that can be taken in, in words.
const LONGEST: usize = 34;
/// Telling words that a meaning needs to be told from others.
const TELLING: usize = 4;
const FEWEST: usize = 3;

fn telling(text: &str) -> usize {
    words(text).filter(|(_, word)| !is_stop_word(&fold(word))).count()
}

/// Whether a meaning says enough by itself.
fn is_meaning(text: &str, least: usize) -> bool {
    let first = words(text).next().map(|(_, word)| fold(word).into_owned()).unwrap_or_default();
    let vague = VAGUE.as_ref().is_none_or(|vague| vague.is_match(text));
    !vague
        && telling(text) >= least
        && text.split_whitespace().count() <= LONGEST
        && stands_alone(text)
        && !matches!(first.as_str(), "what" | "how" | "why" | "where" | "it" | "there" | "of" | "in" | "by" | "to")
        && !text.contains(" it ")
        && !text.contains(" they ")
        && !text.contains(" means ")
        && !text.contains(" typically ")
        && !text.contains('—')
        && !text.contains("-year-old")
        && !text.contains(" them ")
        && !text.ends_with(|c: char| !c.is_alphanumeric() && c != ')' && c != '%' && c != '’')
}

/// A sentence without its remarks in brackets: sources, abbreviations, what is left of links.
pub(super) fn without_brackets(text: &str) -> String {
    static BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]").ok());
    BRACKETS.as_ref().map_or_else(|| text.to_owned(), |brackets| brackets.replace_all(text, "").into_owned())
}

/// The beginning of a text that is a meaning by itself; empty where what is cut off breaks a clause.
fn shortened(text: &str) -> String {
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
        || kept.split_whitespace().rev().take(if goes_on { 5 } else { 1 }).any(|word| OPEN.contains(&word));
    if begun { String::new() } else { kept.trim().trim_end_matches([',', ';', ':', '—', '–', ' ']).to_owned() }
}

/// The telling words of a term that a meaning has as well, in lower case; none where it has all of them, or one that
/// is only akin, so that the term can be told from it.
fn common(meaning: &str, term: &str) -> Option<Vec<String>> {
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

/// Whether two folded words are of one family, so that one gives the other away: the same stem, or a common beginning
/// of five letters that is most of the shorter one.
pub(super) fn is_akin(a: &str, b: &str) -> bool {
    const PREFIX: usize = 5;
    const SHARE: f32 = 0.75;
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let shorter = a.chars().count().min(b.chars().count());
    retrieval::stem(a) == retrieval::stem(b) || common >= PREFIX && common as f32 >= SHARE * shorter as f32
}

/// "X is a …", "An X (or Y) refers to …".
fn said_of_subject(before: &str, behind: &str) -> Option<Definition> {
    if !matches!(before.trim(), "" | "A" | "An" | "The") {
        return None;
    }
    let behind = without_aside(behind)?;
    let after = |verb: &str| behind.strip_prefix(verb).and_then(|rest| rest.strip_prefix(' ')).map(str::trim);
    if let Some((verb, rest)) = DEFINING.iter().find_map(|verb| Some((*verb, after(verb)?))) {
        let meaning = shortened(rest);
        // "Means that it is …" is no meaning but a consequence.
        let clause = verb == "means" && [" is ", " are ", " that "].iter().any(|it| format!(" {meaning}").contains(it));
        let verb = verb.replace("can be", "is").replace("may be", "is");
        return (!clause && is_meaning(&meaning, FEWEST)).then_some(Definition::new(Form::Defined, &verb, meaning));
    }
    if let Some(rest) = after("is").or_else(|| after("are")) {
        let meaning = shortened(rest);
        let is_phrase = has_article(&meaning)
            || behind.starts_with("are") && is_described(&meaning)
            || behind.starts_with("is") && is_of_something(&meaning);
        if is_phrase && is_meaning(&meaning, FEWEST) {
            return Some(Definition::new(Form::Is, "", meaning));
        }
    }
    let (verb, rest) = DOING.iter().find_map(|verb| Some((*verb, after(verb)?)))?;
    let meaning = shortened(rest);
    is_meaning(&meaning, TELLING).then(|| Definition::new(Form::Does, verb, meaning))
}

fn has_article(text: &str) -> bool {
    ["a ", "an ", "the ", "any "].iter().any(|article| text.starts_with(article))
}

/// "Loss of memory": a thing without an article, told from "composed of cells".
fn is_of_something(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let head = words.next().unwrap_or_default();
    words.next() == Some("of")
        && !["ed", "ious", "ful", "made", "capable", "typical"].iter().any(|end| head.ends_with(end))
}

/// Many things without an article, told from an adjective or a participle by a clause behind them: "cells that …".
fn is_described(text: &str) -> bool {
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

/// What follows a term's other names: "(REM)", ", or glia,", ", also called glia,".
fn without_aside(behind: &str) -> Option<&str> {
    static ASIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:\s*\([^()]{1,60}\))?(?:, (?:or|also called|also known as|sometimes called) [^,]{2,40},)?\s+")
            .ok()
    });
    ASIDE.as_ref()?.find(behind).and_then(|aside| behind.get(aside.end()..))
}

/// "The movement of water is called osmosis."
fn named(before: &str, behind: &str) -> Option<Definition> {
    static NAMING: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?P<meaning>.+?)\ (?:is|are)\ (?:also\ |often\ |sometimes\ |commonly\ |usually\ |generally\ )?
                (?:called|known\ as|termed|referred\ to\ as|labeled|named)\ (?:an?\ |the\ )?$",
        )
        .ok()
    });
    static END: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:\s*\([^()]{1,60}\))?(?:,? or [^,.]{2,40})?\s*\.$").ok());
    if !END.as_ref()?.is_match(behind) {
        return None;
    }
    let meaning = NAMING.as_ref()?.captures(before)?.name("meaning")?.as_str();
    let first = meaning.split_whitespace().next()?;
    let opens = ["A", "An", "The", "Any", "Our", "When"].contains(&first);
    let rest = meaning.strip_prefix(first)?.trim_start();
    let clause = [", ", " is ", " are ", " was ", " were ", "; ", ": "].iter().any(|it| meaning.contains(it));
    // A clause that begins with "when" has a verb of its own.
    if clause || rest.is_empty() || first == "When" {
        return None;
    }
    let small = if opens { format!("{} {rest}", first.to_lowercase()) } else { meaning.to_owned() };
    is_meaning(&small, FEWEST).then(|| Definition::new(Form::Named, "", small))
}

/// "…, osmosis, which is the movement of water.", "… osmosis, or the movement of water."
fn aside(before: &str, behind: &str) -> Option<Definition> {
    let rest =
        [", which is ", ", which are ", ", which refers to ", ", or "].iter().find_map(|it| behind.strip_prefix(it))?;
    let meaning = shortened(rest);
    let to_the_end = behind.trim_end_matches('.').ends_with(meaning.as_str());
    let is_more = before.split_whitespace().count() >= 2;
    let clause = meaning.contains(", ");
    (has_article(&meaning) && to_the_end && is_more && !clause && is_meaning(&meaning, TELLING))
        .then(|| Definition::new(Form::Aside, "", meaning))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn said(sentence: &str, term: &str) -> Option<(Form, String, String)> {
        let start = sentence.find(term).unwrap();
        of_sentence(sentence, &(start..start + term.len())).map(|it| (it.form, it.verb, it.meaning))
    }

    #[test]
    fn what_a_term_means_is_told_from_the_sentence() {
        for (sentence, term, form, verb, meaning) in [
            (
                "Osmosis is the movement of water through a thin membrane.",
                "Osmosis",
                Form::Is,
                "",
                "the movement of water through a thin membrane",
            ),
            (
                "The sluice gate (SG), or lock gate, refers to a door that holds back a river, for example in a harbour.",
                "sluice gate",
                Form::Defined,
                "refers to",
                "a door that holds back a river",
            ),
            (
                "The slow wearing of rock by wind and water is known as erosion.",
                "erosion",
                Form::Named,
                "",
                "the slow wearing of rock by wind and water",
            ),
            (
                "Keels are long beams that carry the frame of a ship.",
                "Keels",
                Form::Is,
                "",
                "long beams that carry the frame of a ship",
            ),
            (
                "Many coasts suffer from erosion, or the slow wearing of rock by wind.",
                "erosion",
                Form::Aside,
                "",
                "the slow wearing of rock by wind",
            ),
        ] {
            let expected = (form, verb.to_owned(), meaning.to_owned());
            assert_eq!(said(sentence, term), Some(expected), "{sentence}");
        }
    }

    #[test]
    fn what_says_too_little_or_names_the_term_is_no_meaning() {
        for (sentence, term) in [
            ("Erosion is an important topic of the study of coasts and rivers.", "Erosion"),
            ("Erosion is one of the forces that shape the coast of a country.", "Erosion"),
            ("Erosion is the process by which wind erodes rocks and whole coasts.", "Erosion"),
            ("Erosion is slow.", "Erosion"),
            ("Coasts that are worn by wind show erosion.", "erosion"),
            ("Keels are carefully planed and tarred by several strong shipwrights.", "Keels"),
            ("This slow wearing of rock by wind and water is known as erosion.", "erosion"),
        ] {
            assert_eq!(said(sentence, term), None, "{sentence}");
        }
    }

    #[test]
    fn an_entry_of_a_glossary_says_what_stands_beside_its_term() {
        let meaning = |entry: &str| of_entry(entry, "osmosis").map(|it| it.meaning);
        assert_eq!(
            meaning("osmosis: movement of water through a thin membrane; slow in the cold").as_deref(),
            Some("movement of water through a thin membrane")
        );
        assert_eq!(meaning("osmosis: see water"), None);
    }
}
