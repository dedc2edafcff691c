//! What the requests of an answer cost.

use std::sync::{Arc, Mutex, PoisonError};

use library::conversations::Tokens;

/// Adds up what an executor used. Clones share the count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter(Arc<Mutex<Tokens>>);

impl Meter {
    /// Counts a request.
    pub(crate) fn add(&self, used: Tokens) {
        let mut sum = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sum.prompt = sum.prompt.saturating_add(used.prompt);
        sum.reused = sum.reused.saturating_add(used.reused);
        sum.generated = sum.generated.saturating_add(used.generated);
    }

    /// What has been counted.
    pub(crate) fn read(&self) -> Tokens {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
