//! Why a passage was found, for whoever asks.

use std::collections::HashSet;

use serde::Serialize;
use specta::Type;

use crate::question::Question;
use crate::rank::REPEATED;
use crate::search::Hit;

/// One kind of [evidence](crate::Evidence) for a passage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Type)]
pub struct Part {
    /// Its name, for programs.
    pub name: &'static str,
    /// Its name, for people.
    pub label: &'static str,
    /// How much of it there is, from 0 (nothing) to 1; passages are counted.
    pub value: f32,
    /// How much it counts; below 0 what counts against it.
    pub weight: f32,
    /// What it adds to the score: value times weight.
    pub adds: f32,
}

/// Why a passage stands where it does.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Explanation {
    /// Its place in the ranking by words, from 1; none when it was not among the first there.
    pub keyword_rank: Option<u32>,
    /// Cosine of its vector and the question's; none when it has no vector or there is no model.
    pub similarity: Option<f32>,
    /// What the score is made of; the sum of what the parts add.
    pub parts: Vec<Part>,
    /// The question's words that stand in it or its headings, in any form.
    pub has: Vec<String>,
    /// Those that don't.
    pub lacks: Vec<String>,
    /// All this in a short sentence.
    pub why: String,
}

impl Hit {
    /// Why it was found by `question`, the one that [was searched](crate::Hits::question).
    pub fn explain(&self, question: &Question) -> Explanation {
        let texts = self.passage.headings.iter().chain([&self.passage.text]);
        let found: HashSet<usize> = texts.flat_map(|text| question.matches(text).map(|(_, term)| term)).collect();
        let (has, lacks): (Vec<_>, Vec<_>) = (0..question.terms.len()).partition(|term| found.contains(term));
        let words = |terms: Vec<usize>| terms.into_iter().map(|term| question.terms[term].word.clone()).collect();
        let (has, lacks): (Vec<String>, Vec<String>) = (words(has), words(lacks));
        let parts: Vec<Part> = self.evidence.parts().chain(self.repeated()).collect();
        Explanation {
            keyword_rank: self.keyword_rank.map(|rank| rank + 1),
            similarity: self.similarity,
            why: why(&has, &lacks, &parts),
            parts,
            has,
            lacks,
        }
    }
}

impl Hit {
    /// What it loses to passages of its own section, if it does.
    fn repeated(&self) -> Option<Part> {
        (self.repeats > 0.0).then(|| Part {
            name: "repeats",
            label: "Passages of the same section that stand before it",
            value: self.repeats / REPEATED,
            weight: -REPEATED,
            adds: -self.repeats,
        })
    }
}

/// Words that a sentence names before it only counts them.
const NAMED: usize = 3;

fn why(has: &[String], lacks: &[String], parts: &[Part]) -> String {
    let all = has.len() + lacks.len();
    let words = match (has.len(), lacks.len()) {
        (0, _) => "It has none of the question\u{2019}s words".to_owned(),
        (1, 0) => format!("It has the word {}", listed(has)),
        (_, 0) if all <= NAMED => format!("It has {}", listed(has)),
        (_, 0) => format!("It has all {all} words of the question"),
        (here, missing) if here <= NAMED && missing <= NAMED => {
            format!("It has {}, but not {}", listed(has), listed(lacks))
        }
        (here, _) => format!("It has {here} of the question\u{2019}s {all} words"),
    };
    let most = parts.iter().filter(|part| part.adds > 0.0).max_by(|a, b| a.adds.total_cmp(&b.adds));
    match most {
        Some(part) => format!("{words}. What counts most: {}.", lower(part.label)),
        None => format!("{words}."),
    }
}

fn listed(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\u{201c}{word}\u{201d}")).collect();
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => quoted.concat(),
    }
}

fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &'static str, label: &'static str, adds: f32) -> Part {
        Part { name, label, value: adds, weight: 1.0, adds }
    }

    #[test]
    fn the_sentence_names_the_words_and_what_counts_most() {
        let parts = [part("a", "Closeness in meaning", 0.2), part("b", "Words", 0.3)];
        let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        let said = |has: &str, lacks: &str| why(&words(has), &words(lacks), &parts);
        assert_eq!(said("sleep", ""), "It has the word “sleep”. What counts most: words.");
        assert_eq!(said("rat sleep", "dream"), "It has “rat” and “sleep”, but not “dream”. What counts most: words.");
        assert_eq!(said("a b c d e", ""), "It has all 5 words of the question. What counts most: words.");
        assert_eq!(said("a b c d", "e"), "It has 4 of the question’s 5 words. What counts most: words.");
        assert_eq!(said("", "a"), "It has none of the question’s words. What counts most: words.");
        assert_eq!(why(&[], &words("a"), &[]), "It has none of the question’s words.");
    }
}
