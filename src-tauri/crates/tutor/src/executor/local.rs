//! A language model in a GGUF file of this machine, run by llama.cpp in a process of its own.

use std::path::Path;
use std::sync::Arc;

use futures::StreamExt;
use library::conversations::Tokens;
use llama::{Constraint, Description, Event, Generation, Llama, Message, Request, Role, Worker};
use llm_chain::options::Options;
use llm_chain::output::{Output, StreamSegment};
use llm_chain::prompt::{ChatRole, Prompt};
use tokio::sync::OnceCell;
use tokio::sync::mpsc::UnboundedSender;

use super::breaker::Breaker;
use super::fault::ExecutorFault;
use super::limits::{Limits, Stopwatch};
use super::meter::Meter;
use super::retry;
use super::settings::{most_tokens, temperature};

/// The same question gets the same answer.
const SEED: u32 = 0;

/// A model file. Clones share its process.
#[derive(Clone)]
pub(crate) struct Local {
    llama: Llama,
    /// The file's name without its ending.
    pub(crate) model: String,
    limits: Limits,
    described: Arc<OnceCell<Description>>,
    pub(crate) breaker: Breaker,
}

impl Local {
    /// The model in `file`. Nothing is read before something is asked.
    ///
    /// # Errors
    /// What is wrong with the file's name, for people.
    pub(crate) fn new(worker: Worker, file: &Path, limits: Limits) -> Result<Self, llama::Error> {
        let model = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let llama = Llama::new(worker, file)?;
        Ok(Self { llama, model, limits, described: Arc::default(), breaker: Breaker::default() })
    }

    /// Its file.
    pub(crate) fn file(&self) -> &Path {
        self.llama.file()
    }

    /// Tokens that a prompt and its answer can have together. Loads the model.
    pub(crate) async fn context(&self) -> Result<u32, ExecutorFault> {
        self.guarded(async {
            let described = self.described.get_or_try_init(|| self.llama.describe()).await?;
            Ok(described.context)
        })
        .await
    }

    /// How many tokens a text has.
    pub(crate) async fn count(&self, text: &str) -> Result<u32, ExecutorFault> {
        let tokens = self.guarded(self.llama.count(text)).await?;
        Ok(u32::try_from(tokens).unwrap_or(u32::MAX))
    }

    /// What fails before anything is generated counts for the breaker as well.
    async fn guarded<T>(&self, work: impl Future<Output = Result<T, llama::Error>>) -> Result<T, ExecutorFault> {
        let leave = self.breaker.leave()?;
        let watch = Stopwatch::start(self.limits);
        leave.record(watch.wait(work).await.and_then(|done| done.map_err(ExecutorFault::from)))
    }

    /// Streams the model's answer to `prompt`. Whoever drops the stream stops the work at the next token.
    pub(crate) fn execute(
        &self,
        options: &Options,
        prompt: &Prompt,
        schema: Option<&'static str>,
        meter: Meter,
    ) -> Output {
        let (sender, output) = Output::new_stream();
        let constraint = schema.map(|schema| Constraint::JsonSchema(schema.to_owned()));
        let (local, request) = (self.clone(), Request { constraint, ..request(options, prompt) });
        tokio::spawn(async move {
            let leave = match local.breaker.leave() {
                Ok(leave) => leave,
                Err(fault) => return drop(sender.send(StreamSegment::Err(fault.into()))),
            };
            let written = tokio::select! {
                () = sender.closed() => return,
                written = write(local.llama.generate(request), local.limits, &sender, &meter) => written,
            };
            if let Err(fault) = leave.record(written) {
                let _ = sender.send(StreamSegment::Err(fault.into()));
            }
        });
        output
    }
}

impl std::fmt::Debug for Local {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Local").field("file", &self.file()).finish_non_exhaustive()
    }
}

async fn write(
    mut generation: Generation,
    limits: Limits,
    sender: &UnboundedSender<StreamSegment>,
    meter: &Meter,
) -> Result<(), ExecutorFault> {
    let mut watch = Stopwatch::start(limits);
    while let Some(event) = watch.wait(generation.next()).await? {
        match event? {
            Event::Read { .. } => watch.lap(),
            Event::Piece(text) => {
                watch.lap();
                // Nobody reads any more: the task is about to end.
                let _ = sender.send(StreamSegment::Content(text));
            }
            Event::Finished(finished) => meter.add(Tokens {
                prompt: finished.prompt_tokens,
                reused: finished.reused_tokens,
                generated: finished.generated_tokens,
            }),
        }
    }
    Ok(())
}

fn request(options: &Options, prompt: &Prompt) -> Request {
    let role = |role: &ChatRole| match role {
        ChatRole::System => Role::System,
        ChatRole::Assistant => Role::Assistant,
        ChatRole::User | ChatRole::Other(_) => Role::User,
    };
    let chat = prompt.to_chat();
    Request {
        messages: chat
            .iter()
            .map(|message| Message { role: role(message.role()), text: message.body().clone() })
            .collect(),
        constraint: None,
        max_tokens: most_tokens(options).unwrap_or(MOST),
        temperature: temperature(options).unwrap_or_default(),
        seed: if temperature(options).is_some_and(|it| it > 0.0) { retry::dice() } else { SEED },
        stop: Vec::new(),
    }
}

/// Where nobody says how many tokens an answer may have.
const MOST: u32 = 1024;

impl From<llama::Error> for ExecutorFault {
    fn from(error: llama::Error) -> Self {
        match error {
            llama::Error::PromptTooLong { prompt_tokens, max_tokens, context } => {
                Self::ContextTooSmall { allowed: context, needed: prompt_tokens.saturating_add(max_tokens) }
            }
            other => Self::Model { why: other.to_string() },
        }
    }
}
