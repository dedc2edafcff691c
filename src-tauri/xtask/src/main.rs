//! `cargo xtask`: from a fresh machine to the running, tested, measured or bundled app.
#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a command line talks")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod bundle;
mod cargo;
mod deny;
mod direction;
mod metadata;
mod model;
mod notices;
mod places;
mod process;
mod run;
mod say;
mod setup;
mod test;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use cargo::Profile;
use places::Places;
use setup::system::Purpose;

/// Sets the machine up as far as a command needs it, and runs the command.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the app and open its window
    Run {
        /// Build as for an installation
        #[arg(long)]
        release: bool,
        /// What the app gets: files, or a command of its command line
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Make every check
    Test,
    /// Measure speed and size in a release build
    Bench {
        /// What the measuring program gets
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Damage the vector index and kill imports hundreds of times, and import and remove thousands of files
    Soak {
        /// What the program gets: --ways, --kills, --files, --churned, --seed
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Make the .deb
    Bundle,
    /// Set the machine up and do nothing else
    Setup,
    /// Write the UI's bindings from the commands' types
    Bindings,
    /// Write the list of third-party works
    Notices,
}

fn main() -> ExitCode {
    let task = Arguments::parse().command;
    let done = Places::find().and_then(|places| match task {
        Task::Run { release, arguments } => {
            run::app(&places, if release { Profile::Release } else { Profile::Dev }, &arguments)
        }
        Task::Test => test::all(&places),
        Task::Bench { arguments } => run::bench(&places, &arguments),
        Task::Soak { arguments } => run::soak(&places, &arguments),
        Task::Bundle => bundle::deb(&places),
        Task::Setup => setup::prepare(&places, Purpose::Test).map(drop),
        Task::Bindings => run::bindings(&places),
        Task::Notices => notices::update(&places),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
