//! Help, wrong use, and readers that go away.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::cli::{Shelf, finished};
use document_maker::book;

#[test]
fn wrong_use_is_told_apart_from_failure() {
    let shelf = Shelf::new();
    for arguments in [&["serch"][..], &["import"], &["search", "--room", "A"], &["text", "one"], &["--unknown"]] {
        let done = shelf.run(arguments);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{arguments:?}: {done:?}");
        assert!(!done.err.is_empty());
    }
    for arguments in
        [&["search", "--room", "Nowhere", "x"][..], &["text", "7"], &["remove", "7"], &["jobs", "cancel", "7"]]
    {
        let done = shelf.run(arguments);
        assert_eq!((done.code, done.out.as_str()), (Some(1), ""), "{arguments:?}: {done:?}");
        assert_eq!(done.err.lines().count(), 1, "one line says why: {}", done.err);
    }
}

#[test]
fn help_names_every_verb_and_each_has_its_own() {
    let shelf = Shelf::new();
    let help = shelf.run(&["--help"]);
    assert_eq!(help.code, Some(0), "{help:?}");
    for verb in [
        "import",
        "search",
        "ask",
        "cards",
        "notes",
        "export",
        "text",
        "rooms",
        "documents",
        "remove",
        "jobs",
        "status",
        "check",
        "backup",
        "restore",
    ] {
        assert!(help.out.contains(&format!("\n  {verb}")), "{verb} is missing in {}", help.out);
        let own = shelf.run(&[verb, "--help"]);
        assert_eq!(own.code, Some(0));
        assert!(own.out.contains("--data"), "{}", own.out);
    }
    assert!(shelf.run(&["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
    assert!(!shelf.data().exists(), "to ask for help makes no library");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let shelf = Shelf::new();
    let file = shelf.file("book.pdf", book("Long", 60));
    let document = shelf.import(&[&file])[0]["document"].to_string();
    let mut child = shelf
        .command()
        .args(["--json", "text", &document])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with('{'));
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_folder_can_be_given_before_or_behind_the_verb() {
    let shelf = Shelf::new();
    let file = shelf.file("book.pdf", book("Somewhere", 1));
    let other = shelf.path("elsewhere");
    let done = finished(shelf.command().arg("--data").arg(&other).args(["import", "--room", "R"]).arg(&file));
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.contains("1 page"), "{}", done.out);
    let rooms = finished(shelf.command().args(["rooms", "--data"]).arg(&other));
    assert!(rooms.out.starts_with("R: 1 document"), "{}", rooms.out);
    assert!(!shelf.data().exists());
}
