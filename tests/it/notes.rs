//! Highlights and notes on pages, from the command line.

use std::slice::from_ref;

use document_maker::{Pdf, book};
use serde_json::{Value, json};

use crate::cli::Shelf;

fn list(shelf: &Shelf, more: &[&str]) -> Vec<Value> {
    shelf.json(&[&["notes", "list", "--room", "Books"], more].concat())
}

#[test]
fn words_are_marked_noted_found_exported_and_removed() {
    let shelf = Shelf::new();
    let document = shelf.import(&[&shelf.file("book.pdf", book("Animals", 3))])[0]["document"].to_string();
    let words = "is the animal that only page 2";
    let marked = &shelf.json(&[
        "notes",
        "add",
        &document,
        "--page",
        "2",
        "--quote",
        words,
        "--note",
        "Which *one*?",
        "--colour",
        "pink",
    ])[0];
    assert_eq!((&marked["citation"]["quote"], &marked["citation"]["page"]), (&json!(words), &json!(2)));
    assert_eq!((&marked["colour"], &marked["note"]), (&json!("pink"), &json!("Which *one*?")));
    assert!(!marked["citation"]["boxes"].as_array().unwrap().is_empty(), "{marked}");
    let page = &shelf.json(&["notes", "add", &document, "--page", "1", "--note", "Read again."])[0];

    assert_eq!(list(&shelf, &[]), [page.clone(), marked.clone()]);
    assert_eq!(list(&shelf, &["--document", &document, "anim"]), from_ref(marked));
    assert_eq!(list(&shelf, &["again"]), from_ref(page));
    assert_eq!(list(&shelf, &["nothing"]), [] as [Value; 0]);

    let file = shelf.path("notes.md");
    let exported = &shelf.json(&["notes", "export", "--room", "Books", "--to", file.to_str().unwrap()])[0];
    assert_eq!((&exported["type"], &exported["notes"]), (&json!("exported"), &json!(2)));
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("# Highlights and notes: Books\n\n## Animals\n\n*p. 1*\n\nRead again.\n"), "{written}");
    assert!(written.contains(&format!("> {words}\n\n*p. 2, pink*\n\nWhich *one*?\n")), "{written}");

    shelf.json(&["notes", "remove", &marked["annotation"].to_string()]);
    assert_eq!(list(&shelf, &[]), from_ref(page));
    let twice = shelf.run(&["notes", "remove", &marked["annotation"].to_string()]);
    assert_eq!((twice.code, twice.out.as_str()), (Some(1), ""), "{twice:?}");
    shelf.assert_sound();
}

#[test]
fn words_that_the_page_has_not_are_not_marked() {
    let shelf = Shelf::new();
    let document = shelf.import(&[&shelf.file("book.pdf", book("Animals", 1))])[0]["document"].to_string();
    let refused = shelf.run(&["notes", "add", &document, "--page", "1", "--quote", "no such words"]);
    assert_eq!((refused.code, refused.err.contains("has no such words")), (Some(1), true), "{refused:?}");
    let nothing = shelf.run(&["notes", "add", &document, "--page", "1"]);
    assert_eq!(nothing.code, Some(2), "{nothing:?}");
    let elsewhere = shelf.run(&["notes", "add", &document, "--page", "9", "--note", "x"]);
    assert_eq!(elsewhere.code, Some(1), "{elsewhere:?}");
}

#[test]
fn they_follow_a_new_edition_and_outlive_their_document() {
    let shelf = Shelf::new();
    let edition = |first: &str| {
        let words = "Water moves through a membrane towards more salt.";
        Pdf::new().titled("Water").page("Salt", &[first]).page("Osmosis", &[words]).bytes()
    };
    let first = shelf.file("first.pdf", edition("Salt is a crystal that can be dissolved."));
    let document = shelf.import(&[&first])[0]["document"].to_string();
    for (page, words) in [("2", "through a membrane"), ("1", "a crystal")] {
        shelf.json(&["notes", "add", &document, "--page", page, "--quote", words]);
    }
    let second = shelf.file("second.pdf", edition("A preface about nothing much stands here now."));
    shelf.json(&["import", "--replaces", &document, second.to_str().unwrap()]);
    let changed: Vec<bool> =
        list(&shelf, &[]).iter().map(|note| note["citation"]["changed"].as_bool().unwrap()).collect();
    assert_eq!(changed, [true, false]);

    shelf.json(&["remove", &document]);
    let left = list(&shelf, &["membrane"]);
    assert_eq!((left.len(), &left[0]["document"]), (1, &Value::Null), "{left:#?}");
    assert_eq!(left[0]["citation"]["title"], "Water");
    shelf.assert_sound();
}
