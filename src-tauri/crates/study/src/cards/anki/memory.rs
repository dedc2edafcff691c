//! How well a card of Anki is known, and what was answered, as events of ours.

use kernel::{CardId, Timestamp};
use library::cards::{CardState, Rating, Review, ReviewKind};

use super::super::calendar::DAY;
use super::super::{Memory, Study};
use super::collection::{RawAnswer, RawCard};

/// Longest that an answer is believed to have taken, in milliseconds.
const LONGEST_ANSWER: i64 = 600_000;
/// Longest interval, in days.
const LONGEST: i64 = 36_500;
/// The ease of a card that has none, in thousandths: Anki's first.
const EASE: i64 = 2_500;

/// The events of a card: its answers, and as the last one how it stands. None for one that is new and was never asked.
///
/// `made` is when its collection was made, in seconds since 1970: days are counted from there.
pub(super) fn events(card: &RawCard, answers: &[RawAnswer], made: i64, study: &Study, to: CardId) -> Vec<Review> {
    let mut events: Vec<Review> = Vec::new();
    let mut memory: Option<Memory> = None;
    for answer in answers {
        let Some(rating) = u8::try_from(answer.rating).ok().and_then(Rating::of) else { continue };
        let before = events.last();
        let elapsed = before.map(|before| study.calendar.days_between(before.time, Timestamp(answer.time)));
        memory = Some(study.model().after(memory, elapsed.unwrap_or(0))[usize::from(rating.number()) - 1]);
        let learning = if answer.kind == 2 { CardState::Relearning } else { CardState::Learning };
        let was = match (before, answer.kind) {
            (None, 0) => CardState::New,
            (_, 0 | 2) => learning,
            _ => CardState::Review,
        };
        let (state, interval, wait) = match answer.interval {
            days if days > 0 => (CardState::Review, days.min(LONGEST), days.min(LONGEST) * DAY),
            seconds => (learning, 0, seconds.saturating_neg().clamp(0, LONGEST * 86_400) * 1000),
        };
        events.push(Review {
            rating: Some(rating),
            duration_ms: answer.ms.clamp(0, LONGEST_ANSWER) as u32,
            was,
            was_interval: answer.interval_before.clamp(0, LONGEST) as u32,
            elapsed_days: elapsed,
            state,
            due: Some(Timestamp(answer.time.saturating_add(wait))),
            interval: interval as u32,
            stability: memory.map(|memory| memory.stability.into()),
            difficulty: memory.map(|memory| memory.difficulty.into()),
            ..Review::blank(to, Timestamp(answer.time), ReviewKind::Imported)
        });
    }
    events.extend(standing(card, memory, events.last(), made, study, to));
    events
}

/// How the card stands: from what FSRS knew of it, else from its answers, else from its interval and ease (SM-2).
fn standing(
    card: &RawCard,
    answered: Option<Memory>,
    last: Option<&Review>,
    made: i64,
    study: &Study,
    to: CardId,
) -> Option<Review> {
    let state = match card.kind {
        1 => CardState::Learning,
        2 => CardState::Review,
        3 => CardState::Relearning,
        _ if last.is_none() => return None,
        _ => CardState::New,
    };
    let was = last.map_or(CardState::New, |last| last.state);
    let was_interval = last.map_or(0, |last| last.interval);
    if state == CardState::New {
        let time = last.map_or(Timestamp(0), |last| last.time);
        return Some(Review { was, was_interval, ..Review::blank(to, time, ReviewKind::Imported) });
    }
    let interval = card.interval.clamp(0, LONGEST);
    let due = due(card, made);
    let time = last.map_or(Timestamp(due.0.saturating_sub(interval.max(1) * DAY)), |last| last.time);
    let told = card
        .stability
        .zip(card.difficulty)
        .map(|(stability, difficulty)| Memory { stability: stability as f32, difficulty: difficulty as f32 });
    let told = told.filter(|told| told.stability > 0.0 && told.stability.is_finite() && told.difficulty >= 1.0);
    let ease = if card.factor > 1_000 { card.factor } else { EASE };
    let from_ease = || study.model().from_sm2(ease as f32 / 1000.0, interval.max(1) as f32);
    let memory = told.or(answered).or_else(from_ease)?;
    Some(Review {
        was,
        was_interval,
        state,
        due: Some(due),
        interval: if state == CardState::Review { interval.max(1) as u32 } else { 0 },
        stability: Some(memory.stability.into()),
        difficulty: Some(memory.difficulty.min(10.0).into()),
        ..Review::blank(to, time, ReviewKind::Imported)
    })
}

/// When a card is due: a day of the collection, or a moment within a day.
fn due(card: &RawCard, made: i64) -> Timestamp {
    let is_moment = card.queue == 1 || (matches!(card.kind, 1 | 3) && card.due > 1_000_000_000);
    if is_moment {
        return Timestamp(card.due.clamp(0, 1 << 40) * 1000);
    }
    // In the middle of the day, so that it is the same one in every time zone.
    let days = card.due.clamp(-LONGEST, 2 * LONGEST);
    Timestamp(made.clamp(0, 1 << 40) * 1000 + days * DAY + DAY / 2)
}
