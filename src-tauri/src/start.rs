//! What a start of the executable is meant to be.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// To be the child process that reads documents.
    Worker,
    /// To be the child process that reads packages of cards.
    Package,
    /// To be the child process that runs a language model.
    Model,
    /// To do something without a window; the command line reads the arguments itself.
    CommandLine,
    /// To open the window, with files to offer for import.
    Window {
        /// The library's folder, if not the usual one.
        data: Option<PathBuf>,
        /// As given: relative to the current folder, or a `file:` URL.
        files: Vec<OsString>,
    },
    /// To write the TypeScript of the commands to a file; for building the app.
    Bindings(PathBuf),
}

/// The first words that mean the command line even where a file has such a name; `./import` is the file.
const VERBS: [&str; 22] = [
    "import",
    "search",
    "ask",
    "text",
    "quiz",
    "grade",
    "cards",
    "drafts",
    "notes",
    "progress",
    "export",
    "backup",
    "restore",
    "rooms",
    "documents",
    "executors",
    "model",
    "remove",
    "jobs",
    "status",
    "check",
    "help",
];

/// Decides by the arguments behind the program's name.
pub(crate) fn decide(arguments: &[OsString]) -> Start {
    match arguments.first().and_then(|first| first.to_str()) {
        Some("--worker") => return Start::Worker,
        Some("--package") => return Start::Package,
        Some("--llama") => return Start::Model,
        Some("--export-bindings") if arguments.len() == 2 => return Start::Bindings(PathBuf::from(&arguments[1])),
        _ => {}
    }
    let mut data = None;
    let mut files = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--data" {
            let Some(folder) = rest.next() else { return Start::CommandLine };
            data = Some(PathBuf::from(folder));
        } else if let Some(folder) = argument.to_str().and_then(|text| text.strip_prefix("--data=")) {
            data = Some(PathBuf::from(folder));
        } else if is_file(argument) {
            files.push(argument.clone());
        } else {
            return Start::CommandLine;
        }
    }
    Start::Window { data, files }
}

/// Whether a person, or a desktop that opens a file "with" the app, means a file by it. One that is not there counts
/// as well: the window says so better than a list of verbs does.
fn is_file(argument: &OsStr) -> bool {
    let path = Path::new(argument);
    if argument.is_empty() || argument.as_encoded_bytes().starts_with(b"-") {
        return false;
    }
    if VERBS.iter().any(|verb| argument == *verb) {
        return false;
    }
    path.components().count() > 1 || path.extension().is_some() || path.exists()
}

/// The full path of a file as it was given to a process that ran in `folder`; none for a URL of anything else.
pub(crate) fn full_path(given: &OsStr, folder: &Path) -> Option<PathBuf> {
    let Some(text) = given.to_str() else { return Some(folder.join(given)) };
    let Some((scheme, _)) = text.split_once("://") else { return Some(folder.join(given)) };
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    tauri::Url::parse(text).ok()?.to_file_path().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(line: &str) -> Start {
        let arguments: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        decide(&arguments)
    }

    fn window(data: Option<&str>, files: &[&str]) -> Start {
        Start::Window { data: data.map(PathBuf::from), files: files.iter().map(OsString::from).collect() }
    }

    #[test]
    fn nothing_or_files_alone_open_the_window() {
        assert_eq!(start(""), window(None, &[]));
        assert_eq!(start("book.pdf /notes/chapter"), window(None, &["book.pdf", "/notes/chapter"]));
        assert_eq!(start("file:///books/a%20b.pdf"), window(None, &["file:///books/a%20b.pdf"]));
        assert_eq!(start("--data /lib"), window(Some("/lib"), &[]));
        assert_eq!(start("--data=/lib book.pdf"), window(Some("/lib"), &["book.pdf"]));
    }

    #[test]
    fn a_verb_or_an_option_is_for_the_command_line() {
        for line in [
            "import book.pdf",
            "--json rooms",
            "--data /lib status",
            "--help",
            "-V",
            "serch",
            "--data",
            "book.pdf --json",
            "-",
        ] {
            assert_eq!(start(line), Start::CommandLine, "{line}");
        }
        assert_eq!(start("./import"), window(None, &["./import"]));
    }

    #[test]
    fn a_child_process_is_known_by_its_first_argument_only() {
        assert_eq!(start("--worker --native /n"), Start::Worker);
        assert_eq!(start("--llama"), Start::Model);
        assert_eq!(start("book.pdf --worker"), Start::CommandLine);
        assert_eq!(start("--export-bindings b.ts"), Start::Bindings("b.ts".into()));
    }

    #[test]
    fn what_was_given_becomes_a_full_path() {
        let folder = Path::new("/home/a");
        let path = |given: &str| full_path(OsStr::new(given), folder);
        assert_eq!(path("b.pdf"), Some("/home/a/b.pdf".into()));
        assert_eq!(path("/c/b.pdf"), Some("/c/b.pdf".into()));
        assert_eq!(path("file:///c/b%20d.pdf"), Some("/c/b d.pdf".into()));
        assert_eq!(path("https://example.org/b.pdf"), None);
    }
}
