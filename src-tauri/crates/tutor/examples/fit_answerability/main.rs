//! Fits the weights of the decision whether a room answers a question, and writes them in the form of
//! `src/answerability/weights.rs`:
//!
//! ```text
//! SMART_STUDY_ROOM_NATIVE=… cargo run --example fit_answerability -- SUBJECTS > weights.rs
//! ```
//!
//! SUBJECTS is a folder with a folder for each of three subjects or more, and in each of them ten documents
//! or more: text files, a heading on a line that begins with `#`, paragraphs between blank lines. Any documents
//! do; nobody's questions are needed. The procedure:
//!
//! 1. Of each subject, every second document goes into a room of its own; the others stay outside. Of the
//!    documents inside, every eighth paragraph is held back.
//! 2. Questions are made from single sentences (see `questions.rs`): a gap in the sentence, its content words
//!    with a third to two thirds dropped, the part behind "is a" or "refers to", "What is X?", and the
//!    questions that the text itself asks.
//! 3. A room answers those made from a sentence in it, and those made from a paragraph that was held back: its
//!    neighbours deal with the same matter in other words, as a person's question would. It does not answer
//!    those made from the documents outside: of the same subject, and of the other ones.
//! 4. The signals of each question in the room are computed by the product's own code. Logistic regression
//!    with equal weight for both classes and an L2 penalty of 1 over standardised inputs gives the weights;
//!    the room answers where the odds are even or better. A second model is fitted without the cosines, for
//!    rooms without vectors.
//!
//! The weights in the repository come from five open textbooks (sociology, anatomy, government, economics,
//! philosophy; a document is a section). What the model is measured with had no part in it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod logistic;
mod questions;
mod subjects;

use std::sync::Arc;

use kernel::{LibraryFolder, NativeParts, SystemClock};
use library::Library;
use logistic::{Sample, fit};
use questions::Maker;
use retrieval::{EmbeddingSpace, ModelFiles, Retrieval, Spaces};
use subjects::Subject;
use tutor::Tutor;
use tutor::answerability::INPUTS;

type Failure = Box<dyn std::error::Error>;

/// Questions of each sort a subject.
const EACH: usize = 110;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = std::env::args_os().nth(1).ok_or("name the folder of the subjects")?;
    let native = std::env::var_os("SMART_STUDY_ROOM_NATIVE").ok_or("SMART_STUDY_ROOM_NATIVE is not set")?;
    let subjects = subjects::read(folder.as_ref())?;
    let place = tempfile::tempdir()?;
    let library = Library::open(LibraryFolder::new(place.path()), Arc::new(SystemClock))?;
    let native = NativeParts::new(native);
    let spaces = Spaces::open(&library, &native, &ModelFiles::built_in(&native), 2)?;
    let retrieval = Retrieval::new(library.clone(), spaces);
    let EmbeddingSpace { embedder, index } = retrieval.space()?;
    let embedder = embedder?;
    let mut rooms = Vec::new();
    for subject in &subjects {
        rooms.push(subject.furnish(&library, &embedder).await?);
        eprintln!("{}: a room of {} documents", subject.name, subject.inside.len());
    }
    index.reconcile(&library).await?;
    let tutor = Tutor::new(library, retrieval)?;

    let mut maker = Maker::new(7);
    let mut samples = Vec::new();
    for (number, (subject, room)) in subjects.iter().zip(rooms).enumerate() {
        for (answerable, question) in asked_in(&mut maker, &subjects, number) {
            let signals = tutor.signals(room, &question).await?;
            samples.push(Sample { inputs: signals.inputs(), answerable });
        }
        eprintln!("{}: {} questions so far", subject.name, samples.len());
    }
    println!("//! Written by `cargo run --example fit_answerability`; not to be changed by hand.\n");
    println!("use super::Model;");
    let by_words = ["coverage", "window", "passage", "unknown", "rarest", "words"];
    report("With the model's cosines.", "BY_MEANING", &samples, &INPUTS);
    report("Without them.", "BY_WORDS", &samples, &by_words);
    Ok(())
}

/// The questions for the room of one subject, and whether it answers them.
fn asked_in(maker: &mut Maker, subjects: &[Subject], number: usize) -> Vec<(bool, String)> {
    let subject = &subjects[number];
    let others: Vec<&String> = subjects
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != number)
        .flat_map(|(_, other)| other.outside_paragraphs())
        .collect();
    let mut asked = Vec::new();
    let mut add = |answerable: bool, from: &[&String], count: usize| {
        asked.extend(maker.questions(from, count).into_iter().map(|question| (answerable, question)));
    };
    add(true, &subject.kept_paragraphs(), EACH);
    add(true, &subject.held_back(), 2 * EACH);
    add(false, &subject.outside_paragraphs(), EACH);
    add(false, &others, EACH);
    asked
}

fn report(what: &str, name: &str, samples: &[Sample], used: &[&str]) {
    let model = fit(samples, &INPUTS.map(|input| used.contains(&input)));
    let right = |answerable: bool| {
        let all: Vec<&Sample> = samples.iter().filter(|sample| sample.answerable == answerable).collect();
        let right = all.iter().filter(|sample| (model.score(&sample.inputs) > 0.0) == answerable).count();
        right as f32 / all.len().max(1) as f32
    };
    eprintln!("{name}: answers {:.3}, refuses {:.3} of the made questions", right(true), right(false));
    let weights: Vec<String> = model.weights.iter().map(|weight| format!("{weight:?}")).collect();
    println!("\n/// {what}\npub(super) const {name}: Model = Model {{");
    println!("    weights: [{}],\n    bias: {:?},\n}};", weights.join(", "), model.bias);
}
