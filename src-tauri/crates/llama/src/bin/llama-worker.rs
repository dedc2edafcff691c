//! The process that runs a model alone, for this crate's own tests and measurements; the app is its own worker.

use std::process::ExitCode;

fn main() -> ExitCode {
    llama::serve()
}
