//! Several processes on one library.

use std::process::Stdio;

use crate::cli::{Done, Shelf};
use document_maker::book;

#[test]
fn imports_of_two_processes_both_end_and_nothing_is_doubled() {
    let shelf = Shelf::new();
    let shared = shelf.file("shared.pdf", book("Shared", 25));
    let own = [shelf.file("one.pdf", book("One", 30)), shelf.file("two.pdf", book("Two", 35))];
    let children = own.each_ref().map(|own| {
        let mut command = shelf.command();
        command.args(["--json", "import", "--room", "Books"]).arg(own).arg(&shared);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    });
    for child in children {
        let done = Done::from(child.wait_with_output().unwrap());
        assert_eq!(done.code, Some(0), "{done:?}");
        let ends: Vec<_> = done.lines().into_iter().filter(|line| line["type"] == "imported").collect();
        assert_eq!(ends.len(), 2, "{ends:?}");
        assert!(ends.iter().all(|line| line["state"] == "complete"), "{ends:?}");
    }
    let mut pages: Vec<_> =
        shelf.json(&["documents", "--room", "Books"]).iter().map(|d| d["pages"].as_u64().unwrap()).collect();
    pages.sort_unstable();
    assert_eq!(pages, [25, 30, 35]);
    shelf.assert_sound();
}

#[test]
fn a_library_is_searched_while_another_process_fills_it() {
    let shelf = Shelf::new();
    let (first, second) = (shelf.file("first.pdf", book("First", 3)), shelf.file("second.pdf", book("Second", 120)));
    shelf.import(&[&first]);
    let mut command = shelf.command();
    command.args(["--json", "import", "--room", "Books"]).arg(&second);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut searched = 0;
    while child.try_wait().unwrap().is_none() || searched == 0 {
        shelf.assert_finds(3);
        searched += 1;
    }
    let done = Done::from(child.wait_with_output().unwrap());
    assert_eq!(done.code, Some(0), "{done:?}");
    shelf.assert_sound();
}

#[test]
fn work_of_a_process_that_died_is_taken_over_by_one_that_waits() {
    let shelf = Shelf::new();
    let (one, two) = (shelf.file("one.pdf", book("One", 150)), shelf.file("two.pdf", book("Two", 20)));
    let spawn = |path| {
        let mut command = shelf.command();
        command.args(["--json", "import", "--room", "Books"]).arg(path);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let mut first = spawn(&one);
    // It is in charge once it tells of the first page.
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(first.stdout.take().unwrap()), &mut line).unwrap();
    let second = spawn(&two);
    first.kill().unwrap();
    first.wait().unwrap();
    let done = Done::from(second.wait_with_output().unwrap());
    assert_eq!(done.code, Some(0), "{done:?}");
    // The rest of the first document is finished by whoever comes next.
    let three = shelf.file("three.pdf", book("Three", 1));
    shelf.import(&[&three]);
    for document in shelf.json(&["documents", "--room", "Books"]) {
        assert_eq!(document["state"], "complete", "{document}");
        assert_eq!(document["pages"], document["pages_read"]);
    }
    shelf.assert_sound();
}
