//! Notes between a room and a file: as CSV, as Markdown, and as packages of Anki. What the window and the command line
//! do with a file is done here.

use std::path::Path;

use kernel::{Cancel, Code, RoomId};
use library::rooms::Room;
use library::{Library, cards};
use study::cards::Study;
pub(crate) use study::cards::anki::Taken;
use study::cards::anki::{self, Package};
pub(crate) use study::cards::exchange::Stored;
use study::cards::exchange::{Sheet, csv, markdown, read_text, store};

use crate::app;
use crate::fault::Fault;

/// The forms of a file, by its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Csv,
    Markdown,
    Anki,
}

impl Form {
    /// Endings of files that can be brought in.
    pub(crate) const ENDINGS: [&str; 7] = ["apkg", "colpkg", "csv", "tsv", "txt", "md", "markdown"];

    /// The form of a file that is to be read or written.
    ///
    /// # Errors
    /// `Unsupported` where its name says none.
    pub(crate) fn of(file: &Path) -> Result<Self, Fault> {
        let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "csv" | "tsv" | "txt" => Ok(Self::Csv),
            "md" | "markdown" => Ok(Self::Markdown),
            "apkg" | "colpkg" => Ok(Self::Anki),
            _ => {
                let message =
                    format!("{} is no file of cards: its name must end in .csv, .md or .apkg.", file.display());
                Err(Fault::new(Code::Unsupported, message))
            }
        }
    }
}

/// A file that could be opened; nothing of it is stored yet.
pub(crate) enum Incoming {
    /// A file of text.
    Sheet(Sheet),
    /// A package of Anki.
    Package(Box<Package>),
}

/// What became of a file.
#[derive(Debug)]
pub(crate) enum Brought {
    /// Of a file of text.
    Sheet(Stored),
    /// Of a package of Anki.
    Package(Taken),
}

impl Incoming {
    /// Opens a file of any form.
    ///
    /// # Errors
    /// Those of its form; `EmptyFile` for a text without a note.
    pub(crate) fn open(file: &Path) -> Result<Self, Fault> {
        let sheet = match Form::of(file)? {
            Form::Csv => csv::read(&read_text(file)?),
            Form::Markdown => markdown::read(&read_text(file)?),
            Form::Anki => return Ok(Self::Package(Box::new(app::packages().open(file, &Cancel::new())?))),
        };
        if sheet.notes.is_empty() && sheet.skipped.is_empty() {
            return Err(Fault::new(Code::EmptyFile, format!("There is no note in {}.", file.display())));
        }
        Ok(Self::Sheet(sheet))
    }

    /// Stores its notes in a room, for somebody whose clock is `utc_offset` minutes ahead of UTC.
    ///
    /// # Errors
    /// Those of the library, and of a package that turns out to be broken.
    pub(crate) fn bring(self, library: &Library, room: RoomId, utc_offset: i32) -> Result<Brought, Fault> {
        match self {
            Self::Sheet(sheet) => {
                let stored = library.write_durably(|tx| store(tx, room, sheet, library.now()))?;
                Ok(Brought::Sheet(stored))
            }
            Self::Package(mut package) => {
                let study = library.read(|connection| Study::of(connection, room, utc_offset))?;
                Ok(Brought::Package(anki::take(library, &study, &mut package, library.now())?))
            }
        }
    }
}

/// Writes the notes of a room into a file; how many there are.
///
/// # Errors
/// Those of the library, and where the file can't be written.
pub(crate) fn export(library: &Library, room: &Room, form: Form, file: &Path, utc_offset: i32) -> Result<usize, Fault> {
    let written = |text: String| std::fs::write(file, text).map_err(|error| Fault::not_written(file, &error));
    let notes = library.read(|connection| cards::notes(connection, room.room))?;
    match form {
        Form::Csv => written(csv::write(&notes))?,
        Form::Markdown => written(markdown::write(&room.name, &notes))?,
        Form::Anki => {
            let study = library.read(|connection| Study::of(connection, room.room, utc_offset))?;
            anki::give(library, &study, file, library.now())?;
        }
    }
    Ok(notes.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use kernel::{LibraryFolder, SystemClock};
    use library::rooms;

    use super::*;

    #[test]
    fn what_a_room_gives_another_room_takes() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(LibraryFolder::new(folder.path().join("library")), Arc::new(SystemClock)).unwrap();
        let room = |name: &str| library.write(|tx| rooms::create(tx, name, library.now())).unwrap();
        let from = room("Biology");
        let note = cards::NewNote::basic("What is osmosis?", "Water that moves.");
        library.write(|tx| cards::add_note(tx, from.room, &note, library.now())).unwrap();
        // A package is read by the app's own executable, which this is not.
        for (ending, form) in [("csv", Form::Csv), ("md", Form::Markdown)] {
            let file = folder.path().join("notes").with_extension(ending);
            assert_eq!(Form::of(&file).unwrap(), form);
            assert_eq!(export(&library, &from, form, &file, 0).unwrap(), 1);
            let to = room(ending).room;
            let added = |brought: Brought| match brought {
                Brought::Sheet(stored) => (stored.added, stored.unchanged),
                Brought::Package(taken) => (taken.added, taken.unchanged),
            };
            assert_eq!(added(Incoming::open(&file).unwrap().bring(&library, to, 0).unwrap()), (1, 0), "{ending}");
            assert_eq!(added(Incoming::open(&file).unwrap().bring(&library, to, 0).unwrap()), (0, 1), "{ending}");
            assert_eq!(library.read(|c| cards::notes(c, to)).unwrap()[0].back, note.back);
        }
    }

    #[test]
    fn another_ending_and_a_text_without_notes_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let refused = Form::of(Path::new("notes.pdf")).unwrap_err();
        assert_eq!((refused.code, refused.message.contains(".apkg")), (Code::Unsupported, true));
        let empty = folder.path().join("empty.csv");
        std::fs::write(&empty, "").unwrap();
        assert_eq!(Incoming::open(&empty).map(drop).unwrap_err().code, Code::EmptyFile);
    }
}
