//! The whole library out of the app and back, by the command line.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::cli::{Done, Shelf, finished, keys};
use document_maker::{Pdf, book, needle};

fn backup(shelf: &Shelf, file: &Path) -> Value {
    let lines = shelf.json(&["backup", file.to_str().unwrap()]);
    let (end, progress) = lines.split_last().unwrap();
    assert!(!progress.is_empty());
    assert!(progress.iter().all(|line| line["type"] == "progress" && line["done"].as_u64() <= line["total"].as_u64()));
    end.clone()
}

fn restore(shelf: &Shelf, file: &Path) -> Done {
    finished(shelf.command().args(["--json", "restore"]).arg(file))
}

#[test]
fn a_library_goes_out_and_comes_back_with_everything_that_can_be_found_in_it() {
    let shelf = Shelf::new();
    let secret = shelf.file("secret.pdf", book("Kept", 12));
    shelf.import(&[&secret]);
    shelf.json(&["ask", "--room", "Books", "Where does the animal live?"]);
    let file = shelf.path("monday.backup");
    let made = backup(&shelf, &file);
    assert_eq!(keys(&made), ["bytes", "documents", "elapsed_ms", "file", "missing", "type"]);
    assert_eq!((&made["type"], &made["documents"]), (&"backup".into(), &1.into()));
    assert_eq!(made["file"], file.to_str().unwrap());
    assert_eq!(made["bytes"], std::fs::metadata(&file).unwrap().len());

    let later = shelf.file("later.pdf", book("Later", 3));
    shelf.import(&[&later]);
    let done = restore(&shelf, &file);
    assert_eq!(done.code, Some(0), "{done:?}");
    let restored = done.lines().pop().unwrap();
    assert_eq!(keys(&restored), keys(&made));
    assert_eq!((&restored["type"], &restored["documents"]), (&"restored".into(), &1.into()));
    assert_eq!(shelf.json(&["documents", "--room", "Books"]).len(), 1);
    shelf.assert_finds(7);
    // Vectors and their index too, without another import.
    shelf.assert_sound();
    let status = &shelf.json(&["status"])[0];
    assert_eq!(status["counts"]["conversations"], 1);

    // And into a folder that has no library yet.
    let elsewhere = shelf.path("elsewhere");
    let done = finished(shelf.command().arg("--data").arg(&elsewhere).arg("restore").arg(&file));
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.out.starts_with("1 document restored"), "{}", done.out);
    let rooms = finished(shelf.command().args(["rooms", "--data"]).arg(&elsewhere));
    assert!(rooms.out.starts_with("Books: 1 document"), "{}", rooms.out);
}

#[test]
fn a_backup_is_made_while_another_process_imports_and_its_rest_is_imported_after_a_restore() {
    let shelf = Shelf::new();
    let big = shelf.file("big.pdf", book("Big", 150));
    let mut command = shelf.command();
    command.args(["--json", "import", "--room", "Books"]).arg(&big).stdout(Stdio::piped());
    let mut other = command.spawn().unwrap();
    let mut output = std::io::BufReader::new(other.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    let file = shelf.path("b");
    assert_eq!(backup(&shelf, &file)["documents"], 1);
    // Nobody takes a library away from a process that works on it.
    let busy = restore(&shelf, &file);
    if other.try_wait().unwrap().is_none() {
        assert_eq!(busy.code, Some(1), "{busy:?}");
        assert!(busy.err.contains("[busy]") && busy.err.contains("Close it"), "{}", busy.err);
    }
    std::io::Read::read_to_string(&mut output, &mut line).unwrap();
    assert!(other.wait().unwrap().success());

    assert_eq!(restore(&shelf, &file).code, Some(0));
    let one_more = shelf.file("one.pdf", book("One", 1));
    shelf.import(&[&one_more]);
    for document in shelf.json(&["documents", "--room", "Books"]) {
        assert_eq!(document["state"], "complete", "{document}");
        assert_eq!(document["pages"], document["pages_read"]);
    }
    shelf.assert_finds(150);
    shelf.assert_sound();
}

#[test]
fn what_is_no_whole_backup_is_refused_in_one_line_and_the_library_stays() {
    let shelf = Shelf::new();
    let file = shelf.file("kept.pdf", book("Kept", 2));
    shelf.import(&[&file]);
    let good = shelf.path("good");
    backup(&shelf, &good);
    let whole = std::fs::read(&good).unwrap();
    let cut = shelf.file("cut", &whole[..whole.len() / 2]);
    for (path, code) in [(&cut, "damaged"), (&file, "invalid"), (&shelf.path("absent"), "not_found")] {
        let done = restore(&shelf, path);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
        assert!(done.err.contains(&format!("[{code}]")), "{}", done.err);
        assert!(done.err.contains(path.file_name().unwrap().to_str().unwrap()), "{}", done.err);
    }
    let inside = shelf.data().join("backup");
    let done = shelf.run(&["backup", inside.to_str().unwrap()]);
    assert!(done.code == Some(1) && done.err.contains("[invalid]"), "{done:?}");
    shelf.assert_finds(2);
    shelf.assert_sound();
}

#[test]
fn no_password_is_in_a_backup() {
    const SECRET: &str = "tr0ub4dor&3-open-sesame";
    let shelf = Shelf::new();
    let pdf = Pdf::new().titled("Diary").protected(SECRET).page("Monday", &[&format!("Of this: {}.", needle(1))]);
    let protected = shelf.file("protected.pdf", pdf.bytes());
    let done =
        finished(shelf.command().args(["--json", "import", "--room", "Books", "--password", SECRET]).arg(&protected));
    assert_eq!(done.code, Some(0), "{done:?}");
    let file = shelf.path("b");
    backup(&shelf, &file);
    let content = std::fs::read(&file).unwrap();
    let holds = |words: &str| content.windows(words.len()).any(|part| part == words.as_bytes());
    assert!(!holds(SECRET));
    // Stored as they are, so that a search like this one finds what is there.
    assert!(holds("protected.pdf"));
    assert_eq!(restore(&shelf, &file).code, Some(0));
    shelf.assert_finds(1);
}
