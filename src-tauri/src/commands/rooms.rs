use kernel::RoomId;
use library::rooms::{self, Room};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// Every room with its counts, in the order of the rail.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rooms_list(shell: State<'_, Shell>) -> Result<Vec<Room>, Fault> {
    shell.read(rooms::list).await
}

/// A new room.
#[tauri::command]
#[specta::specta]
pub(crate) async fn room_create(shell: State<'_, Shell>, name: String) -> Result<Room, Fault> {
    shell
        .with(move |app| {
            let now = app.library.now();
            Ok(app.library.write(|tx| rooms::create(tx, &name, now))?)
        })
        .await
}

/// Gives a room another name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn room_rename(shell: State<'_, Shell>, room: RoomId, name: String) -> Result<Room, Fault> {
    shell
        .with(move |app| {
            Ok(app.library.write(|tx| {
                rooms::rename(tx, room, &name)?;
                rooms::get(tx, room)
            })?)
        })
        .await
}

/// Puts a room before another one, or behind all without one; gives all of them in their new order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn room_place(
    shell: State<'_, Shell>,
    room: RoomId,
    before: Option<RoomId>,
) -> Result<Vec<Room>, Fault> {
    shell
        .with(move |app| {
            Ok(app.library.write(|tx| {
                rooms::place(tx, room, before)?;
                rooms::list(tx)
            })?)
        })
        .await
}

/// Gives a room another colour, in degrees of the colour circle.
#[tauri::command]
#[specta::specta]
pub(crate) async fn room_colour(shell: State<'_, Shell>, room: RoomId, hue: u16) -> Result<Room, Fault> {
    shell
        .with(move |app| {
            Ok(app.library.write(|tx| {
                rooms::set_hue(tx, room, hue)?;
                rooms::get(tx, room)
            })?)
        })
        .await
}

/// Removes a room with its documents and conversations; until the app closes it can be brought back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn room_remove(shell: State<'_, Shell>, room: RoomId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.hide_room(room)?)).await
}

/// Brings a removed room back, under another name if its own has been given away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn room_bring_back(shell: State<'_, Shell>, room: RoomId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.intake.bring_back_room(room)?)).await
}
