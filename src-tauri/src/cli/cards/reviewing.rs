use kernel::{CardId, Date, ReviewId, Timestamp};
use library::Library;
use library::cards::{self, Card, CardState, Rating};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use study::cards::{Study, undo as take_back};

use super::super::batch::{self, Given, Line};
use super::super::output::counted;
use super::super::{Failure, Session, room};
use super::arguments::{Clock, Review};
use super::utc_offset;

/// An answer to a card.
#[derive(Debug, Deserialize)]
struct Reviewed {
    card: CardId,
    rating: Rating,
    #[serde(default)]
    ms: u32,
}

impl Line for Reviewed {
    const SHAPE: &'static str = r#"{"id", "card", "rating": "again"|"hard"|"good"|"easy", "ms"}"#;
}

/// How a card stands, for programs.
#[derive(Serialize)]
struct Standing {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    card: CardId,
    /// The number of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<ReviewId>,
    state: CardState,
    due: Option<Timestamp>,
    interval: u32,
    stability: Option<f64>,
    difficulty: Option<f64>,
    reps: u32,
    lapses: u32,
    leech: bool,
    suspended: bool,
}

impl Standing {
    fn new(r#type: &'static str, card: &Card) -> Self {
        Self {
            r#type,
            id: None,
            card: card.card,
            review: None,
            state: card.state,
            due: card.due,
            interval: card.interval,
            stability: card.stability,
            difficulty: card.difficulty,
            reps: card.reps,
            lapses: card.lapses,
            leech: card.leech,
            suspended: card.suspended,
        }
    }

    /// For people.
    fn said(&self, now: Timestamp) -> String {
        let card = self.card;
        let when = match (self.due, self.interval) {
            _ if self.suspended => "is suspended".into(),
            (None, _) => "is new".into(),
            (Some(due), 0) => {
                let minutes = (due.0 - now.0).max(0).unsigned_abs().div_ceil(60_000);
                format!("comes again in {}", counted(u32::try_from(minutes).unwrap_or(u32::MAX), "minute", "minutes"))
            }
            (Some(_), days) => format!("comes again in {}", counted(days, "day", "days")),
        };
        let leech = if self.leech && self.suspended {
            ": it was forgotten so often that another wording would help more than another review"
        } else {
            ""
        };
        format!("Card {card} {when}{leech}.")
    }
}

/// Stores answers; each is on the disk when it is printed.
pub(super) fn review(session: &Session, library: &Library, what: Review) -> Result<(), Failure> {
    let offset = utc_offset(what.clock);
    let given = match (what.batch, what.card, what.rating) {
        (Some(file), ..) => Given::Batch(file),
        (None, Some(card), Some(rating)) => Given::One(Reviewed { card, rating, ms: what.ms }),
        // The arguments are parsed so that one of the two is there.
        (None, ..) => return Ok(()),
    };
    batch::each_of(session, given, |id, Reviewed { card, rating, ms }| {
        let answered = library.write_durably(|tx| {
            let study = Study::of_card(tx, card, offset)?;
            study.answer(tx, card, rating, ms, library.now())
        })?;
        let line = Standing { id, review: Some(answered.review), ..Standing::new("reviewed", &answered.card) };
        session.out.line(&line, |it| it.said(library.now()))
    })
}

/// Takes back what was done last in a room.
pub(super) fn undo(session: &Session, library: &Library, name: &str) -> Result<(), Failure> {
    let room = room(library, name)?.room;
    let Some(card) = library.write_durably(|tx| take_back(tx, room))? else {
        let message = format!("Nothing is left to take back in the room \u{201c}{name}\u{201d}.");
        return Err(Failure::new(kernel::Code::NotFound, message));
    };
    say(session, library, "undone", &card)
}

pub(super) fn suspend(session: &Session, library: &Library, which: &[CardId], suspended: bool) -> Result<(), Failure> {
    changed(session, library, which, if suspended { "suspended" } else { "unsuspended" }, |tx, card| {
        cards::set_suspended(tx, card, suspended)
    })
}

pub(super) fn bury(session: &Session, library: &Library, which: &[CardId], clock: Clock) -> Result<(), Failure> {
    let offset = utc_offset(clock);
    changed(session, library, which, "buried", |tx, card| {
        Study::of_card(tx, card, offset)?.bury(tx, card, library.now())
    })
}

pub(super) fn reschedule(
    session: &Session,
    library: &Library,
    card: CardId,
    due: Option<Date>,
    clock: Clock,
) -> Result<(), Failure> {
    let offset = utc_offset(clock);
    changed(session, library, &[card], "rescheduled", |tx, card| {
        let study = Study::of_card(tx, card, offset)?;
        match due {
            Some(day) => study.set_due(tx, card, day, library.now()).map(drop),
            None => study.forget(tx, card, library.now()).map(drop),
        }
    })
}

/// Changes cards, all of them or none, and says how they stand.
fn changed(
    session: &Session,
    library: &Library,
    which: &[CardId],
    name: &'static str,
    change: impl Fn(&library::Transaction<'_>, CardId) -> Result<(), library::Error>,
) -> Result<(), Failure> {
    let after = library.write_durably(|tx| {
        which.iter().map(|card| change(tx, *card).and_then(|()| cards::get(tx, *card))).collect::<Result<Vec<_>, _>>()
    })?;
    after.iter().try_for_each(|card| say(session, library, name, card))
}

fn say(session: &Session, library: &Library, name: &'static str, card: &Card) -> Result<(), Failure> {
    session.out.line(&Standing::new(name, card), |it| it.said(library.now()))
}
