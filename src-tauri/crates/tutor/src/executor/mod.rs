//! Executors: what writes an answer from a prompt. Swappable, and the one that is built in needs no model.

mod extractive;
mod tokens;

use async_trait::async_trait;
use llm_chain::options::Options;
use llm_chain::output::Output;
use llm_chain::prompt::Prompt;
use llm_chain::tokens::{PromptTokensError, TokenCount, TokenizerError};
use llm_chain::traits::{Executor as Chain, ExecutorCreationError, ExecutorError};

pub(crate) use tokens::WordTokens;

/// One of the backends that can write an answer.
#[derive(Clone, Debug)]
pub(crate) enum Executor {
    /// Says the evidence itself, in its order; always there.
    Extractive,
}

impl Executor {
    /// The stable name, as it is stored with an answer and chosen on the command line.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Extractive => "extractive",
        }
    }
}

#[async_trait]
impl Chain for Executor {
    type StepTokenizer<'a> = WordTokens;

    fn new_with_options(_: Options) -> Result<Self, ExecutorCreationError> {
        Ok(Self::Extractive)
    }

    async fn execute(&self, _: &Options, prompt: &Prompt) -> Result<Output, ExecutorError> {
        match self {
            Self::Extractive => Ok(extractive::execute(prompt)),
        }
    }

    fn tokens_used(&self, options: &Options, prompt: &Prompt) -> Result<TokenCount, PromptTokensError> {
        let used = WordTokens::count(&prompt.to_text());
        Ok(TokenCount::new(self.max_tokens_allowed(options), used))
    }

    fn max_tokens_allowed(&self, _: &Options) -> i32 {
        match self {
            Self::Extractive => extractive::CONTEXT,
        }
    }

    fn answer_prefix(&self, _: &Prompt) -> Option<String> {
        None
    }

    fn get_tokenizer(&self, _: &Options) -> Result<WordTokens, TokenizerError> {
        Ok(WordTokens::default())
    }
}
