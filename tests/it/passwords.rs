//! Protected files.

use std::path::Path;

use crate::cli::{Done, Shelf, finished};
use document_maker::{Pdf, book};

const SECRET: &str = "open sesame";

fn protected(shelf: &Shelf) -> std::path::PathBuf {
    let pdf = Pdf::new().titled("Diary").protected(SECRET).page("Monday", &["Nobody may read about the marmalade."]);
    shelf.file("diary.pdf", pdf.bytes())
}

fn import(shelf: &Shelf, file: &Path, password: Option<&str>) -> Done {
    let mut command = shelf.command();
    command.args(["--json", "import", "--room", "Books"]).arg(file);
    if let Some(password) = password {
        command.args(["--password", password]);
    }
    finished(&mut command)
}

#[test]
fn a_protected_file_asks_for_its_password_and_is_read_with_it() {
    let shelf = Shelf::new();
    let file = protected(&shelf);
    for wrong in [None, Some("please")] {
        let done = import(&shelf, &file, wrong);
        assert_eq!(done.code, Some(1), "{done:?}");
        let line = done.lines().pop().unwrap();
        assert_eq!((&line["type"], &line["code"]), (&"failed".into(), &"encrypted".into()), "{line}");
        assert!(line["message"].as_str().unwrap().contains("diary.pdf"), "{line}");
        assert!(line["message"].as_str().unwrap().contains("password"), "{line}");
    }
    let done = import(&shelf, &file, Some(SECRET));
    assert_eq!(done.code, Some(0), "{done:?}");
    let found = &shelf.json(&["search", "--room", "Books", "marmalade"])[0]["passages"][0];
    assert_eq!(found["title"], "Diary");
    assert_eq!(shelf.json(&["documents", "--room", "Books"]).len(), 1);
    shelf.assert_sound();
}

#[test]
fn a_failed_job_is_tried_again_with_the_password() {
    let shelf = Shelf::new();
    import(&shelf, &protected(&shelf), None);
    let job = shelf.json(&["jobs", "list"])[0]["job"].to_string();
    let retried = shelf.json(&["jobs", "retry", &job, "--password", SECRET]);
    assert_eq!(retried.last().unwrap()["state"], "done", "{retried:?}");
    assert!(shelf.json(&["jobs", "list"]).is_empty());
}

#[test]
fn the_password_is_written_nowhere() {
    let shelf = Shelf::new();
    import(&shelf, &protected(&shelf), Some(SECRET));
    let mut folders = vec![shelf.data()];
    let mut looked_at = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let content = std::fs::read(&path).unwrap();
            assert!(!content.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()), "{}", path.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 3);
}

#[test]
fn a_password_helps_while_another_process_is_in_charge() {
    let shelf = Shelf::new();
    let big = shelf.file("big.pdf", book("Big", 200));
    let mut command = shelf.command();
    command.args(["--json", "import", "--room", "Books"]).arg(&big).stdout(std::process::Stdio::piped());
    let mut other = command.spawn().unwrap();
    let mut output = std::io::BufReader::new(other.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    let done = import(&shelf, &protected(&shelf), Some(SECRET));
    assert_eq!(done.code, Some(0), "{done:?}");
    std::io::Read::read_to_string(&mut output, &mut line).unwrap();
    assert!(other.wait().unwrap().success());
    shelf.assert_sound();
}
