//! The times between frames.

use serde::Deserialize;

use crate::latency::Latency;

/// What `recorder.js` has seen, in milliseconds.
#[derive(Deserialize)]
pub(super) struct Recording {
    frames: Vec<f64>,
    /// How long the thread of the window was not to be had, where that was longer than 50 ms.
    stalls: Vec<f64>,
}

impl Recording {
    /// The 95th percentile of the times between frames.
    pub(super) fn p95(&self) -> f64 {
        self.latency().percentile(0.95)
    }

    /// The figure that counts.
    pub(super) fn told(&self) -> String {
        format!("p95 {:.1} ms", self.p95())
    }

    /// What helps to judge it.
    pub(super) fn beside(&self) -> String {
        let latency = self.latency();
        let longest = self.stalls.iter().copied().fold(0.0, f64::max);
        format!(
            "p50 {:.1}, p99 {:.1}, {} frames; {} tasks over 50 ms, the longest {longest:.0} ms",
            latency.percentile(0.5),
            latency.percentile(0.99),
            latency.count(),
            self.stalls.len(),
        )
    }

    fn latency(&self) -> Latency {
        Latency::new(self.frames.clone())
    }
}
