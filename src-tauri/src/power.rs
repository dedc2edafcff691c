//! What the machine runs on, so that the window can leave out what only looks good.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::AppHandle;
use tauri_specta::Event as _;

use crate::events::PowerChanged;

/// How often it is looked at.
const LOOK: Duration = Duration::from_secs(30);

/// What the machine runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct PowerState {
    /// Whether it runs on its battery.
    pub battery: bool,
    /// Whether the person has told the system to save power. Known on Linux alone; false elsewhere.
    pub saver: bool,
}

/// As it is now. Asks the system, which may take a moment.
pub(crate) fn read() -> PowerState {
    PowerState { battery: intake::is_discharging(), saver: saves_power() }
}

/// Tells the window of every change, on a thread of its own, as long as the app runs.
pub(crate) fn watch(app: AppHandle) {
    let watching = std::thread::Builder::new().name("power".into()).spawn(move || {
        let mut before = read();
        loop {
            std::thread::sleep(LOOK);
            let power = read();
            if power != before && (PowerChanged { power }).emit(&app).is_ok() {
                before = power;
            }
        }
    });
    if let Err(error) = watching {
        tracing::warn!(%error, "no thread to look at the battery on");
    }
}

/// By the daemon that desktops switch power profiles with, under its newer and its older name.
#[cfg(target_os = "linux")]
fn saves_power() -> bool {
    use crate::bus;
    const DAEMONS: [(&str, &str); 2] = [
        ("org.freedesktop.UPower.PowerProfiles", "/org/freedesktop/UPower/PowerProfiles"),
        ("net.hadess.PowerProfiles", "/net/hadess/PowerProfiles"),
    ];
    DAEMONS
        .iter()
        .find_map(|(name, path)| bus::system_property(name, path, "ActiveProfile"))
        .is_some_and(|profile| profile == "power-saver")
}

#[cfg(not(target_os = "linux"))]
fn saves_power() -> bool {
    false
}
