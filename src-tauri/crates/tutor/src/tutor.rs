use std::sync::{Arc, PoisonError, RwLock};

use kernel::{Cancel, ConversationId, InterfaceLanguage, RoomId, TurnId};
use library::Library;
use library::conversations::{self, About, Mode, NewTurn, Place, Subject, Turn};
use retrieval::Retrieval;
use retrieval::cache::{Cache, Rate};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

use crate::answer::{Answer, Event};
use crate::answerability::{Hidden, Signals};
use crate::asking::{self, Findings, Told, Work};
use crate::drafting::Drafter;
use crate::executor::ExecutorName;
use crate::executors::{ExecutorSettings, ExecutorState, Executors, Means, Task};
use crate::history::Transcripts;
use crate::prompt::Prompts;
use crate::recording::{Begun, Recording};
use crate::waiting::Waiting;
use crate::{Error, about, blocking, conversation, manner};

/// Longer texts are no questions, in characters.
pub const LONGEST_QUESTION: usize = 4000;
/// So many turns before a question are looked at, more than a model is told.
const EARLIER: u32 = 200;

/// The study agent of all rooms. Clones share everything; any task may ask.
#[derive(Clone)]
pub struct Tutor {
    library: Library,
    retrieval: Retrieval,
    prompts: Arc<Prompts>,
    told: Cache<Arc<Told>>,
    transcripts: Transcripts,
    executors: Arc<RwLock<Executors>>,
    waiting: Waiting,
}

/// A question as somebody asks it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewQuestion<'a> {
    /// The room whose documents answer it.
    pub room: RoomId,
    /// The conversation to go on with; none begins one that is named after the question.
    pub conversation: Option<ConversationId>,
    /// The turn of the conversation that it is asked in place of, in the same words for another answer or in others.
    /// That turn stays, as another version.
    pub beside: Option<TurnId>,
    /// The words.
    pub text: &'a str,
    /// How it is to be answered.
    pub mode: Mode,
    /// What a summary, a guide or a quiz is to be of; none leaves it to the words.
    pub subject: Option<Subject>,
    /// What on a page it is about: the passages that hold these words are evidence, and "this" stands for them.
    pub about: Option<&'a About>,
    /// Who is to answer; none leaves it to the settings.
    pub executor: Option<ExecutorName>,
    /// The language of what is said besides the documents' words.
    pub language: InterfaceLanguage,
}

impl<'a> NewQuestion<'a> {
    /// A question to a room that begins a conversation, in English.
    pub fn new(room: RoomId, text: &'a str) -> Self {
        Self {
            room,
            conversation: None,
            beside: None,
            text,
            mode: Mode::Plain,
            subject: None,
            about: None,
            executor: None,
            language: InterfaceLanguage::En,
        }
    }

    /// The same in a conversation.
    #[must_use]
    pub fn within(self, conversation: ConversationId) -> Self {
        Self { conversation: Some(conversation), ..self }
    }
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
        Ok(Self {
            library,
            retrieval,
            prompts: Arc::new(Prompts::read()?),
            told: Cache::default(),
            transcripts: Transcripts::default(),
            executors: Arc::default(),
            waiting: Waiting::default(),
        })
    }

    /// Answers with these executors from now on. Nothing is started or connected to before it is asked.
    ///
    /// # Errors
    /// [`Error::Settings`] when they can't be used; then those from before stay.
    pub fn set_up(&self, settings: ExecutorSettings, means: Means) -> Result<(), Error> {
        let mut executors = self.executors.write().unwrap_or_else(PoisonError::into_inner);
        *executors = Executors::new(settings, means, &executors)?;
        Ok(())
    }

    /// What was set up.
    pub fn executor_settings(&self) -> ExecutorSettings {
        self.executors.read().unwrap_or_else(PoisonError::into_inner).settings().clone()
    }

    /// The executors that are set up, as they stand.
    pub fn executors(&self) -> Vec<ExecutorState> {
        self.executors.read().unwrap_or_else(PoisonError::into_inner).states()
    }

    /// Asks a question. The turn is stored before this returns. Needs a tokio runtime with its time enabled.
    ///
    /// # Errors
    /// `Code::Invalid` without a question, with one of more than [`LONGEST_QUESTION`] characters, with a conversation of
    /// another room, or with an executor that is not set up; `Code::NotFound` without the room, the conversation or the
    /// turn to stand beside; the library's own.
    pub async fn ask(&self, new: NewQuestion<'_>, cancel: Cancel) -> Result<Asking, Error> {
        let NewQuestion { room, conversation, beside, text, mode, subject, about, executor, language } = new;
        let asked = accepted(text)?;
        let task = match mode {
            Mode::Summary | Mode::Guide => Task::Summary,
            _ => Task::Answer,
        };
        let (executor, budgets) = {
            let executors = self.executors.read().unwrap_or_else(PoisonError::into_inner);
            (executors.choose(task, executor)?, executors.settings().budgets)
        };
        let place = beside.map_or(Place::Behind, Place::Beside);
        let about = about.cloned();
        let turn =
            TurnOf { asked: asked.clone(), mode, subject, about: about.clone(), place, executor: executor.name() };
        let (begun, earlier, again) = self.begin(room, conversation, turn).await?;
        let (conversation, turn) = (begun.conversation, begun.turn);
        let (sender, events) = unbounded_channel();
        let question = begun.standalone_question.as_ref().unwrap_or(&asked);
        let work = Work {
            library: self.library.clone(),
            retrieval: self.retrieval.clone(),
            prompts: Arc::clone(&self.prompts),
            told: self.told.clone(),
            transcripts: self.transcripts.clone(),
            budgets,
            room,
            earlier,
            question: manner::question(mode, question),
            asked,
            mode,
            subject,
            about,
            language,
            again,
            cancel,
        };
        let recording = Recording::new(self.library.clone(), sender, executor.name(), begun);
        let waits = self.waiting.begin();
        let work = async move {
            let answer = work.run(executor, recording).await;
            drop(waits);
            answer
        };
        Ok(Asking { conversation, turn, events, work: tokio::spawn(work) })
    }

    /// Who drafts questions of a quiz; none where no language model does. `asked` is who somebody wants for it this
    /// once.
    ///
    /// # Errors
    /// [`Error::NoExecutor`] when that is one that is not set up.
    pub fn drafter(&self, asked: Option<ExecutorName>) -> Result<Option<Drafter>, Error> {
        let executors = self.executors.read().unwrap_or_else(PoisonError::into_inner);
        let (executor, budgets) = (executors.choose(Task::Quiz, asked)?, executors.settings().budgets);
        let drafter = |executor| {
            Drafter::new(self.library.clone(), executor, Arc::clone(&self.prompts), budgets, self.waiting.clone())
        };
        Ok(executor.writes().then(|| drafter(executor)))
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
        asking::find(self.library.clone(), self.retrieval.clone(), room, accepted(question)?, hidden, None).await
    }

    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    pub(crate) fn retrieval(&self) -> &Retrieval {
        &self.retrieval
    }

    /// Stores the turn. Gives the turns before it, and whether the same was asked in the turn that it stands beside.
    async fn begin(
        &self,
        room: RoomId,
        conversation: Option<ConversationId>,
        new: TurnOf,
    ) -> Result<(Begun, Vec<Turn>, bool), Error> {
        let library = self.library.clone();
        let began = library.now();
        blocking(move || {
            let mut other_room = None;
            let begun = library.write(|tx| {
                let beside = match new.place {
                    Place::Behind => None,
                    Place::Beside(turn) => Some(conversations::turn(tx, turn)?),
                };
                let conversation = match conversation.or(beside.as_ref().map(|turn| turn.conversation)) {
                    None => conversations::create(tx, room, &new.asked, began)?.conversation,
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
                let earlier = match &beside {
                    None => conversations::last_turns(tx, conversation, EARLIER)?,
                    Some(turn) => conversations::turns_before(tx, turn.turn, EARLIER)?,
                };
                let again = beside.is_some_and(|turn| {
                    turn.question == new.asked
                        && turn.mode == new.mode
                        && turn.subject == new.subject
                        && turn.about == new.about
                });
                let questions: Vec<String> = earlier.iter().map(|turn| turn.standalone().to_owned()).collect();
                let standalone = match &new.about {
                    Some(about) => about::standalone(&new.asked, &about.citation.quote),
                    None => conversation::standalone(&new.asked, &questions),
                };
                let standalone_question = (standalone != new.asked).then_some(standalone);
                let turn = NewTurn {
                    standalone_question: standalone_question.as_deref(),
                    mode: new.mode,
                    subject: new.subject,
                    about: new.about.as_ref(),
                    place: new.place,
                    ..NewTurn::new(&new.asked, new.executor)
                };
                let turn = conversations::begin_turn(tx, conversation, &turn, began)?;
                Ok(Some((Begun { conversation, turn, standalone_question, began }, earlier, again)))
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

/// A turn that is to begin.
struct TurnOf {
    asked: String,
    mode: Mode,
    subject: Option<Subject>,
    about: Option<About>,
    place: Place,
    executor: &'static str,
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
