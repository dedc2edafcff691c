//! Whether a question can be understood by itself and doesn't tell its answer.

use library::quizzes::{Item, ItemKind, Key};
use retrieval::{fold, is_stop_word, stem, words};

/// Words that point at something outside of the question.
const POINTING: &[&str] = &[
    "this",
    "these",
    "above",
    "below",
    "figure",
    "table",
    "chapter",
    "he",
    "she",
    "him",
    "his",
    "her",
    "i",
    "you",
    "your",
    "my",
    "me",
    "former",
    "latter",
    "aforementioned",
    "following",
];
/// Words that no question or statement begins with which stands alone.
const JOINING: &[&str] = &[
    "it",
    "its",
    "they",
    "their",
    "them",
    "such",
    "however",
    "therefore",
    "thus",
    "hence",
    "but",
    "and",
    "or",
    "so",
    "because",
    "also",
    "moreover",
    "furthermore",
    "then",
    "another",
    "that",
    "those",
];
/// Telling words that a question needs.
const TELLING: usize = 3;

/// Whether what is asked needs nothing around it.
pub(super) fn is_sufficient(item: &Item) -> bool {
    if item.kind == ItemKind::Matching {
        return item.stem.split_whitespace().count() > 3;
    }
    let frame = ["Which of the following", "Which term completes the sentence?"];
    let bare = frame.iter().find_map(|frame| item.stem.strip_prefix(frame)).unwrap_or(&item.stem).trim();
    let all: Vec<String> = words(bare).map(|(_, word)| fold(word).into_owned()).collect();
    let Some(first) = all.first() else { return false };
    let least = if item.kind == ItemKind::Short { 1 } else { TELLING };
    let balanced = bare.matches('(').count() == bare.matches(')').count();
    let telling = all.iter().filter(|word| !is_stop_word(word)).count();
    let ends = item.stem.ends_with(['?', '.']) && !bare.contains("()");
    !all.iter().any(|word| POINTING.contains(&word.as_str()))
        && !JOINING.contains(&first.as_str())
        && telling >= least
        && balanced
        && ends
}

/// Whether a word of the key, or its initials, can be read in the question, where no other option shares it.
pub(super) fn tells_its_answer(item: &Item) -> bool {
    let Key::One(key) = &item.answer else {
        let Key::Each(meanings) = &item.answer else { return false };
        return item.terms.iter().zip(meanings).any(|(term, meaning)| shares(meaning, term, &[]));
    };
    match item.kind {
        ItemKind::Choice | ItemKind::Cloze => shares(&item.stem, key, &item.options),
        ItemKind::TrueFalse | ItemKind::Short | ItemKind::Matching => false,
    }
}

/// Whether a text has a telling word of a key that not all of the options have.
fn shares(text: &str, key: &str, options: &[String]) -> bool {
    let has = |text: &str, wanted: &str| words(text).any(|(_, word)| stem(&fold(word)) == wanted);
    let telling = words(key).map(|(_, word)| fold(word).into_owned()).filter(|word| !is_stop_word(word));
    let by_word = telling.map(|word| stem(&word).into_owned()).any(|own| {
        let common = !options.is_empty() && options.iter().all(|option| has(option, &own));
        !common && has(text, &own)
    });
    let initials: String = words(key).filter_map(|(_, word)| word.chars().next()).collect::<String>().to_uppercase();
    by_word || initials.chars().count() > 1 && words(text).any(|(_, word)| word.trim_end_matches('s') == initials)
}
