//! How a room is studied, and how its memory is foretold.

use kernel::RoomId;
use library::cards::{self, Fitted, Settings};
use library::rooms;
use serde::Serialize;
use specta::Type;
use study::cards::{Fit, fit};
use tauri::{AppHandle, State};

use crate::events::WorkEnded;
use crate::fault::Fault;
use crate::long_work::LongWork;
use crate::state::Shell;

/// How the cards of a room are studied.
#[tauri::command]
#[specta::specta]
pub(crate) async fn study_settings(shell: State<'_, Shell>, room: RoomId) -> Result<Settings, Fault> {
    shell.read(move |connection| cards::settings(connection, room)).await
}

/// Changes that.
#[tauri::command]
#[specta::specta]
pub(crate) async fn study_settings_set(shell: State<'_, Shell>, room: RoomId, settings: Settings) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| cards::put_settings(tx, room, &settings))?)).await
}

/// What foretells when a card of a room is forgotten.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct MemoryParameters {
    /// The parameters that were fitted to the person; null where those are used that fit most people.
    fitted: Option<Fitted>,
}

/// The parameters that the cards of a room are scheduled by.
#[tauri::command]
#[specta::specta]
pub(crate) async fn memory_parameters(shell: State<'_, Shell>, room: RoomId) -> Result<MemoryParameters, Fault> {
    let fitted = shell.read(move |connection| cards::fitted(connection, room)).await?;
    Ok(MemoryParameters { fitted })
}

/// Fits the parameters to the answers in a room, and keeps them if they foretell answers better; null when it was
/// stopped.
#[tauri::command]
#[specta::specta]
pub(crate) async fn memory_fit(window: AppHandle, shell: State<'_, Shell>, room: RoomId) -> Result<Option<Fit>, Fault> {
    let (cancel, _fitting) = shell.fitting()?;
    let name = shell.read(move |connection| Ok(rooms::get(connection, room)?.name)).await?;
    let found = shell
        .with(move |app| {
            let events = app.library.read(|connection| cards::histories(connection, room))?;
            let found = fit(&events, app.library.now(), &cancel);
            if let Some(Fit::Better { fitted }) = &found {
                app.library.write_durably(|tx| cards::put_fitted(tx, room, Some(fitted)))?;
            }
            Ok(found)
        })
        .await;
    if !matches!(found, Ok(None)) {
        WorkEnded::tell(&window, LongWork::Memory, name, found.as_ref().map(drop));
    }
    found
}

/// Stops the fitting that is under way; false when there is none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn memory_fit_stop(shell: State<'_, Shell>) -> Result<bool, Fault> {
    Ok(shell.stop_fitting())
}

/// Goes back to the parameters that fit most people.
#[tauri::command]
#[specta::specta]
pub(crate) async fn memory_reset(shell: State<'_, Shell>, room: RoomId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write_durably(|tx| cards::put_fitted(tx, room, None))?)).await
}
