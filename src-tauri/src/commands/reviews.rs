//! Cards that are asked one after the other, and their answers.

use kernel::{CardId, RoomId, Timestamp};
use library::Connection;
use library::cards::{self, Card, Medium, Note, Rating};
use serde::{Deserialize, Serialize};
use specta::Type;
use study::cards::{Counts, Face, Next, Study, marked_face, next_day, queue, undo};
use tauri::State;

use crate::app::App;
use crate::fault::Fault;
use crate::state::Shell;

/// A card as it is asked.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct AskedCard {
    /// How it stands.
    card: Card,
    /// What it is made from.
    note: Note,
    /// Its two sides.
    face: Face,
    /// The pictures and sounds of its note.
    media: Vec<Medium>,
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
    /// When nothing is asked now, the moment at which something is; null where nothing comes by itself.
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

/// A certain card, whether or not it is its turn: one that was written anew, or taken back in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn review_card(shell: State<'_, Shell>, card: CardId, utc_offset: i32) -> Result<ReviewTurn, Fault> {
    shell
        .with(move |app| {
            let room = app.library.read(|connection| cards::get(connection, card))?.room;
            turn_with(app, room, card, utc_offset)
        })
        .await
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
        .with(move |app| match app.library.write_durably(|tx| undo(tx, room))? {
            Some(undone) => turn_with(app, room, undone.card, utc_offset),
            None => turn(app, room, utc_offset),
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

/// Takes a card back in, however it was left out.
#[tauri::command]
#[specta::specta]
pub(crate) async fn card_take_in(shell: State<'_, Shell>, card: CardId) -> Result<(), Fault> {
    shell
        .with(move |app| {
            Ok(app.library.write_durably(|tx| {
                cards::set_suspended(tx, card, false)?;
                cards::bury(tx, card, Timestamp(0))
            })?)
        })
        .await
}

fn turn(app: &App, room: RoomId, utc_offset: i32) -> Result<ReviewTurn, Fault> {
    let now = app.library.now();
    Ok(app.library.read(|connection| {
        let study = Study::of(connection, room, utc_offset)?;
        let queue = queue(connection, &study, now)?;
        let first = queue.cards.first().map(|first| asked(connection, &study, first.card, now)).transpose()?;
        let next = match queue.next {
            None if first.is_none() => next_day(connection, &study, now)?,
            next => next,
        };
        Ok(ReviewTurn { counts: queue.counts, asked: first, next, leech: false })
    })?)
}

/// The same with a certain card in place of the one whose turn it is.
fn turn_with(app: &App, room: RoomId, card: CardId, utc_offset: i32) -> Result<ReviewTurn, Fault> {
    let card = app.library.read(|connection| {
        let study = Study::of(connection, room, utc_offset)?;
        asked(connection, &study, card, app.library.now())
    })?;
    Ok(ReviewTurn { asked: Some(card), next: None, ..turn(app, room, utc_offset)? })
}

fn asked(connection: &Connection, study: &Study, card: CardId, now: Timestamp) -> Result<AskedCard, library::Error> {
    let card = cards::get(connection, card)?;
    let note = cards::note(connection, card.note)?;
    let answers = study.preview(connection, &card, now)?;
    let media = cards::media_of(connection, note.note)?;
    Ok(AskedCard { face: marked_face(&note, card.ordinal), media, note, answers, card })
}
