//! Questions that a language model drafts from a few sentences of a document. What it writes is a proposal: whoever asks
//! for it holds it against the document before anybody sees it.

use std::sync::Arc;

use kernel::Cancel;
use library::Library;
use library::conversations::Tokens;
use library::quizzes::ItemKind;
use library::spending::{self, Request};
use llm_chain::Parameters;
use serde::Deserialize;
use tokio::time::sleep;

use crate::executor::{Executor, ExecutorFault, Spending};
use crate::executors::Budgets;
use crate::pacing::WATCH;
use crate::prompt::{PromptFile, Prompts, Words, numbered, one_line};
use crate::waiting::Waiting;
use crate::{Error, blocking, listening};

/// What an answer has to look like: a model in a file can't write otherwise, a server is asked to.
const SCHEMA: &str = include_str!("../../../../assets/prompts/questions.schema.json");
/// Most questions of one request.
const MOST: usize = 3;
/// Tokens that so many questions have at most.
const TOKENS: u32 = 700;

/// Drafts questions by the language model that was chosen for quizzes.
pub struct Drafter {
    library: Library,
    executor: Executor,
    prompts: Arc<Prompts>,
    budgets: Budgets,
    waiting: Waiting,
}

/// A question as a model proposes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Proposal {
    /// Which of the sentences answers it, from 1.
    pub sentence: usize,
    /// The question, or the statement that is true or false.
    pub question: String,
    /// What is right.
    pub answer: String,
    /// Wrong options.
    #[serde(default)]
    pub others: Vec<String>,
}

#[derive(Deserialize)]
struct Proposals {
    questions: Vec<Proposal>,
}

impl Drafter {
    pub(crate) fn new(
        library: Library,
        executor: Executor,
        prompts: Arc<Prompts>,
        budgets: Budgets,
        waiting: Waiting,
    ) -> Self {
        Self { library, executor: executor.following(SCHEMA), prompts, budgets, waiting }
    }

    /// The name of the model.
    pub fn model(&self) -> &str {
        self.executor.model().unwrap_or_default()
    }

    /// Whether questions of this kind are drafted: those that are more than a sentence with something left out.
    pub fn drafts(&self, kind: ItemKind) -> bool {
        self.prompt(kind).is_some()
    }

    /// What the model proposes to ask about these sentences, which stand under a heading. While somebody waits for an
    /// answer nothing is written; what is being written then is given up and begun anew afterwards. Nothing once
    /// `cancel` says so.
    ///
    /// # Errors
    /// [`Error::Executor`] when the model can't be used, or has cost what it may; the library's.
    pub async fn propose(
        &self,
        kind: ItemKind,
        heading: &str,
        sentences: &[&str],
        cancel: &Cancel,
    ) -> Result<Vec<Proposal>, Error> {
        let Some(prompt) = self.prompt(kind) else { return Ok(Vec::new()) };
        let parameters = Parameters::new()
            .with("count", MOST.to_string())
            .with("heading", one_line(heading))
            .with("sentences", numbered(sentences.iter().copied()));
        let step = prompt.step(&[], TOKENS, Words::Likeliest);
        loop {
            tokio::select! {
                () = self.waiting.nobody() => {}
                () = stopped(cancel) => return Ok(Vec::new()),
            }
            if self.is_spent().await? {
                return Err(self.failed(&ExecutorFault::Spent { limit: self.budgets.day, of: Spending::Day }));
            }
            let before = self.executor.meter.read();
            let written = tokio::select! {
                written = listening::whole(&self.executor, &step, &parameters) => written,
                () = self.waiting.somebody() => continue,
                () = stopped(cancel) => return Ok(Vec::new()),
            };
            self.keep(prompt, before).await?;
            return match written {
                Ok(text) => Ok(read(&text)),
                // These sentences are too long for it; others may not be.
                Err(ExecutorFault::ContextTooSmall { .. }) => Ok(Vec::new()),
                Err(fault) => Err(self.failed(&fault)),
            };
        }
    }

    fn prompt(&self, kind: ItemKind) -> Option<&PromptFile> {
        match kind {
            ItemKind::Choice => Some(&self.prompts.choice),
            ItemKind::TrueFalse => Some(&self.prompts.true_false),
            ItemKind::Short => Some(&self.prompts.short),
            ItemKind::Cloze | ItemKind::Matching => None,
        }
    }

    fn failed(&self, fault: &ExecutorFault) -> Error {
        Error::Executor { executor: self.executor.name(), why: fault.to_string() }
    }

    /// Whether remote models have cost today what they may, with what this one has.
    async fn is_spent(&self) -> Result<bool, Error> {
        if !self.executor.is_remote() {
            return Ok(false);
        }
        let (library, today) = (self.library.clone(), self.library.now().start_of_day());
        let spent = blocking(move || Ok(library.read(|c| spending::since(c, today))?)).await?;
        Ok(spent >= u64::from(self.budgets.day))
    }

    /// Stores what the last request to a remote model has cost; `before` is what those before it had.
    async fn keep(&self, prompt: &PromptFile, before: Tokens) -> Result<(), Error> {
        if !self.executor.is_remote() {
            return Ok(());
        }
        let all = self.executor.meter.read();
        let tokens = Tokens {
            prompt: all.prompt.saturating_sub(before.prompt),
            reused: all.reused.saturating_sub(before.reused),
            generated: all.generated.saturating_sub(before.generated),
        };
        let (library, model, prompt) = (self.library.clone(), self.model().to_owned(), prompt.id.clone());
        blocking(move || {
            let request = Request { model: &model, prompt: &prompt, tokens };
            Ok(library.write(|tx| spending::add(tx, request, library.now()))?)
        })
        .await
    }
}

/// The questions of an answer; none where it is not what was asked for. A server may have put something around them.
fn read(text: &str) -> Vec<Proposal> {
    let json = text.find('{').zip(text.rfind('}')).and_then(|(start, end)| text.get(start..=end));
    let read = json.and_then(|json| serde_json::from_str::<Proposals>(json).ok());
    read.map(|read| read.questions.into_iter().take(MOST).collect()).unwrap_or_default()
}

async fn stopped(cancel: &Cancel) {
    while !cancel.is_cancelled() {
        sleep(WATCH).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_read_whatever_stands_around_them() {
        let json = r#"{"questions": [{"sentence": 2, "question": "What is it?", "answer": "osmosis", "others": []}]}"#;
        let read = read(&format!("Here you are:\n```json\n{json}\n```"));
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].sentence, &*read[0].answer), (2, "osmosis"));
        for broken in ["", "I can't.", "{\"questions\": [", "{\"questions\": [{\"sentence\": \"two\"}]}", "} {"] {
            assert_eq!(super::read(broken), [], "{broken}");
        }
    }

    #[test]
    fn the_schema_is_json() {
        assert!(serde_json::from_str::<serde_json::Value>(SCHEMA).is_ok());
    }
}
