//! Fits the weights of the sentences: `fit_evidence LIBRARY NATIVE ROOM=QUESTIONS.jsonl…`. A line of the questions is
//! `{"question", "answer"}`. What it does and why is written at `tutor::evidence_fit`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::sync::Arc;

use kernel::{LibraryFolder, NativeParts, SystemClock};
use library::{Library, rooms};
use retrieval::{ModelFiles, Retrieval, Spaces};
use serde::Deserialize;
use tutor::Tutor;
use tutor::evidence_fit::{Asked, Fitted, fit, names};

type Failure = Box<dyn std::error::Error>;

#[derive(Deserialize)]
struct Line {
    question: String,
    answer: String,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, native, rooms @ ..] = arguments.as_slice() else {
        return Err("usage: fit_evidence LIBRARY NATIVE ROOM=QUESTIONS.jsonl...".into());
    };
    let library = Library::open(LibraryFolder::new(folder), Arc::new(SystemClock))?;
    let native = NativeParts::new(native);
    let spaces = Spaces::open(&library, &native, &ModelFiles::built_in(&native), 1)?;
    let known = library.read(rooms::list)?;
    let mut asked = Vec::new();
    for pair in rooms {
        let (name, file) = pair.split_once('=').ok_or("a room and its questions are ROOM=FILE")?;
        let room = known.iter().find(|room| room.name == name).ok_or_else(|| format!("there is no room {name}"))?.room;
        for line in std::fs::read_to_string(file)?.lines() {
            let Line { question, answer } = serde_json::from_str(line)?;
            asked.push(Asked { room, question, answer });
        }
    }
    let retrieval = Retrieval::new(library.clone(), spaces);
    let Fitted { by_meaning, by_words, focus, questions, told } = fit(&Tutor::new(library, retrieval)?, &asked).await?;
    for ((name, weight), by_words) in names().iter().zip(by_meaning).zip(by_words) {
        eprintln!("{name:20} {weight:7.3} {by_words:7.3}");
    }
    eprintln!("{questions} of {} questions; told {:.3} in use, {:.3} fitted", asked.len(), told.0, told.1);
    println!("//! Written by `cargo run --example fit_evidence`; not to be changed by hand.\n");
    println!("use super::features::COUNT;\n");
    println!("/// With the model's cosines.\npub(super) const BY_MEANING: [f32; COUNT] = {by_meaning:.3?};\n");
    println!("/// Without them.\npub(super) const BY_WORDS: [f32; COUNT] = {by_words:.3?};\n");
    println!("/// What a sentence gains that names the term which the best sentences define.");
    println!("pub(super) const FOCUS: f32 = {focus:?};");
    Ok(())
}
