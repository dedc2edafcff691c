//! Draws that are the same every time.

pub(crate) use seeded::Random as Draw;
