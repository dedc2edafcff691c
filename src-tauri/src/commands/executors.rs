use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tutor::{ExecutorSettings, FoundServer};

use crate::executors::{self, ExecutorsInUse};
use crate::fault::Fault;
use crate::state::Shell;

/// The language models that are set up, and how each of them stands.
#[tauri::command]
#[specta::specta]
pub(crate) async fn executors(shell: State<'_, Shell>) -> Result<ExecutorsInUse, Fault> {
    shell.with(|app| Ok(executors::of(app))).await
}

/// Sets up who answers. `key` is the model server's: null keeps the one that it has, an empty one forgets it. It goes
/// into the system's keyring and nowhere else.
#[tauri::command]
#[specta::specta]
pub(crate) async fn executors_set_up(
    shell: State<'_, Shell>,
    settings: ExecutorSettings,
    key: Option<String>,
) -> Result<ExecutorsInUse, Fault> {
    shell.with(move |app| executors::set_up(app, settings, key.as_deref())).await
}

/// Looks for model servers on this machine. Nothing else ever does.
#[tauri::command]
#[specta::specta]
pub(crate) async fn servers_look() -> Result<Vec<FoundServer>, Fault> {
    Ok(tutor::look().await)
}

/// The models that the server at an address offers. Connects to it, so only when the person asks.
#[tauri::command]
#[specta::specta]
pub(crate) async fn server_models(address: String, key: Option<String>) -> Result<Vec<String>, Fault> {
    Ok(tutor::models_of(&address, key.as_deref()).await?)
}

/// Lets the person choose the file of a language model; none when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_language_model(window: AppHandle) -> Result<Option<String>, Fault> {
    // A native dialog can't be driven by a test: it says here what it would choose.
    #[cfg(debug_assertions)]
    if let Ok(chosen) = std::env::var("SMART_STUDY_ROOM_TEST_LANGUAGE_MODEL") {
        return Ok(Some(chosen));
    }
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog = window.dialog().file().set_title("Choose a language model").add_filter("GGUF", &["gguf"]);
    dialog.pick_file(move |file| {
        let _ = sender.send(file);
    });
    let file = chosen.await.unwrap_or_default().and_then(|file| file.into_path().ok());
    Ok(file.map(|file| file.to_string_lossy().into_owned()))
}
