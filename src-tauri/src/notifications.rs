//! Notifications of the desktop: that something long has ended, for somebody who looks at something else meanwhile.

use tauri::{AppHandle, Manager};

use crate::window::MAIN;

/// Whether the person looks at the window anyway.
pub(crate) fn is_looked_at(app: &AppHandle) -> bool {
    app.get_webview_window(MAIN)
        .is_some_and(|window| window.is_focused().unwrap_or_default() && !window.is_minimized().unwrap_or_default())
}

/// Shows one. False when the desktop can't, which is no fault.
pub(crate) fn show(title: &str, body: &str) -> bool {
    let shown = show_by_system(title, body);
    shown.inspect_err(|error| tracing::info!(%error, "no notification was shown")).unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn show_by_system(title: &str, body: &str) -> zbus::Result<bool> {
    crate::bus::notify(title, body)
}

#[cfg(not(target_os = "linux"))]
fn show_by_system(title: &str, body: &str) -> notify_rust::error::Result<bool> {
    let mut notification = notify_rust::Notification::new();
    notification.summary(title).body(body);
    #[cfg(windows)]
    notification.app_id("app.smartstudyroom.desktop");
    notification.show().map(|_| true)
}
