use intake::Gentleness;
use kernel::RoomId;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager, State};

use crate::app::App;
use crate::fault::Fault;
use crate::state::Shell;
use crate::window::MAIN;

/// Where the window's settings stand among the library's.
const KEY: &str = "window";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// How the window's glass is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Glass {
    /// Blurred each frame.
    Live,
    /// Blurred once.
    Baked,
    /// A tint only.
    Solid,
    /// By what the machine can do.
    #[default]
    Auto,
}

/// What the person has chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// The glass.
    pub glass: Glass,
    /// The room that was open last.
    pub last_room: Option<RoomId>,
    /// When imports leave half of the machine to the person.
    #[serde(default)]
    pub gentleness: Gentleness,
}

/// The settings; defaults for what was never set.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings_get(shell: State<'_, Shell>) -> Result<Settings, Fault> {
    shell.read(stored).await
}

/// Keeps the settings.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings_set(window: AppHandle, shell: State<'_, Shell>, settings: Settings) -> Result<(), Fault> {
    let theme = settings.theme;
    let keep = move |app: &App| {
        app.library.write(|tx| library::settings::set(tx, KEY, &settings))?;
        app.intake.set_gentleness(settings.gentleness);
        Ok(())
    };
    shell.with(keep).await?;
    apply(&window, theme);
    Ok(())
}

/// Gives the window the theme, and the imports the pace, that were chosen in an earlier run.
pub(crate) fn apply_stored(window: &AppHandle, app: &App) {
    match app.library.read(stored) {
        Ok(settings) => {
            app.intake.set_gentleness(settings.gentleness);
            if settings.theme != Theme::System {
                apply(window, settings.theme);
            }
        }
        Err(error) => tracing::warn!(%error, "the settings could not be read"),
    }
}

fn stored(connection: &library::Connection) -> Result<Settings, library::Error> {
    Ok(library::settings::get(connection, KEY)?.unwrap_or_default())
}

/// The frame, the dialogs and the interface's `prefers-color-scheme` follow together.
fn apply(app: &AppHandle, theme: Theme) {
    let theme = match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    };
    let handle = app.clone();
    // In turn behind the making of the window, which may still be under way.
    let done = app.run_on_main_thread(move || {
        if let Some(window) = handle.get_webview_window(MAIN)
            && let Err(error) = window.set_theme(theme)
        {
            tracing::warn!(%error, "the window's theme could not be set");
        }
    });
    if let Err(error) = done {
        tracing::warn!(%error, "the window's theme could not be set");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_stand_as_the_interface_names_them() {
        let settings = Settings {
            theme: Theme::Dark,
            glass: Glass::Baked,
            last_room: Some(RoomId(3)),
            gentleness: Gentleness::Always,
        };
        let json = serde_json::json!({ "theme": "dark", "glass": "baked", "last_room": 3, "gentleness": "always" });
        assert_eq!(serde_json::to_value(&settings).unwrap_or_default(), json);
        assert_eq!(serde_json::from_value::<Settings>(json).ok(), Some(settings));
        // As a version wrote them that knew no gentleness.
        let none = serde_json::json!({ "theme": "system", "glass": "auto", "last_room": null });
        assert_eq!(serde_json::from_value::<Settings>(none).ok(), Some(Settings::default()));
    }
}
