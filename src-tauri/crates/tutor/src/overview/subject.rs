//! What an overview is to be about.

use std::ops::RangeInclusive;

use kernel::{Citation, DocumentId, RoomId};
use library::conversations::{Mode, Subject as Chosen};
use library::passages::StoredPassage;
use library::{Connection, Error as Stored, documents, passages};

use super::parts::{Part, parts};
use crate::answerability::{Hidden, Signals};
use crate::asking::{self, Work};
use crate::phrases::Phrases;
use crate::prompt::one_line;
use crate::structure::Named;
use crate::verification::Pages;
use crate::{Error, blocking, structure};

/// Hits on whose pages terms are looked for.
const HITS: usize = 3;
/// A section of fewer passages than this is looked at with what it is part of.
const SHORT: u32 = 3;
/// How many entries of the table of contents may begin on one page, before the one that is looked for.
const ENTRIES: usize = 24;
/// Passages around a hit in a document without a table of contents.
const AROUND: u32 = 4;

/// A document or a section of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Subject {
    /// The document.
    pub(super) document: DocumentId,
    /// Its parts, in order; at least one.
    pub(super) parts: Vec<Part>,
}

/// What was found for a request.
pub(super) enum Found {
    /// A document or a section.
    Subject(Subject),
    /// The pages that come nearest to the words of a quiz.
    Pages(Vec<(DocumentId, RangeInclusive<u32>)>),
    /// Nothing, with what is to be said of it and the nearest places.
    Nothing {
        /// For people.
        why: String,
        /// Places worth reading instead.
        further: Vec<Citation>,
    },
}

/// Finds what a request is about: what it was given with, what its words name, or where a search leads.
pub(super) async fn find(work: &Work) -> Result<Found, Error> {
    let (library, room, given) = (work.library.clone(), work.room, work.subject);
    let (asked, understood, phrases) = (work.asked.clone(), work.question.clone(), work.phrases());
    let subject = blocking(move || {
        Ok(library.read(|connection| {
            let named = match given {
                Some(subject) => Some(Named::Part(subject)),
                None => match structure::named(connection, room, &asked, phrases)? {
                    Some(named) => Some(named),
                    None => structure::named(connection, room, &understood, phrases)?,
                },
            };
            named.map(|named| found(connection, room, named, phrases)).transpose()
        })?)
    })
    .await?;
    match subject {
        Some(found) => Ok(found),
        None => search(work).await,
    }
}

fn nothing(why: impl Into<String>) -> Found {
    Found::Nothing { why: why.into(), further: Vec::new() }
}

/// What is named, if it is still there.
fn found(connection: &Connection, room: RoomId, named: Named, phrases: &dyn Phrases) -> Result<Found, Stored> {
    let subject = match named {
        Named::Part(subject) => subject,
        Named::Pages { document, numbers, title } => {
            let part = Part::of_pages(connection, document, title, numbers)?;
            return Ok(Found::Subject(Subject { document, parts: vec![part] }));
        }
        Named::Missing(why) => return Ok(nothing(why)),
    };
    let is_there = documents::list(connection, room)?.iter().any(|it| it.document == subject.document);
    let entries = documents::outline(connection, subject.document)?.len();
    if !is_there || subject.section.is_some_and(|section| section as usize >= entries) {
        return Ok(nothing(phrases.subject_gone()));
    }
    of(connection, subject, phrases).map(Found::Subject)
}

fn of(connection: &Connection, chosen: Chosen, phrases: &dyn Phrases) -> Result<Subject, Stored> {
    let Chosen { document, section } = chosen;
    let own = documents::get(connection, document)?.title;
    Ok(Subject { document, parts: parts(connection, document, &own, section, phrases)? })
}

/// Where a search for the words leads, if the room has to do with them.
async fn search(work: &Work) -> Result<Found, Error> {
    let about = structure::about(&work.question);
    if !about.chars().any(char::is_alphanumeric) {
        return Ok(nothing(work.phrases().subject_wanted()));
    }
    let (library, retrieval) = (work.library.clone(), work.retrieval.clone());
    let findings = asking::find(library.clone(), retrieval, work.room, about, Hidden::Nothing, None).await?;
    let answerable = Signals::of(&findings).answerable(work.threshold().await?);
    let (is_quiz, phrases) = (work.mode == Mode::Quiz, work.phrases());
    blocking(move || {
        Ok(library.read(|connection| {
            let hits: Vec<&StoredPassage> =
                findings.near.iter().filter(|near| near.is_hit).map(|near| &near.passage).collect();
            match hits.first() {
                Some(best) if answerable && !is_quiz => around(connection, best, phrases).map(Found::Subject),
                Some(_) if answerable => {
                    let pages = hits.iter().take(HITS).map(|hit| (hit.document, hit.page_start..=hit.page_end));
                    Ok(Found::Pages(pages.collect()))
                }
                _ => {
                    let further = asking::further(&findings, &[], &mut Pages::new(connection));
                    let why = if further.is_empty() { phrases.nothing_near() } else { phrases.no_part() };
                    Ok(Found::Nothing { why: why.to_owned(), further })
                }
            }
        })?)
    })
    .await
}

/// The section that a passage stands in, the smallest that has some length.
fn around(connection: &Connection, passage: &StoredPassage, phrases: &dyn Phrases) -> Result<Subject, Stored> {
    let document = passage.document;
    let items = documents::outline(connection, document)?;
    let before = items.iter().rposition(|item| item.page <= passage.page_end);
    let nearest: Vec<usize> = before.into_iter().flat_map(|last| (last.saturating_sub(ENTRIES)..=last).rev()).collect();
    let mut found = None;
    for entry in nearest {
        let number = u32::try_from(entry).unwrap_or(u32::MAX);
        let range = documents::section(connection, document, number)?;
        if range.contains(&passage.ordinal) {
            found = Some((number, range.clone()));
            if range.end - range.start >= SHORT {
                break;
            }
        }
    }
    if let Some((entry, _)) = found {
        return of(connection, Chosen { document, section: Some(entry) }, phrases);
    }
    let end = passages::next_ordinal(connection, document)?;
    let passages = passage.ordinal.saturating_sub(AROUND)..end.min(passage.ordinal.saturating_add(AROUND + 1));
    let title = one_line(passage.headings.last().unwrap_or(&passage.title));
    Ok(Subject { document, parts: vec![Part::new(title, passages)] })
}
