//! Whether the right passages are found, and how fast, in any book with questions whose pages are known.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use acceptance::app;
use clap::Args;
use kernel::{LibraryFolder, SystemClock};
use library::{Library, documents, passages, rooms};
use serde::Deserialize;
use serde_json::Value;

use crate::import::{self, ROOM};
use crate::latency::{self, Latency};
use crate::questions;
use crate::report::Report;

/// A passage over more pages than this proves nothing.
const PAGES: u32 = 3;
/// Among how many passages the right one is looked for.
const AMONG: [usize; 4] = [1, 3, 5, 10];
/// The pages of the book that is imported while the other one is searched.
const MEANWHILE: u32 = 2_000;

/// Quality and latency of the search.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The book; without it one of 685 pages is made.
    #[arg(long, requires = "questions")]
    book: Option<PathBuf>,
    /// Its questions, one `{"id","kind","question","pages":[first,last]}` a line, pages counted from 1; without it they
    /// are made from the book's own sentences.
    #[arg(long)]
    questions: Option<PathBuf>,
}

/// A question and the pages that answer it.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    kind: String,
    question: String,
    pages: [u32; 2],
}

/// Imports the book, asks every question, and prints how often the right pages are among the first passages.
pub(crate) fn run(work: &Path, arguments: Arguments) {
    let data = work.join("library");
    let book = arguments.book.unwrap_or_else(|| questions::make_book(work, 685));
    import::run(&data, &book);
    let asked = match &arguments.questions {
        Some(file) => from_file(file),
        None => from_sentences(&data),
    };
    let texts: Vec<String> = asked.iter().map(|asked| asked.question.clone()).collect();
    let batch = questions::write_batch(work, &texts);
    let mut report = Report::new(&book.display().to_string());

    let found = search(&data, &batch);
    for (kind, asked) in by_kind(&asked) {
        let shares = AMONG.map(|k| {
            let hits = asked.iter().filter(|(at, asked)| is_hit(found.get(at), asked.pages, k)).count();
            format!("@{k} {:.3}", hits as f64 / asked.len() as f64)
        });
        report.row(&format!("found, {kind}"), shares.join(" "), "", format!("{} questions", asked.len()));
    }
    let idle = latency::search(&data, &batch);
    report.latency("search, warm, p95", 30.0, &idle);
    let busy = while_importing(&data, &batch, work);
    report.latency("search while a book is imported, p95", 2.0 * idle.percentile(0.95), &busy);
    report.print();
}

fn from_file(file: &Path) -> Vec<Asked> {
    let text = std::fs::read_to_string(file).expect("the questions");
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The middle sentence of every tenth passage, without its first three words.
fn from_sentences(data: &Path) -> Vec<Asked> {
    let library = Library::open(LibraryFolder::new(data), Arc::new(SystemClock)).expect("the library");
    let read = library.read(|connection| {
        let mut asked = Vec::new();
        for room in rooms::list(connection)? {
            for document in documents::list(connection, room.room)? {
                let all = passages::of_document(connection, document.document, 0, u32::MAX >> 1)?;
                asked.extend(all.iter().step_by(10).filter_map(|passage| {
                    let sentence = passage.sentences.get(passage.sentences.len() / 2)?;
                    let said = passage.text.get(sentence.start as usize..sentence.end as usize)?;
                    let words: Vec<&str> = said.split_whitespace().skip(3).collect();
                    (words.len() > 5).then(|| Asked {
                        kind: "sentence".to_owned(),
                        question: words.join(" "),
                        pages: [passage.page_start, passage.page_end],
                    })
                }));
            }
        }
        Ok(asked)
    });
    read.expect("the passages")
}

/// The questions of each kind, with their places.
fn by_kind(asked: &[Asked]) -> BTreeMap<&str, Vec<(usize, &Asked)>> {
    let mut kinds: BTreeMap<&str, Vec<(usize, &Asked)>> = BTreeMap::new();
    for (at, asked) in asked.iter().enumerate() {
        kinds.entry(&asked.kind).or_default().push((at, asked));
    }
    kinds
}

/// The passages that each question of a batch finds, by its place.
fn search(data: &Path, batch: &Path) -> BTreeMap<usize, Vec<Value>> {
    let mut command = app::command(data);
    command.args(["--json", "search", "--room", ROOM, "-k", "10", "--batch"]).arg(batch);
    let output = command.stderr(Stdio::inherit()).output().expect("the app runs");
    assert!(output.status.success(), "the search failed");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let results = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let found = results.filter_map(|result| {
        let at = result["id"].as_str()?.parse().ok()?;
        Some((at, result["passages"].as_array()?.clone()))
    });
    found.collect()
}

/// Whether one of the first `k` passages touches the right pages.
fn is_hit(found: Option<&Vec<Value>>, [first, last]: [u32; 2], k: usize) -> bool {
    let touches = |passage: &Value| {
        let page = |key: &str| passage[key].as_u64().and_then(|page| u32::try_from(page).ok());
        let (Some(start), Some(end)) = (page("page_start"), page("page_end")) else {
            return false;
        };
        end - start < PAGES && start <= last && end >= first
    };
    found.is_some_and(|found| found.iter().take(k).any(touches))
}

/// Searches while another process imports a book into the same library; all of the searching falls into the import.
fn while_importing(data: &Path, batch: &Path, work: &Path) -> Latency {
    let book = work.join("meanwhile");
    std::fs::create_dir(&book).expect("a folder");
    let book = questions::make_book(&book, MEANWHILE);
    let mut import = app::command(data)
        .args(["--json", "import", "--room", "Meanwhile"])
        .arg(book)
        .stdout(Stdio::null())
        .spawn()
        .expect("the app starts");
    let latency = latency::search(data, batch);
    let is_over = import.try_wait().expect("the import").is_some();
    if is_over {
        println!("the import ended before the searches did: its share of them was quiet");
    } else {
        import.kill().expect("its end");
    }
    let _ = import.wait();
    latency
}
