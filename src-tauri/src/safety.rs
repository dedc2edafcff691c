//! What the window may do, held against what it is meant to: the configuration, the capability and the built interface.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::bindings;

/// Addresses that stand in the interface and are never asked for: names of vocabularies, what messages of libraries
/// point to, and what the form for a model server says and reads.
const NAMED: [&str; 5] = [
    "http://www.w3.org/",
    "https://svelte.dev/e/",
    "https://github.com/highlightjs/highlight.js/",
    "https://github.com/markedjs/marked.",
    "http://localhost",
];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn json(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(path(name)).unwrap()).unwrap()
}

/// What stands between `before` and the next quote, all over a text.
fn quoted<'a>(text: &'a str, before: &str) -> BTreeSet<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn the_one_capability_names_the_commands_that_there_are_and_no_other() {
    let files: Vec<_> = std::fs::read_dir(path("src-tauri/capabilities")).unwrap().flatten().collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let capability = json("src-tauri/capabilities/main.json");
    assert_eq!(capability["windows"], json!(["main"]));
    let allowed = capability["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let (ours, core): (BTreeSet<String>, BTreeSet<String>) =
        allowed.fold(Default::default(), |(mut ours, mut core), name| {
            match name.strip_prefix("allow-") {
                Some(command) => ours.insert(command.replace('-', "_")),
                None => core.insert(name.to_owned()),
            };
            (ours, core)
        });
    // To hear; what the window says goes through commands.
    assert_eq!(core.into_iter().collect::<Vec<_>>(), ["core:event:allow-listen", "core:event:allow-unlisten"]);

    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("bindings.ts");
    assert_eq!(bindings::write(&fresh), std::process::ExitCode::SUCCESS);
    let fresh = std::fs::read_to_string(fresh).unwrap();
    let calls = fresh.lines().filter_map(|line| line.split_once("__TAURI_INVOKE<")?.1.split_once(">(\""));
    let there: BTreeSet<String> = calls.filter_map(|(_, call)| Some(call.split_once('"')?.0.to_owned())).collect();
    let missing: Vec<_> = there.difference(&ours).collect();
    let gone: Vec<_> = ours.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "src-tauri/capabilities/main.json: add {missing:?}, take out {gone:?} (as \"allow-…\" with hyphens)"
    );
}

#[test]
fn the_interface_calls_nothing_but_its_commands() {
    let caller = std::fs::read_to_string(path("ui/src/backend/tauri.ts")).unwrap();
    assert!(caller.contains("...commands"), "the generated commands are its own");
    for other in ["invoke(", "__TAURI", "plugin:", "emit("] {
        assert!(!caller.contains(other), "ui/src/backend/tauri.ts has {other}");
    }
    let imports = quoted(&caller, "from \"");
    assert_eq!(
        imports.into_iter().filter(|it| it.starts_with('@')).collect::<Vec<_>>(),
        ["@tauri-apps/api/core", "@tauri-apps/api/event"]
    );
}

#[test]
fn the_window_runs_its_own_scripts_over_its_own_pages_alone() {
    let config = json("tauri.conf.json");
    let app = &config["app"];
    assert_ne!(app["withGlobalTauri"], json!(true));
    assert_eq!(app["windows"], json!([]));
    let security = &app["security"];
    assert_eq!(security["capabilities"], json!(["main"]));
    assert_eq!(security["freezePrototype"], json!(true));
    // Only there Tauri's own additions would weaken what is said here.
    assert_eq!(security["dangerousDisableAssetCspModification"], json!(["style-src"]));
    for unset in ["dangerousRemoteDomainIpcAccess", "assetProtocol", "devCsp"] {
        assert_eq!(security[unset], Value::Null, "{unset}");
    }
    assert_eq!(
        security["csp"],
        json!({
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src-elem": "'self'",
            "style-src-attr": "'unsafe-inline'",
            "img-src": "'self' page: http://page.localhost data: blob:",
            "font-src": "'self'",
            "connect-src": "ipc: http://ipc.localhost page: http://page.localhost 'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'none'",
            "object-src": "'none'"
        })
    );
}

/// Where WebView2 has no schemes of its own, they are hosts of this machine; nothing else is an address.
#[test]
fn no_address_of_another_machine_stands_in_the_configuration() {
    let config = std::fs::read_to_string(path("tauri.conf.json")).unwrap();
    let ours =
        ["https://schema.tauri.app/config/2", "http://localhost:5173", "http://page.localhost", "http://ipc.localhost"];
    for address in addresses(&config) {
        assert!(ours.contains(&address.as_str()), "{address}");
    }
}

#[test]
fn the_built_interface_asks_no_other_machine_for_anything() {
    let mut files = Vec::new();
    collect(&path("ui/dist"), &mut files);
    assert!(files.iter().any(|file| file.ends_with("index.html")), "build the interface first: npm run build in ui");
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        for address in addresses(&text) {
            let is_named = address == "http://" || NAMED.iter().any(|known| address.starts_with(known));
            assert!(is_named, "{} names {address}", file.display());
        }
        for other in ["ws://", "wss://", "url(//", "src=\"//", "href=\"//", "sourceMappingURL"] {
            assert!(!text.contains(other), "{} has {other}", file.display());
        }
        if file.extension().is_some_and(|it| it == "html") {
            let is_ours = |at: &&str| at.starts_with('/') || at.starts_with("./");
            assert!(quoted(&text, " src=\"").iter().chain(&quoted(&text, " href=\"")).all(is_ours), "{text}");
            assert!(!text.contains("<style") && !text.contains("<script>"), "{text}");
        }
    }
}

/// Every http address in a text, up to what can't be part of one.
fn addresses(text: &str) -> Vec<String> {
    let starts = text.match_indices("http").map(|(at, _)| &text[at..]);
    let addresses = starts.filter(|rest| rest.starts_with("http://") || rest.starts_with("https://"));
    let ends = |letter: char| !(letter.is_ascii_alphanumeric() || "-._~:/?#@%".contains(letter));
    addresses.map(|rest| rest.split(ends).next().unwrap_or_default().to_owned()).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}
