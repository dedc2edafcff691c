use std::path::Path;

use kernel::Code;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use crate::fault::Fault;
use crate::launch::{self, AskedFolder};
use crate::model::{self, EmbeddingModel};
use crate::state::{Opening, Shell};

/// The embedding model of the library, and how far a change of it has come.
#[tauri::command]
#[specta::specta]
pub(crate) async fn embedding_model(shell: State<'_, Shell>) -> Result<EmbeddingModel, Fault> {
    shell.with(model::of).await
}

/// Has the library brought to the model in a folder, or to the one that comes with the app. The library is opened again
/// for it; `status-changed` tells when it can be used. It is searched by the vectors it has until all have been made.
#[tauri::command]
#[specta::specta]
pub(crate) async fn embedding_model_choose(
    window: AppHandle,
    shell: State<'_, Shell>,
    folder: State<'_, AskedFolder>,
    model: Option<String>,
) -> Result<(), Fault> {
    let asked = folder.find()?;
    shell.begin_backup()?;
    let chosen = match shell.opening() {
        Opening::Underway => Err(Fault::new(Code::Busy, "The library is still being opened. Try again in a moment.")),
        _ => shell.with(move |app| model::choose(app, model.as_deref().map(Path::new))).await,
    };
    if chosen.is_ok() {
        shell.close_to_open_again().await;
        launch::open_library(&window, Ok(asked));
    }
    shell.end_backup();
    chosen
}

/// Lets the person choose the folder of a model; none when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_embedding_model(window: AppHandle) -> Result<Option<String>, Fault> {
    // A native dialog can't be driven by a test: it says here what it would choose.
    #[cfg(debug_assertions)]
    if let Ok(chosen) = std::env::var("SMART_STUDY_ROOM_TEST_MODEL") {
        return Ok(Some(chosen));
    }
    let (sender, chosen) = tokio::sync::oneshot::channel();
    window.dialog().file().set_title("Choose the folder of an embedding model").pick_folder(move |folder| {
        let _ = sender.send(folder);
    });
    let folder = chosen.await.unwrap_or_default().and_then(|folder| folder.into_path().ok());
    Ok(folder.map(|folder| folder.to_string_lossy().into_owned()))
}
