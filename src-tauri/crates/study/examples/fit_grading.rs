//! Fits the scale of grades: `fit_grading NATIVE ANSWERS.jsonl`. A line of the answers is `{"question", "reference",
//! "answer", "score"}`, the score from 0 to 1. What it does and why is written at `study::grading::calibration`. Prints
//! how well the grades of questions that were left out follow the marks.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::sync::Arc;

use kernel::{LibraryFolder, NativeParts, SystemClock};
use library::Library;
use retrieval::{ModelFiles, Retrieval, Spaces};
use serde::Deserialize;
use study::grading::Met;
use study::grading::calibration::{Fitted, Marked, Scale, banded_error, fit};

type Failure = Box<dyn std::error::Error>;

#[derive(Deserialize)]
struct Line {
    question: String,
    reference: String,
    answer: String,
    score: f32,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [native, answers] = arguments.as_slice() else {
        return Err("usage: fit_grading NATIVE ANSWERS.jsonl".into());
    };
    let folder = tempfile::tempdir()?;
    let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock))?;
    let native = NativeParts::new(native);
    let spaces = Spaces::open(&library, &native, &ModelFiles::built_in(&native), 1)?;
    let retrieval = Retrieval::new(library, spaces);
    let mut marked = Vec::new();
    for line in std::fs::read_to_string(answers)?.lines() {
        let Line { question, reference, answer, score } = serde_json::from_str(line)?;
        marked.push(Marked { question, reference, answer, score });
    }
    let Fitted { scale: Scale { offset, slope }, held_out } = fit(&retrieval, &marked).await?;
    let pairs: Vec<(f32, f32)> =
        held_out.iter().zip(&marked).map(|(grade, marked)| (grade.score, marked.score)).collect();
    let contradicted =
        held_out.iter().filter(|grade| grade.points.iter().any(|point| point.met == Met::Contradicted)).count();
    eprintln!(
        "{} answers, {contradicted} of them with a contradiction; questions left out: r {:.3}, banded error {:.3}",
        pairs.len(),
        r(&pairs),
        banded_error(pairs.iter().copied())
    );
    println!("Scale {{ offset: {offset:.3}, slope: {slope:.3} }}");
    Ok(())
}

/// Pearson's correlation.
fn r(pairs: &[(f32, f32)]) -> f32 {
    let n = pairs.len() as f32;
    let mean = |of: &dyn Fn(&(f32, f32)) -> f32| pairs.iter().map(of).sum::<f32>() / n;
    let (x, y) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
    let (xy, xx, yy) = (
        mean(&|pair| (pair.0 - x) * (pair.1 - y)),
        mean(&|pair| (pair.0 - x).powi(2)),
        mean(&|pair| (pair.1 - y).powi(2)),
    );
    xy / (xx * yy).sqrt()
}
