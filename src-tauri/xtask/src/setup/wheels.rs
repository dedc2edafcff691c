//! Pinned packages through pip: fetched by name and hash once, then taken from the cache.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::files;
use super::requirements::{self, Requirement};
use crate::process;

/// The packages of one requirement file, lying in the cache with the right hashes.
pub(crate) struct Wheels {
    found: Vec<(String, PathBuf)>,
}

impl Wheels {
    /// Fetches what `requirements` pins and the cache lacks. `tags` are pip's names of the platform; none means any.
    pub(crate) fn fetch(requirements: &Path, tags: &[String], cache: &Path) -> Result<Self> {
        let text =
            fs::read_to_string(requirements).with_context(|| format!("{} cannot be read", requirements.display()))?;
        let pinned = requirements::parse(&text).with_context(|| requirements.display().to_string())?;
        if pinned.iter().any(|p| !matches!(cached(p, cache), Ok(Some(_)))) {
            download(requirements, tags, cache)?;
        }
        let mut found = Vec::new();
        for pin in pinned {
            let wheel = cached(&pin, cache)?
                .with_context(|| format!("pip left no file of {} {} in {}", pin.name, pin.version, cache.display()))?;
            found.push((pin.name, wheel));
        }
        Ok(Self { found })
    }

    /// The licences and notices of all packages: the package's name, and one text.
    pub(crate) fn licences(&self) -> Result<Vec<(String, String)>> {
        let mut licences = Vec::new();
        for (package, wheel) in &self.found {
            let archive = zip::ZipArchive::new(File::open(wheel)?)
                .with_context(|| format!("{} cannot be opened", wheel.display()))?;
            let mut members: Vec<String> = archive.file_names().filter(|m| is_licence(m)).map(str::to_owned).collect();
            members.sort();
            for member in members {
                let text = self.read(package, &member)?;
                let text = String::from_utf8_lossy(&text).replace("\r\n", "\n").trim().to_owned();
                licences.push((package.clone(), text));
            }
        }
        Ok(licences)
    }

    fn wheel(&self, package: &str) -> Result<&Path> {
        let found = self.found.iter().find(|(name, _)| name == package);
        found.map(|(_, wheel)| wheel.as_path()).with_context(|| format!("{package} is not pinned in the requirements"))
    }

    /// The bytes of one file inside `package`.
    pub(crate) fn read(&self, package: &str, member: &str) -> Result<Vec<u8>> {
        let wheel = self.wheel(package)?;
        let read = || -> Result<Vec<u8>> {
            let mut archive = zip::ZipArchive::new(File::open(wheel)?)?;
            let mut entry = archive.by_name(member)?;
            let mut bytes = Vec::with_capacity(usize::try_from(entry.size())?);
            entry.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().with_context(|| format!("{member} cannot be taken out of {}", wheel.display()))
    }
}

/// Whether a file inside a wheel is a licence or a notice.
fn is_licence(member: &str) -> bool {
    let (folder, name) = member.rsplit_once('/').unwrap_or(("", member));
    !member.ends_with('/')
        && (folder.contains(".dist-info/licenses") || name.starts_with("LICENSE") || name == "ThirdPartyNotices.txt")
}

/// The wheel of `pin` in the cache whose hash is one of the pinned.
fn cached(pin: &Requirement, cache: &Path) -> Result<Option<PathBuf>> {
    let Ok(entries) = fs::read_dir(cache) else { return Ok(None) };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        if name.starts_with(&pin.wheel_prefix()) && files::hash(&path)?.is_some_and(|hash| pin.hashes.contains(&hash)) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

fn download(requirements: &Path, tags: &[String], cache: &Path) -> Result<()> {
    let python = ["python3", "python"]
        .into_iter()
        .find(|p| process::output(Command::new(p).args(["-m", "pip", "--version"])).is_ok())
        .context("Python 3 with pip is needed once, to fetch the native parts: install python3 and python3-pip")?;
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes"]);
    pip.args(["--disable-pip-version-check", "--progress-bar=off"]);
    if !tags.is_empty() {
        // One Python version for everybody: the libraries inside are the same, and so one hash is enough.
        pip.args(["--implementation", "cp", "--python-version", "3.12", "--abi", "cp312", "--abi", "none"]);
        for tag in tags {
            pip.args(["--platform", tag]);
        }
    }
    pip.arg("-d").arg(cache).arg("-r").arg(requirements);
    process::run(&mut pip).with_context(|| {
        format!("the packages of {} could not be fetched: check the network and try again", requirements.display())
    })
}
