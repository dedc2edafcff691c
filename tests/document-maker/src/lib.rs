//! Documents made to measure, for tests and measurements: PDF files, and in [`office`] those of other formats.
//!
//! A [`Pdf`] is built page by page; a [`Book`] sets text that flows over pages and columns; [`scan`] makes one of
//! pictures of pages. Nothing here knows who reads the files.

mod book;
mod face;
mod file;
mod garbled;
mod glyphs;
mod hostile;
mod leaf;
mod needle;
pub mod office;
mod outline;
mod pdf;
mod prose;
mod protect;
mod scan;

pub use book::Book;
pub use face::Face;
pub use garbled::garbled;
pub use glyphs::Glyphs;
pub use hostile::{bomb, never_ending};
pub use leaf::Leaf;
pub use needle::{book, needle};
pub use pdf::Pdf;
pub use prose::prose;
pub use scan::{Wear, photo, picture, picture_bomb, scan, tiff};
