//! Long runs over the built app: [`kills`] ends imports at random moments, [`many`] imports a folder of thousands of
//! files. The test suite runs a twentieth of each.

pub mod documents;
pub mod kills;
pub mod many;
mod random;
mod stored;

/// What the moments and the contents are made of; another seed is another run.
pub const SEED: u64 = 0x5eed_0f57_0d7e;
/// Kills of a whole run.
pub const KILLS: u32 = 200;
/// Files of a whole run.
pub const FILES: u32 = 10_000;
