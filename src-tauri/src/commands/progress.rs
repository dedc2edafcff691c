use kernel::{RoomId, Timestamp};
use study::progress::{self, Activity, RoomProgress};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// How a room is getting on, for somebody whose clock is `utc_offset` minutes ahead of UTC.
#[tauri::command]
#[specta::specta]
pub(crate) async fn progress(shell: State<'_, Shell>, room: RoomId, utc_offset: i32) -> Result<RoomProgress, Fault> {
    shell.with(move |app| Ok(app.library.read(|c| progress::progress(c, room, utc_offset, app.library.now()))?)).await
}

/// What was done in a room on the last so many days.
#[tauri::command]
#[specta::specta]
pub(crate) async fn activity(
    shell: State<'_, Shell>,
    room: RoomId,
    days: u16,
    utc_offset: i32,
) -> Result<Activity, Fault> {
    shell
        .with(move |app| {
            let now = app.library.now();
            let since = Timestamp(now.0 - i64::from(days) * DAY);
            Ok(app.library.read(|c| progress::activity(c, room, utc_offset, since, now))?)
        })
        .await
}
