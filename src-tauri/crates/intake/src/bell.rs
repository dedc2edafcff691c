use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Wakes the threads of the intake when there may be something to do. Nobody spins: who has looked waits here.
#[derive(Debug, Default)]
pub(crate) struct Bell {
    rung: Mutex<u64>,
    heard: Condvar,
}

impl Bell {
    /// Something has changed.
    pub(crate) fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.heard.notify_all();
    }

    /// Waits until it has rung since `heard`, or for `at_most`; a ring before the call counts, so none is missed.
    pub(crate) fn wait(&self, heard: &mut u64, at_most: Duration) {
        let until = Instant::now() + at_most;
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        while *rung == *heard {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            (rung, _) = self.heard.wait_timeout(rung, left).unwrap_or_else(PoisonError::into_inner);
        }
        *heard = *rung;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_before_the_wait_is_heard_and_silence_ends_with_time() {
        let bell = Bell::default();
        let mut heard = 0;
        bell.ring();
        bell.ring();
        bell.wait(&mut heard, Duration::from_secs(3600));
        assert_eq!(heard, 2);
        bell.wait(&mut heard, Duration::ZERO);
        assert_eq!(heard, 2);
    }
}
