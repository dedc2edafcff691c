//! The app's side: a handle, a thread that looks after the process, and the streams of its answers.

mod child;
mod generation;
mod handle;
mod supervisor;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

pub use generation::{Event, Generation};
pub use handle::Llama;

use crate::Machine;

/// How to start the process that runs a model: a program whose `main` hands over to [`crate::serve`].
#[derive(Clone, Debug)]
pub struct Worker {
    /// The program, as a rule this very executable.
    pub program: PathBuf,
    /// What makes it this process, such as `--llama`.
    pub args: Vec<OsString>,
    /// What the machine has, asked at each start of the process; as a rule [`Machine::now`].
    pub machine: fn() -> Machine,
    /// What a model may cost.
    pub limits: Limits,
}

/// What a model may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most tokens of context; the cache is made for all of them.
    pub context_tokens: u32,
    /// How long the process may be silent: while it loads, until a batch of the prompt is read, between two tokens.
    pub silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        // A first batch out of a file of many gigabytes on a slow disk takes a minute.
        Self { context_tokens: 8192, silence: Duration::from_secs(180) }
    }
}
