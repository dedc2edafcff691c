use clap::Args;
use kernel::DocumentId;
use serde::Serialize;
use study::progress::{self, Standing, Suggestion, Why};

use super::cards::arguments::Clock;
use super::cards::utc_offset;
use super::output::counted;
use super::{Failure, Session, room};

#[derive(Args, Debug)]
pub(super) struct Progress {
    /// The room
    #[arg(long, value_name = "NAME")]
    pub(super) room: String,
    #[command(flatten)]
    pub(super) clock: Clock,
}

/// How a document, or a section of it, stands.
#[derive(Serialize)]
struct Part<'a> {
    r#type: &'static str,
    document: DocumentId,
    /// The entry of the table of contents, from 0; null for all of the document.
    entry: Option<u32>,
    level: u8,
    title: &'a str,
    #[serde(flatten)]
    standing: Standing,
}

#[derive(Serialize)]
struct Next<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    suggestion: &'a Suggestion,
}

/// Prints each document with its sections, then what to do next.
pub(super) fn run(session: &Session, what: &Progress) -> Result<(), Failure> {
    let library = session.library()?;
    let room = room(&library, &what.room)?.room;
    let offset = utc_offset(what.clock);
    let progress = library.read(|connection| progress::progress(connection, room, offset, library.now()))?;
    for document in &progress.documents {
        let (id, title, standing) = (document.document, document.title.as_str(), document.whole);
        let whole = Part { r#type: "document", document: id, entry: None, level: 0, title, standing };
        session.out.line(&whole, said)?;
        for section in &document.sections {
            let (entry, level, title) = (Some(section.entry), section.level, section.title.as_str());
            let part = Part { r#type: "section", document: id, entry, level, title, standing: section.standing };
            session.out.line(&part, said)?;
        }
    }
    for suggestion in &progress.next {
        let next = Next { r#type: "next", suggestion };
        session.out.line(&next, |it| format!("Next: {}", suggested(it.suggestion)))?;
    }
    Ok(())
}

fn said(part: &Part<'_>) -> String {
    let Standing { pages, read, answered, score, cards, due, mastery, .. } = part.standing;
    let indent = "  ".repeat(part.level.into());
    let percent = |share: f32| format!("{:.0} %", share * 100.0);
    let mut told = vec![format!("{read} of {} read", counted(pages, "page", "pages"))];
    if let Some(score) = score {
        told.push(format!("{} answered, {} right", counted(answered, "question", "questions"), percent(score)));
    }
    if cards > 0 {
        told.push(format!("{}, {due} due", counted(cards, "card", "cards")));
    }
    let mastery = mastery.map_or("untouched".to_owned(), |mastery| format!("{} mastered", percent(mastery)));
    format!("{indent}{}: {mastery} ({})", part.title, told.join("; "))
}

fn suggested(suggestion: &Suggestion) -> String {
    let reasons = suggestion.why.iter().map(|why| match why {
        Why::CardsDue { cards } => format!("{} due", counted(*cards, "card", "cards")),
        Why::QuizWeak { score } => format!("quiz at {:.0} %", score * 100.0),
        Why::Unread { pages } => format!("{} left to read", counted(*pages, "page", "pages")),
    });
    format!("{} (p. {}): {}", suggestion.title, suggestion.page, reasons.collect::<Vec<_>>().join(", "))
}
