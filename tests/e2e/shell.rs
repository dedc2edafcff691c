//! What the window shares with the desktop around it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use acceptance::display::wait_until;
use acceptance::window::Window;
use serde_json::{Value, json};
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;

use crate::desk::{self, Desk, TITLE};
use crate::safety::invoke;

async fn has_size(window: &Window, width: u32, height: u32) {
    let sized = format!("return innerWidth === {width} && innerHeight === {height};");
    window.until(&format!("the window is {width} by {height}"), &sized).await;
}

#[tokio::test]
async fn a_window_comes_back_as_it_was_left() {
    let desk = Desk::new();
    let window = desk.window().await;
    has_size(&window, 1280, 820).await;
    desk::make_room(&window, "Botany").await;
    window.close().await;
    // As a person leaves it; the driver ends it without a word.
    let mut app = desk.app();
    desk.display.window(TITLE);
    // A window that is only coming up may still take the size that it was made with.
    wait_until("the new size is kept", || {
        desk.display.resize(TITLE, 1000, 700);
        desk.kept("window.json").contains("\"width\":1000.0,\"height\":700.0")
    });
    desk.display.close(TITLE);
    app.wait();

    let window = desk.window().await;
    has_size(&window, 1000, 700).await;
    window.close().await;
    // Another library has a window of its own.
    let other = Desk::new();
    let window = other.window().await;
    has_size(&window, 1280, 820).await;
    window.close().await;
}

/// Layers that would have to be put together are told to the styles by that feature.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn layers_are_made_only_where_a_graphics_card_puts_them_together() {
    let desk = Desk::new();
    let window = desk.window().await;
    let nodes = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    let has_card = nodes.map(|node| node.file_name()).any(|name| name.to_string_lossy().starts_with("renderD"));
    let has_layers = window.script("return matchMedia('(-webkit-transform-3d)').matches;").await;
    assert_eq!(has_layers, json!(has_card));
    window.close().await;
}

#[tokio::test]
async fn links_lead_to_the_browser_and_nowhere_else() {
    let desk = Desk::new();
    let browser = desk.file("browser", "");
    let window = desk.window_with(&[("SMART_STUDY_ROOM_TEST_LINK", &browser)]).await;
    let opened = |browser: &Path| std::fs::read_to_string(browser).unwrap();
    for address in ["file:///etc/passwd", "javascript:alert(1)", "smb://host/share", "calc.exe", ""] {
        let refused = invoke(&window, "link_open", json!({ "url": address })).await.expect_err(address);
        assert_eq!(refused["code"], json!("invalid"), "{address}");
    }
    assert_eq!(opened(&browser), "");
    assert_eq!(invoke(&window, "link_open", json!({ "url": "https://example.org/a b" })).await, Ok(Value::Null));
    assert_eq!(opened(&browser), "https://example.org/a%20b");
    window.close().await;
}

#[tokio::test]
async fn the_menu_is_there_where_it_is_wanted_and_tells_what_was_chosen() {
    let desk = Desk::new();
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    let chosen = "const { invoke, transformCallback } = window.__TAURI_INTERNALS__;
        const done = arguments[arguments.length - 1];
        window.chosen = [];
        invoke('plugin:event|listen', {
            event: 'menu-chosen', target: { kind: 'Any' },
            handler: transformCallback(({ payload }) => window.chosen.push(payload.id)),
        }).then(() => done(null), (error) => done(error));";
    assert_eq!(window.script_async(chosen).await, Value::Null);
    let item = json!({
        "type": "item", "id": "add-files", "label": "Add files", "accelerator": "CmdOrCtrl+Alt+Y",
        "enabled": true, "checked": null
    });
    let check = json!({
        "type": "item", "id": "ask", "label": "Ask panel", "accelerator": null, "enabled": true, "checked": true
    });
    let entries = json!([{ "type": "submenu", "label": "File", "children": [
        item, { "type": "separator" }, check, { "type": "standard", "action": "quit", "label": null },
    ] }]);
    has_size(&window, 1280, 820).await;
    set(&window, "menu_bar", true).await;
    window.until("the menu takes some room", "return innerHeight < 820;").await;
    // The window brings its own menu again whenever other things can be done, and takes the keys away.
    let told = async {
        while window.script("return chosen.length === 0;").await == json!(true) {
            assert_eq!(invoke(&window, "menu_set", json!({ "entries": entries })).await, Ok(Value::Null));
            desk.display.xdotool(&["windowfocus", "--sync", &desk.display.window(TITLE), "key", "ctrl+alt+y"]);
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), told).await.expect("what was chosen is told");
    assert_eq!(window.script("return chosen[0];").await, json!("add-files"));
    window.picture("menu-bar").await;
    set(&window, "menu_bar", false).await;
    has_size(&window, 1280, 820).await;
    window.close().await;
}

async fn set(window: &Window, setting: &str, on: bool) {
    let mut settings = invoke(window, "settings_get", json!({})).await.unwrap();
    settings[setting] = json!(on);
    assert_eq!(invoke(window, "settings_set", json!({ "settings": settings })).await, Ok(Value::Null));
}

/// A desktop that shows notifications, and on which they can be pressed.
#[derive(Clone, Default)]
struct Notifications(Arc<Mutex<Vec<(String, String)>>>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[allow(clippy::too_many_arguments)]
    fn notify(
        &self,
        _app: &str,
        _replaces: u32,
        _icon: &str,
        title: &str,
        body: &str,
        _actions: Vec<&str>,
        _hints: HashMap<&str, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        self.0.lock().unwrap().push((title.to_owned(), body.to_owned()));
        7
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, number: u32, action: &str) -> zbus::Result<()>;
}

impl Notifications {
    const PATH: &str = "/org/freedesktop/Notifications";

    async fn serve(&self, desk: &Desk) -> zbus::Connection {
        let bus = zbus::connection::Builder::address(desk.display.bus()).unwrap();
        let named = bus.name("org.freedesktop.Notifications").unwrap();
        named.serve_at(Self::PATH, self.clone()).unwrap().build().await.unwrap()
    }

    async fn press(bus: &zbus::Connection) {
        let emitter = SignalEmitter::new(bus, Self::PATH).unwrap();
        Self::action_invoked(&emitter, 7, "default").await.unwrap();
    }
}

#[tokio::test]
async fn somebody_who_looks_elsewhere_is_told_and_comes_back_by_a_press() {
    let desk = Desk::new();
    let desktop = Notifications::default();
    let bus = desktop.serve(&desk).await;
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    let notify = async || {
        let words = json!({ "title": "A document is ready", "body": "R&D" });
        invoke(&window, "notify", words).await.unwrap()
    };
    let number = desk.display.window(TITLE);
    desk.display.xdotool(&["windowactivate", "--sync", &number]);
    assert_eq!(notify().await, json!(false), "the window is looked at");
    desk.display.xdotool(&["windowminimize", "--sync", &number]);
    // Switched off in the settings.
    set(&window, "notifications", false).await;
    assert_eq!(notify().await, json!(false));
    assert_eq!(*desktop.0.lock().unwrap(), []);
    set(&window, "notifications", true).await;
    assert_eq!(notify().await, json!(true));
    assert_eq!(*desktop.0.lock().unwrap(), [("A document is ready".to_owned(), "R&amp;D".to_owned())]);
    Notifications::press(&bus).await;
    assert_eq!(desk.display.window(TITLE), number, "it is seen again");
    window.close().await;
}

/// A session without a service for notifications is as good as one in which nobody looks.
#[tokio::test]
async fn a_notification_that_nobody_shows_harms_nobody() {
    let desk = Desk::new();
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    let told = invoke(&window, "notify", json!({ "title": "Done", "body": "Plants can be searched." })).await;
    assert_eq!(told, Ok(json!(false)));
    let power = invoke(&window, "power", json!({})).await.unwrap();
    assert!(power["battery"].is_boolean() && power["saver"].is_boolean(), "{power}");
    window.close().await;
}
