//! Before an exam everything shall have been seen once more, and not all of it on the last evening.

use std::collections::BTreeMap;

/// Days before an exam within which everything is seen for the last time.
const LAST_DAYS: i32 = 7;

/// The interval of a card answered `today` that is due after `interval` days: one that would leap over the exam is cut
/// so that the card comes back on the least loaded of the last days before it. A card that is answered within the
/// last days has been seen for the last time; without a look at the exam it would be asked every day.
///
/// `load` tells how many cards are due on a day; `share`, from 0 up to 1, decides between equals.
pub(super) fn before_exam(today: i32, interval: u32, exam: Option<i32>, load: &BTreeMap<i32, u32>, share: f64) -> u32 {
    let Some(exam) = exam.filter(|exam| exam - LAST_DAYS > today) else { return interval };
    if i64::from(today) + i64::from(interval) < i64::from(exam) {
        return interval;
    }
    let begin = exam - LAST_DAYS;
    let turned = (share * f64::from(LAST_DAYS)) as i32;
    let candidates = (0..LAST_DAYS).map(|at| begin + (at + turned) % LAST_DAYS);
    let least = candidates.min_by_key(|day| load.get(day).copied().unwrap_or(0)).unwrap_or(begin);
    u32::try_from(least - today).unwrap_or(1).max(1)
}

/// How many new cards a day must have for all `left` of them to be known before the last days, or before the exam once these have begun.
pub(super) fn new_per_day(today: i32, exam: i32, left: u32, usual: u32) -> u32 {
    if exam <= today {
        return usual;
    }
    let begin = exam - LAST_DAYS;
    let days = if begin > today { begin - today } else { exam - today };
    left.div_ceil(days.unsigned_abs()).max(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_leap_over_the_exam_is_spread_over_the_last_days() {
        let mut load = BTreeMap::new();
        for card in 0..70_u32 {
            let interval = before_exam(100, 60 + card, Some(130), &load, f64::from(card) / 70.0);
            *load.entry(100 + interval as i32).or_default() += 1;
        }
        assert_eq!(load.keys().copied().collect::<Vec<_>>(), (123..130).collect::<Vec<_>>());
        assert!(load.values().all(|cards| *cards == 10), "{load:?}");
    }

    #[test]
    fn what_is_due_before_or_was_seen_in_the_last_days_stays_as_it_is() {
        let none = BTreeMap::new();
        assert_eq!(before_exam(100, 29, Some(130), &none, 0.5), 29);
        assert_eq!(before_exam(123, 60, Some(130), &none, 0.5), 60);
        assert_eq!(before_exam(129, 60, Some(130), &none, 0.5), 60);
        assert_eq!(before_exam(130, 60, Some(130), &none, 0.5), 60);
        assert_eq!(before_exam(200, 60, Some(130), &none, 0.5), 60);
        assert_eq!(before_exam(100, 60, None, &none, 0.5), 60);
    }

    #[test]
    fn all_new_cards_are_begun_before_the_last_days() {
        assert_eq!(new_per_day(100, 130, 230, 5), 10);
        assert_eq!(new_per_day(100, 130, 23, 5), 5);
        assert_eq!(new_per_day(129, 130, 40, 5), 40);
        assert_eq!(new_per_day(131, 130, 400, 5), 5);
    }
}
