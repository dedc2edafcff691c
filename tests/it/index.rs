//! A vector index that is damaged, through the command line.

use std::path::PathBuf;

use acceptance::soak::damage::change;
use document_maker::book;
use serde_json::Value;

use crate::cli::Shelf;

/// The files that hold the index's rows.
fn rows(shelf: &Shelf) -> Vec<PathBuf> {
    let model = std::fs::read_dir(shelf.data().join("vectors")).unwrap().next().unwrap().unwrap().path();
    let data = std::fs::read_dir(model.join("passages.lance/data")).unwrap();
    data.map(|entry| entry.unwrap().path()).collect()
}

fn filled() -> Shelf {
    let shelf = Shelf::new();
    let file = shelf.file("book.pdf", book("Book", 20));
    shelf.import(&[&file]);
    shelf.assert_sound();
    shelf
}

fn search(shelf: &Shelf) -> Value {
    shelf.json(&["search", "--room", "Books", "What the pages say"]).remove(0)
}

#[test]
fn a_vector_that_changed_by_a_bit_is_found_by_check_and_put_right() {
    let shelf = filled();
    let before = search(&shelf);
    for file in rows(&shelf) {
        let middle = std::fs::metadata(&file).unwrap().len() / 2;
        change(&file, middle, 1);
    }
    // Nothing shows.
    assert_eq!(search(&shelf).get("degraded"), None);
    let checked = shelf.run(&["--json", "check"]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    let problems = checked.lines()[0]["problems"].to_string();
    assert!(problems.contains("differs from the library") && problems.contains("check --repair"), "{problems}");

    let repaired = &shelf.json(&["check", "--repair"])[0];
    assert!(repaired["repaired"].to_string().contains("vector index was made anew"), "{repaired}");
    shelf.assert_sound();
    assert_eq!(search(&shelf)["passages"], before["passages"]);
}

#[test]
fn a_search_that_meets_a_damaged_index_answers_by_words_and_has_it_mended() {
    let shelf = filled();
    let before = search(&shelf);
    for file in rows(&shelf) {
        std::fs::write(file, b"").unwrap();
    }
    let first = search(&shelf);
    assert!(first["degraded"].as_str().unwrap().contains("made anew"), "{first}");
    assert!(!first["passages"].as_array().unwrap().is_empty());
    let second = search(&shelf);
    assert_eq!((second.get("degraded"), &second["passages"]), (None, &before["passages"]));
    shelf.assert_sound();
}
