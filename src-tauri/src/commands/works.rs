use kernel::JobId;
use library::jobs::{self, Work};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// What is to be done in all rooms: what runs and what waits, in the order of work, then what is held, and what ended
/// without success, the last first. It is held, tried again and given up by its document.
#[tauri::command]
#[specta::specta]
pub(crate) async fn works_list(shell: State<'_, Shell>) -> Result<Vec<Work>, Fault> {
    shell.read(jobs::unfinished).await
}

/// Puts an import out of sight that failed or was cancelled. A document of which nothing was read is removed with it, and
/// can be brought back as a removed one can; whether it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn works_clear(shell: State<'_, Shell>, job: JobId) -> Result<bool, Fault> {
    shell.with(move |app| Ok(app.intake.clear(job)?)).await
}
