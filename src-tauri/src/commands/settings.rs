use intake::Gentleness;
use kernel::{InterfaceLanguage, RoomId};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager, State};

use crate::app::App;
use crate::fault::Fault;
use crate::state::Shell;
use crate::window::MAIN;
use crate::window_place::{KeptPlace, ground};
use crate::{kept, menu};

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

/// How much moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Motion {
    /// As the system has it.
    #[default]
    System,
    /// Little, whatever the system says.
    Reduced,
}

/// How large the interface's text is, in times the usual: 1, 1.125, 1.25 or 1.5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(from = "f64", into = "f64")]
#[specta(type = f64)]
pub(crate) enum TextScale {
    /// 1.
    #[default]
    Usual,
    /// 1.125.
    Large,
    /// 1.25.
    Larger,
    /// 1.5.
    Largest,
}

impl From<TextScale> for f64 {
    fn from(scale: TextScale) -> Self {
        match scale {
            TextScale::Usual => 1.0,
            TextScale::Large => 1.125,
            TextScale::Larger => 1.25,
            TextScale::Largest => 1.5,
        }
    }
}

/// The nearest of them.
impl From<f64> for TextScale {
    fn from(times: f64) -> Self {
        match times {
            _ if times > 1.375 => Self::Largest,
            _ if times > 1.1875 => Self::Larger,
            _ if times > 1.0625 => Self::Large,
            _ => Self::Usual,
        }
    }
}

/// What the person has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub(crate) struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// The glass.
    pub glass: Glass,
    /// The room that was open last.
    pub last_room: Option<RoomId>,
    /// When imports leave half of the machine to the person.
    pub gentleness: Gentleness,
    /// The interface's language; none for the system's.
    pub language: Option<InterfaceLanguage>,
    /// How much moves.
    pub motion: Motion,
    /// How large the interface's text is.
    pub text_scale: TextScale,
    /// Whether the desktop may be told of the end of long work.
    pub notifications: bool,
    /// Whether the window shows its menu bar; on macOS there always is one.
    pub menu_bar: bool,
    /// Whether the person has been through what is shown at the first start.
    pub first_run_done: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            glass: Glass::default(),
            last_room: None,
            gentleness: Gentleness::default(),
            language: None,
            motion: Motion::default(),
            text_scale: TextScale::default(),
            notifications: true,
            menu_bar: false,
            first_run_done: false,
        }
    }
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
    let (theme, menu_bar) = (settings.theme, settings.menu_bar);
    let keep = move |app: &App| {
        app.library.write(|tx| library::settings::set(tx, KEY, &settings))?;
        app.intake.set_gentleness(settings.gentleness);
        Ok(())
    };
    shell.with(keep).await?;
    apply(&window, theme);
    menu::follow_settings(&window, menu_bar);
    Ok(())
}

/// Gives the window the theme and the menu, and the imports the pace, that were chosen in an earlier run.
pub(crate) fn apply_stored(window: &AppHandle, app: &App) {
    match app.library.read(stored) {
        Ok(settings) => {
            app.intake.set_gentleness(settings.gentleness);
            // The window came up in the theme of its last run; a library that was restored meanwhile may have another.
            if settings.theme != window.state::<KeptPlace>().get().theme {
                apply(window, settings.theme);
            }
            menu::follow_settings(window, settings.menu_bar);
        }
        Err(error) => tracing::warn!(%error, "the settings could not be read"),
    }
}

/// The settings as they are kept.
pub(super) fn stored(connection: &library::Connection) -> Result<Settings, library::Error> {
    kept::get(connection, KEY)
}

impl Theme {
    /// As the window's toolkit names it; none for the system's.
    pub(crate) fn of_window(self) -> Option<tauri::Theme> {
        match self {
            Self::System => None,
            Self::Light => Some(tauri::Theme::Light),
            Self::Dark => Some(tauri::Theme::Dark),
        }
    }
}

/// The frame, the dialogs and the interface's `prefers-color-scheme` follow together.
fn apply(app: &AppHandle, theme: Theme) {
    app.state::<KeptPlace>().wears(theme);
    let handle = app.clone();
    // In turn behind the making of the window, which may still be under way.
    let done = app.run_on_main_thread(move || {
        let Some(window) = handle.get_webview_window(MAIN) else { return };
        let dressed = window.set_theme(theme.of_window()).and_then(|()| {
            let dark = window.theme()? == tauri::Theme::Dark;
            window.set_background_color(Some(ground(dark)))
        });
        if let Err(error) = dressed {
            tracing::warn!(%error, "the window's theme could not be set");
        }
    });
    if let Err(error) = done {
        tracing::warn!(%error, "the window's theme could not be set");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use kernel::{LibraryFolder, NativeParts};
    use serde_json::json;

    use super::*;

    fn chosen() -> Settings {
        Settings {
            theme: Theme::Dark,
            glass: Glass::Baked,
            last_room: Some(RoomId(3)),
            gentleness: Gentleness::Always,
            language: Some(InterfaceLanguage::Id),
            motion: Motion::Reduced,
            text_scale: TextScale::Larger,
            notifications: false,
            menu_bar: true,
            first_run_done: true,
        }
    }

    #[test]
    fn settings_stand_as_the_interface_names_them() {
        let json = json!({
            "theme": "dark", "glass": "baked", "last_room": 3, "gentleness": "always", "language": "id",
            "motion": "reduced", "text_scale": 1.25, "notifications": false, "menu_bar": true, "first_run_done": true,
        });
        assert_eq!(serde_json::to_value(chosen()).unwrap(), json);
        assert_eq!(serde_json::from_value::<Settings>(json).unwrap(), chosen());
    }

    #[test]
    fn text_has_one_of_four_sizes() {
        for scale in [TextScale::Usual, TextScale::Large, TextScale::Larger, TextScale::Largest] {
            assert_eq!(TextScale::from(f64::from(scale)), scale);
        }
        assert_eq!(TextScale::from(9.0), TextScale::Largest);
        assert_eq!(TextScale::from(f64::NAN), TextScale::Usual);
    }

    #[test]
    fn settings_of_every_version_are_read_as_far_as_they_go() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(LibraryFolder::new(folder.path()), NativeParts::new("/nowhere")).unwrap();
        let read = |kept: serde_json::Value| {
            app.library.write(|tx| library::settings::set(tx, KEY, &kept)).unwrap();
            app.library.read(stored).unwrap()
        };
        assert_eq!(app.library.read(stored).unwrap(), Settings::default());
        assert!(Settings::default().notifications);
        let of_then =
            Settings { theme: Theme::Dark, glass: Glass::Solid, last_room: Some(RoomId(2)), ..Settings::default() };
        // Of a version that knew no gentleness, and of one that knew nothing else.
        assert_eq!(read(json!({ "theme": "dark", "glass": "solid", "last_room": 2 })), of_then);
        let gentle = json!({ "theme": "dark", "glass": "solid", "last_room": 2, "gentleness": "never" });
        assert_eq!(read(gentle), Settings { gentleness: Gentleness::Never, ..of_then.clone() });
        // Of a later one.
        let later = json!({ "theme": "sepia", "glass": "solid", "last_room": 2, "language": "fr", "text_scale": 1.5 });
        let understood = Settings { theme: Theme::System, text_scale: TextScale::Largest, ..of_then };
        assert_eq!(read(later), understood);
        app.library.write(|tx| library::settings::set(tx, KEY, &chosen())).unwrap();
        assert_eq!(app.library.read(stored).unwrap(), chosen());
    }
}
