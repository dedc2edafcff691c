//! Everything a fresh machine lacks; each step looks first and does only what is missing.

mod files;
mod native;
mod requirements;
mod wheels;

use anyhow::Result;

use crate::places::Places;

/// Native parts and model.
pub(crate) fn prepare(places: &Places) -> Result<()> {
    let native = native::prepare(places)?;
    crate::say::note(&format!("native parts: {}", native.display()));
    Ok(())
}
