//! The study agent: it answers from a room's documents, proves each sentence, and says when nothing answers.
//!
//! The way of a question: [`Tutor::ask`] stores the turn and makes a follow-up stand alone (`conversation`). What is
//! asked about a document's structure is answered from what the document knows (`structure`). For the rest it
//! searches the room, weighs its sentences (`evidence`), decides whether they answer (`answerability`), picks
//! the statements (`composing`) that stand on their pages (`verification`), has an executor say them from a
//! prompt (`executor`, `prompt`), and shows statement by statement what is proven (`relay`, `statements`,
//! `pacing`) while the turn is stored (`recording`).
//!
//! A question may be about words on a page (`about`): then "this" stands for them, and what holds them is evidence.
//!
//! A summary, a guide or a quiz (`overview`) goes another way: it is about a part of a document, not an answer.
//!
//! What it says of its own stands in each language of the interface (`phrases`).
//!
//! What a document says is data: nothing in it is obeyed, and nothing is shown that is not on its page.

pub mod answerability;

mod about;
mod answer;
mod asking;
mod claims;
mod composing;
mod context;
mod conversation;
mod drafting;
mod error;
mod evidence;
mod executor;
mod executors;
mod export;
mod history;
mod judging;
mod listening;
mod manner;
mod notebook;
mod overview;
mod pacing;
mod phrases;
mod prompt;
mod prose;
mod question;
mod recording;
mod relay;
mod rewriting;
mod statements;
mod structure;
mod topic;
mod tutor;
mod verification;
mod waiting;
mod words;
mod writing;

pub use about::cited;
pub use answer::{Answer, Event, Progress};
pub use claims::fit as claims_fit;
pub use claims::{Held, Objection, Source, are_opposites};
pub use drafting::{Drafter, Proposal};
pub use error::Error;
pub use evidence::fit as evidence_fit;
pub use executor::{Address, BreakerState, ExecutorName, FoundServer, Key, Limits, look, models_of};
pub use executors::{
    Budgets, Choice, ExecutorSettings, ExecutorState, Means, SMALLEST_CONTEXT, ServerSettings, Task, Tasks,
};
pub use export::markdown;
pub use notebook::notebook;
pub use overview::{KeyTerm, is_apparatus, key_terms, points_elsewhere};
pub use tutor::{Asking, LONGEST_QUESTION, NewQuestion, Tutor};
pub use verification::{Pages, Proven};

/// Work with the database or a thousand words: not on the threads that serve everybody.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(Error::Interrupted(error.to_string())),
    }
}
