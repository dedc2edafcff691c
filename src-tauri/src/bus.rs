//! What is said over D-Bus: to the desktop of the person's session, and asked of the system's own services.

use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

use zbus::blocking::{Connection, Proxy, connection::Builder};
use zbus::zvariant::{OwnedValue, Value};

/// How long an answer may take: a service that hangs must not hang the app.
const PATIENCE: Duration = Duration::from_secs(5);

/// The bus of the person's session; none where there is no desktop that has one.
pub(crate) fn session() -> Option<&'static Connection> {
    static BUS: OnceLock<Option<Connection>> = OnceLock::new();
    BUS.get_or_init(|| connect(Builder::session())).as_ref()
}

/// The system's bus; none where there is none.
fn system() -> Option<&'static Connection> {
    static BUS: OnceLock<Option<Connection>> = OnceLock::new();
    BUS.get_or_init(|| connect(Builder::system())).as_ref()
}

fn connect(bus: zbus::Result<Builder<'static>>) -> Option<Connection> {
    bus.and_then(|bus| bus.method_timeout(PATIENCE).build())
        .inspect_err(|error| tracing::info!(%error, "there is no such bus"))
        .ok()
}

/// A property of a system service that holds words; none when nobody answers.
pub(crate) fn system_property(service: &str, path: &str, name: &str) -> Option<String> {
    let answer = system()?
        .call_method(Some(service), path, Some("org.freedesktop.DBus.Properties"), "Get", &(service, name))
        .ok()?;
    String::try_from(answer.body().deserialize::<OwnedValue>().ok()?).ok()
}

/// Shows a notification: its number. None where there is no desktop to show it.
pub(crate) fn notify(title: &str, body: &str) -> zbus::Result<Option<u32>> {
    let Some(session) = session() else { return Ok(None) };
    let hints = HashMap::from([("desktop-entry", Value::from(DESKTOP_ENTRY))]);
    // What is done when somebody presses it, and its name, which is not shown.
    let actions = [PRESSED, ""];
    // As long as the desktop likes.
    let expires: i32 = -1;
    let shown = session.call_method(
        Some(NOTIFICATIONS),
        NOTIFICATIONS_PATH,
        Some(NOTIFICATIONS),
        "Notify",
        &(APP, 0_u32, ICON, title, escaped(body), actions.as_slice(), hints, expires),
    )?;
    shown.body().deserialize().map(Some)
}

/// The numbers of notifications as they are pressed, those of other apps among them. Waits for each.
pub(crate) fn pressed_notifications() -> zbus::Result<impl Iterator<Item = u32>> {
    let session = session().ok_or_else(|| zbus::Error::Failure("there is no session bus".into()))?;
    let proxy = Proxy::new(session, NOTIFICATIONS, NOTIFICATIONS_PATH, NOTIFICATIONS)?;
    let actions = proxy.receive_signal("ActionInvoked")?;
    Ok(actions.filter_map(|action| {
        let (number, action): (u32, String) = action.body().deserialize().ok()?;
        (action == PRESSED).then_some(number)
    }))
}

/// Shows how far the app's work is on its symbol, 0 to 1; none takes that away. Docks of several desktops listen.
pub(crate) fn show_progress(share: Option<f64>) -> zbus::Result<()> {
    let Some(session) = session() else { return Ok(()) };
    let properties = HashMap::from([
        ("progress", Value::from(share.unwrap_or_default())),
        ("progress-visible", Value::from(share.is_some())),
    ]);
    session.emit_signal(
        None::<&str>,
        "/app/smartstudyroom/desktop",
        "com.canonical.Unity.LauncherEntry",
        "Update",
        &(format!("application://{DESKTOP_ENTRY}.desktop"), properties),
    )
}

/// The service that shows notifications, and its interface.
const NOTIFICATIONS: &str = "org.freedesktop.Notifications";
/// Where it is reached.
const NOTIFICATIONS_PATH: &str = "/org/freedesktop/Notifications";
/// The name that this service has for pressing a notification itself.
const PRESSED: &str = "default";
/// The app's name for people.
const APP: &str = "Smart Study Room";
/// The name of its icon among the system's.
const ICON: &str = "smart-study-room";
/// The name of its desktop entry, as the package installs it.
const DESKTOP_ENTRY: &str = "Smart Study Room";

/// A notification's body may be read as markup.
fn escaped(body: &str) -> String {
    body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_documents_make_no_markup() {
        assert_eq!(escaped("<b>R&D</b>"), "&lt;b&gt;R&amp;D&lt;/b&gt;");
    }
}
