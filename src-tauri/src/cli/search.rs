use kernel::{DocumentId, Locator, PassageId, RoomId};
use library::locators::Locators;
use retrieval::Hit;
use serde::Serialize;
use serde_json::Value;

use super::batch::{self, Question};
use super::{Failure, Session, arguments, output, room};
use crate::app::App;

#[derive(Serialize)]
struct Found {
    /// As the batch named the question; null for a question on the command line.
    id: Option<Value>,
    passages: Vec<Passage>,
    /// Why this may not be all, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    degraded: Option<String>,
    elapsed_ms: f32,
}

#[derive(Serialize)]
struct Passage {
    passage: PassageId,
    document: DocumentId,
    title: String,
    /// Null in a format without pages, as is the last one.
    page_start: Option<u32>,
    page_end: Option<u32>,
    label: Option<String>,
    /// Where its first words stand in the document, in every format.
    locator: Option<Locator>,
    headings: Vec<String>,
    text: String,
    score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Explanation>,
}

#[derive(Serialize)]
struct Explanation {
    /// Place in the ranking by words, from 1.
    keyword_rank: Option<u32>,
    /// Cosine of the passage's and the question's vectors.
    similarity: Option<f32>,
}

/// Finds passages.
pub(super) fn run(session: &Session, what: arguments::Search) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let room = room(&app.library, &what.room)?.room;
    batch::run(session, &app, what.what, |question| {
        let found = find(&app, room, question, usize::from(what.count), what.explain)?;
        print(session, &found)
    })
}

fn find(app: &App, room: RoomId, question: Question, count: usize, explain: bool) -> Result<Found, Failure> {
    let hits = app.runtime().block_on(app.retrieval.search(room, &question.text, count))?;
    let passages = app.library.read(|connection| {
        let mut locators = Locators::new(connection);
        hits.hits.into_iter().map(|hit| passage(hit, explain, &mut locators)).collect::<Result<_, _>>()
    })?;
    Ok(Found { id: question.id, passages, degraded: hits.degraded, elapsed_ms: hits.elapsed_ms })
}

fn passage(hit: Hit, explain: bool, locators: &mut Locators<'_>) -> Result<Passage, library::Error> {
    let explanation = explain
        .then(|| Explanation { keyword_rank: hit.keyword_rank.map(|rank| rank + 1), similarity: hit.similarity });
    let has_pages = locators.has_pages(hit.passage.document)?;
    let place = locators.of_passage(&hit.passage)?;
    Ok(Passage {
        passage: hit.passage.passage,
        document: hit.passage.document,
        title: hit.passage.title,
        page_start: has_pages.then_some(hit.passage.page_start),
        page_end: has_pages.then_some(hit.passage.page_end),
        label: hit.passage.label_start,
        locator: place.map(|place| place.locator),
        headings: hit.passage.headings,
        text: hit.passage.text,
        score: hit.score,
        explanation,
    })
}

fn print(session: &Session, found: &Found) -> Result<(), Failure> {
    if session.out.is_json() {
        return session.out.object(found);
    }
    if found.passages.is_empty() {
        return session.out.text("Nothing in this room fits.\n");
    }
    for (number, passage) in (1..).zip(&found.passages) {
        let place = output::place(passage.page_start, passage.label.as_deref(), passage.locator.as_ref());
        let explained = passage.explanation.as_ref().map(words).unwrap_or_default();
        session.out.text(&format!(
            "{number}. {}, {place} (score {:.3}{explained})\n   {}\n   {}\n\n",
            passage.title,
            passage.score,
            passage.headings.join(" > "),
            passage.text.replace('\n', "\n   "),
        ))?;
    }
    if let Some(degraded) = &found.degraded {
        session.out.text(&format!("Note: {degraded}\n"))?;
    }
    Ok(())
}

fn words(explanation: &Explanation) -> String {
    let rank = explanation.keyword_rank.map_or_else(|| "none".into(), |rank| rank.to_string());
    let cosine = explanation.similarity.map_or_else(|| "none".into(), |cosine| format!("{cosine:.3}"));
    format!(", rank by words {rank}, cosine {cosine}")
}
