//! Highlights and notes on pages.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use kernel::{AnnotationId, Code, DocumentId};
use library::annotations::{self, Annotation, Colour, NewAnnotation, Selection, Wanted};
use library::{Library, documents, pages};
use serde::Serialize;

use super::output::counted;
use super::{Failure, Session, room};
use crate::fault::Fault;

/// More of them than anybody makes in a room.
const MOST: u32 = 20_000;

#[derive(Debug, Subcommand)]
pub(super) enum Notes {
    /// List them by document and page, or find them by their words
    List {
        /// The room
        #[arg(long, value_name = "NAME")]
        room: String,
        /// Only those of this document, by its number as `documents` prints it
        #[arg(long, value_name = "D")]
        document: Option<DocumentId>,
        /// Words of the quote or the note; the last one may be the beginning of one
        #[arg(value_name = "QUERY", default_value = "")]
        query: String,
    },
    /// Mark words on a page, or write a note about it
    Add(Add),
    /// Write them as Markdown, by document and page
    Export {
        /// The room
        #[arg(long, value_name = "NAME")]
        room: String,
        /// The file
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Remove one
    Remove {
        /// Its number, as `notes list` prints it
        annotation: AnnotationId,
    },
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// The document, by its number as `documents` prints it
    document: DocumentId,
    /// The page; in a format without pages the chapter, slide, section or sheet
    #[arg(long, value_name = "N")]
    page: u32,
    /// The words as they stand there, the first time they do; without them the note is about the whole page
    #[arg(long, value_name = "WORDS")]
    quote: Option<String>,
    /// What to write beside them, in Markdown
    #[arg(long, value_name = "TEXT", required_unless_present = "quote")]
    note: Option<String>,
    /// What to mark them with
    #[arg(long, value_name = "COLOUR", default_value = "yellow", value_parser = colours())]
    colour: Colour,
}

fn colours() -> impl TypedValueParser<Value = Colour> {
    PossibleValuesParser::new(Colour::ALL.map(Colour::name))
        .try_map(|name| Colour::ALL.into_iter().find(|it| it.name() == name).ok_or("There is no such colour"))
}

#[derive(Serialize)]
struct Exported<'a> {
    r#type: &'static str,
    file: &'a Path,
    notes: usize,
}

#[derive(Serialize)]
struct Removed {
    r#type: &'static str,
    annotation: AnnotationId,
}

/// Does what is asked of them.
pub(super) fn run(session: &Session, what: Notes) -> Result<(), Failure> {
    let library = session.library()?;
    match what {
        Notes::List { room: name, document, query } => {
            let room = room(&library, &name)?.room;
            let wanted = Wanted { room, document, query, limit: MOST };
            let found = library.read(|connection| annotations::find(connection, &wanted))?;
            found.into_iter().try_for_each(|found| session.out.line(&found.annotation, said))
        }
        Notes::Add(what) => add(session, &library, &what),
        Notes::Export { room, to } => export(session, &library, &room, &to),
        Notes::Remove { annotation } => {
            library.write_durably(|tx| annotations::remove(tx, annotation, library.now()))?;
            session.out.line(&Removed { r#type: "removed", annotation }, |_| "Removed.".into())
        }
    }
}

fn add(session: &Session, library: &Library, what: &Add) -> Result<(), Failure> {
    let Add { document, page, colour, .. } = *what;
    let quote = what.quote.as_deref().unwrap_or_default();
    let note = what.note.clone().unwrap_or_default();
    let start = library.read(|connection| {
        documents::get(connection, document)?;
        Ok(pages::get(connection, document, page)?.text.find(quote))
    })?;
    let start = start.and_then(|start| u32::try_from(start).ok()).ok_or_else(|| {
        let message = format!("Page {page} of document {document} has no such words. `text` prints what it has.");
        Failure::new(Code::NotFound, message)
    })?;
    let end = start + u32::try_from(quote.len()).unwrap_or_default();
    let on = Selection { document, page, start, end, quote: quote.to_owned() };
    let new = NewAnnotation { on, colour, note };
    let added = library.write_durably(|tx| annotations::add(tx, &new, library.now()))?;
    session.out.line(&added, said)
}

fn export(session: &Session, library: &Library, name: &str, to: &Path) -> Result<(), Failure> {
    let room = room(library, name)?;
    let wanted = Wanted { room: room.room, document: None, query: String::new(), limit: MOST };
    let found = library.read(|connection| annotations::find(connection, &wanted))?;
    let all: Vec<Annotation> = found.into_iter().map(|found| found.annotation).collect();
    std::fs::write(to, tutor::notebook(&room.name, &all)).map_err(|error| Fault::not_written(to, &error))?;
    let exported = Exported { r#type: "exported", file: to, notes: all.len() };
    session.out.line(&exported, |it| {
        let notes = counted(u32::try_from(it.notes).unwrap_or(u32::MAX), "highlight or note", "highlights and notes");
        format!("{notes} written to {}.", it.file.display())
    })
}

/// An annotation for people, with its number in front.
fn said(annotation: &Annotation) -> String {
    let citation = &annotation.citation;
    let place = kernel::place(citation.page, citation.label.as_deref(), citation.locator.as_ref());
    let mut said = format!("{}  {}, {place}", annotation.annotation, citation.title);
    for text in [&citation.quote, &annotation.note].into_iter().filter(|text| !text.is_empty()) {
        said += &format!("\n  {}", text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    said
}
