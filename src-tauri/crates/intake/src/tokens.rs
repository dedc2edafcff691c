use kernel::NativeParts;
use retrieval::TokenCounter;

use crate::shared::log;

/// Counts the model's tokens of a text.
pub(crate) struct Tokens {
    native: NativeParts,
    /// Loaded with the first document, not before.
    counter: Option<TokenCounter>,
}

impl Tokens {
    pub(crate) fn new(native: NativeParts) -> Self {
        Self { native, counter: None }
    }

    /// Loads the tokenizer if it is not there yet. Without it tokens are guessed, on the safe side: a document is
    /// read and found by its words even where the model is missing.
    pub(crate) fn load(&mut self) {
        if self.counter.is_none() {
            match TokenCounter::load(&self.native) {
                Ok(counter) => self.counter = Some(counter),
                Err(error) => log("tokens are guessed", &error),
            }
        }
    }

    pub(crate) fn count(&mut self, text: &str) -> u32 {
        match &mut self.counter {
            Some(counter) => counter.count(text),
            None => guess(text),
        }
    }
}

/// Three letters a token; running English has more than four.
fn guess(text: &str) -> u32 {
    let tokens: usize = text.split_whitespace().map(|word| word.chars().count().div_ceil(3)).sum();
    u32::try_from(tokens).unwrap_or(u32::MAX)
}
