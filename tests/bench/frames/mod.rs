//! Whether the window keeps its frames: scrolled while an answer streams, while a book is imported, with very many
//! documents and messages, each beside a blank page in the same window; and what the window costs when nothing happens.

mod cost;
mod recording;
mod scenes;
mod shelf;

use std::path::Path;
use std::time::Duration;

use acceptance::display::Display;
use acceptance::window::Window;
use clap::Args;
use document_maker::needle;
use model_server::{ModelServer, Reply};

use crate::report::Report;
use crate::{import, questions};
use cost::Processes;
use recording::Recording;

/// Frames of the window, and what it costs.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Seconds of scripted scrolling, of each kind.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Documents of the full room.
    #[arg(long, default_value_t = 10_000)]
    documents: usize,
    /// Messages of the long conversation.
    #[arg(long, default_value_t = 20_000)]
    messages: usize,
}

/// Pages of the book that is read.
const PAGES: u32 = 685;
/// How long the blank page is watched, and how long nothing is done.
const BLANK: u32 = 10;
const IDLE: Duration = Duration::from_secs(20);
/// Pauses between the words of the streaming answer: about the pace of a good local model.
const PACE: Duration = Duration::from_millis(60);

/// Measures all of it and prints the table.
pub(crate) fn run(work: &Path, arguments: &Arguments) {
    let book = questions::make_book(work, PAGES);
    let small = work.join("hundred");
    shelf::fill(&small, 100, 2);
    let data = work.join("library");
    import::run(&data, &book);
    shelf::fill(&data, arguments.documents, arguments.messages);
    let mut report = Report::new("frames of the window");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let display = Display::start();
        start(&mut report, &display, work, &small).await;
        frames(&mut report, &display, work, &data, arguments).await;
    });
    report.print();
}

/// From the start of the process to a window that can be used, with a hundred documents; then it rests.
async fn start(report: &mut Report, display: &Display, work: &Path, data: &Path) {
    let mut times = Vec::new();
    for _ in 0..3 {
        let window = Window::open(display, data, &work.join("pictures"), &[]).await;
        let usable = scenes::usable_since_epoch(&window).await;
        let started = Processes::of(data).started().duration_since(std::time::UNIX_EPOCH).expect("a time after 1970");
        times.push(usable.saturating_sub(started));
        window.close().await;
    }
    times.sort();
    let told = times.iter().map(|time| format!("{:.2}", time.as_secs_f64())).collect::<Vec<_>>().join(", ");
    report.row("start to interactive, 100 documents", told, "1 s", "seconds, of three starts".into());

    let window = Window::open(display, data, &work.join("pictures"), &[]).await;
    scenes::usable_since_epoch(&window).await;
    // What a start leaves to be done is done, the glass is chosen, and who has nothing to do has gone.
    tokio::time::sleep(Duration::from_secs(30)).await;
    let processes = Processes::of(data);
    let idle = processes.idle(IDLE);
    report.row("idle, of one core", format!("{:.2} %", 100.0 * idle), "1 %", format!("over {} s", IDLE.as_secs()));
    let memory = processes.memory() as f64 / 1e6;
    report.row("idle memory, all processes", format!("{memory:.0} MB"), "350 MB", "proportional set size".into());
    window.close().await;
}

async fn frames(report: &mut Report, display: &Display, work: &Path, data: &Path, arguments: &Arguments) {
    let seconds = arguments.seconds;
    let server = ModelServer::start().await.expect("a port");
    let window = Window::open(display, data, &work.join("pictures"), &[]).await;
    scenes::usable_since_epoch(&window).await;
    let blank = scenes::blank(&window, BLANK).await;
    report.row("blank page", blank.told(), "", blank.beside());
    scenes::use_model(&window, server.address()).await;

    scenes::open_book(&window).await;
    stream(&server, &window, &format!("What is the {}?", needle(1))).await;
    row(report, "reading while an answer streams", "17 ms", &scenes::scroll(&window, "viewer", seconds).await, &blank);
    scenes::stop(&window).await;

    let what = format!("a room of {} documents is opened", arguments.documents);
    row(report, &what, "no task over 50 ms", &scenes::entering(&window, shelf::MANY).await, &blank);
    scenes::enter(&window, shelf::MANY).await;
    stream(&server, &window, shelf::QUESTION).await;
    let what = format!("{} documents while an answer streams", arguments.documents);
    row(report, &what, "17 ms", &scenes::scroll(&window, "library", seconds).await, &blank);
    scenes::stop(&window).await;

    let what = format!("a conversation of {} messages", arguments.messages);
    let opened = scenes::entering(&window, shelf::LONG).await;
    row(report, &format!("{what} is opened"), "no task over 50 ms", &opened, &blank);
    scenes::enter(&window, shelf::LONG).await;
    scenes::open_conversation(&window).await;
    row(report, &what, "17 ms", &scenes::scroll(&window, "thread", seconds).await, &blank);
    stream(&server, &window, shelf::QUESTION).await;
    let what = format!("{what} while an answer streams in it");
    row(report, &what, "17 ms", &scenes::scroll(&window, "thread", seconds).await, &blank);
    scenes::stop(&window).await;
    row(report, &format!("{what} is read back"), "17 ms", &scenes::hold_to_top(&window, "thread", BLANK).await, &blank);

    scenes::enter(&window, import::ROOM).await;
    scenes::open_book(&window).await;
    scenes::import_again(&window, &questions::make_book(work, PAGES + 5)).await;
    row(report, "reading while a book is imported", "25 ms", &scenes::scroll(&window, "viewer", seconds).await, &blank);
    window.close().await;
}

/// Asks something that is answered slowly and without an end.
async fn stream(server: &ModelServer, window: &Window, question: &str) {
    server.then(Reply::Writes(PACE));
    scenes::ask(window, question).await;
}

fn row(report: &mut Report, what: &str, asked: &str, measured: &Recording, blank: &Recording) {
    let beside = format!("{}; p95 {:.2} x the blank page", measured.beside(), measured.p95() / blank.p95());
    report.row(what, measured.told(), asked, beside);
}
