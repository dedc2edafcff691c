//! Progress: what was read, asked, quizzed and kept of each part of a document, and what to do next.
//!
//! All of it is worked out from what is stored (looks at pages, citations of answers, answers to questions, cards),
//! and comes out the same whenever it is asked for.

mod activity;
mod standing;
mod suggestion;

use std::collections::BTreeMap;
use std::ops::Range;

use kernel::{DocumentId, RoomId, Timestamp};
use library::cards::{Sourced, sourced};
use library::{Connection, Error, conversations, documents, quizzes, readings};
use reader::OutlineItem;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::cards::{Memory, Study};
pub use activity::{Activity, StudyDay, activity};
pub use standing::Standing;
use standing::Tally;
pub use suggestion::{Suggestion, Why};

/// How a room is getting on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct RoomProgress {
    /// The room.
    pub room: RoomId,
    /// Its documents, the newest first.
    pub documents: Vec<DocumentProgress>,
    /// What to do next, the most pressing first.
    pub next: Vec<Suggestion>,
}

/// How a document is getting on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DocumentProgress {
    /// The document.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// All of it.
    pub whole: Standing,
    /// The entries of its table of contents, in order.
    pub sections: Vec<SectionProgress>,
}

/// How a section is getting on, with the sections below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SectionProgress {
    /// Its place in the table of contents, from 0.
    pub entry: u32,
    /// How deep it stands, from 1.
    pub level: u8,
    /// Its title.
    pub title: String,
    /// Its first page.
    pub page: u32,
    /// How it stands.
    pub standing: Standing,
}

/// How a room is getting on at a moment, for somebody whose clock is `utc_offset` minutes ahead of UTC.
///
/// # Errors
/// Not found, when the room is gone. A fault of the store.
pub fn progress(connection: &Connection, room: RoomId, utc_offset: i32, now: Timestamp) -> Result<RoomProgress, Error> {
    let study = Study::of(connection, room, utc_offset)?;
    let mut pages = tallies(connection, &study, now)?;
    let mut shown = Vec::new();
    for document in documents::list(connection, room)? {
        let outline = documents::outline(connection, document.document)?;
        let tallies = pages.remove(&document.document).unwrap_or_default();
        let count = document.pages.unwrap_or(document.pages_read);
        let of = |pages: Range<u32>| {
            let tally = tallies.range(pages.clone()).fold(Tally::default(), |sum, (_, tally)| sum.plus(tally));
            tally.standing(pages.end - pages.start)
        };
        let sections = (0u32..).zip(&outline).map(|(entry, item)| SectionProgress {
            entry,
            level: item.level,
            title: item.title.clone(),
            page: item.page,
            standing: of(pages_of(&outline, entry as usize, count)),
        });
        shown.push(DocumentProgress {
            document: document.document,
            title: document.title.clone(),
            whole: of(1..count + 1),
            sections: sections.collect(),
        });
    }
    let next = suggestion::suggestions(&shown);
    Ok(RoomProgress { room, documents: shown, next })
}

/// The pages of an entry with those of the entries below it. The page on which the next one begins belongs to both
/// where a section ends on it only if that is its own first page.
fn pages_of(outline: &[OutlineItem], entry: usize, count: u32) -> Range<u32> {
    let Some(own) = outline.get(entry) else { return 1..1 };
    let next = outline.iter().skip(entry + 1).find(|item| item.level <= own.level);
    let end = next.map_or(count + 1, |next| next.page);
    own.page..end.max(own.page + 1)
}

/// What is known of each page of each document.
fn tallies(
    connection: &Connection,
    study: &Study,
    now: Timestamp,
) -> Result<BTreeMap<DocumentId, BTreeMap<u32, Tally>>, Error> {
    let mut all: BTreeMap<DocumentId, BTreeMap<u32, Tally>> = BTreeMap::new();
    let mut at = |document: DocumentId, page: u32, count: &dyn Fn(&mut Tally)| {
        count(all.entry(document).or_default().entry(page).or_default());
    };
    for (document, page, ms) in readings::of_room(connection, study.room)? {
        at(document, page, &|tally| tally.read(ms));
    }
    for (document, page) in conversations::cited(connection, study.room)? {
        at(document, page, &Tally::asked);
    }
    for outcome in quizzes::outcomes(connection, study.room)? {
        at(outcome.document, outcome.page, &|tally| tally.answered(outcome.score));
    }
    let end = study.calendar.end(now);
    for card in sourced(connection, study.room)? {
        let recall = recall(study, &card, now);
        let is_due = card.due.is_some_and(|due| due < end);
        at(card.document, card.page, &|tally| tally.card(recall, is_due));
    }
    Ok(all)
}

/// How likely a card is recalled now; none before its first answer.
fn recall(study: &Study, card: &Sourced, now: Timestamp) -> Option<f32> {
    let ((stability, difficulty), last) = card.memory.zip(card.last_review)?;
    let memory = Memory { stability: stability as f32, difficulty: difficulty as f32 };
    Some(study.model().retrievability(memory, study.calendar.days_between(last, now) as f32))
}
