//! cargo, always over the whole workspace: one package alone gets other features, and everything is built twice.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::places::Places;
use crate::{process, say};

/// How the app is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build.
    Dev,
    /// What is installed and measured.
    Release,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// cargo, to run in the checkout with the native parts at hand.
pub(crate) fn cargo(places: &Places, native: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(&places.root)
        .env("CARGO_TARGET_DIR", &places.target)
        .env("SMART_STUDY_ROOM_CACHE", &places.cache)
        .env("SMART_STUDY_ROOM_NATIVE", native);
    // What cargo tells this program about itself is not meant for the programs it starts.
    for (name, _) in std::env::vars_os() {
        let named = name.to_string_lossy();
        if named.starts_with("CARGO_PKG_") || named.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Builds everything in the workspace.
pub(crate) fn build(places: &Places, native: &Path, profile: Profile) -> Result<()> {
    say::doing("building the app");
    let mut build = cargo(places, native);
    build.args(["build", "--workspace"]);
    if profile == Profile::Release {
        build.arg("--release");
    }
    process::run(&mut build).context("the app does not build")
}

/// Where `build` leaves the program called `name`.
pub(crate) fn program(places: &Places, profile: Profile, name: &str) -> PathBuf {
    places.target.join(profile.folder()).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
