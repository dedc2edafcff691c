//! The way of a question: search, evidence, the decision whether it can be answered, the answer.

use std::collections::HashSet;
use std::sync::Arc;

use kernel::{Cancel, Citation, RoomId};
use library::conversations::TurnState;
use library::{Connection, Library};
use llm_chain::output::OutputStream;
use retrieval::cache::{Asked, Cache, Key};
use retrieval::{Retrieval, Scope};
use tokio::runtime::Handle;
use tokio::time::Instant;

use crate::answer::Answer;
use crate::answerability::{self, Hidden, Signals};
use crate::composing::{Statement, compose};
use crate::evidence::{Candidate, Near, candidates, gather};
use crate::executor::Executor;
use crate::pacing::Pacer;
use crate::prompt::{PromptFile, answer_parameters};
use crate::question::Question;
use crate::recording::Recording;
use crate::relay::{Ended, relay};
use crate::structure::{self, Reply};
use crate::verification::{Pages, Proven};
use crate::{Error, blocking, evidence, words};

/// How many passages are searched for sentences.
const NEAREST: usize = 10;
/// How many passages are named for reading on.
const FURTHER: usize = 3;

/// What is said when nothing answers.
const NOTHING_ANSWERS: &str = "I found nothing in this room that answers this. The passages below come nearest.";
/// What is said when there is nothing near either.
const NOTHING_NEAR: &str = "I found nothing in this room that has to do with this.";

/// One question's work.
pub(crate) struct Work {
    pub(crate) library: Library,
    pub(crate) retrieval: Retrieval,
    pub(crate) prompt: Arc<PromptFile>,
    pub(crate) told: Cache<Arc<Told>>,
    pub(crate) room: RoomId,
    /// As it stands alone.
    pub(crate) question: String,
    pub(crate) cancel: Cancel,
}

/// An answer as it was given, for whoever asks the same again.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) text: String,
    pub(crate) citations: Vec<Citation>,
    pub(crate) answered: bool,
    pub(crate) further: Vec<Citation>,
}

/// What the room has on a question.
pub(crate) struct Findings {
    pub(crate) question: Question,
    pub(crate) near: Vec<Near>,
    /// The best first.
    pub(crate) candidates: Vec<Candidate>,
    /// Whether the model's tokens were compared, and not the words alone.
    pub(crate) compared: bool,
    /// Why the search could not do all it can, if so.
    pub(crate) degraded: Option<String>,
}

impl Findings {
    /// The stems of each hit with its headings.
    pub(crate) fn passages(&self) -> Vec<HashSet<String>> {
        self.near
            .iter()
            .filter(|near| near.is_hit)
            .map(|near| {
                let mut stems = words::stems(&near.passage.text);
                stems.extend(words::stems(&near.passage.headings.join(" ")));
                stems
            })
            .collect()
    }
}

/// What may be said, and what else is worth reading.
struct Draft {
    statements: Vec<Statement<Proven>>,
    further: Vec<Citation>,
}

impl Work {
    /// Answers, and stores the turn however it ends.
    pub(crate) async fn run(self, executor: Executor, mut recording: Recording) -> Result<Answer, Error> {
        match self.answer(&executor, &mut recording).await {
            Ok((state, answered, further)) => recording.end(state, answered, further).await,
            Err(error) => {
                tracing::warn!(%error, "a question could not be answered");
                // The first error is what the person is to know; a second one only means that it is not stored.
                if let Err(second) = recording.end(TurnState::Failed, false, Vec::new()).await {
                    tracing::warn!(error = %second, "the failed turn could not be stored");
                }
                Err(error)
            }
        }
    }

    async fn answer(
        &self,
        executor: &Executor,
        recording: &mut Recording,
    ) -> Result<(TurnState, bool, Vec<Citation>), Error> {
        if self.cancel.is_cancelled() {
            return Ok((TurnState::Stopped, false, Vec::new()));
        }
        if let Some(reply) = self.structure().await? {
            return self.tell(&reply, recording).await;
        }
        let (key, stamp) = (self.key(executor), self.retrieval.stamp(self.room)?);
        if let Some(told) = self.told.get(self.room, &key, &stamp) {
            recording.repeat(&told).await?;
            return Ok((TurnState::Complete, told.answered, told.further.clone()));
        }
        let findings = Arc::new(self.find().await?);
        recording.note_degraded(findings.degraded.clone());
        let whole = findings.degraded.is_none();
        let ended = self.compose(executor, findings, recording).await?;
        if let (TurnState::Complete, answered, further) = &ended
            && whole
        {
            self.told.put(self.room, key, stamp, Arc::new(recording.told(*answered, further.clone())));
        }
        Ok(ended)
    }

    /// What makes an answer beside the room and the question.
    fn key(&self, executor: &Executor) -> Key {
        Key { asked: Asked::new(&self.question), of: format!("{} {}", executor.name(), self.prompt.id) }
    }

    /// Says what the findings prove, if it answers the question.
    async fn compose(
        &self,
        executor: &Executor,
        findings: Arc<Findings>,
        recording: &mut Recording,
    ) -> Result<(TurnState, bool, Vec<Citation>), Error> {
        let signals = Signals::of(&findings);
        let model = self.retrieval.space()?.model().to_owned();
        let threshold = self.library.read(|connection| answerability::of_room(connection, self.room, &model))?;
        let answerable = signals.answerable(threshold);
        tracing::debug!(answerable, threshold, score = signals.score(), ?signals, "decided");
        let draft = self.draft(&findings, answerable).await?;
        if self.cancel.is_cancelled() {
            return Ok((TurnState::Stopped, false, Vec::new()));
        }
        if !draft.statements.is_empty() {
            let evidence: Vec<Proven> = draft.statements.into_iter().map(|statement| statement.proof).collect();
            let stream = self.execute(executor, &evidence).await?;
            let ended = relay(stream, executor.name(), &evidence, recording, &self.cancel).await?;
            let answered = !recording.is_silent();
            if ended == Ended::Stopped {
                return Ok((TurnState::Stopped, answered, Vec::new()));
            }
            if answered {
                return Ok((TurnState::Complete, true, draft.further));
            }
        }
        let words = if draft.further.is_empty() { NOTHING_NEAR } else { NOTHING_ANSWERS };
        recording.say(words.to_owned()).await?;
        Ok((TurnState::Complete, false, draft.further))
    }

    /// What the documents themselves know, when the question is about their structure.
    async fn structure(&self) -> Result<Option<Reply>, Error> {
        let (library, room, question) = (self.library.clone(), self.room, self.question.clone());
        blocking(move || Ok(library.read(|connection| structure::reply(connection, room, &question))?)).await
    }

    /// Shows an answer line by line, each behind its proof.
    async fn tell(&self, reply: &Reply, recording: &mut Recording) -> Result<(TurnState, bool, Vec<Citation>), Error> {
        recording.answered_by(structure::NAME).await?;
        let mut pacer = Pacer::default();
        for (at, line) in reply.lines.iter().enumerate() {
            if self.cancel.is_cancelled() {
                return Ok((TurnState::Stopped, reply.answered && !recording.is_silent(), Vec::new()));
            }
            let mut text = if at == 0 { line.text.clone() } else { format!("\n{}", line.text) };
            for citation in &line.citations {
                text += &format!(" [{}]", recording.cite(citation));
            }
            if let Some(text) = pacer.push(&text, Instant::now()) {
                recording.say(text).await?;
            }
        }
        if let Some(text) = pacer.take(Instant::now()) {
            recording.say(text).await?;
        }
        Ok((TurnState::Complete, reply.answered, Vec::new()))
    }

    async fn find(&self) -> Result<Findings, Error> {
        let (library, retrieval) = (self.library.clone(), self.retrieval.clone());
        find(library, retrieval, self.room, self.question.clone(), Hidden::Nothing).await
    }

    /// The statements that are proven (none when the question can't be answered) and the passages to read on.
    async fn draft(&self, findings: &Arc<Findings>, answerable: bool) -> Result<Draft, Error> {
        let (library, findings) = (self.library.clone(), Arc::clone(findings));
        blocking(move || {
            Ok(library.read(|connection| {
                let mut pages = Pages::new(connection);
                let statements = if answerable {
                    let Findings { question, candidates, near, .. } = &*findings;
                    compose(question, candidates, near, |passage, sentences| pages.prove(passage, sentences))
                } else {
                    Vec::new()
                };
                let further = further(&findings, &statements, &mut pages);
                Ok(Draft { statements, further })
            })?)
        })
        .await
    }

    async fn execute(&self, executor: &Executor, evidence: &[Proven]) -> Result<OutputStream, Error> {
        let name = executor.name();
        let failed = |why: String| Error::Executor { executor: name, why };
        let parameters = answer_parameters(&self.question, evidence.iter().map(|proven| proven.text.as_str()));
        tracing::debug!(executor = name, prompt = self.prompt.id, "asking the executor");
        let step = self.prompt.step();
        let output = step.run(&parameters, executor).await.map_err(|error| failed(error.to_string()))?;
        output.as_stream().await.map_err(|error| failed(error.to_string()))
    }
}

/// Searches the room and weighs the sentences of what was found.
///
/// Runs on a thread of its own: weighing is work, and a search is a future that can't move between threads.
pub(crate) async fn find(
    library: Library,
    retrieval: Retrieval,
    room: RoomId,
    question: String,
    hidden: Hidden,
) -> Result<Findings, Error> {
    let runtime = Handle::current();
    blocking(move || {
        let found = runtime.block_on(retrieval.search(&Scope::room(room), &question, hidden.searched(NEAREST)))?;
        let hits = hidden.hits(found.hits, NEAREST);
        let mut near = hidden.gathered(library.read(|connection| gather(connection, hits))?);
        let weighed = library.read(|connection| Question::weigh(connection, room, &question))?;
        // Without vectors of the passages the model has not been asked so far, and may not be there.
        let mut compared = if near.iter().any(|near| near.similarity.is_some()) {
            let places = near.iter().map(|near| near.joined.clone()).collect();
            runtime
                .block_on(retrieval.compare(&question, places))
                .inspect_err(|error| {
                    tracing::warn!(%error, "sentences are compared by their words alone");
                })
                .ok()
        } else {
            None
        };
        hidden.sentence(&mut near, compared.as_mut());
        let mut candidates = candidates(&weighed, &near, compared.as_ref());
        if let Some(sides) = retrieval::sides(&question) {
            let leads = library.read(|connection| leads(connection, room, &sides, &near))?;
            evidence::lead_with(&mut candidates, &leads);
        }
        let compared = compared.is_some();
        Ok(Findings { question: weighed, near, candidates, compared, degraded: found.degraded })
    })
    .await
}

/// For each side of a comparison the sentence that says most about it alone, as its passage and its place there.
fn leads(
    connection: &Connection,
    room: RoomId,
    sides: &[String],
    near: &[Near],
) -> Result<Vec<(usize, usize)>, library::Error> {
    let mut leads = Vec::new();
    for side in sides {
        let side = Question::weigh(connection, room, side)?;
        // A sentence without any of its words says nothing about it, however near its passage is.
        let best = candidates(&side, near, None).into_iter().find(|candidate| candidate.features.sentence > 0.0);
        leads.extend(best.map(|best| (best.near, best.sentence)));
    }
    Ok(leads)
}

/// The best sentence of each of the nearest passages that the answer does not quote.
fn further(findings: &Findings, statements: &[Statement<Proven>], pages: &mut Pages<'_>) -> Vec<Citation> {
    (0..findings.near.len())
        .filter(|near| findings.near[*near].is_hit)
        .filter(|near| statements.iter().all(|statement| statement.near != *near))
        .filter_map(|near| {
            let best = findings.candidates.iter().find(|candidate| candidate.near == near)?;
            let sentences = best.sentence..best.sentence + 1;
            Some(pages.prove(&findings.near[near].passage, sentences)?.citation)
        })
        .take(FURTHER)
        .collect()
}
