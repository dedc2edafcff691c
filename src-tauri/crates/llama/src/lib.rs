//! A language model in a GGUF file that the person picked, run by llama.cpp.
//!
//! llama.cpp ends its process when it meets what it doesn't expect, so it runs in a child process of the same
//! executable: [`serve`] is that process's main, and [`Llama`] the handle on it. The process is started at the first
//! request, keeps the model, is started again after it died, and ends with the last handle, or with its parent.
//!
//! Requests are answered one after the other. The cache of the last one is kept: what a conversation has in common
//! with it is not read again.

mod capacity;
mod client;
mod error;
mod header;
mod machine;
mod protocol;
mod serve;

pub use client::{Event, Generation, Limits, Llama, Worker};
pub use error::Error;
pub use machine::Machine;
pub use protocol::{Constraint, Description, Finished, Message, Reason, Request, Role, Template};
pub use serve::serve;
