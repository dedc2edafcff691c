#![allow(clippy::unwrap_used)]

use kernel::{Code, Coded, NativeParts};

use super::{Embedder, ModelFiles, dot};
use crate::Error;
use crate::testing::native;

fn start(native: &NativeParts) -> Result<Embedder, Error> {
    Embedder::start(native, &ModelFiles::built_in(native), 2)
}

fn embedder() -> Option<Embedder> {
    let native = native()?;
    Some(start(&native).unwrap())
}

#[test]
fn the_vectors_mean_what_the_model_means() {
    let Some(embedder) = embedder() else { return };
    let cat = embedder.embed_query("The cat sits outside").unwrap();
    let dog = embedder.embed_query("The dog plays in the garden").unwrap();
    // 0.2838 with the model's own float weights; integers move it a little.
    assert!((dot(&cat, &dog) - 0.2838).abs() < 0.04, "{}", dot(&cat, &dog));
    assert!((dot(&cat, &cat) - 1.0).abs() < 1e-4, "of length 1");
}

#[test]
fn vectors_come_in_the_order_of_the_texts() {
    let Some(embedder) = embedder() else { return };
    let texts: Vec<String> = (1..23)
        .map(|n| format!("Lesson {n} of {}", "the history of very long sentences ".repeat(n * 7 % 11)))
        .collect();
    let together = embedder.embed_passages(texts.clone()).unwrap();
    for (text, vector) in texts.iter().zip(&together) {
        let alone = embedder.embed_query(text).unwrap();
        assert!(dot(vector, &alone) > 0.9999, "{text}: {}", dot(vector, &alone));
    }
}

#[test]
fn a_text_without_words_or_of_any_length_has_a_vector() {
    let Some(embedder) = embedder() else { return };
    let texts = vec![String::new(), "\u{0}\u{fffd}".to_owned(), "word ".repeat(20_000)];
    let vectors = embedder.embed_passages(texts).unwrap();
    assert!(vectors.iter().flatten().all(|number| number.is_finite()));
    assert_eq!(embedder.embed_passages(Vec::new()).unwrap().len(), 0);
}

#[test]
fn a_stopped_embedder_has_ended_its_work_and_answers_nobody() {
    let Some(embedder) = embedder() else { return };
    embedder.warm();
    let passages = embedder.submit_passages(vec!["A long passage about patience. ".repeat(60); 64]);
    embedder.stop();
    assert!(matches!(passages.wait(), Err(Error::Stopped)));
    assert!(matches!(embedder.embed_query("Who is last?"), Err(Error::Stopped)));
}

#[test]
fn a_question_does_not_wait_for_the_passages_before_it() {
    let Some(embedder) = embedder() else { return };
    let passages = embedder.submit_passages(vec!["A long passage about patience. ".repeat(60); 64]);
    embedder.embed_query("Who is first?").unwrap();
    assert!(!passages.is_ready(), "64 long passages take longer than one question");
    assert_eq!(passages.wait().unwrap().len(), 64);
}

#[test]
fn missing_parts_are_named_and_nothing_panics() {
    let folder = tempfile::tempdir().unwrap();
    let error = start(&NativeParts::new(folder.path())).unwrap_err();
    assert_eq!(error.code(), Code::NativePartMissing);
    assert!(error.to_string().contains(&folder.path().display().to_string()), "{error}");
}

#[test]
fn a_model_that_is_no_model_is_an_error_each_time() {
    let Some(real) = native() else { return };
    let folder = tempfile::tempdir().unwrap();
    let broken = NativeParts::new(folder.path());
    std::fs::create_dir(broken.model()).unwrap();
    std::fs::copy(real.onnxruntime(), broken.onnxruntime()).unwrap();
    for file in std::fs::read_dir(real.model()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), broken.model().join(file.file_name())).unwrap();
    }
    std::fs::write(broken.model().join("model.onnx"), b"not a model").unwrap();
    let embedder = start(&broken).unwrap();
    for _ in 0..2 {
        assert_eq!(embedder.embed_query("x").unwrap_err().code(), Code::NativePartMissing);
    }
}
