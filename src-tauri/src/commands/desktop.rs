//! What the window asks of the desktop around it.

use tauri::{AppHandle, State};

use crate::fault::Fault;
use crate::menu::MenuEntry;
use crate::power::{self, PowerState};
use crate::state::{Shell, blocking};
use crate::{links, notifications};

/// Opens a web page or an e-mail address outside the app; anything else is refused with the code `invalid`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn link_open(url: String) -> Result<(), Fault> {
    let address = links::allowed(&url)?;
    blocking(move || links::open(&address)).await
}

/// Tells the desktop something, where the person allows it and looks at another window. False when nothing was told,
/// which harms nobody.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notify(
    window: AppHandle,
    shell: State<'_, Shell>,
    title: String,
    body: String,
) -> Result<bool, Fault> {
    let allowed = shell.with(|app| Ok(app.library.read(super::settings::stored)?.notifications)).await?;
    if !allowed || notifications::is_looked_at(&window) {
        return Ok(false);
    }
    blocking(move || Ok(notifications::show(&window, &title, &body))).await
}

/// Gives the window its menu, in the interface's words; what is chosen comes back as `menu-chosen`. It is seen on macOS,
/// and elsewhere where the settings say so.
#[tauri::command]
#[specta::specta]
pub(crate) async fn menu_set(window: AppHandle, shell: State<'_, Shell>, entries: Vec<MenuEntry>) -> Result<(), Fault> {
    shell.menu.fill(&window, entries)
}

/// What the machine runs on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn power() -> Result<PowerState, Fault> {
    blocking(|| Ok(power::read())).await
}
