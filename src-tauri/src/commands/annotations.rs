use std::path::PathBuf;

use kernel::{AnnotationId, Citation, DocumentId, RoomId};
use library::annotations::{self, Annotation, Colour, Found, NewAnnotation, Selection, Wanted};
use library::{documents, rooms};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use crate::fault::Fault;
use crate::state::Shell;

/// More highlights than anybody makes in a document, or in a room.
const MOST: u32 = 20_000;

/// What is marked in a document and written about it, in reading order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn annotations_list(shell: State<'_, Shell>, document: DocumentId) -> Result<Vec<Annotation>, Fault> {
    shell
        .read(move |c| {
            let room = documents::get(c, document)?.room;
            let wanted = Wanted { room, document: Some(document), query: String::new(), limit: MOST };
            Ok(annotations::find(c, &wanted)?.into_iter().map(|found| found.annotation).collect())
        })
        .await
}

/// Highlights and notes of a room, or of a document of it, by their words; without words all of them in reading order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn annotations_search(shell: State<'_, Shell>, wanted: Wanted) -> Result<Vec<Found>, Fault> {
    shell.read(move |c| annotations::find(c, &wanted)).await
}

/// Selected words as a citation, with where they stand.
#[tauri::command]
#[specta::specta]
pub(crate) async fn selection_cite(shell: State<'_, Shell>, on: Selection) -> Result<Citation, Fault> {
    shell.read(move |c| annotations::cite(c, &on)).await
}

/// Marks words, or writes a note about a page.
#[tauri::command]
#[specta::specta]
pub(crate) async fn annotation_add(shell: State<'_, Shell>, wanted: NewAnnotation) -> Result<Annotation, Fault> {
    shell.with(move |app| Ok(app.library.write_durably(|tx| annotations::add(tx, &wanted, app.library.now()))?)).await
}

/// Gives an annotation another colour and note.
#[tauri::command]
#[specta::specta]
pub(crate) async fn annotation_edit(
    shell: State<'_, Shell>,
    annotation: AnnotationId,
    colour: Colour,
    note: String,
) -> Result<Annotation, Fault> {
    shell
        .with(move |app| {
            let now = app.library.now();
            Ok(app.library.write_durably(|tx| annotations::edit(tx, annotation, colour, &note, now))?)
        })
        .await
}

/// Removes an annotation; it can be brought back for a day.
#[tauri::command]
#[specta::specta]
pub(crate) async fn annotation_remove(shell: State<'_, Shell>, annotation: AnnotationId) -> Result<(), Fault> {
    shell
        .with(move |app| Ok(app.library.write_durably(|tx| annotations::remove(tx, annotation, app.library.now()))?))
        .await
}

/// Brings a removed annotation back as it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn annotation_bring_back(
    shell: State<'_, Shell>,
    annotation: AnnotationId,
) -> Result<Annotation, Fault> {
    shell.with(move |app| Ok(app.library.write_durably(|tx| annotations::bring_back(tx, annotation))?)).await
}

/// Writes the highlights and notes of a room, or of a document of it, as Markdown into the file that the person chooses;
/// gives its path, null when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn annotations_export(
    window: AppHandle,
    shell: State<'_, Shell>,
    room: RoomId,
    document: Option<DocumentId>,
) -> Result<Option<String>, Fault> {
    let text = shell
        .read(move |c| {
            let name = rooms::get(c, room)?.name;
            let wanted = Wanted { room, document, query: String::new(), limit: MOST };
            let all: Vec<Annotation> =
                annotations::find(c, &wanted)?.into_iter().map(|found| found.annotation).collect();
            Ok(tutor::notebook(&name, &all))
        })
        .await?;
    let Some(file) = target(&window).await else { return Ok(None) };
    tokio::fs::write(&file, text).await.map_err(|error| Fault::not_written(&file, &error))?;
    Ok(Some(file.to_string_lossy().into_owned()))
}

async fn target(window: &AppHandle) -> Option<PathBuf> {
    // A native dialog can't be driven by a test: it says here what it would choose.
    #[cfg(debug_assertions)]
    if let Ok(chosen) = std::env::var("SMART_STUDY_ROOM_TEST_NOTES") {
        return Some(chosen.into());
    }
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog = window.dialog().file().set_title("Export highlights and notes").add_filter("Markdown", &["md"]);
    dialog.set_file_name("Highlights and notes.md").save_file(move |file| {
        let _ = sender.send(file);
    });
    chosen.await.ok().flatten().and_then(|file| file.into_path().ok())
}
