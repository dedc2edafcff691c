use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernel::{LibraryFolder, SystemClock};
use library::{Library, documents, passages, rooms};
use serde_json::{Value, json};

/// Every passage of the library, as it is embedded.
pub(crate) fn passages(data: &Path) -> Vec<String> {
    let library = Library::open(LibraryFolder::new(data), Arc::new(SystemClock)).expect("the library");
    let read = library.read(|connection| {
        let mut texts = Vec::new();
        for room in rooms::list(connection)? {
            for document in documents::list(connection, room.room)? {
                let all = passages::of_document(connection, document.document, 0, u32::MAX >> 1)?;
                texts.extend(all.iter().map(|p| reader::embedded_text(&p.title, &p.headings, &p.text)));
            }
        }
        Ok(texts)
    });
    read.expect("the passages")
}

/// The first `count` questions of a file of `{"id","question"}` lines.
pub(crate) fn from_file(file: &Path, count: usize) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("the questions");
    text.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|line| line["question"].as_str().map(str::to_owned))
        .take(count)
        .collect()
}

/// Distinct questions in the book's own words: the longest sentence of evenly spread passages, cut to twelve words.
pub(crate) fn from_passages(passages: &[String], count: usize) -> Vec<String> {
    let step = (passages.len() / count).max(1);
    let mut questions: Vec<String> = passages
        .iter()
        .step_by(step)
        .filter_map(|text| {
            let sentences = reader::sentences(text).into_iter().map(|range| &text[range]);
            let longest = sentences.max_by_key(|sentence| sentence.len())?;
            Some(longest.split_whitespace().take(12).collect::<Vec<_>>().join(" "))
        })
        .collect();
    questions.sort();
    questions.dedup();
    questions.truncate(count);
    questions
}

/// Writes a batch file for the command line.
pub(crate) fn write_batch(folder: &Path, questions: &[String]) -> PathBuf {
    let path = folder.join("questions.jsonl");
    let mut file = std::fs::File::create(&path).expect("a batch file");
    for (id, question) in questions.iter().enumerate() {
        writeln!(file, "{}", json!({"id": id.to_string(), "question": question})).expect("a written line");
    }
    path
}

/// A book of `pages` pages, made by a fixed rule so that every run reads the same.
pub(crate) fn make_book(folder: &Path, pages: u32) -> PathBuf {
    let path = folder.join(format!("book of {pages} pages.pdf"));
    std::fs::write(&path, document_maker::book("A made-up textbook", pages)).expect("a written book");
    path
}
