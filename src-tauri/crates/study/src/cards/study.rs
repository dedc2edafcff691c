//! Studying a room: answering its cards, looking ahead, taking back.

use std::collections::BTreeMap;

use kernel::{CardId, Date, ReviewId, RoomId, Timestamp};
use library::cards::{self, Card, CardState, Rating, Review, ReviewKind, Settings};
use library::{Connection, Error, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::calendar::{Calendar, DAY};
use super::memory::MemoryModel;
use super::schedule::{Next, Scheduler};

/// Longest time that an answer is believed to have taken, in milliseconds: who takes longer has been away.
const LONGEST_ANSWER: u32 = 10 * 60 * 1000;

/// A room as it is studied: its settings, its model of memory, and the person's clock.
pub struct Study {
    /// The room.
    pub room: RoomId,
    /// How it is studied.
    pub settings: Settings,
    /// Its days.
    pub calendar: Calendar,
    model: MemoryModel,
}

/// An answer that is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Answered {
    /// What it can be taken back by.
    pub review: ReviewId,
    /// The card after it.
    pub card: Card,
    /// Whether it made the card a leech, which is suspended now.
    pub leech: bool,
}

impl Study {
    /// A room, for somebody whose clock is `utc_offset` minutes ahead of UTC.
    pub fn of(connection: &Connection, room: RoomId, utc_offset: i32) -> Result<Self, Error> {
        let settings = cards::settings(connection, room)?;
        let model = MemoryModel::new(cards::fitted(connection, room)?.as_ref());
        Ok(Self { room, calendar: Calendar::new(utc_offset, &settings), settings, model })
    }

    /// The room of a card.
    pub fn of_card(connection: &Connection, card: CardId, utc_offset: i32) -> Result<Self, Error> {
        Self::of(connection, cards::get(connection, card)?.room, utc_offset)
    }

    /// What *again*, *hard*, *good* and *easy* would make of a card now.
    pub fn preview(&self, connection: &Connection, card: &Card, now: Timestamp) -> Result<[Next; 4], Error> {
        let memory = self.model.replay(&cards::history(connection, card.card)?);
        let load = self.load_before_exam(connection, now)?;
        let Self { settings, calendar, model, .. } = self;
        Ok(Scheduler { settings, calendar: *calendar, model, load: &load }.outcomes(card, memory, now))
    }

    /// Stores an answer, given within `duration_ms`. To be written durably: what is acknowledged must not be lost.
    ///
    /// # Errors
    /// `NotFound` where there is no such card, `Invalid` for one that is suspended.
    pub fn answer(
        &self,
        tx: &Transaction<'_>,
        card: CardId,
        rating: Rating,
        duration_ms: u32,
        now: Timestamp,
    ) -> Result<Answered, Error> {
        let before = cards::get(tx, card)?;
        if before.suspended {
            let how = "Take it back in with `cards unsuspend`, then answer it.";
            return Err(Error::Invalid(format!("Card {card} is suspended. {how}")));
        }
        // A clock that was set back doesn't undo what was answered.
        let now = before.last_review.map_or(now, |last| last.max(now));
        let [again, hard, good, easy] = self.preview(tx, &before, now)?;
        let next = match rating {
            Rating::Again => again,
            Rating::Hard => hard,
            Rating::Good => good,
            Rating::Easy => easy,
        };
        let leech = rating == Rating::Again && self.makes_a_leech(&before);
        let event = Review {
            rating: Some(rating),
            duration_ms: duration_ms.min(LONGEST_ANSWER),
            was: before.state,
            was_interval: before.interval,
            elapsed_days: before.last_review.map(|last| self.calendar.days_between(last, now)),
            state: next.state,
            step: next.step,
            due: Some(next.due),
            interval: next.interval,
            stability: Some(next.stability.into()),
            difficulty: Some(next.difficulty.into()),
            leech,
            ..Review::blank(card, now, ReviewKind::Answer)
        };
        let review = cards::append(tx, &event)?;
        Ok(Answered { review, card: cards::get(tx, card)?, leech })
    }

    /// Whether a card that is forgotten once more is a leech then: at the threshold, and each time that it was
    /// forgotten half as often again, for somebody who has taken it back in.
    fn makes_a_leech(&self, before: &Card) -> bool {
        let (lapses, threshold) = (before.lapses + 1, self.settings.leech_threshold);
        before.state == CardState::Review
            && threshold > 0
            && lapses >= threshold
            && (lapses - threshold).is_multiple_of((threshold / 2).max(1))
    }

    /// Has a card come on that day, whatever its memory says.
    ///
    /// # Errors
    /// `Invalid` for a day that is over.
    pub fn set_due(&self, tx: &Transaction<'_>, card: CardId, day: Date, now: Timestamp) -> Result<Card, Error> {
        let before = cards::get(tx, card)?;
        let today = self.calendar.day(now);
        if day < today {
            return Err(Error::Invalid(format!("{day} is over: a card can be due today or later.")));
        }
        let days = u32::try_from(day.days() - today.days()).unwrap_or(0);
        // In the middle of the day of study, so that no other time zone makes it another day.
        let due = Timestamp(self.calendar.start(day).0 + DAY / 2);
        let memory = self.model.replay(&cards::history(tx, card)?);
        let memory = memory.unwrap_or_else(|| self.model.after(None, 0)[2]);
        let event = Review {
            state: CardState::Review,
            due: Some(due),
            interval: days.max(1),
            stability: Some(memory.stability.into()),
            difficulty: Some(memory.difficulty.into()),
            ..manual(&before, now)
        };
        cards::append(tx, &event)?;
        cards::get(tx, card)
    }

    /// Has a card be new again; what was answered before stays in the history.
    pub fn forget(&self, tx: &Transaction<'_>, card: CardId, now: Timestamp) -> Result<Card, Error> {
        let before = cards::get(tx, card)?;
        cards::append(tx, &manual(&before, now))?;
        cards::get(tx, card)
    }

    /// Leaves a card out until tomorrow.
    pub fn bury(&self, tx: &Transaction<'_>, card: CardId, now: Timestamp) -> Result<(), Error> {
        cards::bury(tx, card, self.calendar.end(now))
    }

    /// How many cards are due on the days before the exam; nothing where there is none ahead.
    fn load_before_exam(&self, connection: &Connection, now: Timestamp) -> Result<BTreeMap<i32, u32>, Error> {
        match self.settings.exam {
            Some(exam) if exam > self.calendar.day(now) => {
                let until = self.calendar.start(exam);
                cards::load(connection, self.room, Timestamp(until.0 - 8 * DAY), until, self.calendar.shift())
            }
            _ => Ok(BTreeMap::new()),
        }
    }

    /// The model of memory.
    pub fn model(&self) -> &MemoryModel {
        &self.model
    }
}

/// What a person did to a card besides answering; leaves it new.
fn manual(before: &Card, now: Timestamp) -> Review {
    Review { was: before.state, was_interval: before.interval, ..Review::blank(before.card, now, ReviewKind::Manual) }
}

/// Takes back what was done last in a room: an answer, a day that was set, or that a card was forgotten. Can be done
/// again and again. None where nothing is left to take back.
pub fn undo(tx: &Transaction<'_>, room: RoomId) -> Result<Option<Card>, Error> {
    let Some(last) = cards::last_event(tx, room)? else { return Ok(None) };
    cards::take_back(tx, last.review).map(Some)
}
