//! How fast passages are embedded, beside bare ONNX Runtime: `rate LIBRARY NATIVE`.
//!
//! Bare means the same model on the same passages: two threads, sorted by length, batches of four, made into
//! tokens beforehand, nothing done with the result. The two take turns, so that other work on the machine falls
//! on both.

use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use kernel::{LibraryFolder, NativeParts, SystemClock};
use library::{Library, documents, passages, rooms};
use ort::session::Session;
use ort::value::Tensor;
use retrieval::{Embedder, ModelFiles};
use tokenizers::Tokenizer;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(folder), Some(native)) = (arguments.next(), arguments.next()) else {
        return Err("usage: rate LIBRARY NATIVE".into());
    };
    let native = NativeParts::new(native);
    let texts = texts(LibraryFolder::new(folder))?;
    // The environment of the process is the bare session's; the embedder finds it by its own way.
    let embedder = Embedder::start(&native, &ModelFiles::built_in(&native), 2)?;
    embedder.embed_passages(texts.iter().take(8).cloned().collect())?;
    let mut bare = Bare::new(&native, &texts)?;
    let (mut ours, mut theirs) = (0.0, 0.0);
    for _ in 0..3 {
        theirs += bare.run()?;
        let started = Instant::now();
        let mut under_way = std::collections::VecDeque::new();
        for call in texts.chunks(64) {
            under_way.push_back(embedder.submit_passages(call.to_vec()));
            if under_way.len() > 2 {
                under_way.pop_front().map(retrieval::Pending::wait).transpose()?;
            }
        }
        for pending in under_way {
            pending.wait()?;
        }
        ours += started.elapsed().as_secs_f64();
    }
    let count = 3.0 * texts.len() as f64;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} passages", texts.len())?;
    writeln!(out, "bare ONNX Runtime {:.1}/s, embedder {:.1}/s: {:.2}", count / theirs, count / ours, theirs / ours)?;
    Ok(())
}

fn texts(folder: LibraryFolder) -> Result<Vec<String>, Failure> {
    let library = Library::open(folder, Arc::new(SystemClock))?;
    let found = library.read(|connection| {
        let mut texts = Vec::new();
        for room in rooms::list(connection)? {
            for document in documents::list(connection, room.room)? {
                for passage in passages::of_document(connection, document.document, 0, 600)? {
                    texts.push(format!("{}\n{}", passage.headings.join(" > "), passage.text));
                }
            }
        }
        Ok(texts)
    });
    Ok(found?)
}

struct Bare {
    session: Session,
    /// For each batch: texts, their padded length, token numbers, mask.
    batches: Vec<(usize, usize, Vec<i64>, Vec<i64>)>,
}

impl Bare {
    fn new(native: &NativeParts, texts: &[String]) -> Result<Self, Failure> {
        let mut tokenizer =
            Tokenizer::from_file(native.model().join("tokenizer.json")).map_err(|error| error.to_string())?;
        tokenizer.with_padding(None);
        tokenizer
            .with_truncation(Some(tokenizers::TruncationParams { max_length: 256, ..Default::default() }))
            .map_err(|error| error.to_string())?;
        let mut encoded = Vec::with_capacity(texts.len());
        for text in texts {
            let encoding = tokenizer.encode(text.as_str(), true).map_err(|error| error.to_string())?;
            encoded.push(encoding.get_ids().iter().copied().map(i64::from).collect::<Vec<i64>>());
        }
        encoded.sort_by_key(|ids| std::cmp::Reverse(ids.len()));
        let batches = encoded
            .chunks(4)
            .map(|batch| {
                let length = batch.iter().map(Vec::len).max().unwrap_or_default();
                let padded = |of: fn(i64) -> i64| {
                    batch
                        .iter()
                        .flat_map(|ids| ids.iter().map(move |id| of(*id)).chain(std::iter::repeat(0)).take(length))
                        .collect()
                };
                (batch.len(), length, padded(|id| id), padded(|_| 1))
            })
            .collect();
        let environment = retrieval::environment(native)?;
        let session = Session::builder(&environment)?
            .with_intra_threads(2)
            .map_err(|error| error.to_string())?
            .commit_from_file(native.model().join("model.onnx"))?;
        Ok(Self { session, batches })
    }

    /// Seconds for all batches.
    fn run(&mut self) -> Result<f64, Failure> {
        let started = Instant::now();
        for (count, length, ids, mask) in &self.batches {
            let tensor = |numbers: &[i64]| Tensor::from_array(([*count, *length], numbers.to_vec()));
            self.session.run(ort::inputs![
                "input_ids" => tensor(ids)?,
                "attention_mask" => tensor(mask)?,
                "token_type_ids" => tensor(&vec![0; ids.len()])?,
            ])?;
        }
        Ok(started.elapsed().as_secs_f64())
    }
}
