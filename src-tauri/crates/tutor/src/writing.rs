//! What a language model writes: claim by claim as it streams, and only what a passage supports.

use std::sync::Arc;

use kernel::{Cancel, Citation};
use library::{conversations, spending};
use llm_chain::Parameters;
use llm_chain::output::{OutputStream, StreamExt, StreamSegment};
use tokio::time::{Instant, sleep_until};

use crate::asking::{Findings, Work};
use crate::claims::{Claim, Claims, Lead};
use crate::context::{Context, assemble};
use crate::executor::{Executor, ExecutorFault, Spending};
use crate::history;
use crate::judging::Judge;
use crate::pacing::{Pacer, WATCH};
use crate::prompt::{Asked, Exchange, PromptFile, Words, answer_parameters};
use crate::recording::Recording;
use crate::{Error, blocking, listening, manner, prose, words};

/// So many claims without support are tried once more.
const REPAIRED: usize = 6;

/// How the writing ended.
#[derive(Debug)]
pub(crate) enum Written {
    /// By itself; perhaps nothing of it was supported.
    Whole,
    /// Because somebody asked to stop; nothing more was shown from then on.
    Stopped,
    /// In the middle, or before it began. What was said stays.
    Failed(ExecutorFault),
}

/// Has the executor answer the question of `work` from what was found.
///
/// # Errors
/// The library's; an executor's failure is none.
pub(crate) async fn write(
    work: &Work,
    executor: &Executor,
    findings: &Arc<Findings>,
    recording: &mut Recording,
) -> Result<Written, Error> {
    let told = history::told(&work.earlier, &work.transcripts);
    let about = work.about.as_ref();
    let asked = Asked {
        question: &work.question,
        manner: manner::instruction(work.mode),
        quote: about.map_or("", |about| &about.citation.quote),
        note: about.map_or("", |about| &about.note),
    };
    let context = match assemble(executor, &work.prompts.answer, asked, &told, &findings.near).await {
        Ok(context) => context,
        Err(fault) => return Ok(Written::Failed(fault)),
    };
    let provenance = recording.provenance();
    provenance.passages = context.passages.iter().map(|at| findings.near[*at].passage.passage).collect();
    provenance.left_out = context.left_out;
    let parts = (work.library.clone(), work.retrieval.clone());
    let judge = Judge::new(parts, Arc::clone(findings), context.passages.clone()).await?;
    let evidence = context.evidence.iter().map(String::as_str);
    let parameters = answer_parameters(asked, evidence);
    let Context { before, most, .. } = &context;
    let request = Request { prompt: &work.prompts.answer, parameters, before, most: *most };
    let (written, over) = Writing::begin(judge, Form::Answer, recording).run(work, executor, &request).await?;
    if !over.said.user.is_empty() {
        work.transcripts.keep(recording.conversation(), recording.turn(), over.said);
    }
    Ok(written)
}

/// What a model is asked for.
pub(crate) struct Request<'a> {
    /// The prompt.
    pub(crate) prompt: &'a PromptFile,
    /// What it is filled with.
    pub(crate) parameters: Parameters,
    /// What was said before.
    pub(crate) before: &'a [Exchange],
    /// Most tokens of what is written.
    pub(crate) most: u32,
}

/// What becomes of the statements that are supported.
#[derive(Debug)]
pub(crate) enum Form {
    /// They are shown in the Markdown that they were written in.
    Answer,
    /// They are shown as one paragraph, the first of them behind this.
    Paragraph(Option<String>),
    /// They are kept, and nothing is shown.
    Kept(Vec<(Claim, Citation)>),
}

/// The limit that another request to a remote model would break.
async fn spent(work: &Work, executor: &Executor, recording: &Recording) -> Result<Option<ExecutorFault>, Error> {
    if !executor.is_remote() {
        return Ok(None);
    }
    let (library, conversation, budgets) = (work.library.clone(), recording.conversation(), work.budgets);
    let today = work.library.now().start_of_day();
    let (in_conversation, in_day) = blocking(move || {
        Ok(library.read(|connection| {
            Ok((conversations::spent_in(connection, conversation)?, spending::since(connection, today)?))
        })?)
    })
    .await?;
    let fault = |limit, of| Some(ExecutorFault::Spent { limit, of });
    // The turn itself is counted in the library when it is over.
    let now = u64::from(executor.meter.read().total());
    Ok(match () {
        () if in_conversation + now >= u64::from(budgets.conversation) => {
            fault(budgets.conversation, Spending::Conversation)
        }
        () if in_day + now >= u64::from(budgets.day) => fault(budgets.day, Spending::Day),
        () => None,
    })
}

/// What a model writes, as far as it is.
pub(crate) struct Writing<'a> {
    judge: Judge,
    recording: &'a mut Recording,
    pacer: Pacer,
    /// What stands before the next claim, where one was left out.
    lead: Lead,
    unsupported: Vec<Claim>,
    /// What becomes of the claims.
    form: Form,
    /// The messages, once the model has written all of it.
    said: Exchange,
}

/// A writing that is over.
pub(crate) struct Over {
    /// What has become of the claims.
    pub(crate) form: Form,
    /// The messages, if the model has written all of it.
    pub(crate) said: Exchange,
}

impl<'a> Writing<'a> {
    /// Nothing so far.
    pub(crate) fn begin(judge: Judge, form: Form, recording: &'a mut Recording) -> Self {
        let pacer = Pacer::default();
        Self { judge, recording, pacer, lead: Lead::default(), unsupported: vec![], form, said: Exchange::default() }
    }

    /// Has the executor write, and what nothing supports corrected once.
    ///
    /// # Errors
    /// The library's; an executor's failure is none.
    pub(crate) async fn run(
        mut self,
        work: &Work,
        executor: &Executor,
        request: &Request<'_>,
    ) -> Result<(Written, Over), Error> {
        let written = match spent(work, executor, self.recording).await? {
            Some(spent) => Written::Failed(spent),
            None => self.answer(work, executor, request).await?,
        };
        let unsupported = std::mem::take(&mut self.unsupported);
        let written = match written {
            Written::Whole => self.repair(work, executor, request, unsupported).await?,
            ended => {
                self.leave_out(unsupported);
                ended
            }
        };
        self.flush().await?;
        self.recording.provenance().tokens = executor.meter.read();
        Ok((written, Over { form: self.form, said: self.said }))
    }

    async fn answer(&mut self, work: &Work, executor: &Executor, request: &Request<'_>) -> Result<Written, Error> {
        let words = if work.again { Words::Others } else { Words::Likeliest };
        let step = request.prompt.step(request.before, request.most, words);
        let stream = match listening::stream(executor, &step, &request.parameters).await {
            Ok(stream) => stream,
            Err(fault) => return Ok(Written::Failed(fault)),
        };
        let mut raw = String::new();
        let written = self.listen(stream, &work.cancel, &mut raw).await?;
        if matches!(written, Written::Whole) {
            let user = request.prompt.fill(&request.parameters).unwrap_or_default();
            self.said = Exchange { user, assistant: raw };
        }
        Ok(written)
    }

    /// Dropping the stream, which a stop does, tells the executor that nobody reads any more.
    async fn listen(&mut self, mut stream: OutputStream, cancel: &Cancel, raw: &mut String) -> Result<Written, Error> {
        let mut claims = Claims::default();
        loop {
            let wake = self.pacer.due().unwrap_or_else(|| Instant::now() + WATCH);
            let segment = tokio::select! {
                biased;
                segment = stream.next() => Some(segment),
                () = sleep_until(wake) => None,
            };
            if cancel.is_cancelled() {
                return Ok(Written::Stopped);
            }
            let (said, ended) = match segment {
                None => {
                    self.flush().await?;
                    continue;
                }
                Some(Some(StreamSegment::Content(text))) => {
                    raw.push_str(&text);
                    (claims.push(&text), None)
                }
                Some(Some(StreamSegment::Role(_))) => continue,
                // The statement that was under way is not whole.
                Some(Some(StreamSegment::Err(error))) => (vec![], Some(Written::Failed(ExecutorFault::from(&error)))),
                Some(None) => (claims.finish(), Some(Written::Whole)),
            };
            for claim in said {
                if cancel.is_cancelled() {
                    return Ok(Written::Stopped);
                }
                self.take(claim).await?;
            }
            if let Some(ended) = ended {
                return Ok(ended);
            }
        }
    }

    /// Shows a claim behind its proof, or puts it aside.
    async fn take(&mut self, mut claim: Claim) -> Result<(), Error> {
        claim.lead = std::mem::take(&mut self.lead).then(claim.lead);
        // Nothing proves a heading, so it may say no more than that something is dealt with.
        claim.lead.heads.retain(|head| self.judge.knows(head));
        match self.judge.judge(&claim).await? {
            Ok(citation) => self.show(&claim, &citation).await,
            Err(unsupported) => {
                tracing::info!(?unsupported, "a statement that no passage supports");
                self.lead = claim.lead.clone().without_claim();
                self.unsupported.push(claim);
                Ok(())
            }
        }
    }

    async fn show(&mut self, claim: &Claim, citation: &Citation) -> Result<(), Error> {
        let first = self.recording.is_silent() && self.pacer.is_empty();
        let before = match &mut self.form {
            Form::Answer => claim.lead.markdown(first),
            Form::Paragraph(opening) => opening.take().unwrap_or_else(|| " ".to_owned()),
            Form::Kept(kept) => {
                kept.push((claim.clone(), citation.clone()));
                return Ok(());
            }
        };
        let number = self.recording.cite(citation);
        let text = before + &marked(claim, number);
        match self.pacer.push(&text, Instant::now()) {
            Some(text) => self.recording.say(text).await,
            None => Ok(()),
        }
    }

    /// Has the statements that nothing supports corrected from the evidence, once, and says what is supported then.
    async fn repair(
        &mut self,
        work: &Work,
        executor: &Executor,
        request: &Request<'_>,
        unsupported: Vec<Claim>,
    ) -> Result<Written, Error> {
        let (mut unsupported, left_out): (Vec<_>, Vec<_>) =
            unsupported.into_iter().partition(|claim| !claim.verbatim && !words::stems(&claim.text).is_empty());
        self.leave_out(left_out);
        let left_out = unsupported.split_off(unsupported.len().min(REPAIRED));
        self.leave_out(left_out);
        if unsupported.is_empty() || spent(work, executor, self.recording).await?.is_some() {
            self.leave_out(unsupported);
            return Ok(Written::Whole);
        }
        let lettered: Vec<String> =
            ('a'..).zip(&unsupported).map(|(letter, claim)| format!("{letter}) {}", claim.text)).collect();
        let parameters = Parameters::new().with("statements", lettered.join("\n"));
        let mut before = request.before.to_vec();
        before.push(self.said.clone());
        let step = work.prompts.repair.step_within(request.prompt, &before, request.most, Words::Likeliest);
        let request = listening::whole(executor, &step, &parameters);
        let Some(said) = work.unless_cancelled(request).await else {
            self.leave_out(unsupported);
            return Ok(Written::Stopped);
        };
        let corrected = match said {
            Ok(said) => corrections(&said),
            Err(fault) => {
                tracing::info!(%fault, "statements could not be corrected");
                Vec::new()
            }
        };
        for (letter, claim) in ('a'..).zip(unsupported) {
            let correction = corrected.iter().find(|(of, _)| *of == letter).map(|(_, correction)| correction);
            let proof = match correction {
                Some(correction) => self.judge.judge(correction).await?.ok(),
                None => None,
            };
            match (correction, proof) {
                (Some(correction), Some(citation)) => self.show(correction, &citation).await?,
                _ => self.leave_out(vec![claim]),
            }
        }
        Ok(Written::Whole)
    }

    fn leave_out(&mut self, claims: Vec<Claim>) {
        self.recording.provenance().unsupported.extend(claims.into_iter().map(|claim| claim.text));
    }

    async fn flush(&mut self) -> Result<(), Error> {
        match self.pacer.take(Instant::now()) {
            Some(text) => self.recording.say(text).await,
            None => Ok(()),
        }
    }
}

/// A claim's words with the marker of its proof, where Markdown allows one.
fn marked(claim: &Claim, number: usize) -> String {
    match claim.text.strip_suffix('|') {
        Some(row) if claim.verbatim && row.starts_with('|') => {
            format!("{} [{number}] |", prose::unlinked(row.trim_end()))
        }
        _ if claim.verbatim => format!("{}\n[{number}]", claim.text),
        _ => format!("{} [{number}]", prose::unlinked(&claim.text)),
    }
}

/// The corrected statements of a repair, with the letters they have.
fn corrections(said: &str) -> Vec<(char, Claim)> {
    let lines = said.rsplit("</think>").next().unwrap_or(said).lines();
    let parted = lines.filter_map(|line| {
        let (letter, text) = line.trim().split_once(')')?;
        let mut letters = letter.trim().chars();
        let letter = letters.next().filter(|_| letters.next().is_none())?;
        Some((letter.to_ascii_lowercase(), text))
    });
    parted
        .filter_map(|(letter, text)| {
            let mut claims = Claims::default();
            let mut all = claims.push(text.trim());
            all.extend(claims.finish());
            all.into_iter().next().map(|claim| (letter, claim))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_told_by_their_letters() {
        let found = corrections("Here you are:\n b) Water boils. [2]\n\nC) Ice melts [1].\nnothing (else) here");
        let texts: Vec<(char, &str, &[usize])> =
            found.iter().map(|(letter, claim)| (*letter, claim.text.as_str(), claim.named.as_slice())).collect();
        assert_eq!(texts, [('b', "Water boils.", &[2][..]), ('c', "Ice melts.", &[1][..])]);
    }

    #[test]
    fn markers_stand_where_markdown_keeps_its_form() {
        let claim = |text: &str, verbatim| Claim { text: text.into(), verbatim, ..Claim::default() };
        assert_eq!(marked(&claim("Water boils.", false), 2), "Water boils. [2]");
        assert_eq!(marked(&claim("| a | b |", true), 2), "| a | b [2] |");
        assert_eq!(marked(&claim("See [this](http://x.example).", false), 2), "See [this] (http://x.example). [2]");
        assert_eq!(marked(&claim("```\nx\n```", true), 2), "```\nx\n```\n[2]");
    }
}
