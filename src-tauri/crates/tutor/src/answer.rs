use kernel::{Citation, ConversationId, TurnId};
use library::conversations::{Provenance, TurnState};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What happens while a question is worked on, in this order: started, then text and citations, with what is being read
/// in between.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The question is stored and being worked on.
    Started {
        /// The conversation it belongs to, new or old.
        conversation: ConversationId,
        /// Its turn: what a "stop" names.
        turn: TurnId,
    },
    /// Further text of the answer. What has been sent stays in the answer.
    Delta {
        /// To be put behind what came before.
        text: String,
        /// Whether a language model wrote it, in Markdown. What quotes a document is plain text, whatever it looks like.
        markdown: bool,
    },
    /// The proof that a marker names; it comes before the text with the marker.
    Citation {
        /// The number in the marker, from 1.
        index: u32,
        /// Where the words stand.
        citation: Citation,
    },
    /// A model begins another of the requests that a long summary takes.
    Progress(Progress),
}

/// How far the reading for a long summary has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Progress {
    /// The part of the document, by its title.
    pub title: String,
    /// Which part it is, from 1.
    pub part: u32,
    /// How many parts there are.
    pub parts: u32,
    /// Which of the part's requests it is, from 1; one more than there are when what they came to is put together.
    pub request: u32,
    /// How many requests it takes to read the part.
    pub requests: u32,
}

impl Progress {
    /// Whether all of the part has been read, and its summary is made of what was read.
    pub fn is_put_together(&self) -> bool {
        self.request > self.requests
    }
}

/// The whole answer, as it is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Answer {
    /// Its turn.
    pub turn: TurnId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// Who wrote it.
    pub executor: String,
    /// The question as it was understood, where it leaned on the conversation.
    pub standalone_question: Option<String>,
    /// Complete, or stopped by the person.
    pub state: TurnState,
    /// Whether the room answers the question.
    pub answered: bool,
    /// The text, with markers such as [1] for its citations.
    pub text: String,
    /// The proof; [1] is the first.
    pub citations: Vec<Citation>,
    /// Passages worth reading next, or the nearest ones when nothing answers.
    pub further: Vec<Citation>,
    /// Why the search behind it could not do all it can, if so: no model, or vectors still on their way. For people.
    pub degraded: Option<String>,
    /// Milliseconds from the question to the first text; none when it was stopped before.
    pub first_token_ms: Option<u32>,
    /// Milliseconds from the question to the end.
    pub elapsed_ms: u32,
    /// How it came about.
    pub provenance: Provenance,
}
