//! Another embedding model: a second index beside the first, which takes over when it is complete.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use document_maker::{book, needle};
use serde_json::Value;

use crate::cli::{Shelf, finished};

fn another(shelf: &Shelf) -> PathBuf {
    let folder = shelf.path("Another model");
    acceptance::model::another(&folder);
    folder
}

fn by_meaning(shelf: &Shelf) -> Value {
    let found = shelf.json(&["search", "--room", "Books", "--explain", &needle(7)]).remove(0);
    assert_eq!(found["degraded"], Value::Null, "{found:#}");
    assert!(found["passages"][0]["explanation"]["similarity"].is_number(), "{found:#}");
    found
}

fn model(shelf: &Shelf) -> Value {
    shelf.json(&["model"]).remove(0)
}

/// The change to the model in `folder`, killed once it has begun; begun again where it was quicker than the kill.
fn killed_on_its_way(shelf: &Shelf, folder: &Path) -> Value {
    for _ in 0..10 {
        let mut command = shelf.command();
        let mut child = command.args(["--json", "model"]).arg(folder).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let model = model(shelf);
        if model["change"].is_object() {
            return model;
        }
        shelf.json(&["model", "--built-in"]);
    }
    panic!("it was always quicker than the kill");
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn another_model_takes_over_when_all_passages_have_its_vectors_and_search_never_stops() {
    let shelf = Shelf::new();
    shelf.import(&[&shelf.file("big.pdf", book("Big", 150))]);
    let built_in = model(&shelf)["name"].as_str().unwrap().to_owned();
    let folder = another(&shelf);

    // Killed on its way: both stand side by side, and the old one is searched.
    let half = killed_on_its_way(&shelf, &folder);
    assert_eq!((&half["name"], &half["is_built_in"]), (&built_in.as_str().into(), &false.into()), "{half:#}");
    let (embedded, passages) = (half["change"]["embedded"].as_u64(), half["change"]["passages"].as_u64());
    assert!(embedded < passages, "{half:#}");
    by_meaning(&shelf);
    shelf.assert_sound();

    // What comes meanwhile is embedded with the model that is searched, and then with the other one.
    shelf.import(&[&shelf.file("late.pdf", book("Late", 3))]);
    by_meaning(&shelf);

    let lines = shelf.json(&["model", folder.to_str().unwrap()]);
    let done = lines.last().unwrap();
    assert_eq!((&done["type"], &done["change"]), (&"model".into(), &Value::Null), "{done:#}");
    let name = done["name"].as_str().unwrap();
    assert!(name.starts_with("model-Anothermodel-"), "{name}");
    by_meaning(&shelf);
    shelf.assert_sound();
    let counts = &shelf.json(&["status"])[0]["counts"];
    assert_eq!(counts["vectors"], counts["passages"]);

    // And back; nothing of the other one is left once the next process has swept.
    shelf.json(&["model", "--built-in"]);
    shelf.import(&[&shelf.file("last.pdf", book("Last", 3))]);
    assert_eq!(model(&shelf)["name"], built_in.as_str());
    by_meaning(&shelf);
    shelf.assert_sound();
}

#[test]
fn a_model_that_the_app_no_longer_has_is_followed_at_once() {
    let shelf = Shelf::new();
    shelf.import(&[&shelf.file("big.pdf", book("Big", 20))]);
    let folder = another(&shelf);
    shelf.json(&["model", folder.to_str().unwrap()]);
    let kept = shelf.data().join("models");
    let name = model(&shelf)["name"].as_str().unwrap().to_owned();
    assert!(entries(&kept).contains(&name));
    std::fs::remove_dir_all(kept.join(&name)).unwrap();

    // The person goes back to the one of the app: by what would it be searched until then?
    let done = shelf.json(&["model", "--built-in"]).pop().unwrap();
    assert_eq!(done["change"], Value::Null, "{done:#}");
    shelf.import(&[&shelf.file("late.pdf", book("Late", 3))]);
    let counts = &shelf.json(&["status"])[0]["counts"];
    assert_eq!(counts["vectors"], counts["passages"]);
    by_meaning(&shelf);
    shelf.assert_sound();
}

#[test]
fn a_folder_that_is_no_model_is_refused_and_the_model_in_use_stays() {
    let shelf = Shelf::new();
    shelf.import(&[&shelf.file("small.pdf", book("Small", 8))]);
    let before = model(&shelf);
    let nothing = shelf.path("nothing");
    std::fs::create_dir(&nothing).unwrap();
    let broken = another(&shelf);
    std::fs::write(broken.join("model.onnx"), b"not a model").unwrap();
    for folder in [&nothing, &broken, &shelf.path("nowhere")] {
        let done = finished(shelf.command().arg("model").arg(folder));
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.err.contains("no embedding model that this app can use"), "{}", done.err);
    }
    assert_eq!(model(&shelf), before);
    by_meaning(&shelf);
}
