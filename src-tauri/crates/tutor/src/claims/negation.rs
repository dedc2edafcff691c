//! Negation: what a sentence says not to be so.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::tokens::Token;

static NEGATORS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b(?: not | never | no | none | nobody | nothing | neither | nor | without | cannot | hardly | rarely
            | seldom | barely | scarcely | fail(?:s|ed)?\ to | lack(?:s|ed|ing)? | unable\ to | [a-z]+n['’]t )\b",
    )
    .ok()
});

/// Where a negator deceives: "not only", "no doubt".
const DECEIVES: [&str; 7] = ["only", "just", "merely", "simply", "doubt", "matter", "necessarily"];

/// Words that end what a negator reaches.
const ENDS: [&str; 8] = ["but", "although", "though", "whereas", "while", "because", "instead", "rather"];

/// How many content words a negator reaches.
const REACH: usize = 5;
/// What is negated is among the first of them.
const HEADS: usize = 2;

/// One negator of a sentence: the stems of the content words behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Negated {
    reach: Vec<String>,
}

impl Negated {
    /// What is most likely negated.
    fn heads(&self) -> &[String] {
        &self.reach[..self.reach.len().min(HEADS)]
    }
}

/// The negators of a text.
pub(super) fn negated(text: &str, tokens: &[Token]) -> Vec<Negated> {
    let Some(negators) = NEGATORS.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for negator in negators.find_iter(text) {
        let behind = tokens.iter().skip_while(|token| token.start < negator.end());
        let next = behind.clone().next();
        if next.is_none_or(|next| DECEIVES.contains(&next.word.as_str())) {
            continue;
        }
        let mut reach = Vec::new();
        let mut end = negator.end();
        for token in behind {
            let between = text.get(end..token.start).unwrap_or_default();
            if reach.len() == REACH
                || between.contains([',', ';', ':', '.', '(', ')'])
                || ENDS.contains(&token.word.as_str())
            {
                break;
            }
            end = token.end;
            if token.tells {
                reach.push(token.stem.clone());
            }
        }
        // "They do not." negates what stands before.
        if reach.is_empty() {
            reach.extend(
                tokens
                    .iter()
                    .rev()
                    .filter(|token| token.end <= negator.start() && token.tells)
                    .take(1)
                    .map(|token| token.stem.clone()),
            );
        }
        found.push(Negated { reach });
    }
    found
}

/// What a text denies, and the stems of all that it says something about.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) negated: &'a [Negated],
    pub(super) stems: &'a HashSet<String>,
}

/// Whether one of two texts says not to be so what the other says to be so.
pub(super) fn contradict(claim: Said<'_>, passage: Said<'_>) -> bool {
    turned_round(claim, passage) || turned_round(passage, claim)
}

/// Something is negated by `one` that stands in the other without a negator that reaches it.
fn turned_round(one: Said<'_>, other: Said<'_>) -> bool {
    one.negated.iter().any(|negated| {
        let mut met = negated.heads().iter().filter(|head| other.stems.contains(*head)).peekable();
        met.peek().is_some() && !met.any(|head| other.negated.iter().any(|other| other.reach.contains(head)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::tokens::tokens;

    fn contradicts(claim: &str, passage: &str) -> bool {
        let stems = |tokens: &[Token]| tokens.iter().map(|token| token.stem.clone()).collect();
        let (a, b) = (tokens(claim), tokens(passage));
        let claim = Said { negated: &negated(claim, &a), stems: &stems(&a) };
        contradict(claim, Said { negated: &negated(passage, &b), stems: &stems(&b) })
    }

    #[test]
    fn what_is_negated_on_one_side_alone_contradicts() {
        for (claim, passage) in [
            ("Water does not boil at sea level.", "Water boils at sea level."),
            ("Water boils at sea level.", "Water doesn’t boil at sea level."),
            ("Cells never divide.", "Cells divide."),
            ("Viruses have no cells.", "Viruses have cells of their own."),
        ] {
            assert!(contradicts(claim, passage), "{claim} / {passage}");
        }
    }

    #[test]
    fn what_is_negated_on_both_sides_or_not_at_all_does_not() {
        for (claim, passage) in [
            ("Water cannot boil here.", "Here water never boils."),
            ("Cells not only grow, they divide.", "Cells grow and divide."),
            ("Cells divide.", "Cells divide, but viruses do not."),
            ("Plants grow.", "Without light, plants grow."),
        ] {
            assert!(!contradicts(claim, passage), "{claim} / {passage}");
        }
    }
}
