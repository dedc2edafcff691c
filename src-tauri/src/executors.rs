//! The language models that a person has set up for a library, and the keys that they need.

use std::ffi::OsString;
use std::sync::Mutex;

use kernel::Code;
use library::settings;
use serde::Serialize;
use specta::Type;
use tutor::{ExecutorSettings, ExecutorState, Key, Limits, Means};

use crate::app::{App, this_program};
use crate::fault::Fault;

/// Where they stand among the library's settings.
const SETTINGS: &str = "executors";
/// Gives the key of the model server where there is no keyring.
const KEY: &str = "SMART_STUDY_ROOM_SERVER_KEY";
/// What the keyring knows the app as.
const SERVICE: &str = "Smart Study Room";

/// The executors of a library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct ExecutorsInUse {
    /// What was set up.
    pub settings: ExecutorSettings,
    /// Each of them as it stands.
    pub states: Vec<ExecutorState>,
}

/// Sets the tutor up as the library says. What can't be used any more is left out: everything works without it.
pub(crate) fn restore(app: &App) {
    let stored = app.library.read(|connection| settings::get::<ExecutorSettings>(connection, SETTINGS));
    let Ok(Some(stored)) = stored else { return };
    if let Err(error) = app.tutor.set_up(stored.clone(), means(&stored)) {
        tracing::warn!(%error, "the language model that was set up can't be used");
    }
}

/// The executors as they stand.
pub(crate) fn of(app: &App) -> ExecutorsInUse {
    ExecutorsInUse { settings: app.tutor.executor_settings(), states: app.tutor.executors() }
}

/// Sets them up from now on; `secret` is the server's key: none keeps the one it has, an empty one forgets it.
pub(crate) fn set_up(app: &App, mut wanted: ExecutorSettings, secret: Option<&str>) -> Result<ExecutorsInUse, Fault> {
    if let (Some(server), Some(secret)) = (&mut wanted.server, secret) {
        server.has_key = !secret.is_empty();
    }
    // What can't be used is refused before anything is stored.
    app.tutor.set_up(wanted.clone(), means(&wanted))?;
    let before = app.library.read(|connection| settings::get::<ExecutorSettings>(connection, SETTINGS))?;
    app.library.write(|tx| settings::set(tx, SETTINGS, &wanted))?;
    let address = |settings: &ExecutorSettings| settings.server.as_ref().map(|server| server.address.clone());
    if let Some(old) = before.as_ref().and_then(address)
        && (address(&wanted).as_deref() != Some(&old) || secret == Some(""))
    {
        forget(&old);
    }
    if let (Some(address), Some(secret)) = (address(&wanted), secret.filter(|secret| !secret.is_empty())) {
        keep(&address, secret)?;
    }
    Ok(of(app))
}

/// What the executors need beside their settings.
fn means(settings: &ExecutorSettings) -> Means {
    let args = vec![OsString::from("--llama")];
    let worker =
        llama::Worker { program: this_program(), args, machine: llama::Machine::now, limits: llama::Limits::default() };
    Means { worker: Some(worker), key: key(settings), limits: Limits::default() }
}

/// The key of the server, looked for when it is needed.
fn key(settings: &ExecutorSettings) -> Key {
    match &settings.server {
        Some(server) if server.has_key => {
            let address = server.address.clone();
            Key::found_by(move || find(&address))
        }
        _ => Key::none(),
    }
}

/// Keys that no keyring took: they are good until the app is closed.
static UNKEPT: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

fn find(address: &str) -> Option<String> {
    if let Ok(key) = std::env::var(KEY) {
        return Some(key);
    }
    if let Ok(unkept) = UNKEPT.lock()
        && let Some((_, secret)) = unkept.iter().find(|(of, _)| of == address)
    {
        return Some(secret.clone());
    }
    let found = keyring::v1::Entry::new(SERVICE, address).and_then(|entry| entry.get_password());
    found.inspect_err(|error| tracing::warn!(%error, "the keyring has no key of the model server")).ok()
}

/// Keeps a key in the keyring, or, where there is none, until the app is closed.
fn keep(address: &str, secret: &str) -> Result<(), Fault> {
    let kept = keyring::v1::Entry::new(SERVICE, address).and_then(|entry| entry.set_password(secret));
    if let Ok(mut unkept) = UNKEPT.lock() {
        unkept.retain(|(of, _)| of != address);
        if kept.is_err() {
            unkept.push((address.to_owned(), secret.to_owned()));
        }
    }
    kept.map_err(|error| {
        tracing::warn!(%error, "the keyring can't be used");
        let message = format!(
            "The key is used until the app is closed, but could not be kept: this system's keyring does not answer ({error}). Set up a keyring, or give the key in {KEY}."
        );
        Fault::new(Code::Invalid, message)
    })
}

fn forget(address: &str) {
    if let Ok(mut unkept) = UNKEPT.lock() {
        unkept.retain(|(of, _)| of != address);
    }
    let forgotten = keyring::v1::Entry::new(SERVICE, address).and_then(|entry| entry.delete_credential());
    if let Err(error) = forgotten {
        tracing::debug!(%error, "no key was kept");
    }
}
