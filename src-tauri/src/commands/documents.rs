use std::path::Path;

use intake::Recognition;
use kernel::{DocumentId, RoomId};
use library::documents::{self, Document};
use library::readings;
use reader::Language;
use reader::OutlineItem;
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// The documents of a room, by the person's own order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn documents_list(shell: State<'_, Shell>, room: RoomId) -> Result<Vec<Document>, Fault> {
    shell.read(move |c| documents::in_order(c, room)).await
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

/// Removes a document and everything made from it; until the app closes it can be brought back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_remove(shell: State<'_, Shell>, document: DocumentId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.hide(document)?)).await
}

/// Brings a removed document back to its room.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_bring_back(shell: State<'_, Shell>, document: DocumentId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.bring_back(document)?)).await
}

/// Takes a file as the new edition of a document, which stays as it is until the new one has been read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_replace(
    shell: State<'_, Shell>,
    document: DocumentId,
    path: String,
    password: Option<String>,
) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.replace(document, Path::new(&path), password.as_deref()).map(drop)?)).await
}

/// Says which page somebody looks at, or that nobody looks at any: what is being looked at is read, embedded and
/// recognised first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_look(
    shell: State<'_, Shell>,
    document: Option<DocumentId>,
    page: u32,
) -> Result<(), Fault> {
    let place = document.map(|document| (document, page));
    let now = shell.app().await?.library.now();
    let is_opened = document.filter(|document| shell.looking.document() != Some(*document));
    let ended = shell.looking.turn(place, now);
    shell
        .with(move |app| {
            app.intake.look_at(place)?;
            if !app.library.writable() || (ended.is_none() && is_opened.is_none()) {
                return Ok(());
            }
            Ok(app.library.write(|tx| {
                if let Some(document) = is_opened {
                    documents::set_opened(tx, document, now)?;
                }
                ended.map_or(Ok(()), |reading| readings::add(tx, reading))
            })?)
        })
        .await
}

/// Gives a document another title; what its file says of itself changes it no more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_rename(
    shell: State<'_, Shell>,
    document: DocumentId,
    title: String,
) -> Result<Document, Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| documents::rename(tx, document, &title))?)).await
}

/// Gives a document these tags in place of those that it had.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_tag(
    shell: State<'_, Shell>,
    document: DocumentId,
    tags: Vec<String>,
) -> Result<Document, Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| documents::tag(tx, document, &tags))?)).await
}

/// Puts a document before another one of a room, or behind all without one. From another room it comes with its
/// highlights, cards and questions; a room that has the same file refuses it with the code `duplicate`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_place(
    shell: State<'_, Shell>,
    document: DocumentId,
    room: RoomId,
    before: Option<DocumentId>,
) -> Result<Document, Fault> {
    shell.with(move |app| Ok(app.intake.place(document, room, before)?)).await
}

/// What text recognition can do here; looks again where it was missing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recognition(shell: State<'_, Shell>) -> Result<Recognition, Fault> {
    shell.with(|app| Ok(app.intake.recognition()?)).await
}

/// Has the text of a document's scanned pages recognised, again if it was, in these languages; in those that are found
/// out when there are none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn document_recognise(
    shell: State<'_, Shell>,
    document: DocumentId,
    languages: Vec<Language>,
) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.recognise(document, &languages)?)).await
}
