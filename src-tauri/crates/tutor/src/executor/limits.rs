//! Time limits of an executor: to its first piece, between pieces, and for the whole.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::fault::{ExecutorFault, Waited};

/// How long an executor may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To the first piece: a small machine reads some thousand tokens of passages in this time.
    pub first: Duration,
    /// Between two pieces.
    pub next: Duration,
    /// For the whole answer.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { first: Duration::from_secs(60), next: Duration::from_secs(20), whole: Duration::from_secs(300) }
    }
}

/// The clock of one request.
#[derive(Debug)]
pub(crate) struct Stopwatch {
    limits: Limits,
    began: Instant,
    /// When the last piece came.
    last: Option<Instant>,
}

impl Stopwatch {
    /// Begins now.
    pub(crate) fn start(limits: Limits) -> Self {
        Self { limits, began: Instant::now(), last: None }
    }

    /// A piece of the answer has come.
    pub(crate) fn lap(&mut self) {
        self.last = Some(Instant::now());
    }

    /// Waits for `work` as long as it may take.
    pub(crate) async fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T, ExecutorFault> {
        let Limits { first, next, whole } = self.limits;
        let (piece, waited) = match self.last {
            None => (self.began + first, Waited::First(first)),
            Some(last) => (last + next, Waited::Next(next)),
        };
        let end = self.began + whole;
        let waited = if end < piece { Waited::Whole(whole) } else { waited };
        timeout_at(piece.min(end), work).await.map_err(|_| ExecutorFault::TooSlow { waited })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::future::pending;

    use super::*;

    const LIMIT: Duration = Duration::from_millis(1);
    const FAR: Duration = Duration::from_secs(3600);

    async fn waited(watch: &Stopwatch) -> Waited {
        match watch.wait(pending::<()>()).await.unwrap_err() {
            ExecutorFault::TooSlow { waited } => waited,
            other => panic!("{other}"),
        }
    }

    #[tokio::test]
    async fn each_wait_has_the_limit_that_ends_first() {
        let first = Limits { first: LIMIT, next: FAR, whole: FAR };
        assert_eq!(waited(&Stopwatch::start(first)).await, Waited::First(LIMIT));
        let whole = Limits { first: FAR, next: FAR, whole: LIMIT };
        assert_eq!(waited(&Stopwatch::start(whole)).await, Waited::Whole(LIMIT));
        let mut watch = Stopwatch::start(Limits { first: FAR, next: LIMIT, whole: FAR });
        watch.lap();
        assert_eq!(waited(&watch).await, Waited::Next(LIMIT));
        assert_eq!(watch.wait(async { 7 }).await.unwrap(), 7);
    }
}
