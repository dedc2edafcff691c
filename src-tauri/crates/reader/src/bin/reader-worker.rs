//! The reading process alone, for this crate's own tests and examples; the app is its own worker.

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    reader::serve_worker(&args)
}
