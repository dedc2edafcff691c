//! What every child process of the app has in common: messages on a pipe, and limits on memory.

pub mod frame;
pub mod limit;
mod path;
mod process;

pub use path::WirePath;
pub use process::{Child, Silence};
