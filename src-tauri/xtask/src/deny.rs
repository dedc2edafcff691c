//! cargo-deny: which licences, crates and sources are let in.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo::cargo;
use crate::places::Places;
use crate::{process, say};

/// Pinned, so that the same checkout gives the same answer.
const VERSION: &str = "0.20.2";

/// Runs the checks that need no network, with a cargo-deny of our own.
pub(crate) fn check(places: &Places, native: &Path) -> Result<()> {
    let program = places.tools().join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX));
    let said = process::output(Command::new(&program).arg("--version")).unwrap_or_default();
    if said.trim() != format!("cargo-deny {VERSION}") {
        install(places, native)?;
    }
    // As a program of its own and not through cargo: the one on the PATH may be another version.
    let mut deny = Command::new(program);
    deny.current_dir(&places.root);
    deny.args(["--locked", "--all-features", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"]);
    process::run(&mut deny)
}

fn install(places: &Places, native: &Path) -> Result<()> {
    say::note(&format!("installing cargo-deny {VERSION}: some minutes, once"));
    let build = places.tools().join("build");
    let mut install = cargo(places, native);
    install.args(["install", "--locked", "--quiet", "--force", "cargo-deny", "--version", VERSION, "--root"]);
    install.arg(places.tools()).env("CARGO_TARGET_DIR", &build).current_dir(&places.cache);
    // It is run once a test: quick to build counts for more than quick to run.
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
    install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    let installed =
        process::run(&mut install).context("cargo-deny could not be installed: check the network and try again");
    let _ = fs::remove_dir_all(build);
    installed
}
