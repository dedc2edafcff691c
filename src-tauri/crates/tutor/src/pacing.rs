//! Text goes out at once when it is the first, and then about thirty times a second, however fast it comes.

use std::time::Duration;

use tokio::time::Instant;

/// Between two pieces of text.
const PAUSE: Duration = Duration::from_millis(33);

/// How often a stop is looked for while an executor is silent.
pub(crate) const WATCH: Duration = Duration::from_millis(30);

/// Text that waits for its turn to be sent.
#[derive(Debug, Default)]
pub(crate) struct Pacer {
    waiting: String,
    last: Option<Instant>,
}

impl Pacer {
    /// Adds text; gives what is due at `now`.
    pub(crate) fn push(&mut self, text: &str, now: Instant) -> Option<String> {
        self.waiting.push_str(text);
        match self.due() {
            Some(due) if due > now => None,
            _ => self.take(now),
        }
    }

    /// When the waiting text is due; `None` when nothing waits or it can go at once.
    pub(crate) fn due(&self) -> Option<Instant> {
        (!self.waiting.is_empty()).then(|| self.last.map(|last| last + PAUSE)).flatten()
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Everything that waits.
    pub(crate) fn take(&mut self, now: Instant) -> Option<String> {
        if self.waiting.is_empty() {
            return None;
        }
        self.last = Some(now);
        Some(std::mem::take(&mut self.waiting))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_text_goes_at_once_and_the_rest_thirty_times_a_second() {
        let (mut pacer, now) = (Pacer::default(), Instant::now());
        assert_eq!(pacer.push("a", now).as_deref(), Some("a"));
        assert_eq!(pacer.push("b", now), None);
        assert_eq!(pacer.push("c", now), None);
        assert_eq!(pacer.due(), Some(now + PAUSE));
        assert_eq!(pacer.push("d", now + PAUSE).as_deref(), Some("bcd"));
        assert_eq!(pacer.take(now + PAUSE), None);
    }
}
