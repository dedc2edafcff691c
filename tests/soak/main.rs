//! The long runs: hundreds of killed imports and damaged indexes, killed answers and review sessions, crowds of conversations, thousands of files. `cargo xtask soak` builds the app and calls it.
#![allow(clippy::print_stdout, reason = "a program for the terminal talks")]

use acceptance::soak::{
    CHURNED, CONVERSATIONS, FILES, KILLED_ANSWERS, KILLED_REVIEWS, KILLS, SEED, WAYS, answers, churn, crowd, damage,
    kills, many, reviews,
};
use clap::Parser;

/// Damages the vector index, kills imports, answers and review sessions at random moments, holds many conversations at once, imports a folder of many files, and imports and removes as
/// many in a row; stops at the first thing that is wrong.
#[derive(Parser)]
struct Arguments {
    /// How many imports are killed.
    #[arg(long, default_value_t = KILLS)]
    kills: u32,
    /// How many processes are killed while they answer.
    #[arg(long, default_value_t = KILLED_ANSWERS)]
    killed_answers: u32,
    /// How many review sessions are killed.
    #[arg(long, default_value_t = KILLED_REVIEWS)]
    killed_reviews: u32,
    /// How many conversations are held at once.
    #[arg(long, default_value_t = CONVERSATIONS)]
    conversations: u32,
    /// How many files the folder has.
    #[arg(long, default_value_t = FILES)]
    files: u32,
    /// How many documents are imported and removed in a row.
    #[arg(long, default_value_t = CHURNED)]
    churned: u32,
    /// In how many ways the index is damaged.
    #[arg(long, default_value_t = WAYS)]
    ways: u32,
    /// Another number is another set of moments and damages.
    #[arg(long, default_value_t = SEED)]
    seed: u64,
}

fn main() {
    let arguments = Arguments::parse();
    if arguments.ways > 0 {
        println!("{:?}", damage::run(arguments.ways, arguments.seed));
    }
    if arguments.kills > 0 {
        println!("{:?}", kills::run(arguments.kills, arguments.seed));
    }
    if arguments.killed_answers > 0 {
        println!("{:?}", answers::run(arguments.killed_answers, arguments.seed));
    }
    if arguments.killed_reviews > 0 {
        println!("{:?}", reviews::run(arguments.killed_reviews, arguments.seed));
    }
    if arguments.conversations > 0 {
        println!("{:?}", crowd::run(arguments.conversations));
    }
    if arguments.files > 0 {
        println!("{:?}", many::run(arguments.files));
    }
    if arguments.churned > 0 {
        println!("{:#?}", churn::run(arguments.churned));
    }
}
