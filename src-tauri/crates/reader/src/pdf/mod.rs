//! PDF files, by PDFium; only ever called inside the child, but for the layout of words that were recognised.

mod bidi;
mod blocks;
mod columns;
mod compose;
mod document;
mod draft;
mod drawn;
mod face;
mod formulas;
mod geometry;
mod grid;
mod headings;
mod hyphens;
mod joins;
mod layout;
mod ligatures;
mod lines;
mod margin;
mod notes;
mod open;
mod outline;
mod picture;
mod recognised;
mod runs;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod sketch;
mod style;
mod tables;
mod vertical;
mod words;

pub(crate) use bidi::is_leftwards;
pub(crate) use document::{OpenDocuments, Pdf};
pub(crate) use geometry::{Area, Sheet, Turn};
pub(crate) use open::Engine;
pub(crate) use recognised::{SeenWord, lay_out};
