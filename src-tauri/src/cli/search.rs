use kernel::{DocumentId, Locator, PassageId};
use library::locators::Locators;
use retrieval::{Explanation, Hit, Hits, Part, Scope};
use serde::Serialize;
use serde_json::Value;

use super::batch::{self, Question};
use super::scope::scope;
use super::{Failure, Session, arguments, room};
use crate::app::App;

#[derive(Serialize)]
struct Found {
    /// As the batch named the question; null for a question on the command line.
    id: Option<Value>,
    passages: Vec<Passage>,
    /// Why this may not be all, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    degraded: Option<String>,
    /// Whether the same was asked before, in these or other words, and nothing has changed since.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    remembered: bool,
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

/// Finds passages.
pub(super) fn run(session: &Session, what: arguments::Search) -> Result<(), Failure> {
    let (app, _log) = session.app()?;
    let scope = scope(&app.library, &room(&app.library, &what.room)?, &what.within)?;
    batch::run(session, &app, what.what.into(), |id, question: Question| {
        let found = find(&app, &scope, id, &question, usize::from(what.count), what.explain)?;
        print(session, &found)
    })
}

fn find(
    app: &App,
    scope: &Scope,
    id: Option<Value>,
    question: &Question,
    count: usize,
    explain: bool,
) -> Result<Found, Failure> {
    let Hits { hits, degraded, question: asked, remembered, elapsed_ms, .. } =
        app.runtime().block_on(app.retrieval.search(scope, &question.text, count))?;
    let passages = app.library.read(|connection| {
        let mut locators = Locators::new(connection);
        let explanation = |hit: &Hit| explain.then(|| hit.explain(&asked));
        hits.into_iter().map(|hit| passage(explanation(&hit), hit, &mut locators)).collect::<Result<_, _>>()
    })?;
    Ok(Found { id, passages, degraded, remembered, elapsed_ms })
}

fn passage(explanation: Option<Explanation>, hit: Hit, locators: &mut Locators<'_>) -> Result<Passage, library::Error> {
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
        let place = kernel::place(passage.page_start, passage.label.as_deref(), passage.locator.as_ref());
        let explained = passage.explanation.as_ref().map(explained).unwrap_or_default();
        session.out.text(&format!(
            "{number}. {}, {place} (score {:.3})\n   {}\n   {}\n{explained}\n",
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

/// Lines under a passage that say why it is there.
fn explained(explanation: &Explanation) -> String {
    let rank = explanation.keyword_rank.map_or_else(|| "none".into(), |rank| rank.to_string());
    let cosine = explanation.similarity.map_or_else(|| "none".into(), |cosine| format!("{cosine:.3}"));
    let mut lines = format!("   Why: {}\n        rank by words {rank}, cosine {cosine}\n", explanation.why);
    for Part { label, value, weight, adds, .. } in &explanation.parts {
        lines += &format!("        {adds:.3} = {value:.3} x {weight:.3}  {label}\n");
    }
    lines
}
