//! A room to study in.

use std::sync::Arc;

use kernel::{CardId, Clock, LibraryFolder, NoteId, RoomId, Timestamp};
use library::cards::{self, Card, NewNote, NoteKind, Rating, Settings};
use library::{Connection, Error, Library, Transaction, rooms};

use super::super::{Answered, Next, Queue, Study, queue, undo};

pub(super) const MINUTE: i64 = 60_000;
pub(super) const DAY: i64 = 24 * 60 * MINUTE;
/// 2026-11-22T10:00:00Z, a day on which nothing happens by itself.
pub(super) const START: i64 = 20_779 * DAY + 10 * 60 * MINUTE;

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp(START)
    }
}

/// A library with one room, and the time, which passes when the test says so.
pub(super) struct Room {
    pub(super) library: Library,
    pub(super) room: RoomId,
    pub(super) now: i64,
    _folder: tempfile::TempDir,
}

impl Room {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(Still)).unwrap();
        let room = library.write(|tx| rooms::create(tx, "Biology", Timestamp(START))).unwrap().room;
        Self { library, room, now: START, _folder: folder }
    }

    pub(super) fn with(settings: &Settings) -> Self {
        let room = Self::new();
        room.write(|tx| cards::put_settings(tx, room.room, settings));
        room
    }

    pub(super) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> T {
        self.library.read(work).unwrap()
    }

    pub(super) fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> T {
        self.library.write(work).unwrap()
    }

    pub(super) fn study(&self) -> Study {
        self.read(|c| Study::of(c, self.room, 0))
    }

    pub(super) fn note(&self, new: &NewNote) -> NoteId {
        self.write(|tx| cards::add_note(tx, self.room, new, Timestamp(self.now)))
    }

    /// A basic note; its card.
    pub(super) fn basic(&self, front: &str) -> CardId {
        self.cards(self.note(&NewNote::basic(front, "back"))).remove(0)
    }

    pub(super) fn cloze(&self, text: &str) -> Vec<CardId> {
        self.cards(self.note(&NewNote { kind: NoteKind::Cloze, ..NewNote::basic(text, "") }))
    }

    pub(super) fn cards(&self, note: NoteId) -> Vec<CardId> {
        self.read(|c| cards::of_note(c, note)).into_iter().map(|card| card.card).collect()
    }

    pub(super) fn card(&self, card: CardId) -> Card {
        self.read(|c| cards::get(c, card))
    }

    pub(super) fn answer(&self, card: CardId, rating: Rating) -> Answered {
        let study = self.study();
        self.library.write_durably(|tx| study.answer(tx, card, rating, 4_000, Timestamp(self.now))).unwrap()
    }

    /// Learns a new card until it is in review.
    pub(super) fn learn(&self, card: CardId) -> Card {
        self.answer(card, Rating::Easy).card
    }

    pub(super) fn preview(&self, card: CardId) -> [Next; 4] {
        self.read(|c| self.study().preview(c, &cards::get(c, card)?, Timestamp(self.now)))
    }

    pub(super) fn queue(&self) -> Queue {
        self.read(|c| queue(c, &self.study(), Timestamp(self.now)))
    }

    pub(super) fn queued(&self) -> Vec<CardId> {
        self.queue().cards.into_iter().map(|queued| queued.card).collect()
    }

    pub(super) fn undo(&self) -> Option<Card> {
        self.write(|tx| undo(tx, self.room))
    }

    pub(super) fn pass_days(&mut self, days: i64) {
        self.now += days * DAY;
    }
}
