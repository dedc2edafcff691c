//! What the acceptance tests stand on: the built app, libraries to fill, a display, a WebDriver session.
//!
//! A test that meets a missing part stops with a sentence that names it, so this module panics where a
//! product would return an error.
#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod app;
#[cfg(target_os = "linux")]
pub mod display;
pub mod model;
pub mod rivers;
#[cfg(target_os = "linux")]
pub mod sealed;
pub mod shelf;
pub mod soak;
#[cfg(target_os = "linux")]
pub mod window;
