//! Executors: what writes an answer from a prompt. Swappable, and the one that is built in needs no model.

mod breaker;
mod extractive;
mod fault;
mod limits;
mod local;
mod meter;
mod retry;
mod server;
mod settings;
mod tokens;

use async_trait::async_trait;
use llm_chain::options::Options;
use llm_chain::output::Output;
use llm_chain::prompt::Prompt;
use llm_chain::tokens::{PromptTokensError, TokenCount, TokenizerError};
use llm_chain::traits::{Executor as Chain, ExecutorCreationError, ExecutorError};
use serde::{Deserialize, Serialize};
use specta::Type;

pub use breaker::BreakerState;
pub(crate) use fault::{ExecutorFault, Spending, Waited};
pub use limits::Limits;
pub(crate) use local::Local;
pub(crate) use meter::Meter;

pub(crate) use server::Server;
pub use server::{Address, FoundServer, Key, look, models_of};
pub(crate) use tokens::{WordTokens, estimate};

/// The kinds of executor, as a person chooses between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExecutorName {
    /// Says the evidence itself; always there.
    Extractive,
    /// The model in a file of this machine.
    Local,
    /// The model of a server.
    Server,
}

impl ExecutorName {
    /// All of them, the one that is always there first.
    pub const ALL: [Self; 3] = [Self::Extractive, Self::Local, Self::Server];

    /// The stable name, as it is stored with an answer and chosen on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Extractive => "extractive",
            Self::Local => "local",
            Self::Server => "server",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An executor for the requests of one answer.
#[derive(Clone, Debug)]
pub(crate) struct Executor {
    backend: Backend,
    /// The JSON schema that what it writes has to follow; none for free text. A server may not know of such things.
    schema: Option<&'static str>,
    /// What the requests have cost.
    pub(crate) meter: Meter,
}

/// What can write an answer.
#[derive(Clone, Debug)]
pub(crate) enum Backend {
    /// Says the evidence itself, in its order.
    Extractive,
    /// A model in a file.
    Local(Local),
    /// A model server.
    Server(Server),
}

impl Executor {
    /// A backend that has not been used yet.
    pub(crate) fn new(backend: Backend) -> Self {
        Self { backend, schema: None, meter: Meter::default() }
    }

    /// The same, writing JSON that follows a schema.
    pub(crate) fn following(self, schema: &'static str) -> Self {
        Self { schema: Some(schema), ..self }
    }

    /// The one that is built in.
    pub(crate) fn extractive() -> Self {
        Self::new(Backend::Extractive)
    }

    /// Which kind it is.
    pub(crate) fn kind(&self) -> ExecutorName {
        match self.backend {
            Backend::Extractive => ExecutorName::Extractive,
            Backend::Local(_) => ExecutorName::Local,
            Backend::Server(_) => ExecutorName::Server,
        }
    }

    /// The stable name of its kind.
    pub(crate) fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// The name of its model; none without one.
    pub(crate) fn model(&self) -> Option<&str> {
        match &self.backend {
            Backend::Extractive => None,
            Backend::Local(local) => Some(&local.model),
            Backend::Server(server) => Some(&server.model),
        }
    }

    /// Whether a language model is behind it, which writes freely and has to be checked.
    pub(crate) fn writes(&self) -> bool {
        self.model().is_some()
    }

    /// Whether what it is given leaves this machine.
    pub(crate) fn is_remote(&self) -> bool {
        match &self.backend {
            Backend::Extractive | Backend::Local(_) => false,
            Backend::Server(server) => server.is_remote(),
        }
    }

    /// Tokens that a prompt and its answer can have together.
    ///
    /// # Errors
    /// When its model can't be loaded.
    pub(crate) async fn context(&self) -> Result<u32, ExecutorFault> {
        match &self.backend {
            Backend::Extractive => Ok(extractive::CONTEXT),
            Backend::Local(local) => local.context().await,
            Backend::Server(server) => Ok(server.context),
        }
    }

    /// How many tokens a text has, or at most has, where the tokenizer is out of reach.
    pub(crate) async fn count(&self, text: &str) -> Result<u32, ExecutorFault> {
        match &self.backend {
            Backend::Extractive => Ok(WordTokens::count(text)),
            Backend::Local(local) => local.count(text).await,
            Backend::Server(_) => Ok(estimate(text)),
        }
    }
}

#[async_trait]
impl Chain for Executor {
    type StepTokenizer<'a> = WordTokens;

    fn new_with_options(_: Options) -> Result<Self, ExecutorCreationError> {
        Ok(Self::extractive())
    }

    async fn execute(&self, options: &Options, prompt: &Prompt) -> Result<Output, ExecutorError> {
        match &self.backend {
            Backend::Extractive => Ok(extractive::execute(prompt)),
            Backend::Local(local) => Ok(local.execute(options, prompt, self.schema, self.meter.clone())),
            Backend::Server(server) => Ok(server.execute(options, prompt, self.schema, self.meter.clone())),
        }
    }

    fn tokens_used(&self, options: &Options, prompt: &Prompt) -> Result<TokenCount, PromptTokensError> {
        let text = prompt.to_text();
        let used = if self.writes() { estimate(&text) } else { WordTokens::count(&text) };
        Ok(TokenCount::new(self.max_tokens_allowed(options), i32::try_from(used).unwrap_or(i32::MAX)))
    }

    /// The budget asks [`Executor::context`], which may have to load a model first.
    fn max_tokens_allowed(&self, _: &Options) -> i32 {
        match &self.backend {
            Backend::Extractive => i32::try_from(extractive::CONTEXT).unwrap_or(i32::MAX),
            Backend::Local(_) => i32::MAX,
            Backend::Server(server) => i32::try_from(server.context).unwrap_or(i32::MAX),
        }
    }

    fn answer_prefix(&self, _: &Prompt) -> Option<String> {
        None
    }

    fn get_tokenizer(&self, _: &Options) -> Result<WordTokens, TokenizerError> {
        Ok(WordTokens::default())
    }
}
