//! Which executors there are, and which one does what.

use std::path::Path;

use serde::{Deserialize, Serialize};
use specta::Type;
use tokio::time::Instant;

use crate::Error;
use crate::executor::{Address, Backend, BreakerState, Executor, ExecutorName, Key, Limits, Local, Server};

/// What executors are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// An answer in a conversation.
    Answer,
    /// A summary or a study guide.
    Summary,
    /// Questions of a quiz.
    Quiz,
    /// The grading of a free answer.
    Grading,
}

/// The executors that a person has set up, and what for. Without any, everything is done without a language model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct ExecutorSettings {
    /// The path of a GGUF file of this machine.
    pub file: Option<String>,
    /// A model server.
    pub server: Option<ServerSettings>,
    /// Who does what.
    pub tasks: Tasks,
    /// How much of remote models may be used.
    pub budgets: Budgets,
}

/// A model of a model server. Its key, if it needs one, is kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ServerSettings {
    /// The base of its API, as a person may type it.
    pub address: String,
    /// The name of the model there.
    pub model: String,
    /// Tokens that its context holds: what the server was started with, not what the model could do.
    pub context: u32,
    /// Whether the person agreed that questions and passages leave this machine; needed for any other.
    #[serde(default)]
    pub remote_allowed: bool,
    /// Whether it has a key, which the system's keyring keeps.
    #[serde(default)]
    pub has_key: bool,
}

/// Who does each task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Tasks {
    /// Answers.
    pub answer: Choice,
    /// Summaries and study guides.
    pub summary: Choice,
    /// Quizzes.
    pub quiz: Choice,
    /// Grading.
    pub grading: Choice,
}

/// Who does a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The cheapest that does it well: a model on this machine, else a remote one, else none.
    #[default]
    Automatic,
    /// No language model.
    Extractive,
    /// The model in a file.
    Local,
    /// The model server.
    Server,
}

/// Tokens that remote models may be given and may write; models on this machine cost nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Budgets {
    /// In one conversation.
    pub conversation: u32,
    /// In one day, from midnight UTC.
    pub day: u32,
}

impl Default for Budgets {
    /// About twenty answers a conversation and a hundred a day.
    fn default() -> Self {
        Self { conversation: 100_000, day: 500_000 }
    }
}

/// A context of fewer tokens has no room for a question, some passages and an answer.
pub const SMALLEST_CONTEXT: u32 = 1024;

/// An executor as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ExecutorState {
    /// Which one.
    pub executor: ExecutorName,
    /// Its model.
    pub model: Option<String>,
    /// Whether what it is given leaves this machine.
    pub remote: bool,
    /// Whether it is let to work.
    pub breaker: BreakerState,
}

/// What executors need that is no setting.
#[derive(Clone, Debug, Default)]
pub struct Means {
    /// The process that runs a model in a file; without it there is none.
    pub worker: Option<llama::Worker>,
    /// The key of the model server.
    pub key: Key,
    /// How long they may take.
    pub limits: Limits,
}

/// The executors that are set up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Executors {
    settings: ExecutorSettings,
    local: Option<Local>,
    server: Option<Server>,
}

impl Executors {
    /// Those of `settings`. A model that is among those `before` stays loaded.
    ///
    /// # Errors
    /// [`Error::Settings`] when they can't be used; says why.
    pub(crate) fn new(settings: ExecutorSettings, means: Means, before: &Self) -> Result<Self, Error> {
        let Means { worker, key, limits } = means;
        let local = match (&settings.file, worker) {
            (Some(file), Some(worker)) => Some(local_of(Path::new(file), worker, limits, before)?),
            _ => None,
        };
        let server = settings.server.as_ref().map(|server| server_of(server, key, limits)).transpose()?;
        Ok(Self { settings, local, server })
    }

    /// What was set up.
    pub(crate) fn settings(&self) -> &ExecutorSettings {
        &self.settings
    }

    /// Who does `task`; `asked` is who somebody wants for it this once.
    ///
    /// # Errors
    /// [`Error::NoExecutor`] when it is one that is not set up.
    pub(crate) fn choose(&self, task: Task, asked: Option<ExecutorName>) -> Result<Executor, Error> {
        let Tasks { answer, summary, quiz, grading } = self.settings.tasks;
        let choice = match task {
            Task::Answer => answer,
            Task::Summary => summary,
            Task::Quiz => quiz,
            Task::Grading => grading,
        };
        let local = || self.local.clone().map(Backend::Local);
        let server = || self.server.clone().map(Backend::Server);
        let backend = match asked {
            Some(ExecutorName::Extractive) => Some(Backend::Extractive),
            Some(ExecutorName::Local) => local(),
            Some(ExecutorName::Server) => server(),
            // Where what was chosen is not set up any more, the documents are quoted.
            None => Some(
                match choice {
                    Choice::Automatic => local().or_else(server),
                    Choice::Extractive => None,
                    Choice::Local => local(),
                    Choice::Server => server(),
                }
                .unwrap_or(Backend::Extractive),
            ),
        };
        let missing = || Error::NoExecutor { executor: asked.unwrap_or(ExecutorName::Extractive).name() };
        Ok(Executor::new(backend.ok_or_else(missing)?))
    }

    /// All that are set up.
    pub(crate) fn states(&self) -> Vec<ExecutorState> {
        let built_in = ExecutorState {
            executor: ExecutorName::Extractive,
            model: None,
            remote: false,
            breaker: BreakerState::Closed,
        };
        let now = Instant::now();
        let local = self.local.as_ref().map(|local| ExecutorState {
            executor: ExecutorName::Local,
            model: Some(local.model.clone()),
            remote: false,
            breaker: local.breaker.state(now),
        });
        let server = self.server.as_ref().map(|server| ExecutorState {
            executor: ExecutorName::Server,
            model: Some(server.model.clone()),
            remote: server.is_remote(),
            breaker: server.breaker.state(now),
        });
        std::iter::once(built_in).chain(local).chain(server).collect()
    }
}

fn local_of(file: &Path, worker: llama::Worker, limits: Limits, before: &Executors) -> Result<Local, Error> {
    if let Some(local) = before.local.as_ref().filter(|local| local.file() == file) {
        return Ok(local.clone());
    }
    Local::new(worker, file, limits).map_err(|error| Error::Settings(error.to_string()))
}

fn server_of(settings: &ServerSettings, key: Key, limits: Limits) -> Result<Server, Error> {
    let address = Address::parse(&settings.address).map_err(Error::Settings)?;
    if settings.model.trim().is_empty() {
        return Err(Error::Settings("Name a model of the server.".into()));
    }
    if settings.context < SMALLEST_CONTEXT {
        return Err(Error::Settings(format!("A context of fewer than {SMALLEST_CONTEXT} tokens is of no use.")));
    }
    if !address.is_local() && !settings.remote_allowed {
        return Err(Error::Settings(format!(
            "{address} is not on this computer: questions and passages of your documents would be sent there. Agree to that first."
        )));
    }
    Ok(Server::new(address, settings.model.trim().to_owned(), key, settings.context, limits))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn with(address: &str, remote_allowed: bool) -> Result<Executors, Error> {
        let server = ServerSettings {
            address: address.into(),
            model: "m".into(),
            context: 4096,
            remote_allowed,
            has_key: false,
        };
        let settings = ExecutorSettings { server: Some(server), ..ExecutorSettings::default() };
        Executors::new(settings, Means::default(), &Executors::default())
    }

    #[test]
    fn without_a_model_everything_is_done_without_one() {
        let executors = Executors::default();
        assert_eq!(executors.choose(Task::Answer, None).unwrap().kind(), ExecutorName::Extractive);
        let error = executors.choose(Task::Answer, Some(ExecutorName::Server)).unwrap_err();
        assert!(error.to_string().contains("settings"), "{error}");
    }

    #[test]
    fn a_server_does_what_nobody_else_was_chosen_for() {
        let mut executors = with("localhost:11434", false).unwrap();
        assert_eq!(executors.choose(Task::Quiz, None).unwrap().kind(), ExecutorName::Server);
        executors.settings.tasks.quiz = Choice::Extractive;
        assert_eq!(executors.choose(Task::Quiz, None).unwrap().kind(), ExecutorName::Extractive);
        assert_eq!(executors.choose(Task::Quiz, Some(ExecutorName::Server)).unwrap().model(), Some("m"));
    }

    #[test]
    fn nothing_leaves_the_machine_before_somebody_agreed() {
        let error = with("https://api.example.org", false).unwrap_err();
        assert!(error.to_string().contains("not on this computer"), "{error}");
        assert!(with("https://api.example.org", true).unwrap().states()[1].remote);
    }

    #[test]
    fn settings_of_another_version_are_read_as_far_as_they_are_known() {
        let settings: ExecutorSettings = serde_json::from_str(r#"{"server": null, "later": 1}"#).unwrap();
        assert_eq!(settings, ExecutorSettings::default());
    }
}
