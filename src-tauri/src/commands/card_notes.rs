//! Notes that cards ask for: written by hand, or made of questions and of terms.

use kernel::{DocumentId, NoteId, QuizId, RoomId};
use library::cards::{self, Medium, NewNote};
use library::documents::{self, DocumentState};
use library::{Connection, quizzes};
use serde::Serialize;
use specta::Type;
use study::cards::{Face, NotesMade, add_unknown, is_known, marked_faces, note_of_item, note_of_term};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// Most terms that are offered of one document.
const MOST_TERMS: usize = 100;

/// Makes a note with its cards.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note_add(shell: State<'_, Shell>, room: RoomId, note: NewNote) -> Result<NoteId, Fault> {
    shell
        .with(move |app| Ok(app.library.write_durably(|tx| cards::add_note(tx, room, &note, app.library.now()))?))
        .await
}

/// Writes a note anew.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note_edit(shell: State<'_, Shell>, note: NoteId, text: NewNote) -> Result<(), Fault> {
    shell
        .with(move |app| Ok(app.library.write_durably(|tx| cards::edit_note(tx, note, &text, app.library.now()))?))
        .await
}

/// Removes a note with its cards and their answers.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note_remove(shell: State<'_, Shell>, note: NoteId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write_durably(|tx| cards::remove_note(tx, note))?)).await
}

/// The sides of the cards that a note would have; none where there is nothing to ask yet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note_preview(note: NewNote) -> Result<Vec<Face>, Fault> {
    Ok(marked_faces(&note))
}

/// The pictures and sounds of a note.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note_media(shell: State<'_, Shell>, note: NoteId) -> Result<Vec<Medium>, Fault> {
    shell.read(move |connection| cards::media_of(connection, note)).await
}

/// Makes cards of questions of a quiz; all of them, or none where one fails.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notes_from_questions(
    shell: State<'_, Shell>,
    quiz: QuizId,
    ordinals: Vec<u32>,
) -> Result<NotesMade, Fault> {
    shell
        .with(move |app| {
            Ok(app.library.write_durably(|tx| {
                let room = quizzes::get(tx, quiz)?.room;
                let note = |&ordinal: &u32| Ok(note_of_item(&quizzes::question(tx, quiz, ordinal)?.asked));
                let notes = ordinals.iter().map(note).collect::<Result<Vec<_>, library::Error>>()?;
                add_unknown(tx, room, &notes, app.library.now())
            })?)
        })
        .await
}

/// A note that a document suggests.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct SuggestedNote {
    /// It.
    note: NewNote,
    /// Whether the room has it already.
    known: bool,
}

/// Notes of the terms that a document surely defines, or each document of the room that is read, each with its proof.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notes_of_terms(
    shell: State<'_, Shell>,
    room: RoomId,
    document: Option<DocumentId>,
) -> Result<Vec<SuggestedNote>, Fault> {
    shell
        .read(move |connection| {
            let mut suggested = Vec::new();
            for document in read_documents(connection, room, document)? {
                for term in tutor::key_terms(connection, document, MOST_TERMS)? {
                    let note = note_of_term(&term.name, &term.definition, &term.citation);
                    suggested.push(SuggestedNote { known: is_known(connection, room, &note)?, note });
                }
            }
            Ok(suggested)
        })
        .await
}

fn read_documents(
    connection: &Connection,
    room: RoomId,
    document: Option<DocumentId>,
) -> Result<Vec<DocumentId>, library::Error> {
    if let Some(document) = document {
        return Ok(vec![document]);
    }
    let all = documents::list(connection, room)?;
    let is_read = |it: &documents::Document| it.pages_read > 0 && it.state != DocumentState::Failed;
    Ok(all.iter().filter(|it| is_read(it)).map(|it| it.document).collect())
}

/// Makes notes with their cards, as far as the room does not have them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notes_add(shell: State<'_, Shell>, room: RoomId, notes: Vec<NewNote>) -> Result<NotesMade, Fault> {
    shell.with(move |app| Ok(app.library.write_durably(|tx| add_unknown(tx, room, &notes, app.library.now()))?)).await
}
