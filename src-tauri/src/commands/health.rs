use library::backup::{self, LastBackup};
use library::check::Counts;
use library::documents;
use library::jobs::{self, JobState, Work};
use library::{SCHEMA_VERSION, rooms};
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::app::App;
use crate::fault::Fault;
use crate::sizes::{self, Sizes};
use crate::soundness;
use crate::state::Shell;

/// Failed imports that are told of.
const FAULTS: usize = 20;

/// What the library is made of, and how it is.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub(crate) struct Health {
    /// The app's version.
    pub version: String,
    /// The form of the database, counted up by each version that changed it.
    pub schema: u32,
    /// Where the library lies.
    pub folder: String,
    /// Whether it can be written to.
    pub writable: bool,
    /// Whether this window works off the imports; else another process does, or nobody can.
    pub in_charge: bool,
    /// What lies in its folder.
    pub sizes: Sizes,
    /// Bytes that are free on its disk; none where that can't be told.
    #[specta(type = Option<f64>)]
    pub free: Option<u64>,
    /// How much there is in the rooms.
    pub counts: Totals,
    /// Rows of the vector index; none when it can't be read.
    #[specta(type = Option<f64>)]
    pub index_rows: Option<u64>,
    /// The parts that the app brings along, or uses of the system.
    pub parts: Vec<NativePart>,
    /// The last backup that was made from here; none before the first.
    pub last_backup: Option<LastBackup>,
    /// The imports that failed last and wait for a person.
    pub faults: Vec<Work>,
}

/// How much there is in the rooms of a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub(crate) struct Totals {
    /// Rooms.
    pub rooms: u32,
    /// Documents.
    pub documents: u32,
    /// Pages that have been read.
    pub pages: u32,
    /// Passages.
    pub passages: u32,
    /// Passages that can be found by their meaning.
    pub embedded: u32,
}

/// A part of the app that is not its own program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct NativePart {
    /// Which one.
    pub part: Part,
    /// Whether it is there and can be used.
    pub found: bool,
    /// What is wrong with it and what to do, if anything; for people.
    pub message: Option<String>,
}

/// A part of the app that is not its own program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "NativePartName", rename_all = "snake_case")]
pub(crate) enum Part {
    /// Reads and draws PDFs.
    Pdfium,
    /// Runs the embedding model.
    OnnxRuntime,
    /// The embedding model that comes with the app.
    EmbeddingModel,
    /// Recognises the text of scans; a program of the system.
    Tesseract,
}

/// What a check of the library found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub(crate) struct LibraryCheck {
    /// Whether nothing is wrong (any more).
    pub sound: bool,
    /// What is wrong, a sentence each.
    pub problems: Vec<String>,
    /// What was put right, a sentence each.
    pub repaired: Vec<String>,
    /// Rows of each kind.
    pub counts: Counts,
}

/// What the library is made of, and how it is. Looks at every file of its folder.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health(shell: State<'_, Shell>) -> Result<Health, Fault> {
    shell.with(of).await
}

/// Looks whether the stores are whole and agree with each other. Reads everything, which takes a while for a large
/// library; meanwhile everything else goes on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn library_check(shell: State<'_, Shell>) -> Result<LibraryCheck, Fault> {
    checked(&shell, false).await
}

/// Checks, and puts right what can be. What is written meanwhile waits for it, and nothing is lost: each step is kept as
/// a whole or not at all.
#[tauri::command]
#[specta::specta]
pub(crate) async fn library_repair(shell: State<'_, Shell>) -> Result<LibraryCheck, Fault> {
    checked(&shell, true).await
}

async fn checked(shell: &Shell, repair: bool) -> Result<LibraryCheck, Fault> {
    let _checking = shell.checking()?;
    let report = shell.with(move |app| soundness::report(app, repair)).await?;
    let library::check::Report { problems, repaired, counts } = report;
    Ok(LibraryCheck { sound: problems.is_empty(), problems, repaired, counts })
}

fn of(app: &App) -> Result<Health, Fault> {
    let folder = app.library.folder();
    let (counts, last_backup, works) = app.library.read(|connection| {
        let mut counts = Totals::default();
        for room in rooms::list(connection)? {
            counts.rooms += 1;
            for document in documents::list(connection, room.room)? {
                counts.documents += 1;
                counts.pages += document.pages_read;
                counts.passages += document.passages;
                counts.embedded += document.embedded;
            }
        }
        Ok((counts, backup::last(connection)?, jobs::unfinished(connection)?))
    })?;
    Ok(Health {
        version: env!("CARGO_PKG_VERSION").into(),
        schema: SCHEMA_VERSION,
        folder: folder.root().display().to_string(),
        writable: app.library.writable(),
        in_charge: app.intake.is_in_charge(),
        sizes: sizes::of(folder),
        free: fs4::available_space(folder.root()).ok(),
        counts,
        index_rows: app.index_rows(),
        parts: parts(app)?,
        last_backup,
        faults: works.into_iter().filter(|work| work.state == JobState::Failed).take(FAULTS).collect(),
    })
}

fn parts(app: &App) -> Result<Vec<NativePart>, Fault> {
    let missing = |name: &str, path: &std::path::Path| {
        (!path.is_file()).then(|| format!("{name} is missing: {} is not there. Reinstall the app.", path.display()))
    };
    let pdfium = missing("PDFium", &app.native.pdfium());
    let runtime = missing("ONNX Runtime", &app.native.onnxruntime());
    let model = missing("The search model", &app.native.model().join("model.onnx"));
    let tesseract = app.intake.recognition()?.message;
    let part = |part, message: Option<String>| NativePart { part, found: message.is_none(), message };
    Ok(vec![
        part(Part::Pdfium, pdfium),
        part(Part::OnnxRuntime, runtime),
        part(Part::EmbeddingModel, model),
        part(Part::Tesseract, tesseract),
    ])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use kernel::{Cancel, Code, LibraryFolder, NativeParts};
    use library::documents::NewDocument;
    use library::jobs::JobKind;

    use super::*;

    fn app(place: &std::path::Path) -> App {
        App::open(LibraryFolder::new(place.join("library")), NativeParts::new(place.join("native"))).unwrap()
    }

    #[test]
    fn the_state_of_a_library_is_told_with_what_failed_and_when_it_was_backed_up() {
        let place = tempfile::tempdir().unwrap();
        let app = app(place.path());
        let now = app.library.now();
        app.library
            .write(|tx| {
                let room = rooms::create(tx, "Biology", now)?.room;
                for hash in ["a", "b"] {
                    let new = NewDocument {
                        room,
                        title: hash.into(),
                        file_name: format!("{hash}.pdf"),
                        source: None,
                        hash: hash.into(),
                        format: "pdf".into(),
                        bytes: 1,
                        replaces: None,
                    };
                    let document = documents::add(tx, &new, now)?.document;
                    let job = jobs::enqueue(tx, document, JobKind::Import, 0, now)?;
                    if hash == "b" {
                        jobs::set_failed(tx, job, Code::Encrypted, "It needs a password.", now)?;
                    }
                }
                Ok(())
            })
            .unwrap();
        std::fs::write(app.library.original("a", "pdf"), "12345").unwrap();
        let told = of(&app).unwrap();
        assert_eq!((told.counts.rooms, told.counts.documents, told.counts.pages), (1, 2, 0));
        assert_eq!((told.schema, told.writable, told.in_charge), (SCHEMA_VERSION, true, false));
        assert!(told.sizes.database > 0 && told.sizes.originals == 5 && told.sizes.total > told.sizes.database);
        assert!(told.free.is_some_and(|free| free > 0));
        assert_eq!(told.faults.iter().map(|work| work.title.as_str()).collect::<Vec<_>>(), ["b"]);
        let parts: Vec<_> = told.parts.iter().map(|part| (part.part, part.found)).collect();
        assert_eq!(parts[..3], [(Part::Pdfium, false), (Part::OnnxRuntime, false), (Part::EmbeddingModel, false)]);
        assert!(told.parts[0].message.as_ref().is_some_and(|why| why.contains("PDFium is missing")));
        assert_eq!(told.last_backup, None);
        let file = place.path().join("backup");
        backup::create(&app.library, &file, "1", &Cancel::new(), &mut |_| {}).unwrap();
        assert!(of(&app).unwrap().last_backup.is_some_and(|last| last.file.ends_with("backup")));
    }

    #[test]
    fn a_repair_in_a_running_app_puts_the_library_right() {
        let place = tempfile::tempdir().unwrap();
        let app = app(place.path());
        app.intake.start().unwrap();
        app.library
            .write(|tx| {
                let room = rooms::create(tx, "Biology", app.library.now())?.room;
                library::cards::add_note(tx, room, &library::cards::NewNote::basic("a", "b"), app.library.now())?;
                Ok(tx.execute_batch("DELETE FROM notes_fts")?)
            })
            .unwrap();
        let found = soundness::report(&app, false).unwrap();
        assert!(found.problems.iter().any(|problem| problem.contains("notes of cards")), "{found:?}");
        let mended = soundness::report(&app, true).unwrap();
        assert!(mended.problems.is_empty() && !mended.repaired.is_empty(), "{mended:?}");
        assert!(soundness::report(&app, false).unwrap().problems.is_empty());
        app.close();
    }
}
