//! How well and how fast an executor answers: the same questions by it and by quoting alone, in one run.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use acceptance::app;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::import::{self, ROOM};
use crate::latency::Latency;
use crate::questions;
use crate::report::Report;

/// Answers of an executor.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Who answers.
    #[arg(long, value_enum)]
    executor: Executor,
    /// The GGUF file of the local executor.
    #[arg(long, required_if_eq("executor", "local"))]
    file: Option<PathBuf>,
    /// The address of the model server.
    #[arg(long, required_if_eq("executor", "server"))]
    address: Option<String>,
    /// The name of its model.
    #[arg(long, required_if_eq("executor", "server"))]
    model: Option<String>,
    /// Tokens that its context holds.
    #[arg(long, default_value_t = 4096)]
    context: u32,
    /// Agree that questions and passages are sent to another machine.
    #[arg(long)]
    allow_remote: bool,
    /// The book; without it one of 120 pages is made.
    #[arg(long)]
    book: Option<PathBuf>,
    /// Questions, one `{"id","question"}` a line, with `"answer"` and `"pages":[first,last]` where they are known;
    /// without it they are made from the book's own sentences.
    #[arg(long)]
    questions: Option<PathBuf>,
    /// How many of them.
    #[arg(long, default_value_t = 50)]
    count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Executor {
    Extractive,
    Local,
    Server,
}

#[derive(Deserialize)]
struct Asked {
    question: String,
    answer: Option<String>,
    pages: Option<[u64; 2]>,
}

/// What the answers of one executor came to.
#[derive(Default)]
struct Tally {
    asked: usize,
    answered: usize,
    /// Answers that the executor itself wrote to the end.
    own: usize,
    /// Why it did not, and how often.
    fell_back: BTreeMap<String, usize>,
    /// Markers that were shown, and statements that were left out because nothing supports them.
    kept: usize,
    left_out: usize,
    /// Of the questions whose answer is known, those in whose answer all of its words stand, and how many there are.
    gold: (usize, usize),
    /// The same of the questions whose pages are known: a citation is on them.
    on_page: (usize, usize),
    prompt: u64,
    reused: u64,
    generated: u64,
    first_text: Vec<f64>,
    whole: Vec<f64>,
}

/// Imports the book, has both answer every question, and prints the figures side by side.
pub(crate) fn run(work: &Path, arguments: &Arguments) {
    let data = work.join("library");
    let book = arguments.book.clone().unwrap_or_else(|| questions::make_book(work, 120));
    import::run(&data, &book);
    let asked = match &arguments.questions {
        Some(file) => from_file(file, arguments.count),
        None => questions::from_passages(&questions::passages(&data), arguments.count)
            .into_iter()
            .map(|question| Asked { question, answer: None, pages: None })
            .collect(),
    };
    let texts: Vec<String> = asked.iter().map(|asked| asked.question.clone()).collect();
    let batch = questions::write_batch(work, &texts);
    set_up(&data, arguments);

    let name = arguments.executor.to_possible_value().map_or_else(String::new, |name| name.get_name().to_owned());
    let mut report = Report::new(&format!("{}, {} questions", book.display(), asked.len()));
    let quoted = answers(&data, &batch, "extractive", &asked);
    let written = (name != "extractive").then(|| answers(&data, &batch, &name, &asked));
    tell(&mut report, written.as_ref().unwrap_or(&quoted), &quoted);
    report.print();
}

fn from_file(file: &Path, count: usize) -> Vec<Asked> {
    let text = std::fs::read_to_string(file).expect("the questions");
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).take(count).collect()
}

fn set_up(data: &Path, arguments: &Arguments) {
    let mut command = app::command(data);
    command.args(["--json", "executors"]);
    match arguments.executor {
        Executor::Extractive => return,
        Executor::Local => {
            command.arg("local").arg(arguments.file.as_deref().expect("a file"));
        }
        Executor::Server => {
            command.arg("server").arg(arguments.address.as_deref().expect("an address"));
            command.args(["--model", arguments.model.as_deref().expect("a model")]);
            command.args(["--context", &arguments.context.to_string()]);
            if arguments.allow_remote {
                command.arg("--allow-remote");
            }
        }
    }
    assert!(command.stdout(Stdio::null()).status().expect("the app runs").success(), "it could not be set up");
}

fn answers(data: &Path, batch: &Path, executor: &str, asked: &[Asked]) -> Tally {
    let mut command = app::command(data);
    command.args(["--json", "ask", "--room", ROOM, "--executor", executor, "--batch"]).arg(batch);
    let output = command.stderr(Stdio::inherit()).output().expect("the app runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut tally = Tally::default();
    for answer in text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")) {
        let number = answer["id"].as_str().and_then(|id| id.parse::<usize>().ok());
        let Some(asked) = number.and_then(|number| asked.get(number)) else { continue };
        tally.take(&answer, asked, executor);
    }
    tally
}

impl Tally {
    fn take(&mut self, answer: &Value, asked: &Asked, executor: &str) {
        self.asked += 1;
        if answer["type"] != "answer" {
            *self.fell_back.entry(answer["message"].as_str().unwrap_or("failed").to_owned()).or_default() += 1;
            return;
        }
        self.answered += usize::from(answer["answered"] == json!(true));
        let provenance = &answer["provenance"];
        match provenance["fell_back"].as_str() {
            Some(why) => *self.fell_back.entry(why.to_owned()).or_default() += 1,
            None => self.own += usize::from(answer["executor"] == executor),
        }
        let text = answer["answer"].as_str().unwrap_or_default();
        self.kept += text.matches(" [").count();
        self.left_out += provenance["unsupported"].as_array().map_or(0, Vec::len);
        if let Some(gold) = &asked.answer {
            let said = words(text);
            let gold = words(gold);
            self.gold.0 += usize::from(!gold.is_empty() && gold.is_subset(&said));
            self.gold.1 += 1;
        }
        if let Some([first, last]) = asked.pages {
            let pages = answer["citations"].as_array().into_iter().flatten().filter_map(|it| it["page"].as_u64());
            self.on_page.0 += usize::from(pages.into_iter().any(|page| (first..=last).contains(&page)));
            self.on_page.1 += 1;
        }
        let tokens = |key: &str| provenance["tokens"][key].as_u64().unwrap_or_default();
        self.prompt += tokens("prompt");
        self.reused += tokens("reused");
        self.generated += tokens("generated");
        self.first_text.extend(answer["first_token_ms"].as_f64());
        self.whole.extend(answer["elapsed_ms"].as_f64());
    }
}

fn words(text: &str) -> HashSet<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.len() > 2).map(str::to_lowercase).collect()
}

fn tell(report: &mut Report, of: &Tally, quoted: &Tally) {
    let share = |(part, whole): (usize, usize)| match whole {
        0 => "not known".to_owned(),
        _ => format!("{:.3}", part as f64 / whole as f64),
    };
    let mut row = |what: &str, figure: &dyn Fn(&Tally) -> String, asked: &str| {
        report.row(what, figure(of), asked, format!("quotes alone {}", figure(quoted)));
    };
    row("answered", &|it| share((it.answered, it.asked)), "");
    row("right answer in the text", &|it| share(it.gold), "0.96");
    row("a citation on the right pages", &|it| share(it.on_page), "0.96");
    row("written to the end by the executor", &|it| share((it.own, it.asked)), "");
    row("statements that nothing supports", &|it| share((it.left_out, it.left_out + it.kept)), "");
    let times = |millis: &[f64], at: f64| format!("{:.0} ms", Latency::new(millis.to_vec()).percentile(at));
    row("first text, p50", &|it| times(&it.first_text, 0.5), "");
    row("first text, p95", &|it| times(&it.first_text, 0.95), "");
    row("whole answer, p95", &|it| times(&it.whole, 0.95), "");
    let each = |sum: u64, of: &Tally| format!("{:.0}", sum as f64 / of.asked.max(1) as f64);
    row(
        "tokens of a prompt, of which known from before",
        &|it| format!("{}, {}", each(it.prompt, it), each(it.reused, it)),
        "",
    );
    row("tokens of an answer", &|it| each(it.generated, it), "");
    for (why, times) in &of.fell_back {
        report.row("not to the end", times.to_string(), "0", why.clone());
    }
}
