use std::path::{Path, PathBuf};

use kernel::{DocumentId, RoomId};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use crate::app::App;
use crate::fault::Fault;
use crate::state::Shell;

/// What became of one file that was given for import.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct ImportOutcome {
    /// The file (folders are walked: one outcome for each file in them).
    pub path: String,
    /// The document it is now, or already was.
    pub document: Option<DocumentId>,
    /// Whether the same file was in the room before.
    pub duplicate: bool,
    /// Why it could not be taken.
    pub error: Option<Fault>,
}

/// Takes files and folders into a room; reading goes on in the background.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_paths(
    shell: State<'_, Shell>,
    room: RoomId,
    paths: Vec<String>,
    password: Option<String>,
) -> Result<Vec<ImportOutcome>, Fault> {
    shell
        .with(move |app| {
            let outcomes = paths.iter().flat_map(|path| {
                let files = intake::files(Path::new(path)).into_iter();
                files.map(|file| take(app, room, path, file, password.as_deref()))
            });
            Ok(outcomes.collect())
        })
        .await
}

fn take(
    app: &App,
    room: RoomId,
    given: &str,
    file: Result<PathBuf, intake::Error>,
    password: Option<&str>,
) -> ImportOutcome {
    // What can't be looked into goes by the name under which it was given.
    let path = file.as_ref().map_or_else(|_| given.to_owned(), |file| file.to_string_lossy().into_owned());
    match file.and_then(|file| app.intake.add(room, &file, password)) {
        Ok(added) => ImportOutcome { path, document: Some(added.document), duplicate: added.duplicate, error: None },
        Err(error) => ImportOutcome { path, document: None, duplicate: false, error: Some(error.into()) },
    }
}

/// Lets the person choose files; empty when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_files(window: AppHandle) -> Result<Vec<String>, Fault> {
    #[cfg(debug_assertions)]
    if let Some(chosen) = chosen_by_test() {
        return Ok(chosen);
    }
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let endings: Vec<&str> = reader::Format::ALL.iter().flat_map(|format| format.extensions()).copied().collect();
    window.dialog().file().set_title("Add documents").add_filter("Documents", &endings).pick_files(move |files| {
        let _ = sender.send(files.unwrap_or_default());
    });
    let chosen = chosen.await.unwrap_or_default();
    let paths = chosen.into_iter().filter_map(|file| file.into_path().ok());
    Ok(paths.map(|path| path.to_string_lossy().into_owned()).collect())
}

/// A native dialog can't be driven by a test: it says here what it would choose.
#[cfg(debug_assertions)]
fn chosen_by_test() -> Option<Vec<String>> {
    let chosen = std::env::var_os("SMART_STUDY_ROOM_TEST_PICK")?;
    Some(std::env::split_paths(&chosen).map(|path| path.to_string_lossy().into_owned()).collect())
}

/// The files the app was started with, given once; those that come later are told by `files-opened`. They wait while
/// the library is being opened, and stay where it can't be.
#[tauri::command]
#[specta::specta]
pub(crate) async fn opened_files(shell: State<'_, Shell>) -> Result<Vec<String>, Fault> {
    shell.app().await?;
    shell.start.reached("the window shows the library");
    Ok(shell.opened.take())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use kernel::{Code, LibraryFolder, NativeParts};

    use super::*;

    #[test]
    fn each_file_has_an_outcome_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(LibraryFolder::new(folder.path().join("library")), NativeParts::new("/nowhere")).unwrap();
        let now = app.library.now();
        let room = app.library.write(|tx| library::rooms::create(tx, "Room", now)).unwrap().room;
        let missing = folder.path().join("gone.pdf").to_string_lossy().into_owned();
        let files = intake::files(Path::new(&missing));
        let outcomes: Vec<_> = files.into_iter().map(|file| take(&app, room, &missing, file, None)).collect();
        assert_eq!(outcomes.len(), 1);
        assert_eq!(outcomes[0].path, missing);
        assert_eq!(outcomes[0].error.as_ref().map(|fault| fault.code), Some(Code::NotFound));

        let page = folder.path().join("page.pdf");
        std::fs::write(&page, b"%PDF-1.7\n%%EOF\n").unwrap();
        let take = || take(&app, room, "page.pdf", Ok(page.clone()), None);
        let (first, second) = (take(), take());
        assert!(first.error.is_none() && !first.duplicate);
        assert!(second.duplicate && second.document == first.document);
    }
}
