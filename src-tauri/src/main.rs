//! The executable.

use std::process::ExitCode;

fn main() -> ExitCode {
    smart_study_room::run(std::env::args_os().collect())
}
