use kernel::Citation;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::stored::Named;

/// How something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// One of several options is right.
    Choice,
    /// The word or words that fill a gap, marked by `_____`.
    Cloze,
    /// A statement that is true or false.
    TrueFalse,
    /// Terms, each of which goes with another one of the options.
    Matching,
    /// A question that is answered in one's own words.
    Short,
}

impl ItemKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Choice, Self::Cloze, Self::TrueFalse, Self::Matching, Self::Short];

    /// As it is stored, and written on the command line.
    pub fn name(self) -> &'static str {
        self.stored_name()
    }
}

impl Named for ItemKind {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Choice, "choice"),
        (Self::Cloze, "cloze"),
        (Self::TrueFalse, "true-false"),
        (Self::Matching, "matching"),
        (Self::Short, "short"),
    ];
}

/// What is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum Key {
    /// The right option, the words of the gap, `true` or `false`, or a reference answer.
    One(String),
    /// The right option of each term, in the order of the terms.
    Each(Vec<String>),
}

/// Something to ask, with what is right and the place that proves it. Its names are a public interface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Item {
    /// How it is asked.
    pub kind: ItemKind,
    /// The question, the statement, or the sentence with a gap.
    pub stem: String,
    /// The terms of a matching item; none otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// What can be chosen, in the order in which it is shown; none where the answer is written.
    pub options: Vec<String>,
    /// What is right.
    pub answer: Key,
    /// Why, for somebody who has answered.
    pub explanation: String,
    /// The words that prove it; of a matching item those for its first term.
    pub citation: Citation,
    /// Those for the further terms of a matching item, in their order; none otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Citation>,
    /// How sure its maker is that it is sound, 0 to 1.
    pub confidence: f32,
}

impl Item {
    /// How the words of its gap begin, which is shown with it: without that, what means about the same would be as
    /// right. None where there is no gap.
    pub fn hint(&self) -> Option<String> {
        match &self.answer {
            Key::One(key) if self.kind == ItemKind::Cloze => Some(beginning(key)),
            Key::One(_) | Key::Each(_) => None,
        }
    }
}

/// How each of some words begins: "s… d…" for "security dilemma".
pub fn beginning(words: &str) -> String {
    let begun = words.split_whitespace().filter_map(|word| word.chars().next()).map(|letter| format!("{letter}…"));
    begun.collect::<Vec<_>>().join(" ")
}
