//! What each of the four answers makes of a card.
//!
//! While it is learnt, a card goes through steps of minutes, as in Anki: *again* goes back to the first, *hard* stays,
//! *good* goes on, and behind the last step, or with *easy* at once, the card is in review. The memory is kept by FSRS
//! from the first answer on (several answers on one day count as its short-term memory); in review it alone tells the
//! interval, from the stability and the wanted retention.

use std::collections::BTreeMap;

use kernel::{Date, Timestamp};
use library::cards::{Card, CardState, Settings};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::calendar::{Calendar, DAY};
use super::exam::before_exam;
use super::fuzz::{LONGEST, fuzzed};
use super::memory::{Memory, MemoryModel, share};

/// What an answer makes of a card.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Next {
    /// How well it is known then.
    pub state: CardState,
    /// The learning step that it is at then.
    pub step: u8,
    /// When it is asked again.
    pub due: Timestamp,
    /// Days until then; 0 for minutes.
    pub interval: u32,
    /// The stability of its memory, in days.
    pub stability: f32,
    /// The difficulty, from 1 to 10.
    pub difficulty: f32,
}

/// What a card is scheduled by.
#[derive(Clone, Copy)]
pub(super) struct Scheduler<'a> {
    pub(super) settings: &'a Settings,
    pub(super) model: &'a MemoryModel,
    pub(super) calendar: Calendar,
    /// How many cards are due on the days before an exam.
    pub(super) load: &'a BTreeMap<i32, u32>,
}

impl Scheduler<'_> {
    /// The outcomes of *again*, *hard*, *good* and *easy* for a card with that memory, answered `now`.
    pub(super) fn outcomes(&self, card: &Card, memory: Option<Memory>, now: Timestamp) -> [Next; 4] {
        let elapsed = self.elapsed(card, now).unwrap_or(0);
        let after = self.model.after(memory, elapsed);
        let [again, hard, good, easy] = after;
        let steps = match card.state {
            CardState::New | CardState::Learning => &self.settings.learning_steps,
            CardState::Review | CardState::Relearning => &self.settings.relearning_steps,
        };
        let learning = match card.state {
            CardState::New | CardState::Learning => CardState::Learning,
            CardState::Review | CardState::Relearning => CardState::Relearning,
        };
        let at_step = |step: usize, seconds: u32, memory: Memory| {
            self.next(learning, step, Timestamp(now.0 + i64::from(seconds) * 1000), 0, memory)
        };
        let days = |memory: Memory, least: u32| {
            let interval = self.interval(card, memory, now).max(least).min(LONGEST);
            let due = Timestamp(now.0 + i64::from(interval) * DAY);
            self.next(CardState::Review, 0, due, interval, memory)
        };
        let again = match steps.first() {
            Some(first) => at_step(0, *first, again),
            None => days(again, 1),
        };
        if card.state == CardState::Review {
            let hard = days(hard, 1);
            let good = days(good, self.above(hard.interval));
            let easy = days(easy, self.above(good.interval));
            return [again, hard, good, easy];
        }
        let step = usize::from(card.step);
        let hard = match delay_when_hard(steps, step) {
            Some(seconds) => at_step(step.min(steps.len() - 1), seconds, hard),
            None => days(hard, 1),
        };
        // A new card is at its first step already.
        let good = match steps.get(step + 1) {
            Some(seconds) => at_step(step + 1, *seconds, good),
            None => days(good, self.above(hard.interval)),
        };
        let easy = days(easy, self.above(good.interval));
        [again, hard, good, easy]
    }

    /// Days of study since the card's last answer; none before the first.
    pub(super) fn elapsed(&self, card: &Card, now: Timestamp) -> Option<u32> {
        card.last_review.map(|last| self.calendar.days_between(last, now))
    }

    /// A better answer waits longer, as far as an exam lets it.
    fn above(&self, interval: u32) -> u32 {
        if self.settings.exam.is_some() { interval.max(1) } else { interval + 1 }
    }

    fn interval(&self, card: &Card, memory: Memory, now: Timestamp) -> u32 {
        let share = share(card.card, card.reps);
        let interval = fuzzed(self.model.interval(memory, self.settings.retention), share).max(1);
        let (today, exam) = (self.calendar.day(now).days(), self.settings.exam.map(Date::days));
        before_exam(today, interval, exam, self.load, share)
    }

    fn next(&self, state: CardState, step: usize, due: Timestamp, interval: u32, memory: Memory) -> Next {
        let Memory { stability, difficulty } = memory;
        Next { state, step: u8::try_from(step).unwrap_or(u8::MAX), due, interval, stability, difficulty }
    }
}

/// *Hard* at the first step waits for the middle of the first two, or half as long again as the only one, up to a
/// day; later it repeats the step. None where there are no steps.
fn delay_when_hard(steps: &[u32], step: usize) -> Option<u32> {
    let first = *steps.first()?;
    Some(match (step, steps.get(1)) {
        (0, Some(second)) => first.midpoint(*second),
        (0, None) => (first + first / 2).min(86_400),
        _ => steps.get(step).or(steps.last()).copied().unwrap_or(first),
    })
}

#[cfg(test)]
mod tests {
    use kernel::{CardId, NoteId, RoomId};
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 20_779 * DAY + DAY / 2;

    fn card(state: CardState, step: u8, days_ago: i64) -> Card {
        Card {
            card: CardId(7),
            note: NoteId(1),
            room: RoomId(1),
            ordinal: 0,
            state,
            step,
            due: None,
            interval: 0,
            stability: None,
            difficulty: None,
            last_review: (state != CardState::New).then_some(Timestamp(NOW - days_ago * DAY)),
            reps: 3,
            lapses: 0,
            leech: false,
            suspended: false,
            buried_until: Timestamp(0),
        }
    }

    fn outcomes(settings: &Settings, card: &Card, memory: Option<Memory>) -> [Next; 4] {
        let (model, load) = (MemoryModel::default(), BTreeMap::new());
        let scheduler = Scheduler { settings, model: &model, calendar: Calendar::new(0, settings), load: &load };
        scheduler.outcomes(card, memory, Timestamp(NOW))
    }

    fn minutes(next: &Next) -> i64 {
        (next.due.0 - NOW) / 60_000
    }

    #[test]
    fn a_new_card_goes_through_its_steps_or_into_review_at_once() {
        let [again, hard, good, easy] = outcomes(&Settings::default(), &card(CardState::New, 0, 0), None);
        assert_eq!((minutes(&again), minutes(&hard), minutes(&good)), (1, 5, 10));
        assert_eq!((again.step, hard.step, good.step, good.state), (0, 0, 1, CardState::Learning));
        assert_eq!((easy.state, easy.step), (CardState::Review, 0));
        // The initial stability of easy is 8.3 days, plus or minus a fuzz of 1.8.
        assert!((6..=10).contains(&easy.interval), "{easy:?}");

        let learnt = Memory { stability: 2.3, difficulty: 2.1 };
        let [_, hard, good, _] = outcomes(&Settings::default(), &card(CardState::Learning, 1, 0), Some(learnt));
        assert_eq!((minutes(&hard), hard.step), (10, 1));
        assert_eq!((good.state, good.interval >= 1), (CardState::Review, true));
    }

    #[test]
    fn a_forgotten_card_is_learnt_again_and_comes_back_into_review() {
        let known = Memory { stability: 50.0, difficulty: 5.0 };
        let [again, ..] = outcomes(&Settings::default(), &card(CardState::Review, 0, 50), Some(known));
        assert_eq!((again.state, minutes(&again)), (CardState::Relearning, 10));
        assert!(again.stability < 10.0);
        let after = Memory { stability: again.stability, difficulty: again.difficulty };
        let [_, hard, good, easy] = outcomes(&Settings::default(), &card(CardState::Relearning, 0, 0), Some(after));
        assert_eq!((minutes(&hard), hard.state), (15, CardState::Relearning));
        assert_eq!((good.state, easy.state), (CardState::Review, CardState::Review));
        let none = Settings { learning_steps: vec![], relearning_steps: vec![], ..Settings::default() };
        for state in [CardState::New, CardState::Review] {
            let memory = (state == CardState::Review).then_some(known);
            let next = outcomes(&none, &card(state, 0, 50), memory);
            assert!(next.iter().all(|next| next.state == CardState::Review && next.interval >= 1), "{next:?}");
        }
    }

    #[test]
    fn the_interval_is_when_the_wanted_retention_is_reached() {
        let model = MemoryModel::default();
        let memory = Memory { stability: 30.0, difficulty: 5.0 };
        for retention in [0.8, 0.9, 0.95] {
            let days = model.interval(memory, retention);
            assert!((model.retrievability(memory, days) - retention).abs() < 1e-4);
        }
        assert!((model.interval(memory, 0.9) - 30.0).abs() < 1e-3);
    }

    #[test]
    fn before_an_exam_a_long_interval_ends_within_the_last_days() {
        let exam = Some(kernel::Date::from_days(20_779 + 60));
        let known = Memory { stability: 300.0, difficulty: 5.0 };
        let settings = Settings { exam, ..Settings::default() };
        let [_, hard, good, easy] = outcomes(&settings, &card(CardState::Review, 0, 300), Some(known));
        for next in [hard, good, easy] {
            assert!((53..60).contains(&next.interval), "{next:?}");
        }
    }

    proptest! {
        #[test]
        fn better_answers_never_come_back_sooner(
            state in 0_usize..4,
            step in 0_u8..3,
            days in 0_i64..2_000,
            stability in 0.001_f32..40_000.0,
            difficulty in 1.0_f32..10.0,
            steps in prop::collection::vec(1_u32..86_400, 0..4),
            retention in 0.7_f32..0.99,
        ) {
            let mut steps = steps;
            steps.sort_unstable();
            let settings = Settings {
                learning_steps: steps.clone(),
                relearning_steps: steps,
                retention,
                ..Settings::default()
            };
            let state = CardState::ALL[state];
            let memory = (state != CardState::New).then_some(Memory { stability, difficulty });
            let next = outcomes(&settings, &card(state, step, days), memory);
            for pair in next.windows(2) {
                prop_assert!(pair[0].due <= pair[1].due, "{next:?}");
            }
            for next in next {
                prop_assert!(next.due.0 > NOW && next.interval <= LONGEST);
                prop_assert!(next.stability.is_finite() && (1.0..=10.0).contains(&next.difficulty));
            }
        }
    }
}
