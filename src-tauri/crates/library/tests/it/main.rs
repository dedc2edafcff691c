//! The library on real files.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod annotations;
mod backup;
mod backup_hostile;
mod backup_kill;
mod cards;
mod change;
mod conversations;
mod documents;
mod health;
mod interleaving;
mod jobs;
mod kill;
mod locators;
mod opening;
mod passages;
mod quizzes;
mod read_only;
mod rooms;
mod sections;
mod shelf;
mod speed;
mod terms;
mod unspaced;
mod vectors;
mod versions;
