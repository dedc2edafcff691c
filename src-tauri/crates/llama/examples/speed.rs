//! How fast a model writes through the process and the stream, beside a bare loop over llama.cpp in the same run.
//!
//! Many short rounds in pairs, one of each right behind the other: whatever else the machine does hits both of a pair
//! or shows as an outlier, and the median of the pairs' ratios does not move.
//!
//! `cargo run --release --workspace --example speed [-- LAYERS WIDTH TOKENS ROUNDS]`
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a measurement talks and may fail")]

use std::num::NonZeroU32;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use futures::StreamExt;
use llama::{Event, Limits, Llama, Machine, Message, Request, Role, Worker};
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::sampling::LlamaSampler;
use model_maker::Model;

/// Tokens a second.
#[derive(Clone, Copy, Default)]
struct Speed {
    reading: f64,
    writing: f64,
}

const BATCH: usize = 32;

/// As the process sets it for itself: both have the same, from their start on.
const SPIN: (&str, &str) = ("GOMP_SPINCOUNT", "1000");

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("--llama") {
        return llama::serve();
    }
    if std::env::var_os(SPIN.0).is_none() {
        let mut again = Command::new(std::env::current_exe().unwrap());
        let status = again.args(std::env::args_os().skip(1)).env(SPIN.0, SPIN.1).status().unwrap();
        return if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    compare();
    ExitCode::SUCCESS
}

#[tokio::main]
async fn compare() {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u32>().expect("a number"));
    let mut next = |usual| numbers.next().unwrap_or(usual);
    let (layers, width, tokens, rounds) = (next(8), next(768), next(48), next(41));

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.gguf");
    Model::sized(layers, width).write(&file).unwrap();
    let worker = Worker {
        program: std::env::current_exe().unwrap(),
        args: vec!["--llama".into()],
        machine: Machine::now,
        limits: Limits::default(),
    };
    let llama = Llama::new(worker, &file).unwrap();
    let found = llama.describe().await.unwrap();
    let threads = Machine::now().physical_cores;
    println!("{} parameters, {threads} threads, {tokens} tokens after some 400", found.parameters);

    let bare = Bare::new(&file, found.context, threads);
    let mut pairs = Vec::new();
    for round in 0..rounds {
        // The one that comes first alternates, as a processor that has cooled down is faster.
        let prompt = format!("{round} {}", "What is written here counts for nothing. ".repeat(9));
        let (ours, theirs);
        if round % 2 == 0 {
            theirs = bare.measure(&prompt, tokens);
            ours = measure(&llama, &prompt, tokens).await;
        } else {
            ours = measure(&llama, &prompt, tokens).await;
            theirs = bare.measure(&prompt, tokens);
        }
        pairs.push((ours, theirs));
    }
    for (what, of) in [("reading", (|s| s.reading) as fn(&Speed) -> f64), ("writing", |s| s.writing)] {
        let [_, theirs, _] = quartiles(pairs.iter().map(|(_, theirs)| of(theirs)));
        let [_, ours, _] = quartiles(pairs.iter().map(|(ours, _)| of(ours)));
        let [low, ratio, high] = quartiles(pairs.iter().map(|(ours, theirs)| of(ours) / of(theirs)));
        println!("{what}: bare {theirs:.1} tokens/s, through the process {ours:.1}");
        println!("  ratio of pairs {ratio:.3} (half of them from {low:.3} to {high:.3})");
    }
}

/// The values that a quarter, a half and three quarters of all lie below.
fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[(values.len() - 1) * quarter / 4])
}

fn messages(prompt: &str) -> Vec<Message> {
    vec![Message::new(Role::User, prompt)]
}

/// As somebody sees it who reads the stream.
async fn measure(llama: &Llama, prompt: &str, max_tokens: u32) -> Speed {
    let start = Instant::now();
    let mut stream = llama.generate(Request {
        messages: messages(prompt),
        constraint: None,
        max_tokens,
        temperature: 0.0,
        seed: 1,
        stop: Vec::new(),
    });
    let mut speed = Speed::default();
    let mut read = start;
    while let Some(event) = stream.next().await {
        match event.unwrap() {
            Event::Read { total, .. } => {
                read = Instant::now();
                speed.reading = f64::from(total) / (read - start).as_secs_f64();
            }
            Event::Piece(_) => {}
            Event::Finished(end) => {
                assert_eq!(end.generated_tokens, max_tokens, "the model ended its text early: choose another size");
                speed.writing = f64::from(end.generated_tokens) / read.elapsed().as_secs_f64();
            }
        }
    }
    speed
}

/// llama.cpp in this process.
struct Bare {
    backend: LlamaBackend,
    model: LlamaModel,
    context_tokens: u32,
    threads: i32,
}

impl Bare {
    fn new(file: &Path, context_tokens: u32, threads: usize) -> Self {
        let mut backend = LlamaBackend::init().unwrap();
        backend.void_logs();
        let model = LlamaModel::load_from_file(&backend, file, &LlamaModelParams::default()).unwrap();
        Self { backend, model, context_tokens, threads: threads as i32 }
    }

    fn measure(&self, prompt: &str, max_tokens: u32) -> Speed {
        let parameters = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(self.context_tokens))
            .with_n_batch(BATCH as u32)
            .with_n_ubatch(BATCH as u32)
            .with_n_threads(self.threads)
            .with_n_threads_batch(self.threads);
        let mut context = self.model.new_context(&self.backend, parameters).unwrap();
        let vocabulary = self.model.vocab();
        let start = Instant::now();
        let text = format!("<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n");
        let tokens = vocabulary.tokenize(text.as_bytes(), false, true);
        let mut batch = LlamaBatch::new(BATCH, 1);
        let mut place = 0;
        for part in tokens.chunks(BATCH) {
            batch.clear();
            for (i, token) in part.iter().enumerate() {
                batch.add(*token, place, &[0], i + 1 == part.len()).unwrap();
                place += 1;
            }
            context.decode(&mut batch).unwrap();
        }
        let mut sampler = LlamaSampler::chain_simple([LlamaSampler::greedy()]);
        let read = Instant::now();
        let mut written = Vec::new();
        for _ in 0..max_tokens {
            let token = sampler.sample(&context, -1);
            vocabulary.token_to_piece_into(token, &mut written, false, None);
            batch.clear();
            batch.add(token, place, &[0], true).unwrap();
            place += 1;
            context.decode(&mut batch).unwrap();
        }
        Speed {
            reading: tokens.len() as f64 / (read - start).as_secs_f64(),
            writing: f64::from(max_tokens) / read.elapsed().as_secs_f64(),
        }
    }
}
