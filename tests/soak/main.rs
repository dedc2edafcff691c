//! The long runs: hundreds of killed imports, thousands of files. `cargo xtask soak` builds the app and calls it.
#![allow(clippy::print_stdout, reason = "a program for the terminal talks")]

use acceptance::soak::{FILES, KILLS, SEED, kills, many};
use clap::Parser;

/// Kills imports at random moments, then imports a folder of many files; stops at the first thing that is wrong.
#[derive(Parser)]
struct Arguments {
    /// How many imports are killed.
    #[arg(long, default_value_t = KILLS)]
    kills: u32,
    /// How many files the folder has.
    #[arg(long, default_value_t = FILES)]
    files: u32,
    /// Another number is another set of moments.
    #[arg(long, default_value_t = SEED)]
    seed: u64,
}

fn main() {
    let arguments = Arguments::parse();
    if arguments.kills > 0 {
        println!("{:?}", kills::run(arguments.kills, arguments.seed));
    }
    if arguments.files > 0 {
        println!("{:?}", many::run(arguments.files));
    }
}
