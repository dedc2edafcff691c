use serde::{Deserialize, Serialize};
use specta::Type;

use crate::stored::Named;

/// What an answer is worth, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Grade {
    /// From 0, nothing of it is right, to 1, all of it is.
    pub score: f32,
    /// The same in a word.
    pub verdict: Verdict,
    /// What the reference says, point by point.
    pub points: Vec<Point>,
    /// The same in sentences, for whoever gave the answer.
    pub feedback: String,
}

/// What an answer is, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It says what the reference says.
    Correct,
    /// It says a part of it.
    Partial,
    /// It doesn't say it, or says the contrary.
    Incorrect,
    /// What speaks for it and what speaks against it weigh alike: a person should look.
    Unsure,
}

impl Named for Verdict {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Correct, "correct"),
        (Self::Partial, "partial"),
        (Self::Incorrect, "incorrect"),
        (Self::Unsure, "unsure"),
    ];
}

impl Verdict {
    /// As it is stored and printed.
    pub fn name(self) -> &'static str {
        self.stored_name()
    }
}

/// A key point of the reference, and what the answer makes of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Point {
    /// The reference's words.
    pub text: String,
    /// Whether the answer says it.
    pub met: Met,
    /// The words of the answer that show it: that say it, say a part of it, or contradict it.
    pub evidence: Option<String>,
}

/// Whether an answer says a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// It does.
    Met,
    /// It says a part of it.
    Partly,
    /// It does not.
    Missed,
    /// It says something that can't be true beside it.
    Contradicted,
}
