//! Everything a fresh machine lacks; each step looks first and does only what is missing.

pub(crate) mod files;
pub(crate) mod native;
mod requirements;
pub(crate) mod stamp;
pub(crate) mod system;
pub(crate) mod ui;
pub(crate) mod wheels;

use std::path::PathBuf;

use anyhow::Result;

use crate::places::Places;
use system::Purpose;

/// Everything up to the built UI, without which the app doesn't compile; gives the native parts' folder.
pub(crate) fn prepare(places: &Places, purpose: Purpose) -> Result<PathBuf> {
    system::prepare(purpose)?;
    let native = native::prepare(places)?;
    ui::build(places)?;
    Ok(native)
}
