//! PDF files made to measure, for tests and measurements.
//!
//! A [`Pdf`] is built page by page; a [`Book`] sets text that flows over pages and columns. Nothing here knows who
//! reads the files.

mod book;
mod face;
mod file;
mod hostile;
mod leaf;
mod needle;
mod outline;
mod pdf;
mod protect;

pub use book::Book;
pub use face::Face;
pub use hostile::{bomb, never_ending};
pub use leaf::Leaf;
pub use needle::{book, needle};
pub use pdf::Pdf;
