//! Long runs over the built app: [`kills`] ends imports at random moments, [`many`] imports a folder of thousands of
//! files, [`churn`] imports and removes as many in a row, [`damage`] damages the vector index, [`answers`] ends processes
//! that answer, [`reviews`] those that store answers to cards, [`crowd`] holds many conversations at once. The test suite runs a part of each.

pub mod answers;
pub mod churn;
pub mod crowd;
pub mod damage;
pub mod documents;
mod killing;
pub mod kills;
pub mod many;
mod process;
pub mod reviews;
mod stored;

use killing::until_killed;

/// What the moments and the contents are made of; another seed is another run.
pub const SEED: u64 = 0x5eed_0f57_0d7e;
/// Kills of a whole run.
pub const KILLS: u32 = 200;
/// Kills in answers of a whole run.
pub const KILLED_ANSWERS: u32 = 50;
/// Kills in review sessions of a whole run.
pub const KILLED_REVIEWS: u32 = 100;
/// Conversations that are held at once.
pub const CONVERSATIONS: u32 = 100;
/// Files of a whole run.
pub const FILES: u32 = 10_000;
/// Imports and removals of a whole run.
pub const CHURNED: u32 = 10_000;
/// Ways in which a whole run damages the index.
pub const WAYS: u32 = 200;
