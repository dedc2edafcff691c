//! A circuit breaker: an executor that fails again and again is left alone for a while, so that nobody waits for it.
//!
//! Closed: requests pass. After [`FAILURES`] in a row it opens: none passes until it has rested. Then, half open, one
//! request is let through to see: its success closes the breaker, its failure opens it for twice as long.
//! (M. Nygard, Release It!, 2nd edition, "Circuit Breaker".)

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use specta::Type;
use tokio::time::Instant;

use super::fault::ExecutorFault;

/// Failures in a row that open it.
const FAILURES: u32 = 3;
/// The first rest.
const REST: Duration = Duration::from_secs(20);
/// No rest is longer.
const LONGEST_REST: Duration = Duration::from_secs(300);

/// What a breaker lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BreakerState {
    /// Everything.
    Closed,
    /// Nothing, for a while.
    Open,
    /// One request, to see.
    HalfOpen,
}

/// One breaker; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Breaker(Arc<Mutex<Record>>);

#[derive(Debug, Default)]
struct Record {
    failures: u32,
    /// When the rest ends, and how long it is in all.
    rest: Option<(Instant, Duration)>,
    /// The request that is out to see.
    trying: bool,
}

/// Leave for one request. Dropped without a word, it says nothing about the executor: somebody stopped it.
#[derive(Debug)]
pub(crate) struct Leave {
    breaker: Breaker,
    told: bool,
}

impl Breaker {
    /// Leave for a request now.
    ///
    /// # Errors
    /// [`ExecutorFault::Resting`].
    pub(crate) fn leave(&self) -> Result<Leave, ExecutorFault> {
        self.ask(Instant::now()).map_err(|rest| ExecutorFault::Resting { rest })
    }

    /// Leave for a request, or how long the executor still rests.
    fn ask(&self, now: Instant) -> Result<Leave, Duration> {
        let mut record = self.record();
        if let Some((end, _)) = record.rest {
            if now < end {
                return Err(end - now);
            }
            if record.trying {
                return Err(Duration::ZERO);
            }
            record.trying = true;
        }
        Ok(Leave { breaker: self.clone(), told: false })
    }

    /// What it lets through now.
    pub(crate) fn state(&self, now: Instant) -> BreakerState {
        match self.record().rest {
            None => BreakerState::Closed,
            Some((end, _)) if now < end => BreakerState::Open,
            Some(_) => BreakerState::HalfOpen,
        }
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Leave {
    /// Learns from what came of the request, and gives it back.
    pub(crate) fn record<T>(self, done: Result<T, ExecutorFault>) -> Result<T, ExecutorFault> {
        match &done {
            Ok(_) => self.succeeded(),
            Err(fault) if fault.is_of_the_executor() => self.failed(Instant::now()),
            Err(_) => {}
        }
        done
    }

    /// The executor did what was asked.
    fn succeeded(mut self) {
        self.told = true;
        *self.breaker.record() = Record::default();
    }

    /// It did not.
    fn failed(mut self, now: Instant) {
        self.told = true;
        let mut record = self.breaker.record();
        record.failures += 1;
        record.trying = false;
        let rest = match record.rest {
            Some((_, rest)) => (rest * 2).min(LONGEST_REST),
            None if record.failures >= FAILURES => REST,
            None => return,
        };
        record.rest = Some((now + rest, rest));
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        if !self.told {
            self.breaker.record().trying = false;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn fail(breaker: &Breaker, now: Instant) {
        breaker.ask(now).unwrap().failed(now);
    }

    #[test]
    fn three_failures_in_a_row_open_it_and_a_success_between_them_does_not() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        fail(&breaker, now);
        fail(&breaker, now);
        breaker.ask(now).unwrap().succeeded();
        fail(&breaker, now);
        fail(&breaker, now);
        assert_eq!(breaker.state(now), BreakerState::Closed);
        fail(&breaker, now);
        assert_eq!(breaker.state(now), BreakerState::Open);
        assert_eq!(breaker.ask(now).unwrap_err(), REST);
    }

    #[test]
    fn after_its_rest_one_request_sees_and_decides() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        (0..3).for_each(|_| fail(&breaker, now));
        let later = now + REST;
        assert_eq!(breaker.state(later), BreakerState::HalfOpen);
        let seeing = breaker.ask(later).unwrap();
        assert!(breaker.ask(later).is_err(), "only one goes through");
        seeing.failed(later);
        assert_eq!(breaker.ask(later + REST).unwrap_err(), REST, "it rests for twice as long");
        let still_later = later + 2 * REST;
        breaker.ask(still_later).unwrap().succeeded();
        assert_eq!(breaker.state(still_later), BreakerState::Closed);
    }

    #[test]
    fn a_request_that_somebody_stopped_decides_nothing() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        (0..3).for_each(|_| fail(&breaker, now));
        let later = now + REST;
        drop(breaker.ask(later).unwrap());
        assert_eq!(breaker.state(later), BreakerState::HalfOpen);
        assert!(breaker.ask(later).is_ok());
    }
}
