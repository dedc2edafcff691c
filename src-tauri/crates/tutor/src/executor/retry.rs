//! Retries: a request that failed before anything was said is made again, each time after a longer and slightly random
//! pause, so that several that failed together don't come back together.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use super::fault::ExecutorFault;

/// Attempts in all.
const ATTEMPTS: u32 = 3;
/// The pause before the second attempt; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(250);
/// A server that asks to be left alone for longer than this is not waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How long to wait before attempt `made + 1` after `fault`; `None` when it is not made. `chance` is from 0 to 1.
fn pause(made: u32, fault: &ExecutorFault, chance: f64) -> Option<Duration> {
    if made >= ATTEMPTS || !fault.may_pass() {
        return None;
    }
    let longest = PAUSE * 2u32.pow(made);
    let asked = match fault {
        ExecutorFault::Overloaded { wait, .. } => wait.unwrap_or_default(),
        _ => Duration::ZERO,
    };
    // "Full jitter": anything up to the longest (AWS Architecture Blog, "Exponential Backoff And Jitter").
    Some(longest.mul_f64(chance).max(asked)).filter(|pause| *pause <= LONGEST_PAUSE)
}

/// Makes `request` until it succeeds or there is no use in trying again.
pub(crate) async fn with_retries<T, F>(request: impl FnMut() -> F) -> Result<T, ExecutorFault>
where
    F: Future<Output = Result<T, ExecutorFault>>,
{
    with_pauses(request, tokio::time::sleep).await
}

async fn with_pauses<T, F, P>(
    mut request: impl FnMut() -> F,
    mut wait: impl FnMut(Duration) -> P,
) -> Result<T, ExecutorFault>
where
    F: Future<Output = Result<T, ExecutorFault>>,
    P: Future<Output = ()>,
{
    let mut made = 0;
    loop {
        let fault = match request().await {
            Ok(done) => return Ok(done),
            Err(fault) => fault,
        };
        made += 1;
        let Some(pause) = pause(made, &fault, chance()) else { return Err(fault) };
        tracing::info!(%fault, ?pause, "trying again");
        wait(pause).await;
    }
}

/// A number from 0 to 1.
fn chance() -> f64 {
    f64::from(dice()) / f64::from(u32::MAX)
}

/// A number that nobody can foretell: the standard library seeds its hashes at random.
pub(super) fn dice() -> u32 {
    RandomState::new().hash_one(0u8) as u32
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::future::ready;

    use super::*;

    fn overloaded(wait: Option<Duration>) -> ExecutorFault {
        ExecutorFault::Overloaded { address: "http://localhost".into(), wait }
    }

    #[test]
    fn pauses_grow_up_to_the_last_attempt() {
        let fault = overloaded(None);
        assert_eq!(pause(1, &fault, 1.0), Some(PAUSE * 2));
        assert_eq!(pause(2, &fault, 1.0), Some(PAUSE * 4));
        assert_eq!(pause(1, &fault, 0.0), Some(Duration::ZERO));
        assert_eq!(pause(3, &fault, 1.0), None);
    }

    #[test]
    fn a_server_is_left_alone_as_long_as_it_asks_or_not_waited_for() {
        let second = Duration::from_secs(1);
        assert_eq!(pause(1, &overloaded(Some(second)), 0.0), Some(second));
        assert_eq!(pause(1, &overloaded(Some(60 * second)), 0.0), None);
    }

    #[tokio::test]
    async fn what_can_not_pass_is_not_tried_again() {
        let mut made = 0;
        let refused = ExecutorFault::KeyRefused { address: "http://localhost".into() };
        let request = || {
            made += 1;
            ready(Err::<(), _>(refused.clone()))
        };
        let fault = with_pauses(request, |_| ready(()));
        assert_eq!(fault.await.unwrap_err(), refused);
        assert_eq!(made, 1);
    }

    #[tokio::test]
    async fn what_may_pass_is_tried_until_it_does() {
        let mut made = 0;
        let mut pauses = Vec::new();
        let request = || {
            made += 1;
            ready(if made < 3 { Err(overloaded(None)) } else { Ok(made) })
        };
        let wait = |pause| {
            pauses.push(pause);
            ready(())
        };
        assert_eq!(with_pauses(request, wait).await.unwrap(), 3);
        assert!(pauses.len() == 2 && pauses[0] <= PAUSE * 2 && pauses[1] <= PAUSE * 4, "{pauses:?}");
    }
}
