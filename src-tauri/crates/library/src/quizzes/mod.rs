//! What people are asked about their documents: items, quizzes of them, and what was answered.
//!
//! An item is made once and may be asked in many quizzes; a quiz keeps what it asked as it was asked.

mod edition;
mod grade;
mod item;
mod items;
mod outcomes;
mod quiz;
mod statistics;

pub use edition::follow_edition;
pub use grade::{Grade, Met, Point, Verdict};
pub use item::{Item, ItemKind, Key, beginning};
pub use items::{
    Askable, Decisions, ItemState, RejectReason, StoredItem, add, all, approve, askable, decisions, drafts,
    get as item, list as items, reject, reopen,
};
pub use outcomes::{Outcome, answered_since, outcomes};
pub use quiz::{
    Answered, Feedback, NewQuiz, Question, Quiz, answer, appeal, create, end, get, grade, list, question, questions,
    remove,
};
pub use statistics::{Statistics, statistics};
