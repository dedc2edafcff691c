//! Where the window stands, how large it is, and in which theme: kept beside the library, and known before the library
//! is open, so that the window comes up where and as it was left.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tauri::utils::config::Color;

use crate::commands::settings::Theme;

/// What the interface needs to be used, in logical pixels.
pub(crate) const SMALLEST: (f64, f64) = (480.0, 560.0);
/// So much of the strip by which a window is moved must be on a screen, in physical pixels.
const GRIP: (i64, i64) = (96, 24);
/// The height of that strip, about.
const STRIP: i64 = 40;

/// What is kept of a window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct WindowPlace {
    /// Without the frame, in logical pixels.
    pub width: f64,
    /// Without the frame, in logical pixels.
    pub height: f64,
    /// The frame's upper left corner in physical pixels of the whole desktop; none where the system chooses.
    pub corner: Option<(i32, i32)>,
    /// Whether it fills the screen; the rest says how it is when it does not.
    pub maximised: bool,
    /// What was chosen for light and dark.
    pub theme: Theme,
}

impl Default for WindowPlace {
    fn default() -> Self {
        Self { width: 1280.0, height: 820.0, corner: None, maximised: false, theme: Theme::default() }
    }
}

/// The part of a screen that windows may cover, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Screen {
    /// Its upper left corner.
    pub corner: (i32, i32),
    /// Its width and height.
    pub size: (u32, u32),
    /// Physical pixels of one logical pixel.
    pub scale: f64,
}

impl WindowPlace {
    /// The same for the screens that there are now: where it could be seen and moved, and no larger than one of them.
    pub(crate) fn on(self, screens: &[Screen]) -> Self {
        let reachable = |screen: &&Screen| self.can_be_moved_on(screen);
        let under = screens.iter().find(reachable);
        let corner = self.corner.filter(|_| under.is_some());
        let Some(screen) = under.or(screens.first()) else { return Self { corner: None, ..self } };
        let within = |wanted: f64, smallest: f64, room: u32| {
            let room = f64::from(room) / screen.scale;
            if wanted.is_finite() { wanted.min(room).max(smallest) } else { smallest }
        };
        let width = within(self.width, SMALLEST.0, screen.size.0);
        let height = within(self.height, SMALLEST.1, screen.size.1);
        Self { width, height, corner, ..self }
    }

    fn can_be_moved_on(&self, screen: &Screen) -> bool {
        let Some((x, y)) = self.corner else { return false };
        let overlap = |from: i32, length: i64, screen_from: i32, screen_length: u32| {
            let (from, screen_from) = (i64::from(from), i64::from(screen_from));
            (from + length).min(screen_from + i64::from(screen_length)) - from.max(screen_from)
        };
        let width = (self.width * screen.scale) as i64;
        overlap(x, width, screen.corner.0, screen.size.0) >= GRIP.0
            && overlap(y, STRIP, screen.corner.1, screen.size.1) >= GRIP.1
    }
}

/// What is painted where nothing is yet: the interface's own ground.
pub(crate) fn ground(dark: bool) -> Color {
    if dark { Color(11, 14, 23, 255) } else { Color(243, 240, 233, 255) }
}

/// Keeps a window's place up to date, in a file.
pub(crate) struct KeptPlace {
    file: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Default)]
struct State {
    now: WindowPlace,
    /// The frame before the last change: where a window is maximised, some systems tell of its new size first.
    before: Option<WindowPlace>,
    written: Option<WindowPlace>,
    /// Whether it is to be written in a moment.
    due: bool,
}

impl KeptPlace {
    /// The place that was kept in `file`; the usual one where there is none.
    pub(crate) fn read(file: Option<PathBuf>) -> Self {
        let kept = file.as_deref().and_then(|file| std::fs::read(file).ok());
        let kept = kept.and_then(|json| serde_json::from_slice(&json).ok());
        let state = State { now: kept.unwrap_or_default(), before: None, written: kept, due: false };
        Self { file, state: Mutex::new(state) }
    }

    /// The place as it is known.
    pub(crate) fn get(&self) -> WindowPlace {
        self.with(|state| state.now)
    }

    /// The window stands there now.
    pub(crate) fn moved(&self, width: f64, height: f64, corner: Option<(i32, i32)>, maximised: bool) {
        self.with(|state| {
            if maximised {
                // What was told last may be of the maximised window already.
                let early = state.now.width == width && state.now.height == height && !state.now.maximised;
                let frame = state.before.filter(|_| early).unwrap_or(state.now);
                state.now = WindowPlace { maximised: true, theme: state.now.theme, ..frame };
            } else {
                let now = WindowPlace { width, height, corner, maximised: false, theme: state.now.theme };
                if now != state.now {
                    state.before = Some(state.now);
                    state.now = now;
                }
            }
        });
    }

    /// What is chosen for light and dark.
    pub(crate) fn wears(&self, theme: Theme) {
        self.with(|state| state.now.theme = theme);
    }

    /// Whether somebody should [write](Self::write) it in a moment; said once until that moment [has
    /// come](Self::has_settled).
    pub(crate) fn is_due(&self) -> bool {
        self.with(|state| state.written != Some(state.now) && !std::mem::replace(&mut state.due, true))
    }

    /// The moment to write it has come; the next change asks for another.
    pub(crate) fn has_settled(&self) {
        self.with(|state| state.due = false);
    }

    /// Writes it down if it has changed.
    ///
    /// # Errors
    /// When the file can't be written.
    pub(crate) fn write(&self) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let (now, written) = self.with(|state| (state.now, state.written));
        if written == Some(now) {
            return Ok(());
        }
        replace(file, &serde_json::to_vec(&now)?)?;
        self.with(|state| state.written = Some(now));
        Ok(())
    }

    fn with<T>(&self, run: impl FnOnce(&mut State) -> T) -> T {
        run(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// All of it or nothing, wherever the process is killed.
fn replace(file: &Path, content: &[u8]) -> io::Result<()> {
    let beside = file.with_extension("new");
    std::fs::write(&beside, content)?;
    std::fs::rename(beside, file)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LEFT: Screen = Screen { corner: (0, 27), size: (1920, 1053), scale: 1.0 };
    const RIGHT: Screen = Screen { corner: (1920, 0), size: (2560, 1440), scale: 2.0 };

    fn at(corner: (i32, i32)) -> WindowPlace {
        WindowPlace { corner: Some(corner), ..WindowPlace::default() }
    }

    #[test]
    fn a_window_comes_back_where_it_can_be_seen_and_moved_and_nowhere_else() {
        let corner = |place: WindowPlace, screens: &[Screen]| place.on(screens).corner;
        assert_eq!(corner(at((100, 60)), &[LEFT]), Some((100, 60)));
        assert_eq!(corner(at((2000, 60)), &[LEFT, RIGHT]), Some((2000, 60)));
        // The second screen is gone, or the frame's upper edge would be above or below the first.
        assert_eq!(corner(at((2000, 60)), &[LEFT]), None);
        assert_eq!(corner(at((100, -60)), &[LEFT]), None);
        assert_eq!(corner(at((100, 1070)), &[LEFT]), None);
        assert_eq!(corner(at((-1240, 60)), &[LEFT]), None);
        assert_eq!(corner(at((100, 60)), &[]), None);
        assert_eq!(corner(WindowPlace::default(), &[LEFT]), None);
    }

    #[test]
    fn a_window_is_no_larger_than_its_screen_and_no_smaller_than_it_can_be_used() {
        let size = |width, height, screens: &[Screen]| {
            let place = WindowPlace { width, height, corner: Some((2000, 60)), ..WindowPlace::default() }.on(screens);
            (place.width, place.height)
        };
        assert_eq!(size(4000.0, 3000.0, &[LEFT, RIGHT]), (1280.0, 720.0));
        assert_eq!(size(4000.0, 900.0, &[LEFT]), (1920.0, 900.0));
        assert_eq!(size(10.0, f64::NAN, &[LEFT]), SMALLEST);
        assert_eq!(size(1000.0, 700.0, &[]), (1000.0, 700.0));
    }

    #[test]
    fn a_maximised_window_keeps_the_size_that_it_goes_back_to() {
        let kept = KeptPlace::read(None);
        kept.moved(1000.0, 700.0, Some((10, 10)), false);
        // First the size, then that it is maximised; then, as another system tells it, both at once.
        kept.moved(1920.0, 1053.0, Some((0, 27)), false);
        kept.moved(1920.0, 1053.0, Some((0, 27)), true);
        let maximised = WindowPlace { width: 1000.0, height: 700.0, maximised: true, ..at((10, 10)) };
        assert_eq!(kept.get(), maximised);
        kept.moved(1920.0, 1053.0, Some((0, 27)), true);
        assert_eq!(kept.get(), maximised);
        kept.moved(1000.0, 700.0, Some((10, 10)), false);
        assert_eq!(kept.get(), WindowPlace { maximised: false, ..maximised });
    }

    #[test]
    fn what_was_kept_is_there_at_the_next_start_and_what_can_t_be_read_is_the_usual() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        let kept = KeptPlace::read(Some(file.clone()));
        assert_eq!(kept.get(), WindowPlace::default());
        kept.moved(1000.0, 700.0, Some((10, -10)), false);
        kept.wears(Theme::Dark);
        kept.write().unwrap();
        let again = KeptPlace::read(Some(file.clone())).get();
        assert_eq!(again, WindowPlace { width: 1000.0, height: 700.0, theme: Theme::Dark, ..at((10, -10)) });
        std::fs::write(&file, "{ \"width\": ").unwrap();
        assert_eq!(KeptPlace::read(Some(file)).get(), WindowPlace::default());
    }

    #[test]
    fn nothing_is_written_again_that_has_not_changed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        let kept = KeptPlace::read(Some(file.clone()));
        assert!(kept.is_due() && !kept.is_due());
        kept.has_settled();
        kept.write().unwrap();
        std::fs::remove_file(&file).unwrap();
        assert!(!kept.is_due());
        kept.write().unwrap();
        assert!(!file.exists());
        kept.moved(1000.0, 700.0, None, false);
        assert!(kept.is_due());
    }

    /// The ground as `tokens.css` says it, by the formulas of Björn Ottosson's Oklab.
    #[test]
    fn the_window_is_painted_as_the_interface_will_be() {
        let tokens = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/design/tokens.css");
        let tokens = std::fs::read_to_string(tokens).unwrap();
        let line = tokens.lines().find(|line| line.contains("--ground:")).unwrap();
        let colours: Vec<[f64; 3]> = line
            .split("oklch(")
            .skip(1)
            .map(|it| {
                it.split([' ', ')']).take(3).map(|it| it.parse().unwrap()).collect::<Vec<_>>().try_into().unwrap()
            })
            .collect();
        assert_eq!(colours.len(), 2, "{line}");
        for (colour, dark) in colours.into_iter().zip([false, true]) {
            let Color(r, g, b, _) = ground(dark);
            assert_eq!([r, g, b], srgb(colour), "{line}");
        }
    }

    fn srgb([lightness, chroma, hue]: [f64; 3]) -> [u8; 3] {
        let (b, a) = hue.to_radians().sin_cos();
        let (a, b) = (a * chroma, b * chroma);
        let l = (lightness + 0.3963377774 * a + 0.2158037573 * b).powi(3);
        let m = (lightness - 0.1055613458 * a - 0.0638541728 * b).powi(3);
        let s = (lightness - 0.0894841775 * a - 1.2914855480 * b).powi(3);
        [
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
        ]
        .map(|it| if it <= 0.003_130_8 { 12.92 * it } else { 1.055 * it.powf(1.0 / 2.4) - 0.055 })
        .map(|it| (it * 255.0).round() as u8)
    }
}
