use kernel::{DocumentId, RoomId};
use library::documents::{self, Document};
use reader::OutlineItem;
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// The documents of a room, in the order they came.
#[tauri::command]
#[specta::specta]
pub(crate) async fn documents_list(shell: State<'_, Shell>, room: RoomId) -> Result<Vec<Document>, Fault> {
    shell.read(move |c| documents::list(c, room)).await
}

/// The table of contents that the document carries.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_outline(shell: State<'_, Shell>, document: DocumentId) -> Result<Vec<OutlineItem>, Fault> {
    shell.read(move |c| documents::outline(c, document)).await
}

/// Holds an import.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_pause(shell: State<'_, Shell>, document: DocumentId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.pause(document)?)).await
}

/// Goes on with an import that was held.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_resume(shell: State<'_, Shell>, document: DocumentId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.resume(document)?)).await
}

/// Gives an import up; what has been read stays searchable.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_cancel(shell: State<'_, Shell>, document: DocumentId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.cancel(document)?)).await
}

/// Tries a failed import again, with a password where one is needed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_retry(
    shell: State<'_, Shell>,
    document: DocumentId,
    password: Option<String>,
) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.retry(document, password.as_deref())?)).await
}

/// Removes a document and everything made from it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_remove(shell: State<'_, Shell>, document: DocumentId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.remove(document).map(drop)?)).await
}
