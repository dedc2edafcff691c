//! Measures the app as a person's machine runs it, each figure beside the raw limit of the same run.
//!
//! Times are of a release build; on a noisy machine trust the ratios. `cargo xtask bench` builds and calls it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measuring program stops at what is missing, and talks"
)]

mod agent;
mod find;
#[cfg(target_os = "linux")]
mod frames;
mod import;
mod latency;
mod made;
mod memory;
mod questions;
mod raw;
mod report;
mod retrieval;
mod scale;
mod study;
#[cfg(target_os = "linux")]
mod window;

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

use report::Report;

/// Speed and size of the built app.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// The PDF to import; without it a book of 685 pages is made.
    #[arg(long)]
    book: Option<PathBuf>,
    /// Questions to time, one `{"id","question"}` a line; without it they are made from the book's sentences.
    #[arg(long)]
    questions: Option<PathBuf>,
    /// How many questions to time.
    #[arg(long, default_value_t = 300)]
    count: usize,
    /// Leaves out what needs a display.
    #[arg(long)]
    no_window: bool,
    /// Imports a made document of 5,000 pages as well, beside one of 685, to see that memory and the time a page takes
    /// don't grow.
    #[arg(long)]
    long: bool,
    /// Measures, in place of all the above, a made library of so many passages and the vector index of a million alone.
    #[arg(long)]
    scale: bool,
    /// Passages of the library that `--scale` makes.
    #[arg(long, default_value_t = 100_000)]
    passages: usize,
    /// Passages of the index that `--scale` makes; 0 for none. Takes 5 GB of disk for a million.
    #[arg(long, default_value_t = 1_000_000)]
    vectors: usize,
}

/// One part by itself.
#[derive(Subcommand)]
enum What {
    /// Whether the search finds the right pages, and how fast.
    Retrieval(retrieval::Arguments),
    /// How well and how fast an executor answers, beside quoting alone.
    Agent(agent::Arguments),
    /// Whether the window keeps its frames while it has much to show and to do, and what it costs when it has not.
    #[cfg(target_os = "linux")]
    Frames(frames::Arguments),
    /// How long today's cards and the statistics of many years of study take.
    Study(study::Arguments),
    /// How long finding words in everything and in a long book takes, and a room of very many documents.
    Find(find::Arguments),
}

fn main() {
    let arguments = Arguments::parse();
    let work = tempfile::tempdir().expect("a folder to work in");
    match arguments.what {
        Some(What::Retrieval(arguments)) => return retrieval::run(work.path(), arguments),
        Some(What::Agent(arguments)) => return agent::run(work.path(), &arguments),
        #[cfg(target_os = "linux")]
        Some(What::Frames(arguments)) => return frames::run(work.path(), &arguments),
        Some(What::Study(arguments)) => return study::run(work.path(), &arguments),
        Some(What::Find(arguments)) => return find::run(work.path(), &arguments),
        None => {}
    }
    if arguments.scale {
        return scale::run(work.path(), arguments.passages, arguments.vectors, arguments.count);
    }
    let data = work.path().join("library");
    let book = match arguments.book {
        Some(book) => book,
        None => questions::make_book(work.path(), 685),
    };
    let mut report = Report::new(&book.display().to_string());

    let imported = import::run(&data, &book);
    let passages = questions::passages(&data);
    let raw = raw::measure(&book, &passages);
    report.import(&imported, &raw);

    if arguments.long {
        report.lengths(&length(work.path(), 685), &length(work.path(), 5_000));
    }

    let asked = match &arguments.questions {
        Some(file) => questions::from_file(file, arguments.count),
        None => questions::from_passages(&passages, arguments.count),
    };
    let batch = questions::write_batch(work.path(), &asked);
    report.latency("search, warm, p95", 30.0, &latency::search(&data, &batch));
    report.latency("ask, first text, p95", 200.0, &latency::ask(&data, &batch));

    #[cfg(target_os = "linux")]
    if !arguments.no_window {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let measured = runtime.block_on(window::measure(&data, work.path(), &book));
        report.window(&measured);
    }
    report.print();
}

/// Imports a made book of `pages` pages into a library of its own.
fn length(work: &Path, pages: u32) -> import::Import {
    let book = questions::make_book(work, pages);
    import::run(&work.join(format!("library of {pages} pages")), &book)
}
