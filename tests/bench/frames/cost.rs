//! What the processes of a window take.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use acceptance::app;

use crate::memory;

/// Ticks of the kernel's clock in a second, in `/proc/<id>/stat`; the same on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// The app with all that it has started.
pub(super) struct Processes {
    root: u32,
}

impl Processes {
    /// Those of the window on the library in `data`.
    pub(super) fn of(data: &Path) -> Self {
        Self { root: app::process(data).expect("the app runs") }
    }

    /// The share of one core that they take while nobody does anything.
    pub(super) fn idle(&self, time: Duration) -> f64 {
        let (before, start) = (self.ticks(), Instant::now());
        std::thread::sleep(time);
        (self.ticks() - before) / TICKS / start.elapsed().as_secs_f64()
    }

    /// Their summed proportional set size, in bytes.
    pub(super) fn memory(&self) -> u64 {
        memory::tree(self.root).into_iter().map(memory::pss).sum()
    }

    /// When the first of them was started.
    pub(super) fn started(&self) -> SystemTime {
        let since_boot = Duration::from_secs_f64(stat(self.root, 19) / TICKS);
        let uptime = fs::read_to_string("/proc/uptime").expect("the time since boot");
        let uptime: f64 = uptime.split(' ').next().and_then(|it| it.parse().ok()).expect("seconds");
        SystemTime::now() - Duration::from_secs_f64(uptime) + since_boot
    }

    fn ticks(&self) -> f64 {
        memory::tree(self.root).into_iter().map(|id| stat(id, 11) + stat(id, 12)).sum()
    }
}

/// A number of `/proc/<id>/stat`, counted behind the name; 0 for a process that has gone.
fn stat(id: u32, field: usize) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The name stands in brackets and may hold anything.
    let rest = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    rest.split(' ').nth(field).and_then(|it| it.parse().ok()).unwrap_or(0.0)
}
