use std::path::PathBuf;

use kernel::{Code, Coded};

/// What can go wrong while passages are embedded or found.
///
/// Cloneable, because one failed load of the model is the answer to everybody who waits for it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// A file of the native parts is not where it should be.
    #[error(
        "{what} is missing: {path} is not there. Run `cargo xtask setup`, or install the app again; search goes on by words alone until then."
    )]
    PartMissing {
        /// ONNX Runtime or a file of the model.
        what: &'static str,
        /// Where it was looked for.
        path: PathBuf,
    },

    /// A native part is there but can't be used.
    #[error(
        "{what} in {path} could not be loaded: {reason}. Run `cargo xtask setup`, or install the app again; search goes on by words alone until then."
    )]
    PartBroken {
        /// ONNX Runtime or the model.
        what: &'static str,
        /// Where it lies.
        path: PathBuf,
        /// What the loader said.
        reason: String,
    },

    /// A folder that a person has chosen holds no embedding model that can be used.
    #[error(
        "{folder} holds no embedding model that this app can use: {reason}. It needs a sentence model with 384 numbers a vector as model.onnx, with tokenizer.json, config.json, special_tokens_map.json and tokenizer_config.json beside it. The model in use stays as it is."
    )]
    ModelRefused {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },

    /// The model refused a text.
    #[error("The embedding model failed on a text: {0}.")]
    Model(String),

    /// The embedder was shut down while somebody waited for it.
    #[error("The embedding model was shut down before it answered.")]
    Stopped,

    /// The vector index can't be read or written; it can be rebuilt from the library at any time.
    #[error(
        "The vector index in {path} could not be used: {reason}. It is made anew from the library by itself; until then passages are found by their words only."
    )]
    Index {
        /// The index's folder.
        path: PathBuf,
        /// What the store said.
        reason: String,
        /// No space, no permission, or damage.
        code: Code,
    },

    /// The library itself failed.
    #[error("{message}")]
    Library {
        /// What the library said.
        message: String,
        /// The library's own code.
        code: Code,
    },
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::PartMissing { .. } | Self::PartBroken { .. } => Code::NativePartMissing,
            Self::Model(_) | Self::Stopped => Code::Internal,
            Self::ModelRefused { .. } => Code::Unsupported,
            Self::Index { code, .. } | Self::Library { code, .. } => *code,
        }
    }
}

impl From<library::Error> for Error {
    fn from(error: library::Error) -> Self {
        Self::Library { message: error.to_string(), code: error.code() }
    }
}
