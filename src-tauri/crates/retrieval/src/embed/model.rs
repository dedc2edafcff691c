//! The sentence model in ONNX Runtime, reached through fastembed.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use fastembed::{
    InitOptionsUserDefined, OutputKey, Pooling, SingleBatchOutput, TextEmbedding, TokenizerFiles,
    UserDefinedEmbeddingModel,
};
use kernel::NativeParts;
use library::vectors::Signs;
pub use library::vectors::{DIMENSIONS, Embedded, Vector};
use ort::environment::Environment;

use super::files::{CONFIG, ModelFiles, SPECIAL_TOKENS, TOKENIZER, TOKENIZER_CONFIG, WEIGHTS};
use super::silence::silence_runtime;
use super::telling::{self, TellingToken};
use crate::Error;

/// The name of the model that comes with the app, which its vectors carry: another model, another way to quantise it or
/// to take more from it than the vector is another name.
pub const MODEL: &str = "all-MiniLM-L6-v2-int8-tokens";

/// Tokens the model reads of a text, its two marks included; the rest is cut off.
pub const MAX_TOKENS: usize = 256;

/// ONNX Runtime allows one environment in a process, so the first one stays. A failed try is not kept:
/// the parts may be installed while the app runs.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// One loaded model with its own ONNX Runtime session.
pub(crate) struct Model(TextEmbedding);

impl Model {
    /// Loads a model; `threads` work on one text.
    pub(crate) fn load(native: &NativeParts, files: &ModelFiles, threads: usize) -> Result<Self, Error> {
        check(native, files)?;
        let environment = environment(native)?;
        let folder = files.folder();
        let file = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|error| broken("The embedding model", &path, &error))
        };
        let tokenizer = TokenizerFiles {
            tokenizer_file: file(TOKENIZER)?,
            config_file: file(CONFIG)?,
            special_tokens_map_file: file(SPECIAL_TOKENS)?,
            tokenizer_config_file: file(TOKENIZER_CONFIG)?,
        };
        let model = UserDefinedEmbeddingModel::new(file(WEIGHTS)?, tokenizer).with_pooling(Pooling::Mean);
        let options = InitOptionsUserDefined::new()
            .with_environment(environment)
            .with_max_length(MAX_TOKENS)
            .with_intra_threads(threads);
        TextEmbedding::try_new_from_user_defined(model, options)
            .map(Self)
            .map_err(|error| broken("The embedding model", folder, &error))
    }

    /// What the model makes of a text.
    ///
    /// One text a run: with one thread a run is as quick a text as with several, nothing is padded, and the integers
    /// are scaled by this text alone, so that its vector doesn't depend on its neighbours.
    pub(crate) fn embed(&mut self, text: &str) -> Result<Embedded, Error> {
        let failed = |error: &dyn std::fmt::Display| Error::Model(error.to_string());
        let runs = self.0.transform([text], Some(1)).map_err(|error| failed(&error))?.into_raw();
        let run = runs.first().ok_or_else(|| Error::Model("it gave nothing for a text".to_owned()))?;
        let vector = pooled(run)?;
        let tokens = match self.0.tokenizer.encode(text, true) {
            Ok(encoding) => tokens(run, &telling::tokens(text, &encoding))?,
            Err(error) => return Err(failed(&error)),
        };
        Ok(Embedded { vector, tokens })
    }
}

/// What models call the output that has a vector a token, or one for the text.
const OUTPUTS: &[OutputKey] = &[
    OutputKey::OnlyOne,
    OutputKey::ByName("last_hidden_state"),
    OutputKey::ByName("text_embeds"),
    OutputKey::ByName("sentence_embedding"),
];

/// The mean over the tokens, of length 1.
fn pooled(run: &SingleBatchOutput) -> Result<Vector, Error> {
    let pooled =
        run.select_and_pool_output(&OUTPUTS, Some(Pooling::Mean)).map_err(|error| Error::Model(error.to_string()))?;
    let found: Vec<f32> = pooled.iter().copied().collect();
    let mut vector =
        Vector::try_from(found).map_err(|found| Error::Model(format!("it gave {} numbers for a text", found.len())))?;
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|number| *number /= length);
    }
    Ok(vector)
}

/// The signs of some tokens' vectors; none from a model that gives one vector for the whole text.
fn tokens(run: &SingleBatchOutput, which: &[TellingToken]) -> Result<Vec<Signs>, Error> {
    let output = run.select_output(&OUTPUTS).map_err(|error| Error::Model(error.to_string()))?;
    let numbers = output.as_slice().unwrap_or_default();
    if output.ndim() < 3 {
        return Ok(Vec::new());
    }
    let (all, _) = numbers.as_chunks::<DIMENSIONS>();
    Ok(which.iter().filter_map(|token| all.get(token.place)).map(signs).collect())
}

fn signs(vector: &Vector) -> Signs {
    let (parts, _) = vector.as_chunks::<64>();
    let mut signs = Signs::default();
    for (sign, part) in signs.iter_mut().zip(parts) {
        *sign = part.iter().rev().fold(0, |bits, number| bits << 1 | u64::from(*number > 0.0));
    }
    signs
}

/// Says which part is missing, before anything is loaded.
pub(crate) fn check(native: &NativeParts, files: &ModelFiles) -> Result<(), Error> {
    let path = native.onnxruntime();
    if !path.is_file() {
        return Err(Error::PartMissing { what: "ONNX Runtime", path });
    }
    files.check()
}

/// The process's ONNX Runtime, loaded on the first call. Nothing it does is reported to anyone.
pub fn environment(native: &NativeParts) -> Result<Environment, Error> {
    let mut kept = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = kept.as_ref() {
        return Ok(environment.clone());
    }
    silence_runtime();
    let path = native.onnxruntime();
    // `init_from` comes before anything else of ort: without it a missing library panics.
    let environment = ort::init_from(&path)
        .map_err(|error| broken("ONNX Runtime", &path, &error))?
        .with_name("smart-study-room")
        .with_telemetry(false)
        .build()
        .map_err(|error| broken("ONNX Runtime", &path, &error))?;
    Ok(kept.insert(environment).clone())
}

fn broken(what: &'static str, path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::PartBroken { what, path: path.to_owned(), reason: error.to_string() }
}
