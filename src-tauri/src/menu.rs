//! The app's own menu: a bar of the desktop's on macOS, of the window elsewhere, in the interface's words.

use std::sync::{Mutex, PoisonError};

use kernel::Code;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::menu::{
    AboutMetadata, CheckMenuItemBuilder, IsMenuItem, Menu, MenuItemBuilder, PredefinedMenuItem as Predefined, Submenu,
};
use tauri::{AppHandle, Manager, Wry};
use tauri_specta::Event as _;

use crate::events::MenuChosen;
use crate::fault::Fault;
use crate::state::Shell;
use crate::window::MAIN;

/// A part of the menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum MenuEntry {
    /// Something that can be chosen.
    Item {
        /// What `menu-chosen` says when it is.
        id: String,
        /// What it is called.
        label: String,
        /// The keys for it, as "CmdOrCtrl+Shift+K"; what names no keys is left out.
        accelerator: Option<String>,
        /// Whether it can be chosen now.
        enabled: bool,
        /// Whether it has a check mark; none for what never has one.
        checked: Option<bool>,
    },
    /// A menu within the menu; the parts of the bar are such.
    Submenu {
        /// What it is called.
        label: String,
        /// What it holds.
        children: Vec<MenuEntry>,
    },
    /// A line between others.
    Separator,
    /// What the system itself does; left out where it has no such thing.
    Standard {
        /// Which.
        action: StandardAction,
        /// What it is called; none for the system's word.
        label: Option<String>,
    },
}

/// What a system does by itself when it is chosen in a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StandardAction {
    /// Says what app this is.
    About,
    /// macOS: the menu of services.
    Services,
    /// macOS: hides the app.
    Hide,
    /// macOS: hides the others.
    HideOthers,
    /// macOS: shows all apps.
    ShowAll,
    /// Ends the app.
    Quit,
    /// Closes the window.
    CloseWindow,
    /// macOS: in a text.
    Undo,
    /// macOS: in a text.
    Redo,
    /// In a text.
    Cut,
    /// In a text.
    Copy,
    /// In a text.
    Paste,
    /// In a text.
    SelectAll,
    /// The window.
    Minimise,
    /// The window over the whole screen.
    FullScreen,
}

/// The menu as the window has last given it.
#[derive(Default)]
pub(crate) struct MenuBar(Mutex<Bar>);

#[derive(Default)]
struct Bar {
    entries: Vec<MenuEntry>,
    wanted: bool,
}

impl MenuBar {
    /// What it holds from now on.
    pub(crate) fn fill(&self, app: &AppHandle, entries: Vec<MenuEntry>) -> Result<(), Fault> {
        // What can't be made is refused before it takes the place of what can.
        let menu = build(app, &entries).map_err(refused)?;
        let mut bar = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bar.entries = entries;
        show(app, (bar.wanted && !bar.entries.is_empty()).then_some(menu)).map_err(refused)
    }

    /// Whether the person wants to see it, where that is theirs to say.
    pub(crate) fn want(&self, app: &AppHandle, wanted: bool) -> Result<(), Fault> {
        let wanted = wanted || cfg!(target_os = "macos");
        let mut bar = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if bar.wanted == wanted {
            return Ok(());
        }
        let menu =
            (wanted && !bar.entries.is_empty()).then(|| build(app, &bar.entries)).transpose().map_err(refused)?;
        bar.wanted = wanted;
        show(app, menu).map_err(refused)
    }
}

#[allow(clippy::needless_pass_by_value)] // As `map_err` hands it over.
fn refused(error: tauri::Error) -> Fault {
    Fault::new(Code::Invalid, format!("The menu can’t be shown: {error}."))
}

/// Tells the window what was chosen.
pub(crate) fn chosen(app: &AppHandle, id: &str) {
    if let Err(error) = (MenuChosen { id: id.to_owned() }).emit(app) {
        tracing::warn!(%error, "the window could not be told what was chosen");
    }
}

#[cfg(target_os = "macos")]
fn show(app: &AppHandle, menu: Option<Menu<Wry>>) -> tauri::Result<()> {
    menu.map_or(Ok(()), |menu| app.set_menu(menu).map(drop))
}

#[cfg(not(target_os = "macos"))]
fn show(app: &AppHandle, menu: Option<Menu<Wry>>) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(MAIN) else { return Ok(()) };
    match menu {
        Some(menu) => window.set_menu(menu),
        None => window.remove_menu(),
    }
    .map(drop)
}

fn build(app: &AppHandle, entries: &[MenuEntry]) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    for entry in entries {
        menu.append(&*part(app, entry)?)?;
    }
    Ok(menu)
}

fn part(app: &AppHandle, entry: &MenuEntry) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match entry {
        MenuEntry::Item { id, label, accelerator, enabled, checked: None } => {
            let item = MenuItemBuilder::with_id(id, label).enabled(*enabled);
            let item = match accelerator {
                Some(keys) => item.accelerator(keys),
                None => item,
            };
            Box::new(item.build(app)?)
        }
        MenuEntry::Item { id, label, accelerator, enabled, checked: Some(checked) } => {
            let item = CheckMenuItemBuilder::with_id(id, label).enabled(*enabled).checked(*checked);
            let item = match accelerator {
                Some(keys) => item.accelerator(keys),
                None => item,
            };
            Box::new(item.build(app)?)
        }
        MenuEntry::Submenu { label, children } => {
            let submenu = Submenu::new(app, label, true)?;
            for child in children {
                submenu.append(&*part(app, child)?)?;
            }
            Box::new(submenu)
        }
        MenuEntry::Separator => Box::new(Predefined::separator(app)?),
        MenuEntry::Standard { action, label } => Box::new(standard(app, *action, label.as_deref())?),
    })
}

fn standard(app: &AppHandle, action: StandardAction, label: Option<&str>) -> tauri::Result<Predefined<Wry>> {
    match action {
        StandardAction::About => Predefined::about(app, label, Some(about())),
        StandardAction::Services => Predefined::services(app, label),
        StandardAction::Hide => Predefined::hide(app, label),
        StandardAction::HideOthers => Predefined::hide_others(app, label),
        StandardAction::ShowAll => Predefined::show_all(app, label),
        StandardAction::Quit => Predefined::quit(app, label),
        StandardAction::CloseWindow => Predefined::close_window(app, label),
        StandardAction::Undo => Predefined::undo(app, label),
        StandardAction::Redo => Predefined::redo(app, label),
        StandardAction::Cut => Predefined::cut(app, label),
        StandardAction::Copy => Predefined::copy(app, label),
        StandardAction::Paste => Predefined::paste(app, label),
        StandardAction::SelectAll => Predefined::select_all(app, label),
        StandardAction::Minimise => Predefined::minimize(app, label),
        StandardAction::FullScreen => Predefined::fullscreen(app, label),
    }
}

fn about() -> AboutMetadata<'static> {
    AboutMetadata {
        name: Some("Smart Study Room".into()),
        version: Some(env!("CARGO_PKG_VERSION").into()),
        ..AboutMetadata::default()
    }
}

/// Keeps the menu in step with what was chosen in the settings.
pub(crate) fn follow_settings(app: &AppHandle, wanted: bool) {
    if let Err(fault) = app.state::<Shell>().menu.want(app, wanted) {
        tracing::warn!(reason = fault.message, "the menu");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_crosses_as_the_interface_writes_it() {
        let json = serde_json::json!([{ "type": "submenu", "label": "File", "children": [
            { "type": "item", "id": "add", "label": "Add files", "accelerator": "CmdOrCtrl+O", "enabled": true, "checked": null },
            { "type": "separator" },
            { "type": "standard", "action": "quit", "label": null },
        ] }]);
        let add = MenuEntry::Item {
            id: "add".into(),
            label: "Add files".into(),
            accelerator: Some("CmdOrCtrl+O".into()),
            enabled: true,
            checked: None,
        };
        let quit = MenuEntry::Standard { action: StandardAction::Quit, label: None };
        let file = MenuEntry::Submenu { label: "File".into(), children: vec![add, MenuEntry::Separator, quit] };
        assert_eq!(serde_json::from_value::<Vec<MenuEntry>>(json).ok(), Some(vec![file]));
    }
}
