//! Background work that leaves the machine to the person: on battery, or whenever they want it so.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use specta::Type;

/// When work in the background takes only half of the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Gentleness {
    /// While the machine runs on its battery.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never: imports are done as quickly as the machine can.
    Never,
}

/// How often the battery is asked.
const ASK: Duration = Duration::from_secs(30);
/// A rest is taken in pieces of this length, so that a stop is noticed.
const PIECE: Duration = Duration::from_millis(50);

/// The choice, and what is known of the battery.
#[derive(Debug, Default)]
pub(crate) struct Gentle {
    chosen: AtomicU8,
    battery: Mutex<Option<(Instant, bool)>>,
}

impl Gentle {
    pub(crate) fn choose(&self, gentleness: Gentleness) {
        self.chosen.store(gentleness as u8, Ordering::Relaxed);
    }

    /// Whether to go gently now.
    pub(crate) fn is_on(&self) -> bool {
        match self.chosen.load(Ordering::Relaxed) {
            it if it == Gentleness::Always as u8 => true,
            it if it == Gentleness::Never as u8 => false,
            _ => self.on_battery(),
        }
    }

    /// After work of this length: as long a rest, if it is time to be gentle, but no longer than the work goes on.
    pub(crate) fn rest(&self, worked: Duration, is_over: impl Fn() -> bool) {
        if !self.is_on() {
            return;
        }
        let until = Instant::now() + worked;
        while !is_over() && Instant::now() < until {
            std::thread::sleep(PIECE.min(until.saturating_duration_since(Instant::now())));
        }
    }

    fn on_battery(&self) -> bool {
        let mut known = self.battery.lock().unwrap_or_else(PoisonError::into_inner);
        match *known {
            Some((asked, answer)) if asked.elapsed() < ASK => answer,
            _ => known.insert((Instant::now(), is_discharging())).1,
        }
    }
}

/// Whether any battery of the machine is being used up. A machine that can't tell has none.
pub fn is_discharging() -> bool {
    use starship_battery::{Manager, State};
    let Ok(batteries) = Manager::new().and_then(|manager| manager.batteries()) else { return false };
    batteries.flatten().any(|battery| battery.state() == State::Discharging)
}
