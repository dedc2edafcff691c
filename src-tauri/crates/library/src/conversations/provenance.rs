use kernel::PassageId;
use serde::{Deserialize, Serialize};
use specta::Type;

/// How an answer came about, so that it can be explained and made again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Provenance {
    /// The prompt with its version, such as `answer/2`; none where no executor was asked.
    pub prompt: Option<String>,
    /// The language model; none without one.
    pub model: Option<String>,
    /// Whether question and passages left this machine.
    pub remote: bool,
    /// The passages that the executor was given, as they were numbered.
    pub passages: Vec<PassageId>,
    /// How many of the passages that were found had no room.
    pub left_out: u32,
    /// What the requests cost.
    pub tokens: Tokens,
    /// Milliseconds until everything was found that the answer could rest on.
    pub retrieve_ms: Option<u32>,
    /// Of these, milliseconds in which the sentences of what was found were ranked.
    #[serde(default)]
    pub rank_ms: Option<u32>,
    /// Milliseconds from the question to the first text of the answer.
    pub first_token_ms: Option<u32>,
    /// Statements that were left out, because no passage supports them.
    pub unsupported: Vec<String>,
    /// Why another executor went on than the one that was asked; for people.
    pub fell_back: Option<String>,
    /// Whether it had been told before and nothing has changed since.
    pub remembered: bool,
    /// How many characters at the beginning of the answer a language model wrote, in Markdown. What stands behind them
    /// quotes documents and is plain text, whatever it looks like.
    #[serde(default)]
    pub written: u32,
}

/// Tokens of one request to a language model, or of all behind an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Tokens {
    /// Given to the model.
    pub prompt: u32,
    /// Of these, the ones that it had read already in the turn before.
    pub reused: u32,
    /// Written by it.
    pub generated: u32,
}

impl Tokens {
    /// Both ways.
    pub fn total(self) -> u32 {
        self.prompt.saturating_add(self.generated)
    }
}
