use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;

use super::supervisor::{Call, Job, Supervisor};
use super::{Generation, Worker};
use crate::Error;
use crate::protocol::{Answer, Ask, Description, Message, Request};

/// A model in a file. Clones share one process, which ends with the last of them and of their [`Generation`]s.
#[derive(Clone)]
pub struct Llama {
    shared: Arc<Shared>,
}

/// What the handle and its streams have in common.
pub(super) struct Shared {
    pub(super) file: PathBuf,
    calls: Sender<Call>,
    next: AtomicU64,
    process: Arc<AtomicU32>,
    supervisor: Mutex<Option<JoinHandle<()>>>,
}

impl Llama {
    /// The model in `file`. Nothing is started or read before the first request.
    ///
    /// # Errors
    /// The file's name isn't Unicode, or no thread can be started.
    pub fn new(worker: Worker, file: &Path) -> Result<Self, Error> {
        let program = worker.program.clone();
        let (calls, taken) = channel();
        let process = Arc::new(AtomicU32::new(0));
        let supervisor = Supervisor::new(worker, file, calls.clone(), Arc::clone(&process))?;
        let supervisor = std::thread::Builder::new()
            .name("language model".into())
            .spawn(move || supervisor.run(&taken))
            .map_err(|error| Error::Start { program, detail: error.to_string() })?;
        let next = AtomicU64::new(0);
        let supervisor = Mutex::new(Some(supervisor));
        Ok(Self { shared: Arc::new(Shared { file: file.to_owned(), calls, next, process, supervisor }) })
    }

    /// The file.
    pub fn file(&self) -> &Path {
        &self.shared.file
    }

    /// The number of the process that runs the model, if one does.
    pub fn process(&self) -> Option<u32> {
        Some(self.shared.process.load(Ordering::Acquire)).filter(|&number| number != 0)
    }

    /// What the file holds. Loads it.
    ///
    /// # Errors
    /// The file can't be used, or its process ended.
    pub async fn describe(&self) -> Result<Description, Error> {
        self.ask(Ask::Describe, |answer| match answer {
            Answer::Description(description) => Some(description),
            _ => None,
        })
        .await
    }

    /// The tokens of a plain text, by the model's own tokenizer.
    ///
    /// # Errors
    /// As [`Self::describe`].
    pub async fn tokenize(&self, text: &str) -> Result<Vec<i32>, Error> {
        self.ask(Ask::Tokenize(text.to_owned()), |answer| match answer {
            Answer::Tokens(tokens) => Some(tokens),
            _ => None,
        })
        .await
    }

    /// The text of tokens; what is no text among them is left out.
    ///
    /// # Errors
    /// As [`Self::describe`].
    pub async fn detokenize(&self, tokens: Vec<i32>) -> Result<String, Error> {
        self.ask(Ask::Detokenize(tokens), |answer| match answer {
            Answer::Text(text) => Some(text),
            _ => None,
        })
        .await
    }

    /// How many tokens a plain text has.
    ///
    /// # Errors
    /// As [`Self::describe`].
    pub async fn count(&self, text: &str) -> Result<usize, Error> {
        self.tokenize(text).await.map(|tokens| tokens.len())
    }

    /// How many tokens a conversation has as a prompt, with all that the chat template adds.
    ///
    /// # Errors
    /// As [`Self::describe`], or there is no message.
    pub async fn count_prompt(&self, messages: &[Message]) -> Result<u32, Error> {
        self.ask(Ask::Count(messages.to_vec()), |answer| match answer {
            Answer::Count(tokens) => Some(tokens),
            _ => None,
        })
        .await
    }

    /// Writes a text when the requests before it are answered. What keeps it from being written comes as the
    /// stream's error.
    pub fn generate(&self, request: Request) -> Generation {
        let (id, answers) = self.send(Ask::Generate(request));
        Generation::new(id, answers, Arc::clone(&self.shared))
    }

    /// Ends the process and frees the model's memory; requests that wait fail with [`Error::Stopped`]. The next
    /// request starts it again.
    pub async fn unload(&self) {
        let (done, ended) = oneshot::channel();
        // A supervisor that is gone has ended the process.
        let _ = self.shared.calls.send(Call::Unload(done));
        let _ = ended.await;
    }

    fn send(&self, ask: Ask) -> (u64, UnboundedReceiver<Result<Answer, Error>>) {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed);
        let (answers, taken) = unbounded_channel();
        // Without a supervisor the sender of answers is dropped, and the receiver says so.
        let _ = self.shared.calls.send(Call::Ask(Job { id, ask, answers }));
        (id, taken)
    }

    async fn ask<T>(&self, ask: Ask, wanted: impl FnOnce(Answer) -> Option<T>) -> Result<T, Error> {
        let file = self.file();
        let (_, mut answers) = self.send(ask);
        match answers.recv().await.unwrap_or(Err(Error::Stopped))? {
            Answer::Failed(failure) => Err(failure.about(file, "")),
            answer => wanted(answer).ok_or_else(|| Error::Failed {
                file: file.to_owned(),
                detail: "it gave an answer to something else".into(),
            }),
        }
    }
}

impl Shared {
    pub(super) fn cancel(&self, id: u64) {
        // Without a supervisor nothing is at work.
        let _ = self.calls.send(Call::Cancel(id));
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let _ = self.calls.send(Call::Close);
        let supervisor = self.supervisor.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        // It kills the process and takes its leave: milliseconds.
        if let Some(supervisor) = supervisor {
            let _ = supervisor.join();
        }
    }
}
