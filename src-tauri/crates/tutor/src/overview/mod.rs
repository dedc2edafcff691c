//! Overviews: summaries, study guides and questions to check oneself, of a document, a section, or what the words of
//! the request name.
//!
//! What it is about is told first (`subject`) and parted by the table of contents (`parts`). Of each part the sentences
//! that can stand alone (`sentences`) are weighed against each other and the best are said (`extract`); a language
//! model, where there is one, reads the part instead (`written`). The terms that a part defines (`terms`) make its list
//! of key terms and the questions (`questions`). What is said is proven and shown part by part (`telling`).

mod apparatus;
mod extract;
mod parts;
mod questions;
mod sentences;
mod subject;
mod telling;
mod terms;
mod written;

use std::collections::HashSet;
use std::sync::Arc;

use kernel::Citation;
use library::Connection;
use library::conversations::{Mode, TurnState};
use library::terms::StoredTerm;

use crate::asking::Work;
use crate::executor::Executor;
use crate::phrases::Phrases;
use crate::recording::Recording;
use crate::{Error, blocking, words};
pub use apparatus::{is_apparatus, points_elsewhere};
use parts::Part;
use questions::Question;
use sentences::Reading;
use subject::{Found, Subject};
use telling::Telling;
use written::Writer;

pub use terms::{KeyTerm, key_terms};

/// How a turn ended: its state, whether it was answered, and what else is worth reading.
type Ended = (TurnState, bool, Vec<Citation>);

/// Questions of a quiz, and of each part of a guide.
const QUIZ: usize = 5;
const QUESTIONS: usize = 3;
/// Key terms that a guide lists of a part.
const TERMS: usize = 8;
/// Where a part has so many that are as sure, others are no key terms.
const ENOUGH: usize = 3;
/// Sentences of each part of a summary that has several: two where they are few.
const FEW_PARTS: usize = 10;

/// Whether this is asked for.
pub(crate) fn is_asked(mode: Mode) -> bool {
    matches!(mode, Mode::Summary | Mode::Guide | Mode::Quiz)
}

/// Says the overview that `work` asks for, each statement behind its proof.
///
/// # Errors
/// The library's and the search's; an executor's failure is none.
pub(crate) async fn tell(work: &Work, executor: &Executor, recording: &mut Recording) -> Result<Ended, Error> {
    let Some(found) = work.unless_cancelled(subject::find(work)).await else {
        return Ok((TurnState::Stopped, false, Vec::new()));
    };
    let found = found?;
    recording.note_found();
    recording.tell_plainly();
    let writes = executor.writes() && matches!(work.mode, Mode::Summary | Mode::Guide);
    let mut writer = None;
    if let (true, Found::Subject(subject)) = (writes, &found) {
        let provenance = recording.provenance();
        provenance.model = executor.model().map(str::to_owned);
        provenance.remote = executor.is_remote();
        writer = Some(Writer::new(work, executor, subject.parts.len()));
    }
    let ended = match (found, work.mode) {
        (Found::Nothing { why, further }, _) => {
            recording.answered_by(Executor::extractive().name()).await?;
            return nothing(why, further, recording).await;
        }
        (Found::Subject(subject), Mode::Quiz) => quiz(work, subject, recording).await?,
        (Found::Pages(pages), _) => {
            let terms = gathered(work, move |connection| terms::on_pages(connection, &pages)).await?;
            ask(work, terms, recording).await?
        }
        (Found::Subject(subject), mode) => {
            parts_told(work, &subject, mode == Mode::Guide, writer.as_mut(), recording).await?
        }
    };
    if writer.is_none_or(|writer| writer.is_silent()) {
        recording.answered_by(Executor::extractive().name()).await?;
    }
    match ended {
        Some(ended) => Ok(ended),
        None => {
            let why = match work.mode {
                Mode::Quiz => work.phrases().nothing_to_ask(),
                _ => work.phrases().nothing_to_sum_up(),
            };
            nothing(why.to_owned(), Vec::new(), recording).await
        }
    }
}

async fn nothing(why: String, further: Vec<Citation>, recording: &mut Recording) -> Result<Ended, Error> {
    recording.say(why).await?;
    Ok((TurnState::Complete, false, further))
}

/// What is read from the library, on a thread of its own.
async fn gathered<T: Send + 'static>(
    work: &Work,
    read: impl FnOnce(&Connection) -> Result<T, library::Error> + Send + 'static,
) -> Result<T, Error> {
    let library = work.library.clone();
    blocking(move || Ok(library.read(read)?)).await
}

/// Part by part: a summary, or a guide. None where there is nothing to say.
async fn parts_told(
    work: &Work,
    subject: &Subject,
    is_guide: bool,
    mut writer: Option<&mut Writer<'_>>,
    recording: &mut Recording,
) -> Result<Option<Ended>, Error> {
    let mut telling = Telling::new(recording);
    let several = subject.parts.len() > 1;
    let mut said: Vec<HashSet<String>> = Vec::new();
    for (number, part) in (1..).zip(&subject.parts) {
        // Only what reads is broken off by a stop: what is shown is stored as well.
        let stopped = |telling: &Telling<'_>| Ok(Some((TurnState::Stopped, !telling.is_silent(), Vec::new())));
        let Some(reading) = work.unless_cancelled(sentences::read(work, subject.document, part.clone())).await else {
            return stopped(&telling);
        };
        let reading = reading?;
        if reading.sentences.is_empty() {
            continue;
        }
        let most = match (is_guide, several) {
            (false, true) => 1 + usize::from(subject.parts.len() <= FEW_PARTS),
            _ => extract::length(reading.sentences.len()),
        };
        telling.begin(opening(part, is_guide, several, telling.is_silent()));
        let written = match &mut writer {
            Some(writer) => writer.write(&reading, (number, part), most, &mut telling).await?,
            None => written::Ended::Nothing,
        };
        if written == written::Ended::Stopped {
            return stopped(&telling);
        }
        if written == written::Ended::Nothing {
            let statements = work.unless_cancelled(extract::statements(work, &reading, most, &said)).await;
            let Some(statements) = statements else { return stopped(&telling) };
            for proven in statements? {
                telling.say(&proven.text, &proven.citation).await?;
                said.push(words::stems(&proven.text));
            }
        }
        if is_guide {
            let terms = work.unless_cancelled(key_terms_of(work, &reading)).await;
            let Some(terms) = terms else { return stopped(&telling) };
            check_oneself(&terms?, work.phrases(), &mut telling).await?;
        }
        telling.flush().await?;
    }
    Ok((!telling.is_silent()).then(|| (TurnState::Complete, true, Vec::new())))
}

/// The key terms of a part of a guide, proven.
async fn key_terms_of(work: &Work, reading: &Reading) -> Result<Vec<KeyTerm>, Error> {
    let passages = Arc::clone(&reading.passages);
    let proven = move |connection: &Connection| {
        let terms = terms::key(terms::of_passages(connection, &passages)?, ENOUGH);
        let terms = questions::spread(terms, TERMS, 0);
        terms::proven(connection, &terms, TERMS)
    };
    gathered(work, proven).await
}

/// What stands before the first statement of a part.
fn opening(part: &Part, is_guide: bool, several: bool, is_first: bool) -> String {
    let title = &part.title;
    match (is_guide, several) {
        (true, _) => format!("{}## {title}\n\n", if is_first { "" } else { "\n\n" }),
        (false, true) => format!("{}- {title}: ", if is_first { "" } else { "\n" }),
        (false, false) => String::new(),
    }
}

/// The key terms of a part of a guide, and questions that they answer.
async fn check_oneself(terms: &[KeyTerm], phrases: &dyn Phrases, telling: &mut Telling<'_>) -> Result<(), Error> {
    if telling.is_open() {
        // The heading of a part of which nothing can be said.
        return Ok(());
    }
    telling.begin(format!("\n\n{}\n", phrases.key_terms()));
    for term in terms {
        telling.item(&format!("{}: {}", term.name, term.definition), &term.citation).await?;
    }
    telling.begin(format!("\n\n{}\n", phrases.check_yourself()));
    let asked = questions::spread(terms.to_vec(), QUESTIONS, 0);
    for Question { text, citation } in &questions::of(&asked, QUESTIONS, phrases) {
        telling.item(text, citation).await?;
    }
    Ok(())
}

/// Questions about the terms of all parts of a subject.
async fn quiz(work: &Work, subject: Subject, recording: &mut Recording) -> Result<Option<Ended>, Error> {
    let terms = gathered(work, move |connection| {
        let mut terms = Vec::new();
        for part in &subject.parts {
            let excerpts = part.read(connection, subject.document)?;
            let passages: Vec<_> = excerpts.into_iter().map(|excerpt| excerpt.passage).collect();
            terms.extend(terms::of_passages(connection, &passages)?);
        }
        Ok(terms)
    });
    match work.unless_cancelled(terms).await {
        Some(terms) => ask(work, terms?, recording).await,
        None => Ok(Some((TurnState::Stopped, false, Vec::new()))),
    }
}

/// Asks about some of these terms; about others than before, where the same is asked again.
async fn ask(work: &Work, terms: Vec<StoredTerm>, recording: &mut Recording) -> Result<Option<Ended>, Error> {
    let turn = if work.again { usize::try_from(recording.turn().0).unwrap_or(0) } else { 0 };
    let chosen = questions::spread(terms::key(terms, QUIZ), QUIZ, turn);
    let terms = gathered(work, move |connection| terms::proven(connection, &chosen, QUIZ)).await?;
    let mut telling = Telling::new(recording);
    for Question { text, citation } in &questions::of(&terms, QUIZ, work.phrases()) {
        if work.cancel.is_cancelled() {
            return Ok(Some((TurnState::Stopped, !telling.is_silent(), Vec::new())));
        }
        telling.item(text, citation).await?;
    }
    telling.flush().await?;
    Ok((!telling.is_silent()).then(|| (TurnState::Complete, true, Vec::new())))
}
