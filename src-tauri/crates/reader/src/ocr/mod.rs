//! The text of pages that are pictures, recognised by Tesseract, a program of the system.
//!
//! [`Recogniser::find`] looks for it once. A page's picture comes from [`Renderer::scan`](crate::Renderer::scan), goes
//! in by standard input, and comes back as words with their places; [`Recogniser::recognise`] lays them out as the
//! words of a PDF are. The program runs in a process of its own, with limits, at the lowest priority.

mod call;
mod edges;
mod language;
mod lines;
mod noise;
mod program;
mod recognise;
mod tsv;

pub use call::RecognitionLimits;
pub use language::{Language, SpokenLanguages};
pub use program::Recogniser;
pub use recognise::Scan;
