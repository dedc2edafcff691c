use std::path::Path;

use kernel::{Cancel, Code};
use library::Library;
use library::cards;
use serde::Serialize;
use study::cards::Study;
use study::cards::anki::{self, Taken};
use study::cards::exchange::{Sheet, Skipped, Stored, csv, markdown, read_text, store};

use super::super::output::{self, counted};
use super::super::{Failure, Session, room};
use super::arguments::{Clock, Export};
use super::{room_or_new, utc_offset};
use crate::app;
use crate::fault::Fault;

/// The forms of a file, by its ending.
enum Form {
    Csv,
    Markdown,
    Anki,
}

impl Form {
    fn of(file: &Path) -> Result<Self, Failure> {
        let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "csv" | "tsv" | "txt" => Ok(Self::Csv),
            "md" | "markdown" => Ok(Self::Markdown),
            "apkg" | "colpkg" => Ok(Self::Anki),
            _ => {
                let message =
                    format!("{} is no file of cards: its name must end in .csv, .md or .apkg.", file.display());
                Err(Failure::new(Code::Unsupported, message))
            }
        }
    }
}

#[derive(Serialize)]
struct Imported<'a, T> {
    r#type: &'static str,
    file: &'a Path,
    #[serde(flatten)]
    what: T,
}

pub(super) fn import(
    session: &Session,
    library: &Library,
    file: &Path,
    name: &str,
    clock: Clock,
) -> Result<(), Failure> {
    match Form::of(file)? {
        Form::Csv => sheet(session, library, file, name, csv::read(&read_text(file)?)),
        Form::Markdown => sheet(session, library, file, name, markdown::read(&read_text(file)?)),
        Form::Anki => package(session, library, file, name, clock),
    }
}

fn sheet(session: &Session, library: &Library, file: &Path, name: &str, sheet: Sheet) -> Result<(), Failure> {
    if sheet.notes.is_empty() && sheet.skipped.is_empty() {
        return Err(Failure::new(Code::EmptyFile, format!("There is no note in {}.", file.display())));
    }
    let room = room_or_new(library, name)?;
    let stored = library.write_durably(|tx| store(tx, room, sheet, library.now()))?;
    complain(session, "Line", &stored.skipped);
    session.out.line(&Imported { r#type: "imported", file, what: stored }, |it| {
        let Stored { added, updated, unchanged, skipped } = &it.what;
        let notes = counted(*added, "note", "notes");
        format!("{notes} added, {updated} changed, {unchanged} as before, {} left out.", skipped.len())
    })
}

/// Takes a package of Anki. The room is only made for one that can be opened.
fn package(session: &Session, library: &Library, file: &Path, name: &str, clock: Clock) -> Result<(), Failure> {
    let mut package = app::packages().open(file, &Cancel::new())?;
    let room = room_or_new(library, name)?;
    let study = library.read(|connection| Study::of(connection, room, utc_offset(clock)))?;
    let taken = anki::take(library, &study, &mut package, library.now())?;
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
    let written = |text: String| std::fs::write(&what.to, text).map_err(|error| Fault::not_written(&what.to, &error));
    let notes = library.read(|connection| cards::notes(connection, room.room))?;
    match form {
        Form::Csv => written(csv::write(&notes))?,
        Form::Markdown => written(markdown::write(&room.name, &notes))?,
        Form::Anki => {
            let study = library.read(|connection| Study::of(connection, room.room, utc_offset(what.clock)))?;
            anki::give(&library, &study, &what.to, library.now())?;
        }
    }
    let exported = Exported { r#type: "exported", file: &what.to, notes: notes.len() };
    session.out.line(&exported, |it| {
        let notes = counted(u32::try_from(it.notes).unwrap_or(u32::MAX), "note", "notes");
        format!("{notes} written to {}.", it.file.display())
    })
}
