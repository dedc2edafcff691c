//! Cards from files and into files.

use std::path::Path;

use kernel::RoomId;
use library::rooms;
use serde::Serialize;
use specta::Type;
use study::cards::exchange::Skipped;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};

use crate::exchange::{self, Brought, Form, Incoming};
use crate::fault::Fault;
use crate::state::Shell;

/// As many of the notes that were left out are named.
const MOST_NAMED: usize = 100;

/// What the places are that are left out of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FilePlace {
    /// Lines of a text.
    Line,
    /// Notes of a package.
    Note,
}

/// What became of a file of cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct CardsImported {
    /// Notes that the room did not have.
    added: u32,
    /// Notes that it had with another text; their cards keep what was answered.
    updated: u32,
    /// Notes that it had just so.
    unchanged: u32,
    /// Answers that came with new notes.
    answers: u32,
    /// Pictures and sounds that came.
    media: u32,
    /// Pictures and sounds that notes name and the file lacks.
    missing: u32,
    /// How many places of the file could not become a note.
    left_out: u32,
    /// What these places are.
    place: FilePlace,
    /// The first hundred of them.
    skipped: Vec<Skipped>,
}

impl From<Brought> for CardsImported {
    fn from(brought: Brought) -> Self {
        let (place, taken) = match brought {
            Brought::Package(taken) => (FilePlace::Note, taken),
            Brought::Sheet(stored) => {
                let exchange::Stored { added, updated, unchanged, skipped } = stored;
                (FilePlace::Line, exchange::Taken { added, updated, unchanged, skipped, ..exchange::Taken::default() })
            }
        };
        Self {
            added: taken.added,
            updated: taken.updated,
            unchanged: taken.unchanged,
            answers: taken.answers,
            media: taken.media,
            missing: taken.missing,
            left_out: u32::try_from(taken.skipped.len()).unwrap_or(u32::MAX),
            place,
            skipped: taken.skipped.into_iter().take(MOST_NAMED).collect(),
        }
    }
}

/// Brings the notes of a file into a room.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cards_import(
    shell: State<'_, Shell>,
    room: RoomId,
    file: String,
    utc_offset: i32,
) -> Result<CardsImported, Fault> {
    shell
        .with(move |app| {
            app.library.read(|connection| rooms::get(connection, room))?;
            Ok(Incoming::open(Path::new(&file))?.bring(&app.library, room, utc_offset)?.into())
        })
        .await
}

/// Writes the notes of a room into a file, in the form that its ending says; how many there are.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cards_export(
    shell: State<'_, Shell>,
    room: RoomId,
    file: String,
    utc_offset: i32,
) -> Result<u32, Fault> {
    shell
        .with(move |app| {
            let file = Path::new(&file);
            let form = Form::of(file)?;
            let room = app.library.read(|connection| rooms::get(connection, room))?;
            let notes = exchange::export(&app.library, &room, form, file, utc_offset)?;
            Ok(u32::try_from(notes).unwrap_or(u32::MAX))
        })
        .await
}

/// Lets the person choose a file of cards; none when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_cards(window: AppHandle) -> Result<Option<String>, Fault> {
    #[cfg(debug_assertions)]
    if let Some(chosen) = chosen_by_test() {
        return Ok(Some(chosen));
    }
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog = window.dialog().file().set_title("Bring in cards");
    dialog.add_filter("Cards: Anki, CSV, Markdown", &Form::ENDINGS).pick_file(move |file| {
        let _ = sender.send(file);
    });
    Ok(path(chosen.await.unwrap_or_default()))
}

/// Lets the person choose where the cards of a room are written; none when they close the dialog.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_cards_target(
    window: AppHandle,
    shell: State<'_, Shell>,
    room: RoomId,
) -> Result<Option<String>, Fault> {
    #[cfg(debug_assertions)]
    if let Some(chosen) = chosen_by_test() {
        return Ok(Some(chosen));
    }
    let room = shell.read(move |connection| rooms::get(connection, room)).await?;
    // No file system takes all signs in a name.
    let name: String = room.name.chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (sender, chosen) = tokio::sync::oneshot::channel();
    let dialog = window.dialog().file().set_title("Export the cards").set_file_name(format!("{name}.apkg"));
    let dialog = dialog.add_filter("Anki", &["apkg"]).add_filter("CSV", &["csv"]).add_filter("Markdown", &["md"]);
    dialog.save_file(move |file| {
        let _ = sender.send(file);
    });
    Ok(path(chosen.await.unwrap_or_default()))
}

fn path(file: Option<FilePath>) -> Option<String> {
    file.and_then(|file| file.into_path().ok()).map(|path| path.to_string_lossy().into_owned())
}

/// A native dialog can't be driven by a test: it says here what it would choose.
#[cfg(debug_assertions)]
fn chosen_by_test() -> Option<String> {
    std::env::var("SMART_STUDY_ROOM_TEST_CARDS").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_left_out_is_counted_and_the_first_is_named() {
        let skipped = (1..=250).map(|place| Skipped { place, why: "It has no back.".into() }).collect();
        let told = CardsImported::from(Brought::Sheet(exchange::Stored { added: 3, skipped, ..Default::default() }));
        assert_eq!((told.added, told.left_out, told.skipped.len()), (3, 250, 100));
        assert_eq!((told.place, told.skipped.first().map(|it| it.place)), (FilePlace::Line, Some(1)));
    }
}
