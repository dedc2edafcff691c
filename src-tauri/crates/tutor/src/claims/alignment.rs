//! A claim laid beside a sentence, word by word, where it repeats most of it: what has taken the place of what.

use super::tokens::Token;

/// A claim repeats a sentence if so large a share of its words stands there in the same order.
const REPEATS: f32 = 0.65;
/// A denial has no more words than this: "does not really".
const DENIAL: usize = 3;
/// Longer texts are no sentences, and would take long.
const LONGEST: usize = 120;

/// Words that stand for something named elsewhere.
const POINTERS: [&str; 14] =
    ["he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "this", "these", "that", "those"];

/// Words without a subject of their own whose exchange changes what is said.
const WEIGHTY: [&str; 18] = [
    "all", "most", "some", "few", "many", "none", "no", "not", "never", "always", "only", "every", "both", "more",
    "less", "before", "after", "above",
];

/// A part of a claim and what stands in its place in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exchange<'a> {
    pub(super) claimed: &'a [Token],
    pub(super) said: &'a [Token],
}

/// What a claim that repeats a sentence has exchanged; nothing of one that doesn't.
pub(super) fn exchanges<'a>(claim: &'a [Token], sentence: &'a [Token]) -> Vec<Exchange<'a>> {
    let pairs = common(claim, sentence);
    if (pairs.len() as f32) < REPEATS * claim.len() as f32 || pairs.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut last = (0, 0);
    for &(own, other) in pairs.iter().chain(std::iter::once(&(claim.len(), sentence.len()))) {
        let exchange = Exchange { claimed: &claim[last.0..own], said: &sentence[last.1..other] };
        // What is left out has been exchanged for nothing, but for a denial: longer parts bring their own.
        if !exchange.claimed.is_empty() || exchange.said.len() <= DENIAL {
            found.push(exchange);
        }
        last = (own + 1, other + 1);
    }
    found
}

impl Exchange<'_> {
    /// Whether it makes another statement of the sentence: words that tell have taken the place of others that tell, and
    /// not of a pronoun, and the same words don't stand on both sides.
    pub(super) fn changes(&self) -> bool {
        if denies(self.claimed) != denies(self.said) {
            return true;
        }
        let weighs = |token: &&Token| token.tells || WEIGHTY.contains(&token.word.as_str());
        let new = |token: &&Token| self.said.iter().all(|said| said.stem != token.stem);
        let gone = |token: &&Token| self.claimed.iter().all(|own| own.stem != token.stem);
        let points = self.said.iter().any(|token| POINTERS.contains(&token.word.as_str()));
        let claims = self.claimed.iter().filter(weighs).any(|token| new(&token));
        let said = self.said.iter().filter(weighs).any(|token| gone(&token));
        claims && said && !points
    }
}

/// Whether these words deny an odd number of times.
fn denies(tokens: &[Token]) -> bool {
    const DENIALS: [&str; 9] = ["not", "no", "never", "none", "nothing", "nobody", "cannot", "without", "t"];
    tokens.iter().filter(|token| DENIALS.contains(&token.word.as_str())).count() % 2 == 1
}

/// The longest run of words that both have in the same order, as pairs of their places.
fn common(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    if a.len() > LONGEST || b.len() > LONGEST {
        return Vec::new();
    }
    let mut longest = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for (i, own) in a.iter().enumerate().rev() {
        for (j, other) in b.iter().enumerate().rev() {
            longest[i][j] = if own.stem == other.stem {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i].stem == b[j].stem {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::tokens::tokens;

    fn changes(claim: &str, sentence: &str) -> bool {
        exchanges(&tokens(claim), &tokens(sentence)).iter().any(Exchange::changes)
    }

    #[test]
    fn a_word_in_the_place_of_another_changes_a_sentence_that_is_repeated() {
        let sentence = "In autumn the wolves of the north hunt young deer, which are slow, in small packs.";
        for claim in [
            "In autumn the wolves of the north hunt young sheep, which are slow, in small packs.",
            "In autumn the bears of the north hunt young deer, which are slow.",
            "In autumn the wolves of the north hunt young deer, which are slow, in large packs.",
        ] {
            assert!(changes(claim, sentence), "{claim}");
        }
    }

    #[test]
    fn what_is_left_out_or_said_in_other_words_changes_nothing() {
        for (claim, sentence) in [
            ("In autumn wolves hunt deer.", "In autumn the wolves of the north hunt young deer in small packs."),
            ("In the autumn wolves hunt small deer.", "In autumn the wolves hunt tiny deer."),
            ("The wolves hunt young deer in packs.", "They hunt young deer in packs."),
            ("Packs of wolves are what deer fear.", "Deer run from wolves because they hunt in packs."),
        ] {
            assert!(!changes(claim, sentence), "{claim}");
        }
    }
}
