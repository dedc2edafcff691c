//! The real llama.cpp in the real child process, with models made to measure.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, clippy::print_stdout)]

mod conversations;
mod describing;
#[cfg(unix)]
mod ends;
mod files;
mod forms;

use std::path::Path;
use std::time::Duration;

use llama::{Finished, Limits, Llama, Machine, Message, Request, Role, Worker};
use model_maker::Model;
use tempfile::TempDir;

/// A model's file, and the handle on it.
struct Desk {
    llama: Llama,
    // Taken away after the handle.
    folder: TempDir,
}

impl Desk {
    fn new(model: &Model) -> Self {
        Self::of_bytes(&model.bytes())
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        Self::with(bytes, worker())
    }

    fn with(bytes: &[u8], worker: Worker) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("model.gguf");
        std::fs::write(&file, bytes).unwrap();
        Self { llama: Llama::new(worker, &file).unwrap(), folder }
    }

    fn file(&self) -> &Path {
        self.llama.file()
    }

    async fn write(&self, request: Request) -> (String, Finished) {
        self.llama.generate(request).finish().await.unwrap()
    }
}

fn worker() -> Worker {
    Worker {
        program: env!("CARGO_BIN_EXE_llama-worker").into(),
        args: Vec::new(),
        // The same threads wherever the tests run.
        machine: || Machine { available_bytes: u64::MAX, physical_cores: 2 },
        limits: Limits { silence: Duration::from_secs(60), ..Limits::default() },
    }
}

fn system(text: &str) -> Message {
    Message::new(Role::System, text)
}

fn user(text: &str) -> Message {
    Message::new(Role::User, text)
}

fn assistant(text: &str) -> Message {
    Message::new(Role::Assistant, text)
}

/// A text of random characters.
fn request(messages: Vec<Message>, max_tokens: u32) -> Request {
    Request { messages, constraint: None, max_tokens, temperature: 1.0, seed: 7, stop: Vec::new() }
}
