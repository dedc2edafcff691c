//! Notifications of the desktop: that something long has ended, for somebody who looks at something else meanwhile.

use tauri::{AppHandle, Manager};

use crate::window::MAIN;

/// Whether the person looks at the window anyway.
pub(crate) fn is_looked_at(app: &AppHandle) -> bool {
    app.get_webview_window(MAIN)
        .is_some_and(|window| window.is_focused().unwrap_or_default() && !window.is_minimized().unwrap_or_default())
}

/// Shows one. False when the desktop can't, which is no fault.
pub(crate) fn show(app: &AppHandle, title: &str, body: &str) -> bool {
    let shown = system::show(app, title, body);
    shown.inspect_err(|error| tracing::info!(%error, "no notification was shown")).unwrap_or_default()
}

#[cfg(target_os = "linux")]
mod system {
    use std::collections::HashSet;
    use std::sync::{Mutex, OnceLock, PoisonError};

    use tauri::AppHandle;

    use crate::{bus, window};

    /// The notifications of this run. Nobody waits for them to be pressed before the first is shown.
    static SHOWN: OnceLock<Mutex<HashSet<u32>>> = OnceLock::new();

    pub(super) fn show(app: &AppHandle, title: &str, body: &str) -> zbus::Result<bool> {
        let shown = SHOWN.get_or_init(|| {
            come_when_pressed(app.clone());
            Mutex::default()
        });
        let number = bus::notify(title, body)?;
        shown.lock().unwrap_or_else(PoisonError::into_inner).extend(number);
        Ok(number.is_some())
    }

    /// The window comes to the front for whoever presses one; on a thread of its own as long as the app runs.
    fn come_when_pressed(app: AppHandle) {
        let is_ours = |number| {
            SHOWN.get().is_some_and(|shown| shown.lock().unwrap_or_else(PoisonError::into_inner).remove(&number))
        };
        let waiting = std::thread::Builder::new().name("notifications".into()).spawn(move || {
            match bus::pressed_notifications() {
                Ok(pressed) => pressed.filter(|number| is_ours(*number)).for_each(|_| window::bring_to_front(&app)),
                Err(error) => tracing::info!(%error, "nobody tells when a notification is pressed"),
            }
        });
        if let Err(error) = waiting {
            tracing::warn!(%error, "no thread to wait for notifications on");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use tauri::AppHandle;

    pub(super) fn show(_: &AppHandle, title: &str, body: &str) -> notify_rust::error::Result<bool> {
        let mut notification = notify_rust::Notification::new();
        notification.summary(title).body(body);
        #[cfg(windows)]
        notification.app_id("app.smartstudyroom.desktop");
        notification.show().map(|_| true)
    }
}
