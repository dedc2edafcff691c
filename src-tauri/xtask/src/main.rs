//! `cargo xtask`: set-up, run, test, bench and bundle.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a command line talks")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod model;
mod places;
mod process;
mod say;
mod setup;

use std::process::ExitCode;

fn main() -> ExitCode {
    match places::Places::find().and_then(|places| setup::prepare(&places)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
