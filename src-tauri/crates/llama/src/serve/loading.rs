//! From a file to a loaded model.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use kernel::child::frame;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;

use crate::capacity;
use crate::header::Header;
use crate::protocol::{Failure, FromServer, Load};

/// A model and what its file says.
pub(super) struct Loaded {
    pub(super) model: LlamaModel,
    pub(super) header: Header,
    /// The tokens of context that it gets.
    pub(super) context: u32,
}

/// Judges the file by its head, then has llama.cpp map it into memory.
pub(super) fn load(backend: &LlamaBackend, load: &Load) -> Result<Loaded, Failure> {
    let path = Path::new(&load.file);
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    let bytes = file.metadata().map_err(|error| unreadable(&error))?.len();
    let header = Header::read(&mut BufReader::with_capacity(64 << 10, file))?;
    if header.writes_no_text() {
        return Err(Failure::NoText);
    }
    let context = capacity::context(&header, bytes, load.available_bytes, load.context_cap)?;
    let mut told = 0.0;
    let parameters = LlamaModelParams::default().with_progress_callback(move |progress| {
        if progress - told >= 0.01 {
            told = progress;
            // A parent that is gone ends this process in another way.
            let _ = frame::write(&mut io::stdout(), &FromServer::Loading);
        }
        true
    });
    let refused = || Failure::Refused { architecture: header.architecture().to_owned() };
    let model = LlamaModel::load_from_file(backend, path, &parameters).map_err(|_| refused())?;
    Ok(Loaded { model, header, context })
}

fn unreadable(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::NotFound,
        _ => Failure::Unreadable(error.to_string()),
    }
}
