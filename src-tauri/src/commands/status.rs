use kernel::LibraryFolder;
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};

use crate::fault::Fault;
use crate::launch::{self, AskedFolder};
use crate::places;
use crate::state::{Opening, Shell, blocking};

/// How the app is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct Status {
    /// The app's version.
    pub version: String,
    /// Whether the library is open and its commands can be used.
    pub library: LibraryStatus,
    /// Where the library lies; none when no place for it could be found.
    pub folder: Option<String>,
    /// Whether PDFium is there, so that documents can be read and shown.
    pub native_ok: bool,
    /// Whether the embedding model can be used; without it search goes by words alone.
    pub model_ok: bool,
    /// What is wrong, if anything; for people.
    pub message: Option<String>,
}

/// Whether the library can be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum LibraryStatus {
    /// Not yet; commands wait, and a `status-changed` event follows.
    Opening,
    /// It can.
    Ready {
        /// Whether it can be written to; without that nothing can be imported or asked.
        writable: bool,
    },
    /// It can't; every command answers with this fault.
    Failed {
        /// Why.
        fault: Fault,
    },
}

/// How the app is. Answers at once, also while the library is being opened.
#[tauri::command]
#[specta::specta]
pub(crate) async fn status(shell: State<'_, Shell>, folder: State<'_, AskedFolder>) -> Result<Status, Fault> {
    let opening = shell.opening();
    let folder = folder.find().ok();
    blocking(move || Ok(of(&opening, folder))).await
}

/// Tries once more to open a library that could not be opened, after the person has put right what was wrong. Nothing
/// happens where it is open; `status-changed` tells the end.
#[tauri::command]
#[specta::specta]
pub(crate) async fn library_reopen(
    window: AppHandle,
    shell: State<'_, Shell>,
    folder: State<'_, AskedFolder>,
) -> Result<(), Fault> {
    if shell.reopen() {
        launch::open_library(&window, folder.find());
    }
    shell.app().await.map(drop)
}

fn of(opening: &Opening, folder: Option<LibraryFolder>) -> Status {
    let native = places::native_parts();
    let native_ok = native.pdfium().is_file();
    let model_there = native.onnxruntime().is_file() && native.model().join("model.onnx").is_file();
    let (library, model_ok) = match opening {
        Opening::Underway | Opening::Replacing => (LibraryStatus::Opening, model_there),
        Opening::Ready(app) => {
            (LibraryStatus::Ready { writable: app.library.writable() }, model_there && app.can_embed())
        }
        Opening::Failed(fault) => (LibraryStatus::Failed { fault: fault.clone() }, model_there),
    };
    let message = message(&library, native_ok, model_ok, native.folder());
    let folder = folder.map(|folder| folder.root().display().to_string());
    Status { version: env!("CARGO_PKG_VERSION").into(), library, folder, native_ok, model_ok, message }
}

/// The worst first; the rest shows once that is mended.
fn message(library: &LibraryStatus, native_ok: bool, model_ok: bool, native: &std::path::Path) -> Option<String> {
    match library {
        LibraryStatus::Failed { fault } => Some(fault.message.clone()),
        LibraryStatus::Ready { writable: false } => {
            Some("The library's folder can't be written to: you can search and read, but not add documents or ask. Make the folder writable and start the app again.".into())
        }
        _ if !native_ok => Some(format!(
            "PDFium is missing in {}: documents can't be read or shown. Reinstall the app, or run `cargo xtask run` in its source.",
            native.display()
        )),
        _ if !model_ok => Some(format!(
            "The search model in {} can't be used: search goes by words alone. Reinstall the app, or run `cargo xtask run` in its source.",
            native.display()
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use kernel::Code;

    use super::*;

    #[test]
    fn what_is_worst_is_said_first() {
        let native = Path::new("/native");
        let failed = LibraryStatus::Failed { fault: Fault::new(Code::NewerLibrary, "Update the app.") };
        assert_eq!(message(&failed, false, false, native).as_deref(), Some("Update the app."));
        let ready = |writable| LibraryStatus::Ready { writable };
        assert!(message(&ready(false), false, false, native).is_some_and(|text| text.contains("written to")));
        assert!(message(&ready(true), false, false, native).is_some_and(|text| text.contains("PDFium")));
        assert!(message(&ready(true), true, false, native).is_some_and(|text| text.contains("by words alone")));
        assert_eq!(message(&ready(true), true, true, native), None);
    }
}
