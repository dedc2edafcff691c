//! Studying with the real library, over days that a test lets pass.
#![allow(clippy::unwrap_used)]

mod anki;
mod exchanging;
mod fitting;
mod reference;
mod room;
mod studying;
