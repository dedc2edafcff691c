use std::path::Path;
use std::time::{Duration, Instant};

use kernel::Code;
use library::backup::{self, BackupProgress, BackupStep};
use serde::Serialize;
use specta::Type;
use tauri::ipc::Channel;
use tauri::{AppHandle, State, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

use crate::events::WorkEnded;
use crate::fault::Fault;
use crate::launch::{self, AskedFolder};
use crate::long_work::LongWork;
use crate::state::{Opening, Shell, blocking};

/// Between two words about one step.
const THROTTLE: Duration = Duration::from_millis(100);

/// What a backup, or its restoring, came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct BackupOutcome {
    /// Documents in it.
    pub documents: u32,
    /// Size of the file, or of what was unpacked.
    #[specta(type = f64)]
    pub bytes: u64,
    /// Originals that the library had lost when the backup was made, by their file names.
    pub missing: Vec<String>,
}

/// Writes the whole library into a file, verified, while everything else goes on; `on_progress` hears how far it is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_create(
    window: AppHandle,
    shell: State<'_, Shell>,
    file: String,
    on_progress: Channel<BackupProgress>,
) -> Result<BackupOutcome, Fault> {
    let cancel = shell.begin_backup()?;
    let stop = cancel.clone();
    let name = name_of(&file);
    let made = shell
        .with(move |app| {
            let tell = &mut throttled(on_progress);
            Ok(backup::create(&app.library, Path::new(&file), env!("CARGO_PKG_VERSION"), &stop, tell)?)
        })
        .await;
    shell.end_backup();
    WorkEnded::tell(&window, LongWork::Backup, name, made.as_ref().map(drop));
    made.map(|made| BackupOutcome { documents: made.documents, bytes: made.bytes, missing: made.missing })
}

/// Puts the library of a backup in the place of this one: everything at work is stopped and stored, other commands are
/// refused, and the library is opened again, whichever it then is. `status-changed` tells when it can be used; what the
/// window shows of the old library is to be read anew.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_restore(
    window: AppHandle,
    shell: State<'_, Shell>,
    folder: State<'_, AskedFolder>,
    file: String,
    on_progress: Channel<BackupProgress>,
) -> Result<BackupOutcome, Fault> {
    let asked = folder.find()?;
    let cancel = shell.begin_backup()?;
    if let Opening::Underway | Opening::Replacing = shell.opening() {
        shell.end_backup();
        return Err(Fault::new(Code::Busy, "The library is still being opened. Try again in a moment."));
    }
    shell.close_for_another().await;
    let name = name_of(&file);
    let place = asked.clone();
    let restored =
        blocking(move || Ok(backup::restore(Path::new(&file), &place, &cancel, &mut throttled(on_progress))?)).await;
    shell.pages.clear();
    shell.replaced();
    launch::open_library(&window, Ok(asked));
    shell.end_backup();
    WorkEnded::tell(&window, LongWork::Restore, name, restored.as_ref().map(drop));
    restored.map(|it| BackupOutcome { documents: it.documents, bytes: it.bytes, missing: it.missing })
}

/// Stops the backup, or the restoring, that is under way; false when there is none. Once a restored library takes its
/// place it can't be stopped any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn backup_stop(shell: State<'_, Shell>) -> Result<bool, Fault> {
    Ok(shell.stop_backup())
}

/// Lets the person choose where a backup is written; none when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_backup_target(window: AppHandle) -> Result<Option<String>, Fault> {
    #[cfg(debug_assertions)]
    if let Some(chosen) = chosen_by_test() {
        return Ok(Some(chosen));
    }
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let name = format!("Smart Study Room.{ENDING}");
    dialog(&window).set_title("Back up the library").set_file_name(name).save_file(move |file| {
        let _ = sender.send(file);
    });
    Ok(path(chosen.await.unwrap_or_default()))
}

/// Lets the person choose a backup; none when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_backup(window: AppHandle) -> Result<Option<String>, Fault> {
    #[cfg(debug_assertions)]
    if let Some(chosen) = chosen_by_test() {
        return Ok(Some(chosen));
    }
    let (sender, chosen) = tokio::sync::oneshot::channel();
    dialog(&window).set_title("Restore a backup").pick_file(move |file| {
        let _ = sender.send(file);
    });
    Ok(path(chosen.await.unwrap_or_default()))
}

/// What backups end in when the person does not say otherwise.
const ENDING: &str = "studyroom";

fn dialog(window: &AppHandle) -> FileDialogBuilder<Wry> {
    window.dialog().file().add_filter("Backups of Smart Study Room", &[ENDING])
}

fn path(file: Option<FilePath>) -> Option<String> {
    file.and_then(|file| file.into_path().ok()).map(|path| path.to_string_lossy().into_owned())
}

fn name_of(file: &str) -> String {
    Path::new(file).file_name().map_or_else(|| file.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// A native dialog can't be driven by a test: it says here what it would choose.
#[cfg(debug_assertions)]
fn chosen_by_test() -> Option<String> {
    std::env::var("SMART_STUDY_ROOM_TEST_BACKUP").ok()
}

/// Ten words a second about one step; its end is always told.
fn throttled(channel: Channel<BackupProgress>) -> impl FnMut(BackupProgress) {
    let mut last: Option<(BackupStep, Instant)> = None;
    move |progress| {
        let soon = |(step, at): (BackupStep, Instant)| step == progress.step && at.elapsed() < THROTTLE;
        if last.is_some_and(soon) && progress.done < progress.total {
            return;
        }
        last = Some((progress.step, Instant::now()));
        // A window that has gone hears nothing; the work goes on.
        let _ = channel.send(progress);
    }
}
