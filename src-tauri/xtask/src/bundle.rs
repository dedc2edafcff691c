//! The .deb: the released app with its native parts, model and licences; needs neither this checkout nor a network.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::cargo::{self, Profile};
use crate::places::Places;
use crate::setup::{self, files, stamp, system::Purpose, ui};
use crate::{notices, process, say};

/// Of the same series as the tauri crates.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";
/// Where the package puts its resources; the app looks there.
const RESOURCES: &str = "usr/lib/Smart Study Room";

/// Builds the package and looks into it.
pub(crate) fn deb(places: &Places) -> Result<()> {
    ensure!(cfg!(target_os = "linux"), "a .deb is made on Linux only");
    let native = setup::prepare(places, Purpose::Bundle)?;
    let cli = tauri_cli(places)?;
    cargo::build(places, &native, Profile::Release)?;

    say::doing("making the package");
    let folder = places.target.join("release/bundle/deb");
    let _ = fs::remove_dir_all(&folder); // Else an older version's package lies beside the new one.
    let notices = places.target.join("release/third-party-notices.md");
    files::write(&notices, notices::with_texts(places)?.as_bytes())?;
    let config = places.target.join("release/bundle.json");
    files::write(&config, &serde_json::to_vec_pretty(&config_of(places, &native, &notices)?)?)?;
    let mut bundle = Command::new("node");
    bundle.current_dir(&places.root).arg(cli).args(["bundle", "--ci", "--bundles", "deb", "--config"]).arg(&config);
    bundle.env("CARGO_TARGET_DIR", &places.target);
    process::run(&mut bundle).context("the package could not be made")?;

    let package = only_file(&folder, "deb")?;
    verify(places, &package, &native)?;
    say::note(&format!("{} installs with `sudo apt install \"{}\"`", size(&package)?, package.display()));
    Ok(())
}

/// The bundler, in one exact version beside the other tools.
fn tauri_cli(places: &Places) -> Result<PathBuf> {
    let folder = places.tools().join("tauri-cli");
    let program = folder.join("node_modules/@tauri-apps/cli/tauri.js");
    let done = folder.join("installed");
    if !stamp::fits(&done, TAURI_CLI) || !program.is_file() {
        say::doing("installing the bundler");
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let mut npm = ui::npm(&folder);
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(TAURI_CLI);
        process::run(&mut npm).context("the bundler could not be installed: check the network and try again")?;
        stamp::write(&done, TAURI_CLI)?;
    }
    Ok(program)
}

/// What tauri.conf.json can't say: files that lie in this machine's cache, and what the built files need.
fn config_of(places: &Places, native: &Path, notices: &Path) -> Result<serde_json::Value> {
    let mut resources = BTreeMap::new();
    for file in parts(native)? {
        let name = file.strip_prefix(native)?.to_string_lossy().into_owned();
        resources.insert(file.to_string_lossy().into_owned(), format!("native/{name}"));
    }
    for own in ["LICENSE-MIT", "LICENSE-APACHE"] {
        resources.insert(places.root.join(own).to_string_lossy().into_owned(), own.to_owned());
    }
    resources.insert(notices.to_string_lossy().into_owned(), "THIRD-PARTY-NOTICES.md".to_owned());
    let depends = dependencies(places, native)?;
    Ok(serde_json::json!({ "bundle": { "resources": resources, "linux": { "deb": { "depends": depends } } } }))
}

/// The system packages that the executable and the native libraries are linked to.
fn dependencies(places: &Places, native: &Path) -> Result<Vec<String>> {
    // dpkg-shlibdeps works in a source package only: this one is empty.
    let folder = places.target.join("release/bundle/linked");
    files::write(
        &folder.join("debian/control"),
        b"Source: smart-study-room\n\nPackage: smart-study-room\nArchitecture: any\n",
    )?;
    let mut libraries = parts(native)?;
    libraries.retain(|path| path.extension().is_some_and(|e| e == "so"));
    let mut shlibdeps = Command::new("dpkg-shlibdeps");
    shlibdeps.current_dir(&folder).arg("-O").arg(cargo::program(places, Profile::Release, "smart-study-room"));
    let said = process::output(shlibdeps.args(libraries))?;
    let depends = packages_of(&said).context("dpkg-shlibdeps names no packages")?;
    fs::remove_dir_all(&folder)?;
    Ok(depends)
}

/// The packages in a line "shlibs:Depends=libc6 (>= 2.36), libgtk-3-0 (>= 3.24)".
fn packages_of(said: &str) -> Option<Vec<String>> {
    let line = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="))?;
    Some(line.split(',').map(|package| package.trim().to_owned()).filter(|p| !p.is_empty()).collect())
}

/// Every file of the native folder.
fn parts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(parts(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Unpacks the package and checks that nothing is missing and that the app in it runs on its own.
fn verify(places: &Places, package: &Path, native: &Path) -> Result<()> {
    say::doing("looking into the package");
    let unpacked = places.target.join("release/bundle/unpacked");
    let _ = fs::remove_dir_all(&unpacked);
    process::run(Command::new("dpkg-deb").arg("-x").arg(package).arg(&unpacked))?;
    let resources = unpacked.join(RESOURCES);
    for file in parts(native)? {
        let inside = resources.join("native").join(file.strip_prefix(native)?);
        ensure!(
            files::hash(&inside)? == files::hash(&file)?,
            "{} is missing or damaged in the package",
            inside.display()
        );
    }
    ensure!(resources.join("THIRD-PARTY-NOTICES.md").is_file(), "the package carries no licences");
    let entry = only_file(&unpacked.join("usr/share/applications"), "desktop")?;
    let entry = fs::read_to_string(entry)?;
    let opens = |start: &str, what: &str| entry.lines().any(|line| line.starts_with(start) && line.contains(what));
    ensure!(opens("Exec=", "%F"), "the desktop entry doesn't hand files over");
    ensure!(opens("MimeType=", "application/pdf"), "the desktop entry doesn't open PDFs");
    ensure!(!parts(&unpacked.join("usr/share/icons"))?.is_empty(), "the package carries no icon");

    let library = unpacked.join("library");
    let mut status = Command::new(unpacked.join("usr/bin/smart-study-room"));
    status.arg("status").env("SMART_STUDY_ROOM_DATA", &library).env_remove("SMART_STUDY_ROOM_NATIVE");
    status.current_dir(&unpacked);
    process::run(&mut status).context("the packaged app doesn't run on its own")?;
    fs::remove_dir_all(&unpacked).with_context(|| format!("{} cannot be removed", unpacked.display()))
}

fn only_file(folder: &Path, ending: &str) -> Result<PathBuf> {
    let mut found = parts(folder)?;
    found.retain(|path| path.extension().is_some_and(|e| e == ending));
    match found.len() {
        1 => Ok(found.swap_remove(0)),
        n => bail!("{} holds {n} .{ending} files, not one", folder.display()),
    }
}

fn size(path: &Path) -> Result<String> {
    Ok(format!("{:.0} MB", fs::metadata(path)?.len() as f64 / 1e6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_that_are_linked_to_are_read_with_their_versions() {
        let said = "shlibs:Depends=libc6 (>= 2.36), libgtk-3-0 (>= 3.24)\n";
        assert_eq!(packages_of(said).unwrap(), ["libc6 (>= 2.36)", "libgtk-3-0 (>= 3.24)"]);
        assert_eq!(packages_of("nothing"), None);
    }
}
