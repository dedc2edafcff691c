//! How it goes: told from the answers, counted by quarter hours, and from when cards are due.

use std::collections::BTreeMap;

use kernel::{Date, Timestamp};
use library::cards::{self, Due, Rating, Slot};
use library::{Connection, Error};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Study;
use super::calendar::DAY;

/// What was answered on a day of study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename = "ReviewDay")]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Answers.
    pub answers: u32,
    /// New cards among what was asked.
    pub new: u32,
    /// Times that something was not known.
    pub again: u32,
    /// How long it took, in milliseconds.
    #[specta(type = f64)]
    pub ms: i64,
}

/// How many cards are due on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Forecast {
    /// The day; what is overdue is due today.
    pub date: Date,
    /// Cards.
    pub due: u32,
}

/// How much of what was known was still known when it was asked: the first answers of a day to cards in review.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Retention {
    /// Answers.
    pub answers: u32,
    /// Of these, the ones that were anything but *again*.
    pub known: u32,
    /// Their share; none without an answer.
    pub share: Option<f32>,
}

impl Retention {
    fn count(&mut self, slot: &Slot) {
        self.answers += slot.answers;
        self.known += if slot.rating == Rating::Again { 0 } else { slot.answers };
        self.share = (self.answers > 0).then(|| self.known as f32 / self.answers as f32);
    }
}

/// How a room is getting on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename = "CardStatistics")]
pub struct Statistics {
    /// Cards by their states.
    pub cards: Due,
    /// Each day of the period on which something was answered.
    pub days: Vec<Day>,
    /// Days in a row on which something was answered, up to today or yesterday.
    pub streak: u32,
    /// Of cards with intervals below 21 days, in the period.
    pub young: Retention,
    /// Of cards with longer intervals, in the period.
    pub mature: Retention,
    /// Of both.
    pub retention: Retention,
    /// What is due on each of the coming days, today first.
    pub forecast: Vec<Forecast>,
    /// The wanted retention.
    pub desired_retention: f32,
}

/// How a room is getting on: the last `past` days, and the next `ahead`, today counted in both.
pub fn statistics(
    connection: &Connection,
    study: &Study,
    past: u16,
    ahead: u16,
    now: Timestamp,
) -> Result<Statistics, Error> {
    let Study { room, settings, calendar, .. } = study;
    let today = calendar.day(now);
    // Slots are quarter hours, and so is where a day begins in any time zone.
    let slots = cards::slots(connection, *room, Timestamp(0))?;
    let first = Date::from_days(today.days() - i32::from(past.max(1)) + 1);
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    let (mut young, mut mature, mut retention) = Default::default();
    for slot in &slots {
        let date = calendar.day(slot.start);
        let day = days.entry(date).or_insert(Day { date, answers: 0, new: 0, again: 0, ms: 0 });
        day.answers += slot.answers;
        day.new += if slot.class == "new" { slot.answers } else { 0 };
        day.again += if slot.rating == Rating::Again { slot.answers } else { 0 };
        day.ms += slot.ms;
        if date < first {
            continue;
        }
        match slot.class.as_str() {
            "young" => Retention::count(&mut young, slot),
            "mature" => Retention::count(&mut mature, slot),
            _ => continue,
        }
        Retention::count(&mut retention, slot);
    }
    Ok(Statistics {
        cards: cards::waiting(connection, *room, calendar.end(now))?,
        streak: streak(&days, today),
        days: days.range(first..).map(|(_, day)| *day).collect(),
        young,
        mature,
        retention,
        forecast: forecast(connection, study, ahead.max(1), today)?,
        desired_retention: settings.retention,
    })
}

/// A day that has only begun breaks no row.
fn streak(days: &BTreeMap<Date, Day>, today: Date) -> u32 {
    let back = |by: i32| Date::from_days(today.days() - by);
    let from = i32::from(!days.contains_key(&today));
    let length = (from..).take_while(|by| days.contains_key(&back(*by))).count();
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn forecast(connection: &Connection, study: &Study, ahead: u16, today: Date) -> Result<Vec<Forecast>, Error> {
    let Study { room, calendar, .. } = study;
    let end = Timestamp(calendar.start(today).0 + i64::from(ahead) * DAY);
    let load = cards::load(connection, *room, Timestamp(i64::MIN / 2), end, calendar.shift())?;
    let overdue: u32 = load.range(..today.days()).map(|(_, due)| due).sum();
    let of = |day: i32| load.get(&day).copied().unwrap_or(0) + if day == today.days() { overdue } else { 0 };
    let days = today.days()..today.days() + i32::from(ahead);
    Ok(days.map(|day| Forecast { date: Date::from_days(day), due: of(day) }).collect())
}
