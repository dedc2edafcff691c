//! The raw limits: what PDFium and ONNX Runtime do alone, with nothing around them.

use std::path::Path;
use std::time::{Duration, Instant};

use acceptance::app;
use kernel::NativeParts;
use ort::session::Session;
use ort::value::Tensor;
use pdfium_render::prelude::Pdfium;
use tokenizers::{Encoding, Tokenizer, TruncationParams};

/// Texts in one run of the bare model.
const BATCH: usize = 4;

/// What the parts take alone.
pub(crate) struct Raw {
    /// PDFium's plain text of every page.
    pub(crate) text: Duration,
    /// The model over the same passages: two threads, sorted by length, batches of four.
    pub(crate) model: Duration,
}

/// Measures both, one after the other.
pub(crate) fn measure(book: &Path, passages: &[String]) -> Raw {
    let native = NativeParts::new(app::native_parts());
    Raw { text: text(&native, book), model: model(&native, passages) }
}

fn text(native: &NativeParts, book: &Path) -> Duration {
    let started = Instant::now();
    let pdfium = Pdfium::new(Pdfium::bind_to_library(native.pdfium()).expect("PDFium"));
    let document = pdfium.load_pdf_from_file(book, None).expect("the book");
    let letters: usize = document.pages().iter().map(|page| page.text().expect("its text").all().len()).sum();
    assert!(letters > 0, "the book has no text");
    started.elapsed()
}

fn model(native: &NativeParts, passages: &[String]) -> Duration {
    let folder = native.model();
    let mut tokenizer = Tokenizer::from_file(folder.join("tokenizer.json")).expect("the tokenizer");
    let truncation = TruncationParams { max_length: 256, ..TruncationParams::default() };
    tokenizer.with_truncation(Some(truncation)).expect("a limit");
    tokenizer.with_padding(None);
    let mut encoded: Vec<Encoding> =
        passages.iter().map(|text| tokenizer.encode(text.as_str(), true).expect("tokens")).collect();
    encoded.sort_by_key(Encoding::len);

    let environment = ort::init_from(native.onnxruntime())
        .expect("ONNX Runtime")
        .with_telemetry(false)
        .build()
        .expect("its environment");
    let mut session = Session::builder(&environment)
        .and_then(|builder| Ok(builder.with_intra_threads(2)?))
        .and_then(|mut builder| builder.commit_from_file(folder.join("model.onnx")))
        .expect("the model");
    let started = Instant::now();
    for batch in encoded.chunks(BATCH) {
        run(&mut session, batch);
    }
    started.elapsed()
}

fn run(session: &mut Session, batch: &[Encoding]) {
    let width = batch.iter().map(Encoding::len).max().unwrap_or(0);
    let padded = |ids: fn(&Encoding) -> &[u32]| {
        let mut values = Vec::with_capacity(batch.len() * width);
        for encoding in batch {
            values.extend(ids(encoding).iter().map(|&id| i64::from(id)));
            values.resize(values.len().next_multiple_of(width), 0);
        }
        Tensor::from_array(([batch.len(), width], values)).expect("a tensor")
    };
    let outputs = session.run(ort::inputs! {
        "input_ids" => padded(Encoding::get_ids),
        "attention_mask" => padded(Encoding::get_attention_mask),
        "token_type_ids" => padded(Encoding::get_type_ids),
    });
    outputs.expect("a run of the model");
}
