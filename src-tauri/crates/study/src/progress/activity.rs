use std::collections::BTreeMap;

use kernel::{Date, RoomId, Timestamp};
use library::{Connection, Error, conversations, quizzes, readings};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::cards::{Calendar, Study};

/// What was done on a day of study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StudyDay {
    /// The day.
    pub date: Date,
    /// How long pages were looked at, in milliseconds.
    #[specta(type = f64)]
    pub read_ms: i64,
    /// Questions that were asked.
    pub asked: u32,
    /// Questions of quizzes that were answered.
    pub answered: u32,
    /// Cards that were answered.
    pub reviewed: u32,
}

impl StudyDay {
    fn of(date: Date) -> Self {
        Self { date, read_ms: 0, asked: 0, answered: 0, reviewed: 0 }
    }
}

/// What was done in a room, day by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Activity {
    /// Each day on which something was done, the oldest first.
    pub days: Vec<StudyDay>,
    /// Days in a row on which something was done, up to today or yesterday.
    pub streak: u32,
}

/// What was done in a room from `since` on, for somebody whose clock is `utc_offset` minutes ahead of UTC.
///
/// # Errors
/// A fault of the store.
pub fn activity(
    connection: &Connection,
    room: RoomId,
    utc_offset: i32,
    since: Timestamp,
    now: Timestamp,
) -> Result<Activity, Error> {
    let Study { calendar, .. } = Study::of(connection, room, utc_offset)?;
    let mut days: BTreeMap<Date, StudyDay> = BTreeMap::new();
    let mut on = |time: Timestamp, count: &dyn Fn(&mut StudyDay)| {
        let date = calendar.day(time);
        count(days.entry(date).or_insert_with(|| StudyDay::of(date)));
    };
    for (time, ms) in readings::since(connection, room, since)? {
        on(time, &|day| day.read_ms += i64::from(ms));
    }
    for time in conversations::asked_since(connection, room, since)? {
        on(time, &|day| day.asked += 1);
    }
    for time in quizzes::answered_since(connection, room, since)? {
        on(time, &|day| day.answered += 1);
    }
    for slot in library::cards::slots(connection, room, since)? {
        on(slot.start, &|day| day.reviewed += slot.answers);
    }
    let streak = streak(&days, &calendar, now);
    Ok(Activity { days: days.into_values().collect(), streak })
}

/// Days in a row, up to today; a day that has only begun breaks nothing.
fn streak(days: &BTreeMap<Date, StudyDay>, calendar: &Calendar, now: Timestamp) -> u32 {
    let today = calendar.day(now).days();
    let is_on = |day: i32| days.keys().any(|date| date.days() == day);
    let last = if is_on(today) { today } else { today - 1 };
    let row = (0..).take_while(|back| is_on(last - back)).count();
    u32::try_from(row).unwrap_or(u32::MAX)
}
