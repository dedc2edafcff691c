//! Fits the verifier's constants: `fit_claims NATIVE`. What it does and why is written at `tutor::claims_fit`. With
//! `--misses` it names the claims of the fitting half that are told wrongly instead, and with `--measure` it says how
//! many of each class are told rightly in the other half.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::sync::Arc;

use claim_maker::{Class, Corpus, Half, Pair, corpus};
use kernel::{LibraryFolder, NativeParts, SystemClock};
use library::Library;
use retrieval::{ModelFiles, Retrieval, Spaces};
use tutor::claims_fit::{Example, Fitted, accepts, fit, names};

type Failure = Box<dyn std::error::Error>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [native, more @ ..] = arguments.as_slice() else {
        return Err("usage: fit_claims NATIVE [--misses | --measure]".into());
    };
    let folder = tempfile::tempdir()?;
    let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock))?;
    let native = NativeParts::new(native);
    let spaces = Spaces::open(&library, &native, &ModelFiles::built_in(&native), 1)?;
    let retrieval = Retrieval::new(library, spaces);
    let corpus = corpus();
    if more.iter().any(|more| more == "--measure") {
        return measure(&retrieval, &corpus).await;
    }
    if more.iter().any(|more| more == "--misses") {
        for pair in corpus.of(Half::Fitting) {
            if accepts(&retrieval, &example(&corpus, pair)).await != pair.class.is_supported() {
                println!("{} {:?}: {}", corpus.passages[pair.passage].heading, pair.class, pair.claim);
            }
        }
        return Ok(());
    }
    let examples: Vec<Example> = corpus.of(Half::Fitting).map(|pair| example(&corpus, pair)).collect();
    let Fitted { weights, bias, by_words, balanced } = fit(&retrieval, &examples).await;
    for (name, weight) in names().iter().zip(weights) {
        eprintln!("{name:20} {weight:7.3}");
    }
    eprintln!("{} claims; balanced accuracy {:.3}, by words alone {:.3}", examples.len(), balanced.0, balanced.1);
    println!("//! Written by `cargo run --example fit_claims`; not to be changed by hand.\n");
    println!("use super::verifier::COUNT;\n");
    println!("/// Of the signals, in their order.\npub(super) const WEIGHTS: [f32; COUNT] = {weights:.3?};\n");
    println!("/// What makes 0 the border.\npub(super) const BIAS: f32 = {bias:.3};\n");
    println!("/// The share of its words from which on a claim is supported where no model can be asked.");
    println!("pub(super) const BY_WORDS: f32 = {by_words:.3};");
    Ok(())
}

async fn measure(retrieval: &Retrieval, corpus: &Corpus) -> Result<(), Failure> {
    let mut shares = Vec::new();
    for class in Class::ALL {
        let (mut right, mut all) = (0, 0);
        for pair in corpus.of(Half::Measuring).filter(|pair| pair.class == class) {
            right += i32::from(accepts(retrieval, &example(corpus, pair)).await == class.is_supported());
            all += 1;
        }
        println!("{:12} {right:3} of {all:3}  {:.3}", format!("{class:?}"), f64::from(right) / f64::from(all));
        shares.push((class.is_supported(), right, all));
    }
    let share = |supported: bool| {
        let of = shares.iter().filter(|(of, ..)| *of == supported);
        let (right, all) = of.fold((0, 0), |sum, (_, right, all)| (sum.0 + right, sum.1 + all));
        f64::from(right) / f64::from(all)
    };
    let (accepted, refused) = (share(true), share(false));
    println!("accepted {accepted:.3}, refused {refused:.3}, balanced {:.3}", (accepted + refused) / 2.0);
    Ok(())
}

fn example(corpus: &Corpus, pair: &Pair) -> Example {
    let passage = &corpus.passages[pair.passage];
    Example {
        headings: vec![passage.heading.clone()],
        sentences: passage.sentences.clone(),
        claim: pair.claim.clone(),
        is_supported: pair.class.is_supported(),
    }
}
