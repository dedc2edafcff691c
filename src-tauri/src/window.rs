//! The window and the process around it.

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use kernel::LibraryFolder;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, PhysicalPosition, RunEvent, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};
use tauri_specta::Event;

use crate::events::FilesOpened;
use crate::launch::{self, AskedFolder};
use crate::opened::OpenedFiles;
use crate::state::{Opening, Shell};
use crate::window_place::{KeptPlace, SMALLEST, Screen, ground};
use crate::{bindings, drawing, menu, page_protocol, places, power, start};

/// The one window's name.
pub(crate) const MAIN: &str = "main";
/// How often, and after which pause, another window of the same library is called before it counts as gone.
const CALLS: usize = 5;
const BETWEEN_CALLS: Duration = Duration::from_millis(100);
/// How long the window stays hidden for an interface that does not load: what is wrong must be seen.
const HIDDEN: Duration = Duration::from_secs(5);
/// How long the window is left alone before its place is written down, since it may be moved by hand.
const SETTLED: Duration = Duration::from_secs(1);
/// How long a closing app waits for what is at work to reach a point where it can stop.
const LAST_WORK: Duration = Duration::from_secs(5);

/// Opens the window and stays until it is closed.
pub(crate) fn run(data: Option<PathBuf>, files: &[OsString]) -> ExitCode {
    if !has_display() {
        tell(
            "There is no desktop to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is set). `smart-study-room --help` lists what can be done without one.",
        );
        return ExitCode::FAILURE;
    }
    let here = std::env::current_dir().unwrap_or_default();
    let opened = OpenedFiles::new(full_paths(files, &here));
    match build(AskedFolder(data), opened) {
        Ok(app) => {
            app.run(|app, event| on_event(app, &event));
            ExitCode::SUCCESS
        }
        Err(error) => {
            tell(&format!("The window can't be opened: {error}. Is there a desktop to open it on?"));
            ExitCode::FAILURE
        }
    }
}

/// GTK ends the process with a panic where there is none.
fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|it| !it.is_empty()))
}

fn build(asked: AskedFolder, opened: OpenedFiles) -> tauri::Result<tauri::App> {
    let folder = asked.find();
    let crossing = bindings::builder();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol(page_protocol::SCHEME, |context, request, responder| {
            page_protocol::serve(context.app_handle().clone(), &request, responder);
        })
        .manage(Shell::new(opened))
        .manage(KeptPlace::read(folder.as_ref().ok().map(LibraryFolder::window)))
        .manage(asked)
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .invoke_handler(crossing.invoke_handler())
        .setup(move |app| {
            crossing.mount_events(app);
            give_way(app.handle(), &bus_name(folder.as_ref().ok()));
            launch::open_library(app.handle(), folder);
            open(app)?;
            power::watch(app.handle().clone());
            Ok(())
        })
        .build(tauri::generate_context!())
}

/// The library is opened meanwhile: the interface loads first and its first commands wait for it. The window is hidden
/// until there is something to see, so that nobody looks at an empty one.
fn open(app: &tauri::App) -> tauri::Result<()> {
    let start = &app.state::<Shell>().start;
    start.reached("the window is being made");
    let place = app.state::<KeptPlace>().get().on(&screens(app));
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Smart Study Room")
        .inner_size(place.width, place.height)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .center()
        .maximized(place.maximised)
        .theme(place.theme.of_window())
        .visible(false)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                show(window.app_handle());
            }
        })
        .build()?;
    drawing::suit(&window)?;
    let dark = window.theme()? == tauri::Theme::Dark;
    window.set_background_color(Some(ground(dark)))?;
    if let Some((x, y)) = place.corner {
        window.set_position(PhysicalPosition::new(x, y))?;
    }
    start.reached("the window is made");
    let handle = app.handle().clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(HIDDEN).await;
        show(&handle);
    });
    Ok(())
}

/// Once: somebody may have minimised it since.
fn show(app: &AppHandle) {
    if app.state::<Shell>().start.reached("the window is shown")
        && let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.show()
    {
        tracing::error!(%error, "the window could not be shown");
    }
}

fn screens(app: &tauri::App) -> Vec<Screen> {
    let monitors = app.available_monitors().unwrap_or_default();
    let screens = monitors.iter().map(|monitor| {
        let (at, size) = (monitor.work_area().position, monitor.work_area().size);
        Screen { corner: (at.x, at.y), size: (size.width, size.height), scale: monitor.scale_factor() }
    });
    screens.collect()
}

/// Notes where the window stands, whoever moved it.
fn note_place(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    // Minimised, some systems put it far away; on the whole screen it is for a while.
    let is_away = window.is_minimized().unwrap_or_default() || window.is_fullscreen().unwrap_or_default();
    let (Ok(size), Ok(scale), false) = (window.inner_size(), window.scale_factor(), is_away) else { return };
    let size = size.to_logical::<f64>(scale);
    let corner = window.outer_position().ok().map(|at| (at.x, at.y));
    let maximised = window.is_maximized().unwrap_or_default();
    let place = app.state::<KeptPlace>();
    place.moved(size.width, size.height, corner, maximised);
    if place.is_due() {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            tokio::time::sleep(SETTLED).await;
            app.state::<KeptPlace>().has_settled();
            keep_place(&app);
        });
    }
}

/// Only beside a library: a folder that is none stays as it was found.
fn keep_place(app: &AppHandle) {
    if !matches!(app.state::<Shell>().opening(), Opening::Ready(_)) {
        return;
    }
    if let Err(error) = app.state::<KeptPlace>().write() {
        tracing::info!(%error, "where the window stands could not be kept");
    }
}

/// The window shows the app's own interface and nothing else, whatever a link says.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "http" | "https" => {
            url.host_str() == Some("tauri.localhost") || (cfg!(dev) && url.host_str() == Some("localhost"))
        }
        "about" => url.as_str() == "about:blank",
        _ => false,
    }
}

/// Ends this process where the library has a window already: that one comes to the front and gets the files.
fn give_way(app: &AppHandle, bus_name: &str) {
    // A window that closes while it is called leaves the call unanswered; the next one finds nobody.
    for _ in 0..CALLS {
        let one_for_each_library = tauri_plugin_single_instance::Builder::new()
            .dbus_id(bus_name)
            .callback(|app, arguments, here| second_start(app, &arguments, Path::new(&here)))
            .build();
        match app.plugin(one_for_each_library) {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, "another window of this library does not answer"),
        }
        std::thread::sleep(BETWEEN_CALLS);
    }
}

/// Another start of the app over the same library: its files go to the window that is there.
fn second_start(app: &AppHandle, arguments: &[String], here: &Path) {
    let arguments: Vec<OsString> = arguments.iter().skip(1).map(OsString::from).collect();
    if let start::Start::Window { files, .. } = start::decide(&arguments) {
        offer(app, full_paths(&files, here));
    }
    bring_to_front(app);
}

/// Shows the window to somebody who has asked for it elsewhere.
pub(crate) fn bring_to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Files for the window, now or as soon as it asks for them.
fn offer(app: &AppHandle, paths: Vec<String>) {
    if let Some(paths) = app.state::<Shell>().opened.add(paths)
        && let Err(error) = (FilesOpened { paths }).emit(app)
    {
        tracing::warn!(%error, "opened files could not be handed to the window");
    }
}

fn full_paths(files: &[OsString], here: &Path) -> Vec<String> {
    let paths = files.iter().filter_map(|file| start::full_path(file, here));
    paths.map(|path| path.to_string_lossy().into_owned()).collect()
}

/// One window for each library: another folder, as in a test, is another app.
fn bus_name(folder: Option<&LibraryFolder>) -> String {
    const NAME: &str = "app.smartstudyroom.desktop";
    let usual = places::library_folder(None).ok();
    match folder {
        Some(folder) if Some(folder) != usual.as_ref() || std::env::var_os(places::DATA).is_some() => {
            let mut hasher = DefaultHasher::new();
            folder.root().hash(&mut hasher);
            format!("{NAME}.library_{:016x}", hasher.finish())
        }
        _ => NAME.into(),
    }
}

fn on_event(app: &AppHandle, event: &RunEvent) {
    match event {
        RunEvent::WindowEvent { event: WindowEvent::Resized(_) | WindowEvent::Moved(_), .. } => note_place(app),
        // A start from now on is no second one: it must not be handed to a window that is going. The library itself
        // can be open twice.
        RunEvent::WindowEvent { event: WindowEvent::CloseRequested { .. } | WindowEvent::Destroyed, .. }
        | RunEvent::ExitRequested { .. } => tauri_plugin_single_instance::destroy(app),
        RunEvent::Exit => {
            keep_place(app);
            let shell = app.state::<Shell>();
            let closing = async { tokio::time::timeout(LAST_WORK, shell.close()).await };
            if tauri::async_runtime::block_on(closing).is_err() {
                tracing::warn!("closed while something was still at work; it goes on at the next start");
            }
            shell.end_log();
        }
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            let files = urls.iter().filter_map(|url| url.to_file_path().ok());
            offer(app, files.map(|path| path.to_string_lossy().into_owned()).collect());
        }
        _ => {}
    }
}

/// Without a window there is nowhere else to say it.
#[allow(clippy::print_stderr)]
fn tell(message: &str) {
    eprintln!("{message}");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_window_stays_with_its_own_interface() {
        for (url, ours) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("about:blank", true),
            ("https://example.org/", false),
            ("file:///etc/passwd", false),
            ("page://localhost/1/1/800", false),
            ("data:text/html,hello", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(is_ours(&Url::parse(url).unwrap()), ours, "{url}");
        }
    }

    #[test]
    fn two_libraries_have_two_windows() {
        let name = |path: &str| bus_name(Some(&LibraryFolder::new(path)));
        assert_eq!(name("/a"), name("/a"));
        assert_ne!(name("/a"), name("/b"));
        assert!(name("/a").starts_with("app.smartstudyroom.desktop.library_"));
    }
}
