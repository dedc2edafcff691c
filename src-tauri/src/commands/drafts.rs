use kernel::{QuizItemId, RoomId};
use library::quizzes::{self, Decisions, Item, ItemState, RejectReason, StoredItem};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// The questions of a room that wait for a look, the oldest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drafts_list(shell: State<'_, Shell>, room: RoomId) -> Result<Vec<StoredItem>, Fault> {
    shell.read(move |connection| quizzes::items(connection, room, ItemState::Draft)).await
}

/// Lets a draft be asked, in other words if it was changed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_approve(
    shell: State<'_, Shell>,
    item: QuizItemId,
    changed: Option<Item>,
) -> Result<(), Fault> {
    shell
        .with(move |app| Ok(app.library.write(|tx| quizzes::approve(tx, item, changed.as_ref(), app.library.now()))?))
        .await
}

/// Never asks a question again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_reject(shell: State<'_, Shell>, item: QuizItemId, reason: RejectReason) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| quizzes::reject(tx, item, reason, app.library.now()))?)).await
}

/// Takes a decision back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_reopen(shell: State<'_, Shell>, item: QuizItemId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| quizzes::reopen(tx, item))?)).await
}

/// What was decided so far, by maker and kind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn drafts_decisions(shell: State<'_, Shell>) -> Result<Vec<Decisions>, Fault> {
    shell.read(quizzes::decisions).await
}
