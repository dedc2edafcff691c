//! The web UI: its packages by the lock file, and its build; both only when something has changed.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{files, stamp};
use crate::places::Places;
use crate::{process, say};

/// The oldest Node that the UI's tools run on.
const NODE: (u32, u32) = (20, 19);

/// npm, to run in `folder`.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(folder);
    npm
}

/// Installs the packages when the lock file has changed since the last time.
pub(crate) fn packages(places: &Places) -> Result<()> {
    let ui = places.ui();
    let lock = files::hash(&ui.join("package-lock.json"))?.context("ui/package-lock.json is missing")?;
    // Inside node_modules: who deletes that folder deletes the claim with it.
    let done = ui.join("node_modules/.xtask/lock");
    if stamp::fits(&done, &lock) {
        return Ok(());
    }
    check_node()?;
    say::doing("installing the UI's packages");
    process::run(npm(&ui).args(["ci", "--no-audit", "--no-fund", "--prefer-offline"]))
        .context("the UI's packages could not be installed: check the network and try again")?;
    stamp::write(&done, &lock)
}

/// Builds ui/dist when a source has changed since the last time.
pub(crate) fn build(places: &Places) -> Result<()> {
    packages(places)?;
    let ui = places.ui();
    let sources = stamp::of_folder(&ui, &["node_modules", "dist"])?;
    let done = ui.join("node_modules/.xtask/built");
    if stamp::fits(&done, &sources) && ui.join("dist/index.html").is_file() {
        return Ok(());
    }
    say::doing("building the UI");
    // A build that fails half-way must not be taken for the last good one.
    let _ = fs::remove_file(&done);
    process::run(npm(&ui).args(["run", "--silent", "build"])).context("the UI does not build")?;
    stamp::write(&done, &sources)
}

fn check_node() -> Result<()> {
    let said = process::output(Command::new("node").arg("--version")).with_context(|| {
        format!("Node {}.{} or newer is needed to build the window: install nodejs and npm", NODE.0, NODE.1)
    })?;
    match version(&said) {
        Some(found) if found >= NODE => Ok(()),
        _ => bail!("Node {}.{} or newer is needed to build the window, and this is {}", NODE.0, NODE.1, said.trim()),
    }
}

fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().strip_prefix('v')?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_says_its_version_with_a_v() {
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert!(version("v18.1.0") < Some(NODE));
        assert_eq!(version("20"), None);
    }
}
