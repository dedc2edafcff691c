//! What of others is in the app: a list that is kept in the checkout, and their licences' texts for the bundle.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::metadata::{Metadata, Package};
use crate::places::Places;
use crate::setup::{files, native};

const FILE: &str = "THIRD-PARTY-NOTICES.md";

/// What crates carry or link in that isn't theirs: the crate, what it is, and where in the crate its licence lies.
/// JSON for Modern C++ has llama.cpp's text; the exception of GCC's library asks for none.
const CARRIED: &[(&str, &str, Option<&str>)] = &[
    ("llama-cpp-sys-2", "llama.cpp and ggml: the ggml authors, MIT", Some("llama.cpp/LICENSE")),
    ("llama-cpp-sys-2", "JSON for Modern C++: Niels Lohmann, MIT", None),
    (
        "llama-cpp-sys-2",
        "libgomp, on Linux: Free Software Foundation, GPL-3.0-or-later WITH GCC-exception-3.1, which lets any program \
         carry it",
        None,
    ),
];

/// Writes the list anew.
pub(crate) fn update(places: &Places) -> Result<()> {
    files::write(&places.root.join(FILE), list(places)?.as_bytes())
}

/// Fails when the list no longer fits the dependencies.
pub(crate) fn check(places: &Places) -> Result<()> {
    let found = fs::read_to_string(places.root.join(FILE)).unwrap_or_default();
    if found.replace("\r\n", "\n") != list(places)? {
        bail!("{FILE} no longer fits the dependencies: run `cargo xtask notices`");
    }
    Ok(())
}

/// The list and, after it, every licence text once, with the packages that carry it.
pub(crate) fn with_texts(places: &Places) -> Result<String> {
    let mut all = list(places)?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let metadata = Metadata::load(places)?;
    for package in linked(&metadata)? {
        for text in licence_texts(package.folder()) {
            texts.entry(text).or_default().push(format!("{} {}", package.name, package.version));
        }
        for (_, what, licence) in CARRIED.iter().filter(|(name, _, _)| *name == package.name) {
            if let Some(licence) = licence {
                let path = package.folder().join(licence);
                let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
                texts.entry(text.trim().to_owned()).or_default().push((*what).to_owned());
            }
        }
    }
    for package in npm(places)? {
        for text in licence_texts(&places.ui().join(&package.path)) {
            texts.entry(text).or_default().push(format!("{} {}", package.name, package.version));
        }
    }
    for (package, text) in native::licence_texts(places)? {
        texts.entry(text).or_default().push(package);
    }
    all.push_str("\n# Licence texts\n");
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort_by(|a, b| a.1.cmp(&b.1));
    for (text, packages) in texts {
        write!(all, "\n## {}\n\n```text\n{text}\n```\n", packages.join(", "))?;
    }
    Ok(all)
}

/// What is linked into the app's executable.
fn linked(metadata: &Metadata) -> Result<Vec<&Package>> {
    let app = metadata.members().find(|p| p.name == "smart-study-room").context("the app is not in the workspace")?;
    let members: Vec<&str> = metadata.members().map(|p| p.id.as_str()).collect();
    Ok(metadata.reachable(&app.id).into_iter().filter(|p| !members.contains(&p.id.as_str())).collect())
}

fn list(places: &Places) -> Result<String> {
    let mut text = String::from(
        "# Third-party notices\n\n\
         Smart Study Room contains the works of others listed here. The installed app carries the full texts of their \
         licences. This file is made by `cargo xtask notices`.\n\n## Native parts and model\n\n",
    );
    for part in native::notices(places)? {
        writeln!(text, "- {part}")?;
    }
    let metadata = Metadata::load(places)?;
    let linked = linked(&metadata)?;
    for (name, what, _) in CARRIED {
        let package = linked.iter().find(|p| p.name == *name).with_context(|| format!("{name} is not linked"))?;
        writeln!(text, "- {what} (from the crate {name} {})", package.version)?;
    }
    text.push_str("\n## Packages in the window, fonts included\n");
    let mut by_licence: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in npm(places)? {
        by_licence.entry(package.license).or_default().push(format!("{} {}", package.name, package.version));
    }
    groups(&mut text, &by_licence)?;
    text.push_str("\n## Crates in the executable, on any system\n");
    let mut by_licence: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in linked {
        let licence = package.license.clone().unwrap_or_else(|| "see its licence file".to_owned()).replace('/', " OR ");
        let licence = licence.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = match &package.repository {
            Some(page) => format!("[{} {}]({page})", package.name, package.version),
            None => format!("{} {}", package.name, package.version),
        };
        by_licence.entry(licence).or_default().push(name);
    }
    groups(&mut text, &by_licence)?;
    Ok(text)
}

fn groups(text: &mut String, by_licence: &BTreeMap<String, Vec<String>>) -> Result<()> {
    for (licence, packages) in by_licence {
        write!(text, "\n### {licence}\n\n{}\n", packages.join(",\n"))?;
    }
    Ok(())
}

/// One package of the UI that ends up in the window.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Npm {
    name: String,
    version: String,
    license: String,
    /// Where it lies below ui/: some lie within another package.
    path: String,
}

#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    #[serde(default)]
    dev: bool,
    #[serde(default)]
    optional: bool,
    version: Option<String>,
    license: Option<String>,
}

fn npm(places: &Places) -> Result<Vec<Npm>> {
    let lock =
        fs::read_to_string(places.ui().join("package-lock.json")).context("ui/package-lock.json cannot be read")?;
    ui_packages(&lock)
}

fn ui_packages(lock: &str) -> Result<Vec<Npm>> {
    let lock: Lock = serde_json::from_str(lock).context("ui/package-lock.json has an unknown form")?;
    let shipped = lock.packages.into_iter().filter(|(_, p)| !p.dev && !p.optional);
    let mut packages: Vec<Npm> = shipped
        .filter_map(|(path, package)| {
            let (_, name) = path.rsplit_once("node_modules/")?;
            Some(Npm {
                name: name.to_owned(),
                version: package.version?,
                license: package.license.unwrap_or_else(|| "see its licence file".to_owned()),
                path,
            })
        })
        .collect();
    packages.sort();
    Ok(packages)
}

/// The texts of a package's licence and notice files.
fn licence_texts(folder: &std::path::Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.is_file()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
            ["licen", "copying", "notice", "copyright", "unlicense"].iter().any(|start| name.starts_with(start))
        })
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|text| text.replace("\r\n", "\n").trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ships_is_listed_of_the_ui() {
        let lock = r#"{"packages": {
            "": {"name": "ui"},
            "node_modules/svelte": {"version": "5.0.0", "license": "MIT"},
            "node_modules/svelte/node_modules/@a/b": {"version": "1.0.0", "license": "ISC"},
            "node_modules/vite": {"version": "8.0.0", "license": "MIT", "dev": true}
        }}"#;
        let names: Vec<String> = ui_packages(lock).unwrap().into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["@a/b", "svelte"]);
    }
}
