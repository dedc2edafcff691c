//! The cards of a room: how many wait, which there are, and how they are getting on.

use kernel::{CardId, RoomId, Timestamp};
use library::cards::{self, Card, Due, Filter, Note};
use library::rooms;
use serde::Serialize;
use specta::Type;
use study::cards::{Counts, Face, Statistics, Study, marked_face, next_day, queue, statistics};
use tauri::State;

use crate::fault::Fault;
use crate::state::Shell;

/// Cards that are listed at once.
const PAGE: u32 = 200;

/// How many cards of a room wait today.
#[derive(Clone, Copy, Debug, Serialize, Type)]
pub(crate) struct RoomDue {
    /// The room.
    room: RoomId,
    /// How many of each kind.
    counts: Counts,
    /// Its day of study ends then: others wait from that moment on.
    until: Timestamp,
}

/// How many cards of each room wait today, for somebody whose clock is `utc_offset` minutes ahead of UTC.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cards_due(shell: State<'_, Shell>, utc_offset: i32) -> Result<Vec<RoomDue>, Fault> {
    shell
        .with(move |app| {
            let now = app.library.now();
            Ok(app.library.read(|connection| {
                let due = |room: rooms::Room| {
                    let study = Study::of(connection, room.room, utc_offset)?;
                    let counts = queue(connection, &study, now)?.counts;
                    Ok(RoomDue { room: room.room, counts, until: study.calendar.end(now) })
                };
                rooms::list(connection)?.into_iter().map(due).collect()
            })?)
        })
        .await
}

/// What there is to say of a room's cards at a glance.
#[derive(Clone, Copy, Debug, Serialize, Type)]
pub(crate) struct CardsOverview {
    /// How many there are, by how they stand.
    cards: Due,
    /// How many wait today.
    counts: Counts,
    /// Where none can be asked now, the moment at which one can; null where none comes by itself.
    next: Option<Timestamp>,
    /// Cards whose source has other words in a new edition of its document.
    source_changed: u32,
}

/// How the cards of a room stand.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cards_overview(
    shell: State<'_, Shell>,
    room: RoomId,
    utc_offset: i32,
) -> Result<CardsOverview, Fault> {
    shell
        .with(move |app| {
            let now = app.library.now();
            Ok(app.library.read(|connection| {
                let study = Study::of(connection, room, utc_offset)?;
                let queue = queue(connection, &study, now)?;
                let next = match queue.next {
                    None if queue.cards.is_empty() => next_day(connection, &study, now)?,
                    next => next,
                };
                let changed = Filter { source_changed: Some(true), ..Filter::default() };
                Ok(CardsOverview {
                    cards: cards::waiting(connection, room, study.calendar.end(now))?,
                    counts: queue.counts,
                    next,
                    source_changed: cards::count(connection, room, &changed)?,
                })
            })?)
        })
        .await
}

/// A card of a list.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct ListedCard {
    /// How it stands.
    card: Card,
    /// What it is made from.
    note: Note,
    /// Its two sides.
    face: Face,
}

/// A part of a list of cards.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct CardsPage {
    /// The cards, by their numbers; up to 200.
    cards: Vec<ListedCard>,
    /// How many the filter asks for in all.
    total: u32,
}

/// Cards of a room behind the one given, by their numbers.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cards_list(
    shell: State<'_, Shell>,
    room: RoomId,
    filter: Filter,
    after: Option<CardId>,
) -> Result<CardsPage, Fault> {
    shell
        .read(move |connection| {
            let found = cards::list(connection, room, &filter, after, PAGE)?;
            let listed = |it: cards::Found| ListedCard {
                face: marked_face(&it.note, it.card.ordinal),
                card: it.card,
                note: it.note,
            };
            let total = cards::count(connection, room, &filter)?;
            Ok(CardsPage { cards: found.into_iter().map(listed).collect(), total })
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
