use std::path::{Path, PathBuf};

use kernel::{Code, Coded};

use crate::protocol::Failure;

/// Why a model can't be used, or a request not be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // The messages say what each one is.
pub enum Error {
    #[error("The process that runs the language model can't be started from {}: {detail}. Reinstall the app.", .program.display())]
    Start { program: PathBuf, detail: String },
    #[error("{} is not there. Check that the disk it lies on is connected, or choose the model's file again.", .0.display())]
    NotFound(PathBuf),
    #[error("{} can't be read: {detail}. Check that you may read it, or choose another file.", .file.display())]
    Unreadable { file: PathBuf, detail: String },
    #[error("{} can't be opened, as its name is not written in Unicode. Rename it and choose it again.", .0.display())]
    Name(PathBuf),
    #[error("{} is not a GGUF file, whatever its name says. Choose a language model in the GGUF format.", .0.display())]
    NotAGguf(PathBuf),
    #[error("{} is a GGUF file of version {version}, which can't be read here; versions 2 and 3 can. Get the model in a newer file.", .file.display())]
    Version { file: PathBuf, version: u32 },
    #[error("{} is cut off or damaged: {detail}. Get it again from where it came, and compare its size with what is given there.", .file.display())]
    Damaged { file: PathBuf, detail: String },
    #[error("{} holds a model of the architecture \"{architecture}\", which this version of the app doesn't know. Choose another model, or update the app.", .file.display())]
    UnknownArchitecture { file: PathBuf, architecture: String },
    #[error("{} can't be used as a language model here ({detail}). Choose another model.", .file.display())]
    Unusable { file: PathBuf, detail: String },
    #[error(
        "Language models need a processor with {0}, and this one has not. Answers from your documents' own words work without."
    )]
    Processor(String),
    #[error("{} needs {needed} of memory and {available} are free. Close other programs, or choose a smaller model.", .file.display(), needed = size(*.needed), available = size(*.available))]
    TooBig { file: PathBuf, needed: u64, available: u64 },
    #[error("{} used up the memory that was free and was stopped. Close other programs, or choose a smaller model.", .0.display())]
    OutOfMemory(PathBuf),
    #[error("The process that runs {} ended unexpectedly ({how}). Ask again; if it happens again, choose another model.", .file.display())]
    Died { file: PathBuf, how: String },
    #[error("{} gave no sign of life for {seconds} seconds and was stopped. Choose a smaller model, or ask again when the computer is less busy.", .file.display())]
    Silent { file: PathBuf, seconds: u64 },
    #[error("The form that was asked of the answer can't be used: {0}. Correct the grammar or schema.")]
    Grammar(String),
    #[error(
        "The conversation has {prompt_tokens} tokens and the answer may have {max_tokens}, together more than the {context} that this model takes here. Shorten one of them."
    )]
    PromptTooLong { prompt_tokens: u32, max_tokens: u32, context: u32 },
    #[error("There is no message to answer. Ask something.")]
    NoMessages,
    #[error("{} failed in the middle of the work: {detail}. Ask again; if it happens again, choose another model.", .file.display())]
    Failed { file: PathBuf, detail: String },
    #[error("The language model was switched off before it could answer. Ask again.")]
    Stopped,
}

impl Coded for Error {
    fn code(&self) -> Code {
        match self {
            Self::Start { .. } => Code::NativePartMissing,
            Self::NotFound(_) => Code::NotFound,
            Self::Unreadable { .. } => Code::Unreadable,
            Self::NotAGguf(_)
            | Self::Version { .. }
            | Self::UnknownArchitecture { .. }
            | Self::Unusable { .. }
            | Self::Processor(_) => Code::Unsupported,
            Self::Damaged { .. } => Code::Damaged,
            Self::TooBig { .. } | Self::OutOfMemory(_) => Code::MemoryLimit,
            Self::Silent { .. } => Code::TimeLimit,
            Self::Name(_) | Self::Grammar(_) | Self::PromptTooLong { .. } | Self::NoMessages => Code::Invalid,
            Self::Died { .. } | Self::Failed { .. } => Code::ExecutorFailed,
            Self::Stopped => Code::Cancelled,
        }
    }
}

impl Failure {
    /// The error for people. `printed` is what the process wrote on its standard error.
    pub(crate) fn about(self, file: &Path, printed: &str) -> Error {
        let file = file.to_owned();
        match self {
            Self::NotFound => Error::NotFound(file),
            Self::Unreadable(detail) => Error::Unreadable { file, detail },
            Self::NotAGguf => Error::NotAGguf(file),
            Self::Version(version) => Error::Version { file, version },
            Self::Damaged(detail) => Error::Damaged { file, detail },
            Self::Processor(what) => Error::Processor(what),
            Self::TooBig { needed, available } => Error::TooBig { file, needed, available },
            Self::Refused { architecture } => refused(file, architecture, printed),
            Self::NoContext => Error::Unusable { file, detail: "no context can be made for it".into() },
            Self::NoText => Error::Unusable { file, detail: "it makes vectors of texts and writes none".into() },
            Self::NoMessages => Error::NoMessages,
            Self::Grammar(detail) => Error::Grammar(detail),
            Self::PromptTooLong { prompt_tokens, max_tokens, context } => {
                Error::PromptTooLong { prompt_tokens, max_tokens, context }
            }
            Self::Decode(detail) => Error::Failed { file, detail },
        }
    }
}

/// What llama.cpp means by what it printed when it refused a file. Where it says nothing the file is taken as damaged.
fn refused(file: PathBuf, architecture: String, printed: &str) -> Error {
    let reason = printed.lines().rev().find_map(|line| line.split_once("error loading model: ")).map(|(_, why)| why);
    match reason {
        Some(why) if why.contains("unknown model architecture") => Error::UnknownArchitecture { file, architecture },
        Some(why) if ["tensor", "corrupt", "file"].iter().any(|word| why.contains(word)) => {
            Error::Damaged { file, detail: printable(why) }
        }
        Some(why) => Error::Unusable { file, detail: printable(why) },
        None => Error::Damaged { file, detail: "llama.cpp can't load it".into() },
    }
}

/// A line that a hostile file had a part in, fit to be shown.
fn printable(line: &str) -> String {
    line.chars().filter(|c| !c.is_control()).take(200).collect::<String>().trim_end_matches('.').to_owned()
}

/// Bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_llama_cpp_printed_tells_why_it_refused() {
        let refused =
            |printed: &str| Failure::Refused { architecture: "abc".into() }.about(Path::new("m.gguf"), printed);
        let unknown = "llama_model_load: error loading model: unknown model architecture: 'abc'\nlater";
        assert!(matches!(refused(unknown), Error::UnknownArchitecture { architecture, .. } if architecture == "abc"));
        let cut = "x: error loading model: tensor 'a' data is not within the file bounds\n";
        assert!(matches!(refused(cut), Error::Damaged { detail, .. } if detail.starts_with("tensor 'a'")));
        let part = "x: error loading model: CLIP cannot be used as main model\n";
        assert!(matches!(refused(part), Error::Unusable { .. }));
        assert_eq!(refused("").code(), Code::Damaged);
    }

    #[test]
    fn sizes_are_said_in_round_numbers() {
        assert_eq!((size(1), size(4_700_000_000)), ("1 MB".into(), "4.7 GB".into()));
    }
}
