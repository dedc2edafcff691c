//! Cards: what a person wants to know, and every answer they gave.
//!
//! A [`Note`] says what is to be learnt and has one or more cards, each asking for a part of it. Everything that
//! changes when a card is due is an event ([`Review`]) that is only ever added, or taken back as the last one; a card
//! is what its last event left it as, so that undoing is exact and a card can be [made anew](rebuild) from its events.
//! Whose turn it is and when, is for the scheduler to say: this module stores and asks.

mod card;
mod cloze;
mod due;
mod edition;
mod find;
pub(crate) mod index;
mod media;
mod note;
mod review;
mod settings;
mod slots;
mod sourced;

pub use card::{Card, CardState, bury, get, of_note, set_suspended};
pub use cloze::{Piece, numbers, pieces};
pub use due::{
    Candidate, Due, count_new, due_learning, due_reviews, earliest_due, introduced, load, new_cards, seen_since,
    waiting,
};
pub use edition::follow_edition;
pub use find::{Filter, Found, count, list};
pub use media::{Medium, attach, media_of, medium};
pub use note::{
    NewNote, Note, NoteKind, add_note, card_note, edit_note, guid_of, note, note_by_guid, notes, remove_note,
};
pub use review::{Rating, Review, ReviewKind, append, histories, history, last_event, rebuild, take_back};
pub use settings::{Fitted, Order, Settings, fitted, put_fitted, put_settings, settings};
pub use slots::{SLOT_MS, Slot, slots};
pub(crate) use slots::{miscounted as slots_miscounted, recount as recount_slots};
pub use sourced::{Sourced, sourced};
