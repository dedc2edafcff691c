//! Whether somebody waits for an answer: what a model does in the background lets it go first.

use tokio::sync::watch;

/// How many wait. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Waiting(watch::Sender<usize>);

/// Somebody who waits, until it is dropped.
#[derive(Debug)]
pub(crate) struct Waits(watch::Sender<usize>);

impl Default for Waiting {
    fn default() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Waiting {
    /// Somebody begins to wait.
    pub(crate) fn begin(&self) -> Waits {
        self.0.send_modify(|waiting| *waiting += 1);
        Waits(self.0.clone())
    }

    /// Ends as soon as nobody waits.
    pub(crate) async fn nobody(&self) {
        // The sender is ours, so that the channel is open.
        let _ = self.0.subscribe().wait_for(|waiting| *waiting == 0).await;
    }

    /// Ends as soon as somebody waits.
    pub(crate) async fn somebody(&self) {
        let _ = self.0.subscribe().wait_for(|waiting| *waiting > 0).await;
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.send_modify(|waiting| *waiting -= 1);
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn nobody_waits_once_all_who_waited_have_gone() {
        let waiting = Waiting::default();
        assert!(waiting.nobody().now_or_never().is_some());
        let (one, other) = (waiting.begin(), waiting.begin());
        assert!(waiting.somebody().now_or_never().is_some());
        drop(one);
        assert!(waiting.nobody().now_or_never().is_none());
        drop(other);
        assert!(waiting.nobody().now_or_never().is_some());
        assert!(waiting.somebody().now_or_never().is_none());
    }
}
