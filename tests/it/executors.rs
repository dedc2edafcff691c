//! Language models: set up, used, lost, and their keys.

use std::process::Command;

use model_server::{ModelServer, Reply};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::cli::{Shelf, finished};
use acceptance::app;
use document_maker::Pdf;

const QUESTION: &str = "At which temperature does water boil at sea level?";

fn water() -> Shelf {
    let shelf = Shelf::new();
    let said = &[
        "Water boils at 100 degrees Celsius at sea level, where the pressure is one atmosphere.",
        "On high mountains water boils at a lower temperature because the pressure is lower there.",
    ];
    let file = shelf.file("water.pdf", Pdf::new().titled("Water").page("Boiling", said).bytes());
    shelf.import(&[&file]);
    shelf
}

fn server() -> (Runtime, ModelServer) {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(ModelServer::start()).unwrap();
    (runtime, server)
}

fn ask(shelf: &Shelf, more: &[&str]) -> Value {
    let mut arguments = vec!["ask", "--room", "Books"];
    arguments.extend(more);
    arguments.push(QUESTION);
    shelf.json(&arguments).pop().unwrap()
}

#[test]
fn a_model_server_answers_until_it_is_gone_and_then_the_documents_do() {
    let shelf = water();
    let (_runtime, server) = server();
    let set_up = ["executors", "server", server.address(), "--model", "test-model"];
    let lines = shelf.json(&set_up);
    assert_eq!(lines[1]["executor"], "server");
    assert_eq!((&lines[1]["model"], &lines[1]["remote"]), (&"test-model".into(), &false.into()));
    assert_eq!(lines[1]["breaker"], "closed");

    server.then(Reply::says(["At sea level, water boils at 100 degrees Celsius. [1] Fish can fly. [1]"]));
    let answer = ask(&shelf, &[]);
    assert_eq!((&answer["executor"], &answer["answered"]), (&"server".into(), &true.into()));
    assert_eq!(answer["answer"], "At sea level, water boils at 100 degrees Celsius. [1]");
    assert_eq!(answer["citations"][0]["page"], 1);
    assert_eq!(answer["provenance"]["model"], "test-model");
    assert_eq!(answer["provenance"]["unsupported"], serde_json::json!(["Fish can fly."]));
    assert_eq!(ask(&shelf, &["--executor", "extractive"])["executor"], "extractive");

    drop(server);
    let answer = ask(&shelf, &[]);
    assert_eq!((&answer["executor"], &answer["answered"]), (&"extractive".into(), &true.into()));
    let fell_back = answer["provenance"]["fell_back"].as_str().unwrap();
    assert!(fell_back.contains("Nothing answers at"), "{fell_back}");

    assert_eq!(shelf.json(&["executors", "forget"]).len(), 1);
    assert_eq!(ask(&shelf, &[])["provenance"]["fell_back"], Value::Null);
    let refused = shelf.run(&["ask", "--room", "Books", "--executor", "server", QUESTION]);
    assert!(refused.code == Some(1) && refused.err.contains("[invalid]"), "{refused:?}");
}

#[test]
fn a_long_summary_tells_on_the_way_which_part_is_read() {
    let shelf = Shelf::new();
    let page = |metal: &str| [format!("{metal} is a metal that is dug out of the ground and melted in a hot oven.")];
    let (iron, tin) = (page("Iron"), page("Tin"));
    let pdf = Pdf::new().titled("Metals").page("Iron", &[&iron[0]]).page("Tin", &[&tin[0]]);
    let document = shelf.import(&[&shelf.file("metals.pdf", pdf.bytes())])[0]["document"].to_string();
    let (_runtime, server) = server();
    shelf.json(&["executors", "server", server.address(), "--model", "test-model"]);
    let ask = ["ask", "--room", "Books", "--mode", "summary", "--document", &document, "Summarise it"];
    let lines = shelf.json(&ask);
    let told: Vec<_> = lines.iter().filter(|line| line["type"] == "progress").cloned().collect();
    let part = |title: &str, part: u32| serde_json::json!({ "type": "progress", "title": title, "part": part, "parts": 2, "request": 1, "requests": 1 });
    assert_eq!(told, [part("Iron", 1), part("Tin", 2)]);
    assert_eq!(lines[0], told[0], "before the first words");
    let answer = lines.last().unwrap();
    assert!(answer["answer"].as_str().unwrap().contains("- Tin: Tin is a metal"), "{answer}");
    let people = shelf.run(&ask);
    assert!(people.code == Some(0) && !people.out.contains("Reading"), "{people:?}");
}

#[test]
fn what_can_not_be_used_is_refused_with_what_to_do() {
    let shelf = Shelf::new();
    for (arguments, why) in [
        (&["https://api.example.org", "--model", "m"][..], "not on this computer"),
        (&["ftp://localhost", "--model", "m"], "no address"),
        (&["http://example.org", "--model", "m", "--allow-remote"], "https"),
        (&["localhost", "--model", "m", "--context", "100"], "context"),
    ] {
        let done = shelf.run(&[&["executors", "server"], arguments].concat());
        assert!(done.code == Some(1) && done.err.contains(why), "{done:?}");
    }
    assert_eq!(shelf.json(&["executors", "list"]).len(), 1);
}

/// The app in a session of its own, with a keyring that is open.
#[cfg(target_os = "linux")]
fn in_a_session(shelf: &Shelf, home: &std::path::Path, script: &str) -> crate::cli::Done {
    let opened = format!(
        "eval $(printf secret | gnome-keyring-daemon --unlock --components=secrets) && APP={:?} && {script}",
        app::executable()
    );
    let mut session = Command::new("dbus-run-session");
    session.args(["--", "sh", "-c", &opened]).env("HOME", home).env("XDG_DATA_HOME", home).env("XDG_RUNTIME_DIR", home);
    session.env("SMART_STUDY_ROOM_DATA", shelf.data()).env("SMART_STUDY_ROOM_NATIVE", app::native_parts());
    finished(&mut session)
}

#[cfg(target_os = "linux")]
#[test]
fn a_key_lies_in_the_keyring_and_nowhere_else() {
    let shelf = water();
    let (_runtime, server) = server();
    let home = shelf.path("home");
    std::fs::create_dir(&home).unwrap();
    let ask = format!("$APP --json ask --room Books '{QUESTION}'");
    let set_up = format!(
        "printf 'open-sesame\\n' | $APP executors server {} --model test-model --key-from-stdin && {ask}",
        server.address()
    );
    let done = in_a_session(&shelf, &home, &set_up);
    assert_eq!(done.code, Some(0), "{done:?}");
    let heads = server.heads();
    assert!(heads[0].contains("authorization: bearer open-sesame"), "{heads:?} {done:?}");
    assert!(!done.err.contains("open-sesame") && !done.out.contains("open-sesame"));
    for file in walk(&shelf.data()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(11).any(|window| window == b"open-sesame"), "{}", file.display());
    }
    let forgotten = in_a_session(&shelf, &home, &format!("$APP executors forget && {ask}"));
    assert_eq!(forgotten.code, Some(0), "{forgotten:?}");
    assert_eq!(server.heads().len(), 1);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
