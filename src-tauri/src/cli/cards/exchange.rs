use std::path::Path;

use kernel::Code;
use library::Library;
use serde::Serialize;
use study::cards::anki::Taken;
use study::cards::exchange::{Skipped, Stored};

use super::super::output::{self, counted};
use super::super::{Failure, Session, room};
use super::arguments::{Clock, Export};
use super::{room_or_new, utc_offset};
use crate::exchange::{self, Brought, Form, Incoming};

#[derive(Serialize)]
struct Imported<'a, T> {
    r#type: &'static str,
    file: &'a Path,
    #[serde(flatten)]
    what: T,
}

/// Brings a file into a room, which is only made for one that can be opened.
pub(super) fn import(
    session: &Session,
    library: &Library,
    file: &Path,
    name: &str,
    clock: Clock,
) -> Result<(), Failure> {
    let incoming = Incoming::open(file)?;
    let room = room_or_new(library, name)?;
    match incoming.bring(library, room, utc_offset(clock))? {
        Brought::Sheet(stored) => say_stored(session, file, stored),
        Brought::Package(taken) => say_taken(session, file, taken),
    }
}

fn say_stored(session: &Session, file: &Path, stored: Stored) -> Result<(), Failure> {
    complain(session, "Line", &stored.skipped);
    session.out.line(&Imported { r#type: "imported", file, what: stored }, |it| {
        let Stored { added, updated, unchanged, skipped } = &it.what;
        let notes = counted(*added, "note", "notes");
        format!("{notes} added, {updated} changed, {unchanged} as before, {} left out.", skipped.len())
    })
}

fn say_taken(session: &Session, file: &Path, taken: Taken) -> Result<(), Failure> {
    complain(session, "Note", &taken.skipped);
    session.out.line(&Imported { r#type: "imported", file, what: taken }, |it| {
        let Taken { added, updated, unchanged, answers, media, missing, skipped } = &it.what;
        let notes = counted(*added, "note", "notes");
        let without = if *missing == 0 { String::new() } else { format!(" ({missing} are not in the package)") };
        format!(
            "{notes} added with {}, {updated} changed, {unchanged} as before, {} left out. {}{without}.",
            counted(*answers, "answer", "answers"),
            skipped.len(),
            counted(*media, "picture or sound", "pictures and sounds"),
        )
    })
}

/// What was left out, for people; programs find it in the line.
fn complain(session: &Session, what: &str, skipped: &[Skipped]) {
    if !session.out.is_json() {
        for Skipped { place, why } in skipped {
            output::complain(Code::Invalid, &format!("{what} {place} of the file: {why}"));
        }
    }
}

#[derive(Serialize)]
struct Exported<'a> {
    r#type: &'static str,
    file: &'a Path,
    notes: usize,
}

/// Writes the notes of a room into a file.
pub(in super::super) fn export(session: &Session, what: &Export) -> Result<(), Failure> {
    let library = session.library()?;
    let form = Form::of(&what.to)?;
    let room = room(&library, &what.room)?;
    let notes = exchange::export(&library, &room, form, &what.to, utc_offset(what.clock))?;
    let exported = Exported { r#type: "exported", file: &what.to, notes };
    session.out.line(&exported, |it| {
        let notes = counted(u32::try_from(it.notes).unwrap_or(u32::MAX), "note", "notes");
        format!("{notes} written to {}.", it.file.display())
    })
}
