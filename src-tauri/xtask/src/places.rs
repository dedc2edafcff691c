//! Where things lie: the checkout, the cache outside it, and what is built.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders that every command works with.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Everything that is fetched or made and can be deleted; outside the checkout.
    pub(crate) cache: PathBuf,
    /// What cargo builds.
    pub(crate) target: PathBuf,
}

impl Places {
    /// Finds the folders; nothing is created.
    pub(crate) fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("xtask does not lie two folders below the checkout")?
            .to_owned();
        let cache = match folder("SMART_STUDY_ROOM_CACHE") {
            Some(cache) => cache,
            None => user_cache()
                .context("there is no home folder: set SMART_STUDY_ROOM_CACHE to a folder that may be written")?
                .join("smart-study-room"),
        };
        let target = folder("CARGO_TARGET_DIR").unwrap_or_else(|| cache.join("target"));
        Ok(Self { root, cache, target })
    }

    /// The web UI's folder.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The native parts and the model.
    pub(crate) fn native(&self) -> PathBuf {
        self.cache.join("native")
    }

    /// The packages that the native parts are taken from.
    pub(crate) fn wheels(&self) -> PathBuf {
        self.cache.join("wheels")
    }

    /// Programs installed for the checks only.
    pub(crate) fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }
}

/// The folder in an environment variable; a relative one counts from the current folder.
fn folder(variable: &str) -> Option<PathBuf> {
    let value = env::var_os(variable).filter(|v| !v.is_empty())?;
    std::path::absolute(value).ok()
}

fn user_cache() -> Option<PathBuf> {
    if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        Some(folder("HOME")?.join("Library/Caches"))
    } else {
        folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")))
    }
}
