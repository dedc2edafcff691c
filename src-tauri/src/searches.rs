//! The searches of the window. A person waits for the newest alone.

use kernel::Code;
use tokio::sync::watch;

use crate::fault::Fault;

/// Counts them.
#[derive(Default)]
pub(crate) struct Searches(watch::Sender<u64>);

/// One of them.
pub(crate) struct Search {
    number: u64,
    newest: watch::Receiver<u64>,
}

impl Searches {
    /// A new search; those before it end at their next step.
    pub(crate) fn begin(&self) -> Search {
        let mut number = 0;
        self.0.send_modify(|newest| {
            *newest += 1;
            number = *newest;
        });
        Search { number, newest: self.0.subscribe() }
    }
}

impl Search {
    /// Whether another search was begun since.
    pub(crate) fn is_superseded(&self) -> bool {
        *self.newest.borrow() > self.number
    }

    /// Does `work`, or drops it when another search is begun before its end.
    pub(crate) async fn unless_superseded<T>(
        mut self,
        work: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, Fault> {
        tokio::select! {
            biased;
            _ = self.newest.wait_for(|newest| *newest > self.number) => {
                Err(Fault::new(Code::Cancelled, "Another search was begun before this one ended."))
            }
            done = work => done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_newest_search_ends_those_before_it() {
        let searches = Searches::default();
        let (first, second) = (searches.begin(), searches.begin());
        let never = std::future::pending::<Result<(), Fault>>();
        assert_eq!(first.unless_superseded(never).await.map_err(|fault| fault.code), Err(Code::Cancelled));
        let work = async {
            tokio::task::yield_now().await;
            Ok(7)
        };
        assert!(!second.is_superseded());
        assert_eq!(second.unless_superseded(work).await, Ok(7));
        let third = searches.begin();
        searches.begin();
        assert!(third.is_superseded());
    }
}
