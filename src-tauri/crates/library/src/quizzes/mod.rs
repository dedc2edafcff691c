//! What people are asked about their documents.

mod item;

pub use item::{Item, ItemKind, Key};
