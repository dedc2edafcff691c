//! What a sentence says of a term, taken apart, so that a question can be asked in the sentence's own words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use retrieval::{fold, is_stop_word};

use super::phrase::{
    FEWEST, LONGEST, TELLING, common, has_article, is_described, is_meaning, is_of_something, shortened, telling,
};
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
    /// How surely what is said holds of the term alone, 0 to 1: set by hand, after reading items of each form that were
    /// made of five textbooks.
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
    "is conceptualized as",
    "is described as",
    "is understood as",
    "can be thought of as",
    "is thought of as",
    "occurs when",
    "occur when",
    "happens when",
];

/// Verbs of [`Form::Does`]; with "is" stands "are" as well.
const DOING: &[&str] = &[
    "involves",
    "consists of",
    "is responsible for",
    "is characterized by",
    "is marked by",
    "is composed of",
    "is made up of",
    "is caused by",
    "is located in",
    "is located at",
    "is involved in",
    "is formed by",
    "is used to",
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
    "is associated with the",
    "is found in",
    "is made of",
    "is linked to",
    "is treated with",
    "is measured in",
    "is measured by",
    "is produced by",
    "is derived from",
    "is named after",
    "is divided into",
    "serves as",
    "acts as",
    "functions as",
    "occurs in",
    "results from",
    "arises from",
    "results in",
    "leads to",
    "refers only to",
    "includes the",
    "allow",
    "enable",
    "convert",
    "store",
    "combines",
    "breaks down",
    "surrounds",
    "surround",
    "lines",
    "covers",
    "supports",
    "forbids",
    "forbade",
    "abolished",
    "ended",
    "granted",
    "declared",
    "required",
    "outlawed",
];

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
    let many = |verb: &str| verb.strip_prefix("is ").map(|rest| format!("are {rest}"));
    let forms = DOING.iter().flat_map(|verb| [Some((*verb).to_owned()), many(verb)]).flatten();
    let (verb, rest) = forms.into_iter().find_map(|verb| Some((verb.clone(), after(&verb)?)))?;
    let meaning = shortened(rest);
    is_meaning(&meaning, TELLING + 1).then(|| Definition::new(Form::Does, &verb, meaning))
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
            ("Settlement is the process by which settlers take hold of a country.", "Settlement"),
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
