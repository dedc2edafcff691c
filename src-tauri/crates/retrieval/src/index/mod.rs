//! The vector index: a LanceDB table that can be lost at any moment.
//!
//! SQLite holds every vector, so this folder is only a quick way to the nearest of them. Whatever is wrong
//! with it (gone, cut off, of another model, behind the library) ends the same way: what is missing is added
//! again from SQLite, and what can't be read is thrown away and made anew. One process, the holder of the
//! library's writer lock, writes; any other reads, and sees what was written at its next search.

mod approximate;
mod compare;
mod damage;
mod reconcile;
mod rows;
mod seal;
mod table;
pub(crate) mod truth;
mod upkeep;

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;

pub use compare::Differences;
pub use reconcile::Reconciled;
pub use table::VectorIndex;
pub use upkeep::Upkeep;
