//! From a checkout to an open window, to a measurement, to fresh bindings.

use std::ffi::OsString;
use std::process::Command;

use anyhow::Result;

use crate::cargo::{self, Profile};
use crate::places::Places;
use crate::setup::{self, system::Purpose};
use crate::{process, say};

/// Builds the app and starts it with `arguments`.
pub(crate) fn app(places: &Places, profile: Profile, arguments: &[OsString]) -> Result<()> {
    start(places, profile, "smart-study-room", arguments)
}

/// Builds for release and measures.
pub(crate) fn bench(places: &Places, arguments: &[OsString]) -> Result<()> {
    start(places, Profile::Release, "bench", arguments)
}

/// Builds for release and makes the long runs.
pub(crate) fn soak(places: &Places, arguments: &[OsString]) -> Result<()> {
    start(places, Profile::Release, "soak", arguments)
}

/// Writes ui/src/backend/bindings.ts from the commands' types.
pub(crate) fn bindings(places: &Places) -> Result<()> {
    let to = places.ui().join("src/backend/bindings.ts");
    start(places, Profile::Dev, "smart-study-room", &["--export-bindings".into(), to.into()])
}

fn start(places: &Places, profile: Profile, name: &str, arguments: &[OsString]) -> Result<()> {
    // Measuring opens the window on a display that nobody sees, as the tests do.
    let purpose = if matches!(name, "bench" | "soak") { Purpose::Test } else { Purpose::Run };
    let native = setup::prepare(places, purpose)?;
    cargo::build(places, &native, profile)?;
    say::doing(&format!("starting {name}"));
    let mut program = Command::new(cargo::program(places, profile, name));
    process::run(program.args(arguments).env("SMART_STUDY_ROOM_NATIVE", native))
}
