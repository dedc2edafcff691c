use kernel::{Date, Timestamp};
use library::cards::Settings;

/// Milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;

/// Which day of study a moment belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// What is added to a time so that its days are days of study.
    shift: i64,
}

impl Calendar {
    /// Of a clock that is `utc_offset` minutes ahead of UTC, and of a room whose days begin as `settings` say.
    pub fn new(utc_offset: i32, settings: &Settings) -> Self {
        Self { shift: (i64::from(utc_offset) - i64::from(settings.day_starts_at)) * 60_000 }
    }

    /// The day of study of a moment.
    pub fn day(self, time: Timestamp) -> Date {
        let days = (time.0.saturating_add(self.shift)).div_euclid(DAY);
        Date::from_days(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// When a day of study begins.
    pub fn start(self, day: Date) -> Timestamp {
        Timestamp(i64::from(day.days()) * DAY - self.shift)
    }

    /// When the day of study of a moment ends.
    pub fn end(self, time: Timestamp) -> Timestamp {
        Timestamp(self.start(self.day(time)).0 + DAY)
    }

    /// Days of study between two moments; 0 where the second comes before the first.
    pub fn days_between(self, from: Timestamp, to: Timestamp) -> u32 {
        u32::try_from(i64::from(self.day(to).days()) - i64::from(self.day(from).days())).unwrap_or(0)
    }

    /// What is added to a time so that its days, of 24 hours since 1970, are days of study.
    pub fn shift(self) -> i64 {
        self.shift
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22T00:00:00Z
    const MIDNIGHT: i64 = 20_779 * DAY;

    #[test]
    fn a_day_of_study_begins_at_four_of_the_persons_clock() {
        let settings = Settings::default();
        let hour = 3_600_000;
        for (offset, utc_hour, day) in [
            (0, 3, "2026-11-21"),
            (0, 4, "2026-11-22"),
            (60, 3, "2026-11-22"),
            (-480, 11, "2026-11-21"),
            (330, 0, "2026-11-22"),
        ] {
            let calendar = Calendar::new(offset, &settings);
            let time = Timestamp(MIDNIGHT + utc_hour * hour);
            assert_eq!(calendar.day(time).to_string(), day, "{offset} {utc_hour}");
            let start = calendar.start(calendar.day(time));
            assert_eq!(calendar.day(start), calendar.day(time));
            assert_eq!(calendar.days_between(Timestamp(start.0 - 1), start), 1);
            assert_eq!(calendar.day(calendar.end(time)).days(), calendar.day(time).days() + 1);
        }
    }
}
