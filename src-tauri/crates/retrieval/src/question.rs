//! A question, taken apart for the keyword index.

mod begun;

use std::collections::HashSet;
use std::ops::Range;

use crate::words::{fold, is_single_unspaced, is_stop_word, stem, words};

/// Different terms of a question that are looked at; a pasted page has more, and the rest add nothing but time.
const TERMS: usize = 64;

/// Letters of a question that are looked at.
const LENGTH: usize = 10_000;

/// What a question asks for in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Its words without the common ones, or all of them when it has no others; each stem once.
    pub terms: Vec<Term>,
    /// What it puts in quotation marks, as folded words; two of them or more.
    pub phrases: Vec<Vec<String>>,
}

/// A word of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// In lower case, without marks over letters.
    pub word: String,
    /// Its stem.
    pub stem: String,
    /// Somebody is still typing it, so any word that begins like this is looked for.
    pub is_begun: bool,
}

impl Term {
    /// Whether a folded word of a text with this stem is one that the term looks for.
    pub(crate) fn fits(&self, word: &str, stem: &str) -> bool {
        self.stem == stem
            || (is_single_unspaced(&self.word) && word.contains(&self.word))
            || (self.is_begun && word.starts_with(&self.word) && !is_stop_word(word))
    }

    /// The term in FTS5's language, in quotation marks so that it is no operator. A letter of a script without spaces
    /// is looked for wherever it stands: each begins a term of the index.
    pub(crate) fn to_fts(&self) -> String {
        if self.is_begun {
            let whole = begun::finished(&self.word, &self.stem).into_iter().map(|word| format!(" OR \"{word}\""));
            return format!("\"{}\"*{}", self.word, whole.collect::<String>());
        }
        let any = if is_single_unspaced(&self.word) { "*" } else { "" };
        format!("\"{}\"{any}", self.word)
    }
}

impl Question {
    /// Takes `text` apart. Any text will do: nothing in it is an operator.
    pub fn new(text: &str) -> Self {
        Self::of(text, false)
    }

    /// The same of a text that is still being typed: when it ends within a word, that may go on.
    pub fn typed(text: &str) -> Self {
        Self::of(text, true)
    }

    fn of(text: &str, typing: bool) -> Self {
        let text = &text[..text.floor_char_boundary(LENGTH)];
        let all: Vec<(String, bool)> = words(text)
            .map(|(place, word)| {
                let is_begun = typing && place.end == text.len() && begun::can_go_on(word);
                (fold(word).into_owned(), is_begun)
            })
            .collect();
        let mut content: Vec<&(String, bool)> = all.iter().filter(|(word, _)| !is_stop_word(word)).collect();
        if content.is_empty() {
            content = all.iter().collect();
        }
        let mut seen = HashSet::new();
        let terms = content
            .into_iter()
            .map(|(word, is_begun)| Term { stem: stem(word).into_owned(), word: word.clone(), is_begun: *is_begun })
            .filter(|term| seen.insert(term.stem.clone()))
            .take(TERMS)
            .collect();
        Self { terms, phrases: phrases(text) }
    }

    /// The words of a text that the question looks for, whatever their ending: where each stands in it, in bytes, and
    /// the place of its term.
    pub fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        words(text).filter_map(|(place, word)| {
            let folded = fold(word);
            // Stemming leaves the first letter of a word as it is, so most words need not be stemmed.
            let first = folded.chars().next();
            let may_fit = |term: &Term| term.word.chars().next() == first || is_single_unspaced(&term.word);
            if !self.terms.iter().any(may_fit) {
                return None;
            }
            let stem = stem(&folded);
            self.terms.iter().position(|term| term.fits(&folded, &stem)).map(|term| (place, term))
        })
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The question in FTS5's language: any of its terms and phrases, each in quotation marks so that none is
    /// an operator.
    pub(crate) fn to_fts(&self) -> String {
        let words = self.terms.iter().map(Term::to_fts);
        let parts: Vec<String> = words.chain(self.phrases_to_fts()).collect();
        parts.join(" OR ")
    }

    /// Its phrases in FTS5's language.
    pub(crate) fn phrases_to_fts(&self) -> impl Iterator<Item = String> {
        self.phrases.iter().map(|phrase| format!("\"{}\"", phrase.join(" ")))
    }
}

fn phrases(text: &str) -> Vec<Vec<String>> {
    let is_quote = |letter: char| matches!(letter, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}');
    // What stands between the first mark and the second, the third and the fourth; an unclosed one ends nothing.
    let parts: Vec<&str> = text.split(is_quote).collect();
    let closed = parts.len().saturating_sub(1);
    parts[..closed]
        .iter()
        .skip(1)
        .step_by(2)
        .map(|part| words(part).map(|(_, word)| fold(word).into_owned()).collect())
        .filter(|phrase: &Vec<String>| (2..=12).contains(&phrase.len()))
        .take(8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        Question::new(text).terms.into_iter().map(|term| term.stem).collect()
    }

    #[test]
    fn common_words_are_dropped_and_stems_stand_once() {
        assert_eq!(stems("What is the memory of memories?"), ["memori"]);
        assert_eq!(stems("To be or not to be"), ["to", "be", "or", "not"]);
        assert!(Question::new(" ?! \u{2014} ").is_empty());
    }

    #[test]
    fn phrases_in_any_quotation_marks_are_kept() {
        let question = Question::new("who said \u{201c}Know thyself\u{201d} and \"one\" and \"not closed here");
        assert_eq!(question.phrases, [["know", "thyself"]]);
    }

    #[test]
    fn operators_of_the_index_are_words_like_any_other() {
        let fts = Question::new("NEAR(a* \"b\") AND text:NOT ^x {y} + -z").to_fts();
        assert!(fts.split(" OR ").all(|part| part.starts_with('"') && part.ends_with('"')));
    }

    #[test]
    fn the_last_word_may_go_on_while_it_is_typed() {
        let fts = |text| Question::typed(text).to_fts();
        assert_eq!(fts("what is the hippoc"), "\"hippoc\"*");
        assert_eq!(fts("hippocampus mem"), "\"hippocampus\" OR \"mem\"*");
        // Its ending is finished where the index holds the word without it.
        assert!(fts("experimentin").starts_with("\"experimentin\"* OR \"experimenting\""));
        // Behind a space it is finished, and two letters begin half of all words.
        for finished in ["hippoc ", "hippoc?", "\"hippoc\"", "ab", "\u{5149}\u{5408}"] {
            assert_eq!(Question::typed(finished), Question::new(finished), "{finished}");
        }
    }

    #[test]
    fn words_are_matched_in_all_their_forms() {
        let matched = |question: &Question, text: &str| -> Vec<String> {
            question.matches(text).map(|(place, _)| text[place].to_owned()).collect()
        };
        let text = "Memories and memory; memorable, mnemonic, the theory.";
        assert_eq!(matched(&Question::new("memory"), text), ["Memories", "memory"]);
        assert_eq!(matched(&Question::typed("memo"), text), ["Memories", "memory", "memorable"]);
        // A common word is nothing that a person waits for.
        assert_eq!(matched(&Question::typed("the"), text), ["the", "theory"]);
        assert_eq!(matched(&Question::typed("theo"), text), ["theory"]);
    }

    #[test]
    fn a_pasted_book_is_cut() {
        let text: String = (0..20_000).map(|n| format!("w{n} ")).collect();
        assert_eq!(Question::new(&text).terms.len(), TERMS);
    }
}
