//! Summaries that a language model writes, part by part.
//!
//! The passages of a part are read in as many requests as it takes to fit the model's context. Where that is one, what
//! it writes is shown claim by claim as the passages prove it. Where it is several, the proven statements of all of them
//! are made into one summary by another request, whose claims are held against the passages that the statements rest on.
//! Where that fails, the statements themselves are said; where the model fails, the part's own sentences are.

use std::sync::Arc;

use kernel::Citation;
use library::passages::StoredPassage;
use reader::Sentence;

use super::parts::Part;
use super::sentences::Reading;
use super::telling::Telling;
use super::{extract, questions};
use crate::answer::Progress;
use crate::asking::{Findings, Work};
use crate::context::{Context, assemble};
use crate::evidence::Near;
use crate::executor::{Executor, ExecutorFault};
use crate::judging::Judge;
use crate::prompt::{PromptFile, answer_parameters};
use crate::question::Question;
use crate::words::letters;
use crate::writing::{Form, Request, Writing, Written};
use crate::{Error, blocking};

/// Most requests that read passages, for all parts together; each part has one. Of what is too long for them, the
/// passages of the weightiest sentences are read.
const READING: usize = 40;
/// Passages that are looked at for one request.
const WINDOW: usize = 64;
/// Statements that each of several requests for a part is asked for, and that are said where no summary comes of them.
const STATEMENTS: usize = 6;

/// How the writing of a part ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Something was said.
    Said,
    /// Nothing was said: the part's own sentences are to be.
    Nothing,
    /// Somebody asked to stop.
    Stopped,
}

/// A language model that writes the summaries of an overview.
pub(super) struct Writer<'a> {
    work: &'a Work,
    executor: &'a Executor,
    /// How many parts there are.
    parts: usize,
    /// Requests that read passages, for each part.
    reading: usize,
    /// Whether it is asked no more.
    failed: bool,
    /// Whether anything was said by it.
    has_said: bool,
}

/// What one request is given: passages, or statements with the passages that they rest on.
struct Chunk {
    findings: Arc<Findings>,
    context: Context,
}

/// A statement that a passage proves.
struct Kept {
    text: String,
    citation: Citation,
    passage: StoredPassage,
}

impl<'a> Writer<'a> {
    /// One for an overview of so many parts.
    pub(super) fn new(work: &'a Work, executor: &'a Executor, parts: usize) -> Self {
        Self { work, executor, parts, reading: (READING / parts.max(1)).max(1), failed: false, has_said: false }
    }

    /// Whether nothing was said by it.
    pub(super) fn is_silent(&self) -> bool {
        !self.has_said
    }

    /// Writes the summary of a part, the first of which is number 1, in about `most` sentences.
    ///
    /// # Errors
    /// The library's; an executor's failure is none.
    pub(super) async fn write(
        &mut self,
        reading: &Reading,
        (number, part): (u32, &Part),
        most: usize,
        telling: &mut Telling<'_>,
    ) -> Result<Ended, Error> {
        if self.failed {
            return Ok(Ended::Nothing);
        }
        let work = self.work;
        let (library, room, title) = (work.library.clone(), work.room, part.title.clone());
        let weighed = move || Ok(library.read(|connection| Question::weigh(connection, room, &title))?);
        let question = blocking(weighed).await?;
        let near = weighty(reading);
        let count = near.len();
        let manner = [sentences(most), sentences(STATEMENTS.max(most))];
        let [short, long] = manner.each_ref().map(|manner| (part.title.as_str(), manner.as_str()));
        let chunks = match work.unless_cancelled(self.chunks(&question, near, long)).await {
            None => return Ok(Ended::Stopped),
            Some(Err(fault)) => return Ok(self.fall_back(&fault, telling)),
            Some(Ok(chunks)) => chunks,
        };
        let provenance = telling.recording().provenance();
        let given: Vec<_> =
            chunks.iter().flat_map(|chunk| &chunk.findings.near).map(|near| near.passage.passage).collect();
        provenance.left_out += u32::try_from(count.saturating_sub(given.len())).unwrap_or(u32::MAX);
        provenance.passages.extend(given);
        let prompt = &work.prompts.summary;
        let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
        let requests = count(chunks.len());
        let parts = count(self.parts);
        let progress = |request| Progress { title: part.title.clone(), part: number, parts, request, requests };
        if let [chunk] = chunks.as_slice() {
            if parts > 1 {
                telling.recording().tell_progress(progress(1));
            }
            let form = Form::Paragraph(telling.take_opening());
            let (written, form) = self.request(prompt, chunk, short, form, telling).await?;
            return Ok(self.ended(written, form, telling));
        }
        let mut kept = Vec::new();
        for (request, chunk) in (1..).zip(&chunks) {
            telling.recording().tell_progress(progress(request));
            let (written, form) = self.request(prompt, chunk, long, Form::Kept(Vec::new()), telling).await?;
            match written {
                Written::Stopped => return Ok(Ended::Stopped),
                // What was read of the part so far is not the part.
                Written::Failed(fault) => return Ok(self.fall_back(&fault, telling)),
                Written::Whole => {}
            }
            if let Form::Kept(statements) = form {
                kept.extend(statements.into_iter().filter_map(|(claim, citation)| {
                    let passage = resting_on(&chunk.findings.near, &citation)?.clone();
                    Some(Kept { text: claim.text, citation, passage })
                }));
            }
        }
        telling.recording().tell_progress(progress(requests.saturating_add(1)));
        self.reduce(&question, kept, short, telling).await
    }

    /// Makes one summary of statements, or says the statements.
    async fn reduce(
        &mut self,
        question: &Question,
        kept: Vec<Kept>,
        asked: (&str, &str),
        telling: &mut Telling<'_>,
    ) -> Result<Ended, Error> {
        let work = self.work;
        let prompt = &work.prompts.condense;
        let lines: Vec<Near> = kept.iter().map(|kept| near(alone(&kept.passage, &kept.text))).collect();
        if lines.is_empty() {
            keep_reason(telling, || work.phrases().unsupported().to_owned());
            return Ok(Ended::Nothing);
        }
        let context = match work.unless_cancelled(assemble(self.executor, prompt, asked.into(), &[], &lines)).await {
            None => return Ok(Ended::Stopped),
            Some(Err(fault)) => return Ok(self.fall_back(&fault, telling)),
            Some(Ok(context)) => context,
        };
        let resting = context.passages.iter().map(|at| near(kept[*at].passage.clone())).collect();
        let chunk = Chunk { findings: Arc::new(findings(question, resting)), context };
        let form = Form::Paragraph(telling.take_opening());
        let (written, form) = self.request(prompt, &chunk, asked, form, telling).await?;
        let ended = self.ended(written, form, telling);
        if ended != Ended::Nothing {
            return Ok(ended);
        }
        for Kept { text, citation, .. } in questions::spread(kept, STATEMENTS, 0) {
            telling.say(&text, &citation).await?;
        }
        self.has_said = true;
        Ok(Ended::Said)
    }

    /// One request, whose claims are held against the chunk's passages.
    async fn request(
        &self,
        prompt: &PromptFile,
        chunk: &Chunk,
        (title, manner): (&str, &str),
        form: Form,
        telling: &mut Telling<'_>,
    ) -> Result<(Written, Form), Error> {
        let Chunk { findings, context } = chunk;
        let work = self.work;
        telling.flush().await?;
        let provenance = telling.recording().provenance();
        let used = provenance.prompt.get_or_insert_with(|| prompt.id.clone());
        if !used.split(", ").any(|id| id == prompt.id) {
            used.push_str(&format!(", {}", prompt.id));
        }
        let parts = (work.library.clone(), work.retrieval.clone());
        let judge = Judge::new(parts, Arc::clone(findings), (0..findings.near.len()).collect()).await?;
        let parameters = answer_parameters((title, manner).into(), context.evidence.iter().map(String::as_str));
        let request = Request { prompt, parameters, before: &[], most: context.most };
        let writing = Writing::begin(judge, form, telling.recording());
        let (written, over) = writing.run(work, self.executor, &request).await?;
        Ok((written, over.form))
    }

    /// What a request has come to whose claims were shown.
    fn ended(&mut self, written: Written, form: Form, telling: &mut Telling<'_>) -> Ended {
        let unused = match form {
            Form::Paragraph(opening) => opening,
            Form::Answer | Form::Kept(_) => None,
        };
        let is_silent = unused.is_some();
        telling.put_opening(unused);
        self.has_said |= !is_silent;
        match written {
            Written::Stopped => return Ended::Stopped,
            Written::Failed(fault) => {
                self.fall_back(&fault, telling);
            }
            Written::Whole if is_silent => keep_reason(telling, || self.work.phrases().unsupported().to_owned()),
            Written::Whole => {}
        }
        if is_silent { Ended::Nothing } else { Ended::Said }
    }

    /// Notes why the model is asked no more.
    fn fall_back(&mut self, fault: &ExecutorFault, telling: &mut Telling<'_>) -> Ended {
        self.failed = true;
        let is_silent = !self.has_said;
        keep_reason(telling, || self.work.phrases().fallen(fault, is_silent));
        Ended::Nothing
    }

    /// The passages in as many parts as it takes, or as there may be requests.
    async fn chunks(
        &self,
        question: &Question,
        near: Vec<(Near, f32)>,
        asked: (&str, &str),
    ) -> Result<Vec<Chunk>, ExecutorFault> {
        let all = near.iter().map(|(near, _)| near.clone()).collect();
        let chunks = self.cut(question, all, asked).await?;
        if chunks.len() <= self.reading {
            return Ok(chunks);
        }
        let room = (near.len() * self.reading / chunks.len()).max(1);
        let mut weights: Vec<f32> = near.iter().map(|(_, weight)| *weight).collect();
        weights.sort_by(|a, b| b.total_cmp(a));
        let least = weights.get(room - 1).copied().unwrap_or(0.0);
        let weightiest = near.into_iter().filter(|(_, weight)| *weight >= least).map(|(near, _)| near).collect();
        let mut chunks = self.cut(question, weightiest, asked).await?;
        chunks.truncate(self.reading);
        Ok(chunks)
    }

    async fn cut(
        &self,
        question: &Question,
        mut rest: Vec<Near>,
        asked: (&str, &str),
    ) -> Result<Vec<Chunk>, ExecutorFault> {
        let mut chunks = Vec::new();
        while !rest.is_empty() {
            let window = rest.len().min(WINDOW);
            match assemble(self.executor, &self.work.prompts.summary, asked.into(), &[], &rest[..window]).await {
                Ok(context) => {
                    let mut given = Vec::new();
                    let mut left = Vec::new();
                    for (at, near) in rest.into_iter().enumerate() {
                        if context.passages.contains(&at) { given.push(near) } else { left.push(near) }
                    }
                    rest = left;
                    chunks.push(Chunk { findings: Arc::new(findings(question, given)), context });
                }
                // One passage alone is too long; the others may fit.
                Err(ExecutorFault::ContextTooSmall { .. }) if rest.len() > 1 || !chunks.is_empty() => {
                    rest.remove(0);
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(chunks)
    }
}

/// Why the documents are quoted in place of the model: the first reason stays.
fn keep_reason(telling: &mut Telling<'_>, why: impl FnOnce() -> String) {
    telling.recording().provenance().fell_back.get_or_insert_with(why);
}

/// How long a summary is to be, as a model is told.
fn sentences(most: usize) -> String {
    format!("Write {most} sentence{} at most.", if most == 1 { "" } else { "s" })
}

/// The passages that have something to say, in order, each with the weight of its weightiest sentence.
fn weighty(reading: &Reading) -> Vec<(Near, f32)> {
    let mut weighty: Vec<(usize, f32)> = Vec::new();
    for (sentence, weight) in reading.sentences.iter().zip(extract::weights(&reading.sentences)) {
        match weighty.last_mut() {
            Some((passage, most)) if *passage == sentence.passage => *most = most.max(weight),
            _ => weighty.push((sentence.passage, weight)),
        }
    }
    let passage = |at: usize| reading.passages.get(at).cloned().map(near);
    weighty.into_iter().filter_map(|(at, weight)| Some((passage(at)?, weight))).collect()
}

/// A passage as a place that was found.
fn near(passage: StoredPassage) -> Near {
    let joined = vec![passage.passage];
    Near { passage, joined, similarity: None, rank: 0, score: 0.0, is_hit: true, defined: Vec::new() }
}

fn findings(question: &Question, near: Vec<Near>) -> Findings {
    Findings {
        question: question.clone(),
        near,
        candidates: Vec::new(),
        leads: 0,
        compared: false,
        degraded: None,
        rank_ms: 0,
    }
}

/// The passage that a citation is of.
fn resting_on<'n>(near: &'n [Near], citation: &Citation) -> Option<&'n StoredPassage> {
    let quote = letters(&citation.quote);
    near.iter().map(|near| &near.passage).find(|passage| letters(&passage.text).contains(&quote))
}

/// A passage that says nothing but `text`, in its place.
fn alone(passage: &StoredPassage, text: &str) -> StoredPassage {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let sentences = vec![Sentence { start: 0, end, spans: Vec::new() }];
    StoredPassage { text: text.to_owned(), sentences, ..passage.clone() }
}
