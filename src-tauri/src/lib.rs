//! Smart Study Room: the window, the command line, and what joins them to the crates that do the work.

mod app;
mod bindings;
#[cfg(target_os = "linux")]
mod bus;
mod cli;
mod commands;
mod deed;
mod drawing;
mod events;
mod exchange;
mod executors;
mod fault;
mod kept;
mod launch;
mod links;
mod logging;
mod long_work;
mod looking;
mod menu;
mod milestones;
mod model;
mod notifications;
mod opened;
mod page_protocol;
mod places;
mod power;
#[cfg(test)]
mod safety;
mod searches;
mod sizes;
mod soundness;
mod start;
mod state;
mod taskbar;
mod window;
mod window_place;

use std::ffi::OsString;
use std::process::ExitCode;

use start::Start;

/// Does what the arguments (the program's own name first) ask for, and says how it went.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    retrieval::silence_runtime();
    match start::decide(arguments.get(1..).unwrap_or_default()) {
        // First of all: a child that reads a hostile file has nothing else loaded.
        Start::Worker => reader::serve_worker(&arguments),
        Start::Package => study::cards::anki::serve(),
        Start::Model => llama::serve(),
        Start::CommandLine => cli::run(arguments),
        Start::Window { data, files } => window::run(data, &files),
        Start::Bindings(path) => bindings::write(&path),
    }
}
