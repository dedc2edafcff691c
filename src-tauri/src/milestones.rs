//! How long each step of a start takes, for the log.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The steps since the process began its work. Each is told once.
pub(crate) struct Milestones {
    began: Instant,
    reached: Mutex<Reached>,
}

#[derive(Default)]
struct Reached {
    steps: Vec<(&'static str, Duration)>,
    /// Whether there is a log to write to.
    logged: bool,
}

impl Default for Milestones {
    fn default() -> Self {
        Self { began: Instant::now(), reached: Mutex::default() }
    }
}

impl Milestones {
    /// The start has come so far. False for what was reached before, as after a restored backup: it is passed over.
    pub(crate) fn reached(&self, step: &'static str) -> bool {
        let after = self.began.elapsed();
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        if reached.steps.iter().any(|(before, _)| *before == step) {
            return false;
        }
        reached.steps.push((step, after));
        if reached.logged {
            write(step, after);
        }
        true
    }

    /// From now on there is a log: writes what was reached so far.
    pub(crate) fn log(&self) {
        let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
        if !std::mem::replace(&mut reached.logged, true) {
            reached.steps.iter().for_each(|(step, after)| write(step, *after));
        }
    }
}

fn write(step: &str, after: Duration) {
    tracing::info!(step, ms = after.as_millis(), "start");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_kept_once_in_the_order_of_the_start() {
        let start = Milestones::default();
        assert!(start.reached("window"));
        assert!(start.reached("library"));
        start.log();
        assert!(!start.reached("window"));
        let reached = start.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let steps: Vec<_> = reached.steps.iter().map(|(step, _)| *step).collect();
        assert_eq!(steps, ["window", "library"]);
        assert!(reached.steps.is_sorted_by_key(|(_, after)| *after));
    }
}
