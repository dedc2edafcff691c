use std::sync::Arc;

use kernel::{Cancel, ConversationId, RoomId, TurnId};
use library::Library;
use library::conversations::{self, NewTurn};
use retrieval::Retrieval;
use retrieval::cache::{Cache, Rate};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

use crate::answer::{Answer, Event};
use crate::answerability::{Hidden, Signals};
use crate::asking::{self, Findings, Told, Work};
use crate::executor::Executor;
use crate::prompt::PromptFile;
use crate::recording::{Begun, Recording};
use crate::{Error, blocking, conversation};

/// Longer texts are no questions, in characters.
pub const LONGEST_QUESTION: usize = 4000;

/// The study agent of all rooms. Clones share everything; any task may ask.
#[derive(Clone)]
pub struct Tutor {
    library: Library,
    retrieval: Retrieval,
    prompt: Arc<PromptFile>,
    told: Cache<Arc<Told>>,
}

/// A question that is being answered. The answer is finished and stored whether or not anybody listens.
#[must_use = "its events and its answer are to be waited for"]
pub struct Asking {
    conversation: ConversationId,
    turn: TurnId,
    events: UnboundedReceiver<Event>,
    work: JoinHandle<Result<Answer, Error>>,
}

impl Tutor {
    /// An agent over a library and the search in it.
    ///
    /// # Errors
    /// [`Error::Prompt`] when a prompt file of the app is broken.
    pub fn new(library: Library, retrieval: Retrieval) -> Result<Self, Error> {
        Ok(Self { library, retrieval, prompt: Arc::new(PromptFile::answer()?), told: Cache::default() })
    }

    /// Asks `question` in a room; in a conversation, or in a new one that is named after the question. The
    /// turn is stored before this returns. Needs a tokio runtime with its time enabled.
    ///
    /// # Errors
    /// `Code::Invalid` without a question, with one of more than [`LONGEST_QUESTION`] characters, or with a
    /// conversation of another room; `Code::NotFound` without the room or conversation; the library's own.
    pub async fn ask(
        &self,
        room: RoomId,
        conversation: Option<ConversationId>,
        question: &str,
        cancel: Cancel,
    ) -> Result<Asking, Error> {
        let executor = Executor::Extractive;
        let question = accepted(question)?;
        let begun = self.begin(room, conversation, question.clone(), executor.name()).await?;
        let (conversation, turn) = (begun.conversation, begun.turn);
        let (sender, events) = unbounded_channel();
        let work = Work {
            library: self.library.clone(),
            retrieval: self.retrieval.clone(),
            prompt: Arc::clone(&self.prompt),
            told: self.told.clone(),
            room,
            question: begun.standalone_question.clone().unwrap_or(question),
            cancel,
        };
        let recording = Recording::new(self.library.clone(), sender, executor.name(), begun);
        Ok(Asking { conversation, turn, events, work: tokio::spawn(work.run(executor, recording)) })
    }

    /// How often a question to the room was answered from memory since the app was started.
    pub fn remembered(&self, room: RoomId) -> Rate {
        self.told.rate(room)
    }

    /// What the decision to answer is made of, for fitting it and for explaining it. Nothing is stored.
    pub async fn signals(&self, room: RoomId, question: &str) -> Result<Signals, Error> {
        Ok(Signals::of(&self.findings(room, question).await?))
    }

    /// What a room has on a question. Nothing is stored.
    pub(crate) async fn findings(&self, room: RoomId, question: &str) -> Result<Findings, Error> {
        self.findings_without(room, question, Hidden::Nothing).await
    }

    /// The same without what is hidden.
    pub(crate) async fn findings_without(
        &self,
        room: RoomId,
        question: &str,
        hidden: Hidden,
    ) -> Result<Findings, Error> {
        asking::find(self.library.clone(), self.retrieval.clone(), room, accepted(question)?, hidden).await
    }

    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    pub(crate) fn retrieval(&self) -> &Retrieval {
        &self.retrieval
    }

    async fn begin(
        &self,
        room: RoomId,
        conversation: Option<ConversationId>,
        question: String,
        executor: &'static str,
    ) -> Result<Begun, Error> {
        let library = self.library.clone();
        let began = library.now();
        blocking(move || {
            let mut other_room = None;
            let begun = library.write(|tx| {
                let conversation = match conversation {
                    None => conversations::create(tx, room, &question, began)?.conversation,
                    Some(conversation) => {
                        if conversations::get(tx, conversation)?.room != room {
                            other_room = Some(conversation);
                        }
                        conversation
                    }
                };
                if other_room.is_some() {
                    return Ok(None);
                }
                let earlier: Vec<String> = conversations::turns(tx, conversation)?
                    .into_iter()
                    .map(|turn| turn.standalone_question.unwrap_or(turn.question))
                    .collect();
                let standalone = conversation::standalone(&question, &earlier);
                let standalone_question = (standalone != question).then_some(standalone);
                let new =
                    NewTurn { question: &question, standalone_question: standalone_question.as_deref(), executor };
                let turn = conversations::begin_turn(tx, conversation, &new, began)?;
                Ok(Some(Begun { conversation, turn, standalone_question, began }))
            })?;
            match (begun, other_room) {
                (Some(begun), _) => Ok(begun),
                (None, Some(conversation)) => Err(Error::OtherRoom { conversation }),
                (None, None) => Err(Error::NoQuestion),
            }
        })
        .await
    }
}

impl Asking {
    /// The conversation that the question belongs to.
    pub fn conversation(&self) -> ConversationId {
        self.conversation
    }

    /// Its turn.
    pub fn turn(&self) -> TurnId {
        self.turn
    }

    /// What happens next; `None` once the answer is whole.
    pub async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// The whole answer, when it is stored.
    pub async fn answer(self) -> Result<Answer, Error> {
        match self.work.await {
            Ok(answer) => answer,
            Err(error) => Err(Error::Interrupted(error.to_string())),
        }
    }
}

fn accepted(question: &str) -> Result<String, Error> {
    let question = question.trim();
    let characters = question.chars().count();
    if !question.chars().any(char::is_alphanumeric) {
        return Err(Error::NoQuestion);
    }
    if characters > LONGEST_QUESTION {
        return Err(Error::TooLong { characters });
    }
    Ok(question.to_owned())
}
