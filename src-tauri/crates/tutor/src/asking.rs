//! The way of a question: search, evidence, the decision whether it can be answered, the answer.

use std::collections::HashSet;
use std::sync::Arc;

use kernel::{Cancel, Citation, InterfaceLanguage, RoomId};
use library::conversations::{About, Mode, Provenance, Subject, Turn, TurnState};
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
use crate::executor::{Executor, ExecutorFault};
use crate::executors::Budgets;
use crate::history::{self, Transcripts};
use crate::pacing::{Pacer, WATCH};
use crate::phrases::{Phrases, phrases};
use crate::prompt::{Prompts, Words, answer_parameters};
use crate::question::Question;
use crate::recording::Recording;
use crate::relay::{Ended, relay};
use crate::structure::{self, Reply};
use crate::verification::{Pages, Proven};
use crate::writing::{Written, write};
use crate::{Error, about, blocking, evidence, listening, manner, overview, rewriting, words};

/// How many passages are searched for sentences.
const NEAREST: usize = 10;
/// How many passages are named for reading on.
const FURTHER: usize = 3;

/// A statement of which more than this share has been said is not said again.
const SAID: f32 = 0.7;

/// One question's work.
pub(crate) struct Work {
    pub(crate) library: Library,
    pub(crate) retrieval: Retrieval,
    pub(crate) prompts: Arc<Prompts>,
    pub(crate) told: Cache<Arc<Told>>,
    pub(crate) transcripts: Transcripts,
    pub(crate) budgets: Budgets,
    pub(crate) room: RoomId,
    /// The turns before it.
    pub(crate) earlier: Vec<Turn>,
    /// As it was asked.
    pub(crate) asked: String,
    /// As it stands alone.
    pub(crate) question: String,
    /// How it is to be answered.
    pub(crate) mode: Mode,
    /// What a summary is to be of.
    pub(crate) subject: Option<Subject>,
    /// What on a page it is about.
    pub(crate) about: Option<About>,
    /// What is said of its own is said in it.
    pub(crate) language: InterfaceLanguage,
    /// Whether somebody wants another answer to the same question.
    pub(crate) again: bool,
    pub(crate) cancel: Cancel,
}

/// Most tokens of an answer without a language model, which has no say in it.
const UNLIMITED: u32 = u32::MAX;

/// An answer as it was given, for whoever asks the same again.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) text: String,
    pub(crate) citations: Vec<Citation>,
    pub(crate) answered: bool,
    pub(crate) further: Vec<Citation>,
    pub(crate) provenance: Provenance,
}

/// What the room has on a question.
pub(crate) struct Findings {
    pub(crate) question: Question,
    pub(crate) near: Vec<Near>,
    /// The best first.
    pub(crate) candidates: Vec<Candidate>,
    /// How many of the first hits hold the words that are asked about.
    pub(crate) leads: usize,
    /// Whether the model's tokens were compared, and not the words alone.
    pub(crate) compared: bool,
    /// Why the search could not do all it can, if so.
    pub(crate) degraded: Option<String>,
    /// Milliseconds in which the sentences were ranked.
    pub(crate) rank_ms: u32,
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
    pub(crate) async fn run(mut self, executor: Executor, mut recording: Recording) -> Result<Answer, Error> {
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
        &mut self,
        executor: &Executor,
        recording: &mut Recording,
    ) -> Result<(TurnState, bool, Vec<Citation>), Error> {
        if self.cancel.is_cancelled() {
            return Ok((TurnState::Stopped, false, Vec::new()));
        }
        let is_overview = overview::is_asked(self.mode);
        if !is_overview {
            // Words of a page that are put into the question ask nothing themselves.
            if (self.about.is_none() || self.question == self.asked)
                && let Some(reply) = self.structure().await?
            {
                return self.tell(&reply, recording).await;
            }
            self.understand(executor, recording).await?;
        }
        let (key, stamp) = (self.key(executor), self.retrieval.stamp(self.room)?);
        if let Some(told) = self.told.get(self.room, &key, &stamp).filter(|_| !self.again) {
            recording.repeat(&told).await?;
            return Ok((TurnState::Complete, told.answered, told.further.clone()));
        }
        let ended = if is_overview {
            overview::tell(self, executor, recording).await?
        } else {
            let findings = Arc::new(self.find().await?);
            recording.note_found();
            recording.note_ranked(findings.rank_ms);
            recording.note_degraded(findings.degraded.clone());
            self.compose(executor, &findings, recording).await?
        };
        // What leans on the conversation, or was made in need, is not what another gets who asks the same.
        let alone = self.earlier.is_empty() || !executor.writes();
        if let (TurnState::Complete, answered, further) = &ended
            && !recording.is_degraded()
            && recording.provenance().fell_back.is_none()
            && alone
        {
            self.told.put(self.room, key, stamp, Arc::new(recording.told(*answered, further.clone())));
        }
        Ok(ended)
    }

    /// What makes an answer beside the room and the question.
    fn key(&self, executor: &Executor) -> Key {
        let model = executor.model().unwrap_or_default();
        let Prompts { answer, summary, condense, .. } = &*self.prompts;
        let prompts = format!("{} {} {}", answer.id, summary.id, condense.id);
        let about = self.about.as_ref().map(|about| (about.citation.document, &about.citation.quote, &about.note));
        let manner = format!("{} {:?} {:?}", self.mode.name(), self.subject, self.language);
        let of = format!("{} {model} {prompts} {manner} {about:?}", executor.name());
        Key { asked: Asked::new(&self.question), of }
    }

    /// What is said of its own.
    pub(crate) fn phrases(&self) -> &'static dyn Phrases {
        phrases(self.language)
    }

    /// Has a language model make a follow-up stand alone. The rules have made one already, which stays where the model
    /// gives none that can be trusted.
    async fn understand(&mut self, executor: &Executor, recording: &mut Recording) -> Result<(), Error> {
        let leans = self.question != self.asked || rewriting::leans(&self.asked);
        if self.earlier.is_empty() || self.about.is_some() || !leans || !executor.writes() || executor.is_remote() {
            return Ok(());
        }
        let earlier = history::spoken(&self.earlier);
        let request = rewriting::standalone(executor, &self.prompts.standalone, &self.asked, &earlier);
        match self.unless_cancelled(request).await {
            Some(Ok(Some(question))) if question != self.question => {
                recording.understood(&question).await?;
                self.question = question;
            }
            Some(Err(fault)) => tracing::info!(%fault, "the follow-up is understood by rules"),
            _ => {}
        }
        Ok(())
    }

    /// What comes of `work`, or nothing as soon as somebody asks to stop, which ends it.
    pub(crate) async fn unless_cancelled<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let stopped = async {
            while !self.cancel.is_cancelled() {
                tokio::time::sleep(WATCH).await;
            }
        };
        tokio::select! {
            done = work => Some(done),
            () = stopped => None,
        }
    }

    /// Says what the findings prove, if it answers the question.
    async fn compose(
        &self,
        executor: &Executor,
        findings: &Arc<Findings>,
        recording: &mut Recording,
    ) -> Result<(TurnState, bool, Vec<Citation>), Error> {
        let signals = Signals::of(findings);
        let answerable = signals.answerable(self.threshold().await?);
        tracing::debug!(answerable, score = signals.score(), ?signals, "decided");
        if answerable && executor.writes() {
            let provenance = recording.provenance();
            provenance.prompt = Some(self.prompts.answer.id.clone());
            provenance.model = executor.model().map(str::to_owned);
            provenance.remote = executor.is_remote();
            let fell_back = match write(self, executor, findings, recording).await? {
                Written::Stopped => return Ok((TurnState::Stopped, !recording.is_silent(), Vec::new())),
                Written::Whole if !recording.is_silent() => {
                    let further = self.further(findings, recording).await?;
                    return Ok((TurnState::Complete, true, further));
                }
                Written::Whole => self.phrases().unsupported().to_owned(),
                Written::Failed(fault) => self.phrases().fallen(&fault, recording.is_silent()),
            };
            recording.provenance().fell_back = Some(fell_back);
        }
        self.quote(findings, answerable, recording).await
    }

    /// How sure an answer must be in this room.
    pub(crate) async fn threshold(&self) -> Result<f32, Error> {
        let model = self.retrieval.space()?.model().to_owned();
        let (library, room) = (self.library.clone(), self.room);
        blocking(move || Ok(library.read(|connection| answerability::of_room(connection, room, &model))?)).await
    }

    /// Says the best statements themselves, behind what has been said already.
    async fn quote(
        &self,
        findings: &Arc<Findings>,
        answerable: bool,
        recording: &mut Recording,
    ) -> Result<(TurnState, bool, Vec<Citation>), Error> {
        let executor = Executor::extractive();
        let draft = self.draft(findings, answerable).await?;
        if self.cancel.is_cancelled() {
            return Ok((TurnState::Stopped, !recording.is_silent(), Vec::new()));
        }
        let said = words::stems(recording.text());
        let is_new = |proven: &Proven| {
            let adds = words::stems(&proven.text);
            said.is_empty() || words::overlap(&adds, &said) <= SAID
        };
        let evidence: Vec<Proven> =
            draft.statements.into_iter().map(|statement| statement.proof).filter(is_new).collect();
        if !evidence.is_empty() {
            if recording.is_silent() {
                recording.answered_by(executor.name()).await?;
                recording.provenance().prompt = Some(self.prompts.answer.id.clone());
            }
            let stream = self.execute(&executor, &evidence).await?;
            let ended = relay(stream, executor.name(), &evidence, recording, &self.cancel).await?;
            if ended == Ended::Stopped {
                return Ok((TurnState::Stopped, !recording.is_silent(), Vec::new()));
            }
        }
        if !recording.is_silent() {
            return Ok((TurnState::Complete, true, draft.further));
        }
        let phrases = self.phrases();
        let words = if draft.further.is_empty() { phrases.nothing_near() } else { phrases.nothing_answers() };
        recording.say(words.to_owned()).await?;
        Ok((TurnState::Complete, false, draft.further))
    }

    /// The passages worth reading next, behind an answer that a model wrote.
    async fn further(&self, findings: &Arc<Findings>, recording: &Recording) -> Result<Vec<Citation>, Error> {
        let draft = self.draft(findings, false).await?;
        let cited = |citation: &Citation| {
            recording.citations().iter().any(|other| other.document == citation.document && other.page == citation.page)
        };
        Ok(draft.further.into_iter().filter(|citation| !cited(citation)).collect())
    }

    /// What the documents themselves know, when the question is about their structure.
    async fn structure(&self) -> Result<Option<Reply>, Error> {
        let (library, room, question) = (self.library.clone(), self.room, self.question.clone());
        let phrases = self.phrases();
        blocking(move || Ok(library.read(|connection| structure::reply(connection, room, &question, phrases))?)).await
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
        let about = self.about.as_ref().map(|about| about.citation.clone());
        find(library, retrieval, self.room, self.question.clone(), Hidden::Nothing, about).await
    }

    /// The statements that are proven (none when the question can't be answered) and the passages to read on.
    async fn draft(&self, findings: &Arc<Findings>, answerable: bool) -> Result<Draft, Error> {
        let (library, findings, mode) = (self.library.clone(), Arc::clone(findings), self.mode);
        let about = self.about.as_ref().map(|about| about.citation.clone());
        let asked = self.asked.clone();
        blocking(move || {
            Ok(library.read(|connection| {
                let mut pages = Pages::new(connection);
                let statements = if answerable {
                    let Findings { question, candidates, near, .. } = &*findings;
                    let arranged = manner::arranged(mode, question, candidates, near);
                    let (question, candidates) = arranged.as_ref().map_or((question, candidates), |(q, c)| (q, c));
                    let unsaid = about.map(|about| about::unsaid(&asked, &about.quote, candidates, &findings));
                    let candidates = unsaid.as_ref().unwrap_or(candidates);
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
        let parameters =
            answer_parameters((self.question.as_str(), "").into(), evidence.iter().map(|proven| proven.text.as_str()));
        let step = self.prompts.answer.step(&[], UNLIMITED, Words::Likeliest);
        let failed = |fault: ExecutorFault| Error::Executor { executor: executor.name(), why: fault.to_string() };
        listening::stream(executor, &step, &parameters).await.map_err(failed)
    }
}

/// Searches the room and weighs the sentences of what was found; what a question is about is found in any case.
///
/// Runs on a thread of its own: weighing is work, and a search is a future that can't move between threads.
pub(crate) async fn find(
    library: Library,
    retrieval: Retrieval,
    room: RoomId,
    question: String,
    hidden: Hidden,
    about: Option<Citation>,
) -> Result<Findings, Error> {
    let runtime = Handle::current();
    blocking(move || {
        let found = runtime.block_on(retrieval.search(&Scope::room(room), &question, hidden.searched(NEAREST)))?;
        let searched = Instant::now();
        let hits = hidden.hits(found.hits, NEAREST);
        let (hits, leads) = match &about {
            Some(citation) => library.read(|connection| about::lead(connection, room, citation, hits))?,
            None => (hits, 0),
        };
        let mut near = hidden.gathered(library.read(|connection| gather(connection, hits))?);
        let weighed = library.read(|connection| Question::weigh(connection, room, &question))?;
        // Without vectors of the passages the model has not been asked so far, and may not be there.
        let mut compared = if near.iter().any(|near| near.similarity.is_some()) {
            let places = near.iter().map(|near| near.joined.clone()).collect();
            runtime
                .block_on(retrieval.compare(&question, found.embedded, places))
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
            let sides = library.read(|connection| leads_of(connection, room, &sides, &near))?;
            evidence::lead_with(&mut candidates, &sides);
        }
        let compared = compared.is_some();
        let rank_ms = u32::try_from(searched.elapsed().as_millis()).unwrap_or(u32::MAX);
        Ok(Findings { question: weighed, near, candidates, leads, compared, degraded: found.degraded, rank_ms })
    })
    .await
}

/// For each side of a comparison the sentence that says most about it alone, as its passage and its place there.
fn leads_of(
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
pub(crate) fn further(findings: &Findings, statements: &[Statement<Proven>], pages: &mut Pages<'_>) -> Vec<Citation> {
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
