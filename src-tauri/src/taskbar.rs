//! How far documents are on their way in, on the app's symbol among the running programs.

use std::time::{Duration, Instant};

use tauri::AppHandle;

/// Between two steps of it.
const STEP: Duration = Duration::from_millis(500);

/// What the symbol shows.
#[derive(Default)]
pub(crate) struct Taskbar {
    shown: Option<(u32, Instant)>,
}

impl Taskbar {
    /// Shows a share, 0 to 1; none takes it away. Steps that come too soon, and those that nobody would see, are left
    /// out.
    pub(crate) fn show(&mut self, window: &AppHandle, share: Option<f64>, now: Instant) {
        if let Some(share) = self.next(share, now) {
            show(window, share);
        }
    }

    /// What is to be shown next: a percentage, or none of it any more; nothing while what is shown stands.
    fn next(&mut self, share: Option<f64>, now: Instant) -> Option<Option<u32>> {
        let Some(share) = share else { return self.shown.take().map(|_| None) };
        let percent = (share * 100.0).round() as u32;
        let stands = |(shown, at): (u32, Instant)| shown == percent || now.duration_since(at) < STEP;
        if self.shown.is_some_and(stands) {
            return None;
        }
        self.shown = Some((percent, now));
        Some(Some(percent))
    }
}

#[cfg(target_os = "linux")]
fn show(_: &AppHandle, percent: Option<u32>) {
    if let Err(error) = crate::bus::show_progress(percent.map(|percent| f64::from(percent) / 100.0)) {
        tracing::info!(%error, "no dock shows how far work is");
    }
}

#[cfg(not(target_os = "linux"))]
fn show(window: &AppHandle, percent: Option<u32>) {
    use tauri::Manager;
    use tauri::window::{ProgressBarState, ProgressBarStatus};
    let status = if percent.is_some() { ProgressBarStatus::Normal } else { ProgressBarStatus::None };
    let state = ProgressBarState { status: Some(status), progress: percent.map(u64::from) };
    let shown = window.get_webview_window(crate::window::MAIN).map(|window| window.set_progress_bar(state));
    if let Some(Err(error)) = shown {
        tracing::info!(%error, "no taskbar shows how far work is");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_shown_when_they_are_seen_and_not_too_often_and_the_end_at_once() {
        let (mut taskbar, start) = (Taskbar::default(), Instant::now());
        let at = |ms| start + Duration::from_millis(ms);
        assert_eq!(taskbar.next(None, at(0)), None);
        assert_eq!(taskbar.next(Some(0.1), at(0)), Some(Some(10)));
        assert_eq!(taskbar.next(Some(0.2), at(100)), None);
        assert_eq!(taskbar.next(Some(0.2), at(600)), Some(Some(20)));
        assert_eq!(taskbar.next(Some(0.201), at(2000)), None);
        assert_eq!(taskbar.next(None, at(2001)), Some(None));
        assert_eq!(taskbar.next(None, at(2002)), None);
        assert_eq!(taskbar.next(Some(0.0), at(2003)), Some(Some(0)));
    }
}
