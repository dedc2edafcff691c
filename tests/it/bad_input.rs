//! Files that can't be imported, or not wholly: each is named, with what to do, and the rest goes on.

use std::path::Path;

use serde_json::Value;

use crate::cli::{Done, Shelf, finished};
use document_maker::{Pdf, book};

fn import(shelf: &Shelf, paths: &[&Path]) -> Done {
    finished(shelf.command().args(["--json", "import", "--room", "Books"]).args(paths))
}

fn line_about<'a>(lines: &'a [Value], path: &Path) -> &'a Value {
    let end = |line: &&Value| line["type"] != "progress" && line["path"] == path.to_str().unwrap();
    lines.iter().find(end).unwrap_or_else(|| panic!("nothing about {}: {lines:#?}", path.display()))
}

#[test]
fn every_bad_file_is_named_and_the_good_ones_are_imported() {
    let shelf = Shelf::new();
    let good = shelf.file("good.pdf", book("Good", 3));
    let whole = book("Cut", 30);
    let table = [
        (shelf.file("not-a-pdf.pdf", "PK\u{3}\u{4} a zip archive, say"), "not_a_pdf"),
        (shelf.file("empty.pdf", ""), "empty_file"),
        (shelf.file("notes.docx", "not read yet"), "unsupported"),
        (shelf.file("header-only.pdf", "%PDF-1.7\n"), "damaged"),
        (shelf.file("no-page.pdf", Pdf::new().bytes()), "damaged"),
        (shelf.path("missing.pdf"), "not_found"),
    ];
    let mut paths: Vec<&Path> = table.iter().map(|(path, _)| path.as_path()).collect();
    paths.insert(3, &good);
    let done = import(&shelf, &paths);
    assert_eq!(done.code, Some(1), "{done:?}");
    let lines = done.lines();
    for (path, code) in &table {
        let line = line_about(&lines, path);
        assert_eq!((&line["type"], &line["code"]), (&"failed".into(), &(*code).into()), "{line}");
        let name = path.file_name().unwrap().to_str().unwrap();
        let message = line["message"].as_str().unwrap();
        assert!(message.contains(name), "{message} does not name {name}");
        assert!(!message.contains("originals"), "{message} names the copy");
        assert!(message.matches('.').count() > 1, "{message} does not say what to do");
    }
    assert_eq!(line_about(&lines, &good)["state"], "complete");
    // A file that is cut off is either refused or read as far as it goes; never half of it without a word.
    let cut = shelf.file("cut.pdf", &whole[..whole.len() / 2]);
    let done = import(&shelf, &[&cut]);
    let line = line_about(&done.lines(), &cut).clone();
    assert!(line["type"] == "failed" || line["pages"].as_u64() > Some(0), "{line}");
    shelf.assert_sound();
}

#[test]
fn people_read_one_line_a_failure_on_standard_error() {
    let shelf = Shelf::new();
    let empty = shelf.file("empty.pdf", "");
    let done = shelf.run(&["import", empty.to_str().unwrap()]);
    assert_eq!((done.code, done.out.as_str()), (Some(1), ""));
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
    assert!(done.err.contains("empty.pdf") && done.err.contains("[empty_file]"), "{}", done.err);
}

#[test]
fn a_scan_without_text_is_kept_and_said_to_be_one() {
    let shelf = Shelf::new();
    let scan = shelf.file("scan.pdf", Pdf::new().scanned_page().scanned_page().bytes());
    let line = &shelf.import(&[&scan])[0];
    assert_eq!((&line["type"], &line["state"]), (&"imported".into(), &"complete".into()), "{line}");
    assert!(line["message"].as_str().unwrap().contains("pictures"), "{line}");
    let document = &shelf.json(&["documents", "--room", "Books"])[0];
    assert_eq!(document["ledger"]["scanned"], 2);
    shelf.assert_sound();
}

#[test]
fn a_folder_is_walked_and_what_is_hidden_or_of_another_kind_is_passed_over() {
    let shelf = Shelf::new();
    std::fs::create_dir_all(shelf.path("shelf/deep")).unwrap();
    std::fs::create_dir_all(shelf.path("shelf/.trash")).unwrap();
    shelf.file("shelf/a.pdf", book("A", 1));
    shelf.file("shelf/deep/b.PDF", book("B", 2));
    shelf.file("shelf/photo.jpg", "not named, not said");
    shelf.file("shelf/.trash/c.pdf", book("C", 3));
    let lines = shelf.import(&[&shelf.path("shelf")]);
    let mut pages: Vec<_> = lines.iter().map(|line| line["pages"].as_u64().unwrap()).collect();
    pages.sort_unstable();
    assert_eq!(pages, [1, 2]);
    std::fs::create_dir(shelf.path("bare")).unwrap();
    let bare = import(&shelf, &[&shelf.path("bare")]);
    assert_eq!(bare.code, Some(1));
    assert_eq!(bare.lines()[0]["type"], "failed");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_file_does_not_hold_the_import_up() {
    let shelf = Shelf::new();
    let pipe = shelf.path("pipe.pdf");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let good = shelf.file("good.pdf", book("Good", 2));
    let done = import(&shelf, &[&pipe, &good]);
    let lines = done.lines();
    assert_eq!(line_about(&lines, &pipe)["code"], "invalid");
    assert_eq!(line_about(&lines, &good)["state"], "complete");
}

#[test]
fn what_was_stored_before_a_failure_stays() {
    let shelf = Shelf::new();
    let good = shelf.file("good.pdf", book("Good", 4));
    shelf.import(&[&good]);
    let bad = shelf.file("bad.pdf", "%PDF-1.7 and nothing more");
    shelf.import(&[&bad]);
    shelf.assert_finds(4);
    let jobs = shelf.json(&["jobs", "list"]);
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    assert_eq!((&jobs[0]["state"], &jobs[0]["code"]), (&"failed".into(), &"damaged".into()));
    // Again and again: each command ends while the model is still being loaded for what could have followed.
    for _ in 0..10 {
        let retried = shelf.run(&["--json", "jobs", "retry", &jobs[0]["job"].to_string()]);
        assert_eq!(retried.code, Some(1), "{retried:?}");
    }
    let cancelled = &shelf.json(&["jobs", "cancel", &jobs[0]["job"].to_string()])[0];
    assert_eq!(cancelled["state"], "cancelled");
}
