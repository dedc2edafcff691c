use kernel::{CardId, NoteId, QuizId, RoomId, Timestamp};
use library::cards::{self, Card, Filter, Found, NewNote, Note, Rating, Settings};
use library::{Connection, quizzes};
use serde::{Deserialize, Serialize};
use specta::Type;
use study::cards::{Counts, Face, Next, Statistics, Study, face, note_of_item, queue, statistics, undo};
use tauri::State;

use crate::app::App;
use crate::fault::Fault;
use crate::state::Shell;

/// Cards that are listed at once.
const PAGE: u32 = 200;

/// A card as it is asked.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct AskedCard {
    /// How it stands.
    card: Card,
    /// What it is made from.
    note: Note,
    /// Its two sides.
    face: Face,
    /// What again, hard, good and easy would make of it now.
    answers: [Next; 4],
}

/// What is to be done now.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct ReviewTurn {
    /// How many cards wait today.
    counts: Counts,
    /// The card that is asked now; null when none is.
    asked: Option<AskedCard>,
    /// When nothing is asked now, the moment at which something is.
    next: Option<Timestamp>,
    /// Whether the answer before made its card a leech, which is left out from now on.
    leech: bool,
}

/// An answer to a card.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
pub(crate) struct CardAnswer {
    /// The card.
    card: CardId,
    /// How well it was known.
    rating: Rating,
    /// How long it took, in milliseconds.
    ms: u32,
}

/// The card of a room whose turn it is, for somebody whose clock is `utc_offset` minutes ahead of UTC.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_next(shell: State<'_, Shell>, room: RoomId, utc_offset: i32) -> Result<ReviewTurn, Fault> {
    shell.with(move |app| turn(app, room, utc_offset)).await
}

/// Stores an answer; it is on the disk when the next card comes back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_answer(
    shell: State<'_, Shell>,
    answer: CardAnswer,
    utc_offset: i32,
) -> Result<ReviewTurn, Fault> {
    shell
        .with(move |app| {
            let CardAnswer { card, rating, ms } = answer;
            let answered = app.library.write_durably(|tx| {
                Study::of_card(tx, card, utc_offset)?.answer(tx, card, rating, ms, app.library.now())
            })?;
            Ok(ReviewTurn { leech: answered.leech, ..turn(app, answered.card.room, utc_offset)? })
        })
        .await
}

/// Takes the last answer in a room back and asks that card again; the card whose turn it is where nothing is left.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_undo(shell: State<'_, Shell>, room: RoomId, utc_offset: i32) -> Result<ReviewTurn, Fault> {
    shell
        .with(move |app| {
            let undone = app.library.write_durably(|tx| undo(tx, room))?;
            let mut turn = turn(app, room, utc_offset)?;
            if let Some(card) = undone {
                turn.asked = Some(app.library.read(|connection| {
                    let study = Study::of(connection, room, utc_offset)?;
                    asked(connection, &study, card.card, app.library.now())
                })?);
            }
            Ok(turn)
        })
        .await
}

/// Leaves a card out: until tomorrow, or until it is taken back in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn card_leave_out(
    shell: State<'_, Shell>,
    card: CardId,
    until_tomorrow: bool,
    utc_offset: i32,
) -> Result<(), Fault> {
    shell
        .with(move |app| {
            Ok(app.library.write_durably(|tx| {
                if until_tomorrow {
                    Study::of_card(tx, card, utc_offset)?.bury(tx, card, app.library.now())
                } else {
                    cards::set_suspended(tx, card, true)
                }
            })?)
        })
        .await
}

/// Takes a card back in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn card_take_in(shell: State<'_, Shell>, card: CardId) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write_durably(|tx| cards::set_suspended(tx, card, false))?)).await
}

/// Cards of a room behind the one given, by their numbers; 200 at a time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cards_list(
    shell: State<'_, Shell>,
    room: RoomId,
    filter: Filter,
    after: Option<CardId>,
) -> Result<Vec<Found>, Fault> {
    shell.read(move |connection| cards::list(connection, room, &filter, after, PAGE)).await
}

/// How many cards of a room wait today.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cards_due(shell: State<'_, Shell>, room: RoomId, utc_offset: i32) -> Result<Counts, Fault> {
    shell
        .with(move |app| {
            Ok(app.library.read(|connection| {
                let study = Study::of(connection, room, utc_offset)?;
                Ok(queue(connection, &study, app.library.now())?.counts)
            })?)
        })
        .await
}

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

/// Makes a card of a question of a quiz; one that is there already comes back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note_from_question(shell: State<'_, Shell>, quiz: QuizId, ordinal: u32) -> Result<NoteId, Fault> {
    shell
        .with(move |app| {
            Ok(app.library.write_durably(|tx| {
                let room = quizzes::get(tx, quiz)?.room;
                let note = note_of_item(&quizzes::question(tx, quiz, ordinal)?.asked);
                let there = note.guid.as_deref().map(|guid| cards::note_by_guid(tx, room, guid)).transpose()?;
                match there.flatten() {
                    Some(note) => Ok(note.note),
                    None => cards::add_note(tx, room, &note, app.library.now()),
                }
            })?)
        })
        .await
}

/// How the cards of a room are getting on: so many days back and ahead.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cards_statistics(
    shell: State<'_, Shell>,
    room: RoomId,
    past: u16,
    ahead: u16,
    utc_offset: i32,
) -> Result<Statistics, Fault> {
    shell
        .with(move |app| {
            Ok(app.library.read(|connection| {
                let study = Study::of(connection, room, utc_offset)?;
                statistics(connection, &study, past, ahead, app.library.now())
            })?)
        })
        .await
}

/// How the cards of a room are studied.
#[tauri::command]
#[specta::specta]
pub(crate) async fn study_settings(shell: State<'_, Shell>, room: RoomId) -> Result<Settings, Fault> {
    shell.read(move |connection| cards::settings(connection, room)).await
}

/// Changes that.
#[tauri::command]
#[specta::specta]
pub(crate) async fn study_settings_set(shell: State<'_, Shell>, room: RoomId, settings: Settings) -> Result<(), Fault> {
    shell.with(move |app| Ok(app.library.write(|tx| cards::put_settings(tx, room, &settings))?)).await
}

fn turn(app: &App, room: RoomId, utc_offset: i32) -> Result<ReviewTurn, Fault> {
    let now = app.library.now();
    Ok(app.library.read(|connection| {
        let study = Study::of(connection, room, utc_offset)?;
        let queue = queue(connection, &study, now)?;
        let first = queue.cards.first().map(|first| asked(connection, &study, first.card, now)).transpose()?;
        Ok(ReviewTurn { counts: queue.counts, asked: first, next: queue.next, leech: false })
    })?)
}

fn asked(connection: &Connection, study: &Study, card: CardId, now: Timestamp) -> Result<AskedCard, library::Error> {
    let card = cards::get(connection, card)?;
    let note = cards::note(connection, card.note)?;
    let answers = study.preview(connection, &card, now)?;
    Ok(AskedCard { face: face(&note, card.ordinal), note, answers, card })
}
