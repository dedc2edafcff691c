//! Cards that come back when they are due.
//!
//! The library stores notes, cards and every answer; here is what is worked out from them: when a card is asked again
//! ([`Study`], by FSRS), whose turn it is today ([`queue`]), what it asks ([`face`]), how well it goes
//! ([`statistics`]), and which notes a document suggests.
//!
//! Time comes in as a value, and so does the time zone: an answer belongs to the day of study of the person's clock.

mod calendar;
mod exam;
mod face;
mod fit;
mod fuzz;
mod made;
mod memory;
mod queue;
mod schedule;
mod statistics;
mod study;

pub mod anki;
pub mod exchange;

pub use calendar::Calendar;
pub use face::{Face, face, marked_face, marked_faces};
pub use fit::{FEWEST_REVIEWS, Fit, fit};
pub use made::{NotesMade, add_unknown, is_known, note_of_item, note_of_term};
pub use memory::{Memory, MemoryModel};
pub use queue::{Counts, Queue, Queued, next_day, queue};
pub use schedule::Next;
pub use statistics::{Day, Forecast, Retention, Statistics, statistics};
pub use study::{Answered, Study, undo};

#[cfg(test)]
mod tests;
