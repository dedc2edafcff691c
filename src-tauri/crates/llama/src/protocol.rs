//! What the app and the process that runs the model say to each other.

use serde::{Deserialize, Serialize};

/// Who says a [`Message`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// What the model is told to be and do.
    System,
    /// The person.
    User,
    /// The model, earlier.
    Assistant,
}

impl Role {
    /// Every one.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::User, Self::Assistant];

    /// As chat templates call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// One turn of a conversation. Its text is data: what looks like the end of a turn in it is read as plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who says it.
    pub role: Role,
    /// What is said; white space around it doesn't count.
    pub text: String,
}

impl Message {
    /// A turn.
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role, text: text.into() }
    }
}

/// What the output has to look like. An output that ends by itself ([`Reason::End`]) does; one that was cut doesn't.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Constraint {
    /// llama.cpp's GBNF, with the rule `root`.
    Grammar(String),
    /// A JSON schema, as text.
    JsonSchema(String),
}

/// A text to write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The conversation, to be gone on with as the assistant.
    pub messages: Vec<Message>,
    /// What the output has to look like.
    pub constraint: Option<Constraint>,
    /// Most tokens to write; together with the prompt no more than the context holds. With 0 the prompt is only
    /// read, so that a later request that begins in the same way is answered sooner.
    pub max_tokens: u32,
    /// 0 takes the likeliest token each time; above, the choice is random.
    pub temperature: f32,
    /// The same request with the same seed gives the same text, on the same machine and file.
    pub seed: u32,
    /// The text ends before the first of these.
    pub stop: Vec<String>,
}

/// Why a text ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The model ended it.
    End,
    /// It has as many tokens as it may.
    Length,
    /// A stop text came.
    Stop,
    /// It was cancelled.
    Cancelled,
}

/// How a text came about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finished {
    /// Why it ended.
    pub reason: Reason,
    /// Tokens of the whole prompt.
    pub prompt_tokens: u32,
    /// Those of them that were in the cache and not read again.
    pub reused_tokens: u32,
    /// Tokens written.
    pub generated_tokens: u32,
    /// Time to read the prompt, in milliseconds.
    pub prompt_ms: f64,
    /// Time to write, in milliseconds.
    pub generate_ms: f64,
}

impl Finished {
    /// Of a request that was cancelled before its turn came.
    pub(crate) const UNSTARTED: Self = Self {
        reason: Reason::Cancelled,
        prompt_tokens: 0,
        reused_tokens: 0,
        generated_tokens: 0,
        prompt_ms: 0.0,
        generate_ms: 0.0,
    };
}

/// How turns are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Template {
    /// As the file says.
    Own,
    /// The file has a template of a kind that llama.cpp doesn't know; ChatML stands in for it.
    Unknown,
    /// The file has none; ChatML stands in for it. Such a model may not be made for conversations.
    Missing,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The name in the file.
    pub name: Option<String>,
    /// llama.cpp's name of the architecture.
    pub architecture: String,
    /// Parameters.
    pub parameters: u64,
    /// Tokens that the model was trained on at once.
    pub trained_context: u32,
    /// Tokens that prompt and output may have together.
    pub context: u32,
    /// How turns are told apart.
    pub template: Template,
}

/// The first message to the process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Load {
    /// The file's path.
    pub(crate) file: String,
    pub(crate) available_bytes: u64,
    pub(crate) threads: u32,
    /// Most tokens of context.
    pub(crate) context_cap: u32,
}

/// Every other message to the process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum ToServer {
    Ask(u64, Ask),
    Cancel(u64),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Ask {
    Describe,
    Tokenize(String),
    Detokenize(Vec<i32>),
    Count(Vec<Message>),
    Generate(Request),
}

/// What the process says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum FromServer {
    /// It is loading: a sign of life.
    Loading,
    Loaded,
    /// It can't load the file, and ends.
    Failed(Failure),
    Answer(u64, Answer),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    Description(Description),
    Tokens(Vec<i32>),
    Text(String),
    Count(u32),
    /// So many of the prompt's tokens are read, of so many.
    Read(u32, u32),
    Piece(String),
    Finished(Finished),
    Failed(Failure),
}

impl Answer {
    /// Whether no other answer to the same request follows.
    pub(crate) fn is_last(&self) -> bool {
        !matches!(self, Self::Read(..) | Self::Piece(_))
    }
}

/// What the process can't do; [`crate::Error`] says it to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Failure {
    Unreadable(String),
    NotFound,
    NotAGguf,
    Version(u32),
    Damaged(String),
    Processor(String),
    TooBig {
        needed: u64,
        available: u64,
    },
    /// llama.cpp doesn't load it; why stands in what it printed.
    Refused {
        architecture: String,
    },
    NoContext,
    /// A model of embeddings.
    NoText,
    NoMessages,
    Grammar(String),
    PromptTooLong {
        prompt_tokens: u32,
        max_tokens: u32,
        context: u32,
    },
    Decode(String),
}
