//! A turn while it is being answered: what has been shown, and the same in the library at each step.

use kernel::{Citation, ConversationId, Timestamp, TurnId};
use library::Library;
use library::conversations::{self, Outcome, Provenance, TurnState};
use tokio::sync::mpsc::UnboundedSender;

use crate::answer::{Answer, Event, Progress};
use crate::asking::Told;
use crate::{Error, blocking};

/// The turn being answered. It was stored when it began; each step of the answer follows.
pub(crate) struct Recording {
    library: Library,
    events: UnboundedSender<Event>,
    began: Timestamp,
    /// Whether all of it is plain text.
    plain: bool,
    answer: Answer,
}

/// What is known of a turn when its work begins.
pub(crate) struct Begun {
    /// Its conversation.
    pub(crate) conversation: ConversationId,
    /// Its number.
    pub(crate) turn: TurnId,
    /// The question as it was understood, where it leaned on the conversation.
    pub(crate) standalone_question: Option<String>,
    /// When it was asked.
    pub(crate) began: Timestamp,
}

impl Recording {
    /// Goes on from a stored turn.
    pub(crate) fn new(library: Library, events: UnboundedSender<Event>, executor: &str, begun: Begun) -> Self {
        let answer = Answer {
            turn: begun.turn,
            conversation: begun.conversation,
            executor: executor.to_owned(),
            standalone_question: begun.standalone_question,
            state: TurnState::Streaming,
            answered: false,
            text: String::new(),
            citations: Vec::new(),
            further: Vec::new(),
            degraded: None,
            first_token_ms: None,
            elapsed_ms: 0,
            provenance: Provenance::default(),
        };
        let recording = Self { library, events, began: begun.began, plain: false, answer };
        recording.send(Event::Started { conversation: begun.conversation, turn: begun.turn });
        recording
    }

    /// Adds a proof; gives the number of its marker.
    pub(crate) fn cite(&mut self, citation: &Citation) -> usize {
        if let Some(known) = self.answer.citations.iter().position(|other| other == citation) {
            return known + 1;
        }
        self.answer.citations.push(citation.clone());
        let index = self.answer.citations.len();
        self.send(Event::Citation { index: u32::try_from(index).unwrap_or(u32::MAX), citation: citation.clone() });
        index
    }

    /// Shows text, then stores it. Text that was shown stays.
    pub(crate) async fn say(&mut self, text: String) -> Result<(), Error> {
        let first = self.answer.first_token_ms.unwrap_or_else(|| self.elapsed());
        self.answer.first_token_ms = Some(first);
        self.answer.provenance.first_token_ms = Some(first);
        self.answer.text.push_str(&text);
        let markdown = self.is_written();
        if markdown {
            self.answer.provenance.written = u32::try_from(self.answer.text.chars().count()).unwrap_or(u32::MAX);
        }
        self.send(Event::Delta { text: text.clone(), markdown });
        let (library, turn) = (self.library.clone(), self.answer.turn);
        let (citations, provenance) = (self.answer.citations.clone(), self.answer.provenance.clone());
        let append = move || Ok(library.write(|tx| conversations::append(tx, turn, &text, &citations, &provenance))?);
        blocking(append).await
    }

    /// Whether what is said now is a language model's own text; where it failed, documents are quoted.
    fn is_written(&self) -> bool {
        let Provenance { model, fell_back, .. } = &self.answer.provenance;
        !self.plain && model.is_some() && fell_back.is_none()
    }

    /// Tells what is being read before more can be said.
    pub(crate) fn tell_progress(&self, progress: Progress) {
        self.send(Event::Progress(progress));
    }

    /// Says again what was told to the same question; each marker behind its proof.
    pub(crate) async fn repeat(&mut self, told: &Told) -> Result<(), Error> {
        for citation in &told.citations {
            self.cite(citation);
        }
        self.answer.provenance = Provenance { remembered: true, ..told.provenance.clone() };
        self.plain = told.provenance.written == 0;
        self.say(told.text.clone()).await
    }

    /// What has been said, to be repeated.
    pub(crate) fn told(&self, answered: bool, further: Vec<Citation>) -> Told {
        let (text, citations) = (self.answer.text.clone(), self.answer.citations.clone());
        Told { text, citations, answered, further, provenance: self.answer.provenance.clone() }
    }

    /// Notes who answers in the end, where it is another than the turn was begun for.
    pub(crate) async fn answered_by(&mut self, executor: &'static str) -> Result<(), Error> {
        self.answer.executor = executor.to_owned();
        let (library, turn) = (self.library.clone(), self.answer.turn);
        blocking(move || Ok(library.write(|tx| conversations::set_executor(tx, turn, executor))?)).await
    }

    /// The conversation that is gone on with.
    pub(crate) fn conversation(&self) -> ConversationId {
        self.answer.conversation
    }

    /// The turn that is answered.
    pub(crate) fn turn(&self) -> TurnId {
        self.answer.turn
    }

    /// How the answer comes about, to be filled in.
    pub(crate) fn provenance(&mut self) -> &mut Provenance {
        &mut self.answer.provenance
    }

    /// Notes that everything was found that the answer can rest on.
    pub(crate) fn note_found(&mut self) {
        self.answer.provenance.retrieve_ms = Some(self.elapsed());
    }

    /// Notes how many milliseconds the sentences of what was found took to rank.
    pub(crate) fn note_ranked(&mut self, rank_ms: u32) {
        self.answer.provenance.rank_ms = Some(rank_ms);
    }

    /// Notes that what a model writes is no Markdown either: it stands among quotes, in a form of ours.
    pub(crate) fn tell_plainly(&mut self) {
        self.plain = true;
    }

    /// Notes the question as a model understood it.
    pub(crate) async fn understood(&mut self, standalone: &str) -> Result<(), Error> {
        self.answer.standalone_question = Some(standalone.to_owned());
        let (library, turn, standalone) = (self.library.clone(), self.answer.turn, standalone.to_owned());
        blocking(move || Ok(library.write(|tx| conversations::set_standalone_question(tx, turn, Some(&standalone)))?))
            .await
    }

    /// What has been shown.
    pub(crate) fn text(&self) -> &str {
        &self.answer.text
    }

    /// Notes why the search behind the answer could not do all it can.
    pub(crate) fn note_degraded(&mut self, reason: Option<String>) {
        self.answer.degraded = reason;
    }

    /// Whether the search could not do all it can.
    pub(crate) fn is_degraded(&self) -> bool {
        self.answer.degraded.is_some()
    }

    /// Whether nothing has been shown.
    pub(crate) fn is_silent(&self) -> bool {
        self.answer.text.is_empty()
    }

    /// The citations shown so far.
    pub(crate) fn citations(&self) -> &[Citation] {
        &self.answer.citations
    }

    /// Stores the turn as it ended.
    pub(crate) async fn end(
        mut self,
        state: TurnState,
        answered: bool,
        further: Vec<Citation>,
    ) -> Result<Answer, Error> {
        self.answer.state = state;
        self.answer.answered = answered;
        self.answer.further = further;
        self.answer.elapsed_ms = self.elapsed();
        self.answer.provenance.first_token_ms = self.answer.first_token_ms;
        let (library, answer) = (self.library, self.answer);
        blocking(move || {
            let outcome = Outcome {
                answer: &answer.text,
                answered: answer.answered,
                citations: &answer.citations,
                further: &answer.further,
                degraded: answer.degraded.as_deref(),
                elapsed_ms: answer.elapsed_ms,
                provenance: Some(&answer.provenance),
            };
            library.write(|tx| match answer.state {
                TurnState::Stopped => conversations::stop(tx, answer.turn, &outcome),
                TurnState::Failed => conversations::fail(tx, answer.turn, &outcome),
                TurnState::Complete | TurnState::Streaming => conversations::complete(tx, answer.turn, &outcome),
            })?;
            Ok(answer)
        })
        .await
    }

    fn elapsed(&self) -> u32 {
        u32::try_from(self.library.now().0 - self.began.0).unwrap_or(0)
    }

    fn send(&self, event: Event) {
        // Nobody has to listen: the turn is answered and stored all the same.
        drop(self.events.send(event));
    }
}
