//! Runs the app's command line on a library of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use document_maker::needle;
use serde_json::Value;
use tempfile::TempDir;

use crate::app;

/// A library in a folder of its own, with a second folder beside it for files to import.
pub struct Shelf {
    folder: TempDir,
}

/// What a run of the command line came to.
#[derive(Debug)]
pub struct Done {
    /// Exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Shelf {
    /// An empty library.
    #[expect(clippy::new_without_default, reason = "it makes folders on the disk")]
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("files")).expect("a folder for files");
        Self { folder }
    }

    /// The library's folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// A path in the folder for files.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("files").join(name)
    }

    /// Writes a file to import.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).expect("a written file");
        path
    }

    /// The app on this library, ready for arguments.
    pub fn command(&self) -> Command {
        let mut command = app::command(&self.data());
        command.stdin(Stdio::null());
        command
    }

    /// Runs the app with these arguments.
    pub fn run<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Done {
        finished(self.command().args(arguments))
    }

    /// Runs the app with `--json` and expects it to succeed; its lines.
    pub fn json<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Vec<Value> {
        let done = finished(self.command().arg("--json").args(arguments));
        assert_eq!(done.code, Some(0), "{done:?}");
        done.lines()
    }

    /// Imports files into the room "Books" and returns the lines about their ends.
    pub fn import(&self, paths: &[&Path]) -> Vec<Value> {
        let done = finished(self.command().args(["--json", "import", "--room", "Books"]).args(paths));
        done.lines().into_iter().filter(|line| line["type"] != "progress").collect()
    }

    /// Like [`Self::json`], with `input` on standard input.
    pub fn json_with_input(&self, arguments: &[&str], input: &str) -> Done {
        let mut child = self
            .command()
            .arg("--json")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the app starts");
        child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("written input");
        Done::from(child.wait_with_output().expect("its end"))
    }

    /// Expects that what only this page of a book in "Books" says is found.
    pub fn assert_finds(&self, page: u32) {
        assert_finds(&self.json(&["search", "--room", "Books", &needle(page)])[0], page);
    }

    /// Expects that `check` finds nothing wrong.
    pub fn assert_sound(&self) {
        let report = &self.json(&["check"])[0];
        assert_eq!(report["sound"], true, "{report:#}");
        assert_eq!(report["index_rows"], report["counts"]["vectors"], "{report:#}");
    }
}

/// Runs a command to its end.
pub fn finished(command: &mut Command) -> Done {
    Done::from(command.output().expect("the app starts"))
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Done {
    /// Every line of the output as JSON: nothing else may be there.
    pub fn lines(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}: {self:?}"));
        self.out.lines().map(parse).collect()
    }
}

/// The names of an object's members, in alphabetical order.
pub fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// Expects that the best passage of a search holds what only this page of a book says.
pub fn assert_finds(found: &Value, page: u32) {
    let best = &found["passages"][0];
    assert!(best["text"].as_str().is_some_and(|text| text.contains(&needle(page))), "page {page}: {found:#}");
    let pages = best["page_start"].as_u64().unwrap()..=best["page_end"].as_u64().unwrap();
    assert!(pages.contains(&u64::from(page)), "page {page}: {best:#}");
}
