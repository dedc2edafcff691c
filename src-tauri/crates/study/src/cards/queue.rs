//! Whose turn it is today.

use std::collections::HashSet;

use kernel::{CardId, NoteId, Timestamp};
use library::cards::{self, Candidate, CardState};
use library::{Connection, Error};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Study;
use super::exam::new_per_day;

/// A card that is being learnt comes up to so much too early when nothing else is left, in milliseconds (Anki's
/// default).
const AHEAD: i64 = 20 * 60 * 1000;

/// A card that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Queued {
    /// The card.
    pub card: CardId,
    /// Its note.
    pub note: NoteId,
    /// `new`, `review`, or `learning` for what is being learnt, or learnt again.
    pub state: CardState,
    /// When it is due.
    pub due: Timestamp,
}

/// How many cards of each kind wait today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Counts {
    /// Being learnt, due by the end of the day.
    pub learning: u32,
    /// Known, as far as today's limit goes.
    pub review: u32,
    /// New, as far as today's limit goes.
    pub new: u32,
}

/// What is to be done today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Queue {
    /// How much it is.
    pub counts: Counts,
    /// The cards in the order in which they come, as far as it is known now: what is being learnt comes between as it
    /// falls due.
    pub cards: Vec<Queued>,
    /// When nothing can be asked now, the moment at which something that is being learnt can.
    pub next: Option<Timestamp>,
}

/// Today's cards of a room: what is being learnt and due, then known cards, the most overdue for how well they are
/// known first, then new ones. Limits count what was done today already. Of the cards of one note one comes a day.
pub fn queue(connection: &Connection, study: &Study, now: Timestamp) -> Result<Queue, Error> {
    let Study { room, settings, calendar, .. } = study;
    let today = calendar.day(now);
    let (start, end) = (calendar.start(today), calendar.end(now));
    let (new_done, reviews_done) = cards::introduced(connection, *room, start)?;
    let mut seen = cards::seen_since(connection, *room, start)?;

    let learning = cards::due_learning(connection, *room, now, end)?;
    seen.extend(learning.iter().map(|card| card.note));

    let more = settings.reviews_per_day.saturating_sub(reviews_done) as usize;
    let mut reviews = Vec::new();
    cards::due_reviews(connection, *room, now, end, |card| taken(card, &mut reviews, &mut seen, more))?;

    let per_day = match settings.exam {
        // Introduced today or still new: what the day began with, so that an exam asks for the same number all day.
        Some(exam) => {
            let left = cards::count_new(connection, *room)? + new_done;
            new_per_day(today.days(), exam.days(), left, settings.new_per_day)
        }
        None => settings.new_per_day,
    };
    let more = per_day.saturating_sub(new_done) as usize;
    let mut new = Vec::new();
    cards::new_cards(connection, *room, now, settings.order, today.days().into(), |card| {
        taken(card, &mut new, &mut seen, more)
    })?;

    let counts = Counts { learning: count(&learning), review: count(&reviews), new: count(&new) };
    Ok(in_order(counts, now, &learning, &reviews, &new))
}

/// When the next card of a room comes, where nothing is left for today: a card that is due on another day, or, where
/// a limit or a note's other card keeps one for tomorrow, the beginning of the next day of study. None where none comes
/// by itself.
pub fn next_day(connection: &Connection, study: &Study, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let tomorrow = study.calendar.end(now);
    let brings_new =
        study.settings.new_per_day > 0 || study.settings.exam.is_some_and(|it| it > study.calendar.day(now));
    if brings_new && cards::count_new(connection, study.room)? > 0 {
        return Ok(Some(tomorrow));
    }
    Ok(cards::earliest_due(connection, study.room)?.map(|due| due.max(tomorrow)))
}

/// Takes a card unless one of its note comes today already. False when there is room for no more.
fn taken(card: Candidate, taken: &mut Vec<Candidate>, seen: &mut HashSet<NoteId>, room: usize) -> bool {
    if taken.len() < room && seen.insert(card.note) {
        taken.push(card);
    }
    taken.len() < room
}

fn count(cards: &[Candidate]) -> u32 {
    u32::try_from(cards.len()).unwrap_or(u32::MAX)
}

fn in_order(counts: Counts, now: Timestamp, learning: &[Candidate], reviews: &[Candidate], new: &[Candidate]) -> Queue {
    let of =
        |state: CardState| move |card: &Candidate| Queued { card: card.card, note: card.note, state, due: card.due };
    let (due, later): (Vec<&Candidate>, Vec<&Candidate>) = learning.iter().partition(|card| card.due <= now);
    let mut cards: Vec<Queued> = due.into_iter().map(of(CardState::Learning)).collect();
    cards.extend(reviews.iter().map(of(CardState::Review)));
    cards.extend(new.iter().map(of(CardState::New)));
    let nothing_else = cards.is_empty();
    let next = later.first().filter(|first| nothing_else && first.due.0 > now.0 + AHEAD).map(|first| first.due);
    if next.is_none() {
        cards.extend(later.into_iter().filter(|card| card.due.0 <= now.0 + AHEAD).map(of(CardState::Learning)));
    }
    Queue { counts, cards, next }
}
