//! Days of study.

use kernel::{CardId, Code, Coded, Date, Timestamp};
use library::cards::{self, CardState, NewNote, NoteKind, Rating, ReviewKind, Settings};
use proptest::prelude::*;

use super::super::{Counts, NotesMade, add_unknown, next_day, statistics};
use super::room::{DAY, MINUTE, Room, START};

#[test]
fn a_day_asks_for_what_is_being_learnt_then_what_is_due_then_what_is_new() {
    let mut room = Room::new();
    let (known, learning, new) = (room.basic("known"), room.basic("learning"), room.basic("new"));
    room.learn(known);
    room.pass_days(30);
    room.answer(learning, Rating::Again);
    assert_eq!(room.queued(), [known, new, learning], "a minute too early, it comes last");
    room.now += 2 * MINUTE;
    assert_eq!(room.queued(), [learning, known, new]);
    assert_eq!(room.queue().counts, Counts { learning: 1, review: 1, new: 1 });
    room.answer(learning, Rating::Good);
    room.answer(known, Rating::Good);
    room.answer(new, Rating::Easy);
    // Ten minutes too early, and nothing else is left.
    assert_eq!(room.queued(), [learning]);
    room.answer(learning, Rating::Good);
    assert_eq!(room.queued(), []);
}

#[test]
fn what_is_due_in_an_hour_is_said_to_be() {
    let room = Room::with(&Settings { learning_steps: vec![3_600], ..Settings::default() });
    let card = room.basic("a");
    room.answer(card, Rating::Again);
    let queue = room.queue();
    assert_eq!((queue.cards.len(), queue.next), (0, Some(Timestamp(START + 60 * MINUTE))));
    assert_eq!(queue.counts.learning, 1);
}

#[test]
fn limits_count_what_was_done_today_and_start_anew_tomorrow() {
    let settings = Settings { new_per_day: 3, reviews_per_day: 2, learning_steps: vec![], ..Settings::default() };
    let mut room = Room::with(&settings);
    let all: Vec<CardId> = (0..8).map(|at| room.basic(&format!("{at}"))).collect();
    assert_eq!(room.queued(), all[..3]);
    room.answer(all[0], Rating::Good);
    room.answer(all[1], Rating::Again);
    assert_eq!(room.queue().counts, Counts { new: 1, ..Counts::default() });
    room.answer(all[2], Rating::Good);
    assert_eq!(room.queued(), []);
    room.pass_days(40);
    assert_eq!(room.queue().counts, Counts { review: 2, new: 3, learning: 0 });
    for _ in 0..2 {
        let first = room.queued()[0];
        room.answer(first, Rating::Easy);
    }
    assert_eq!(room.queue().counts, Counts { review: 0, new: 3, learning: 0 });
    room.undo();
    assert_eq!(room.queue().counts, Counts { review: 1, new: 3, learning: 0 });
}

#[test]
fn of_the_cards_of_one_note_one_comes_a_day() {
    let mut room = Room::new();
    let cards = room.cloze("{{c1::a}} {{c2::b}} {{c3::c}}");
    let other = room.basic("other");
    assert_eq!(room.queued(), [cards[0], other]);
    room.answer(cards[0], Rating::Easy);
    assert_eq!(room.queued(), [other], "its siblings are left for other days");
    room.pass_days(1);
    assert_eq!(room.queued(), [cards[1], other]);
    room.answer(cards[1], Rating::Again);
    room.pass_days(60);
    // Two are due; the one that is being learnt goes before.
    assert_eq!(room.queued(), [cards[1], other]);
}

#[test]
fn an_answer_at_three_in_the_morning_belongs_to_the_day_before() {
    let mut room = Room::with(&Settings { new_per_day: 1, learning_steps: vec![], ..Settings::default() });
    let (first, second) = (room.basic("a"), room.basic("b"));
    room.now = START - START.rem_euclid(DAY) + 27 * 60 * MINUTE;
    room.answer(first, Rating::Good);
    assert_eq!(room.queued(), []);
    room.now += 2 * 60 * MINUTE;
    assert_eq!(room.queued(), [second]);
    // For somebody two hours further west it is the same night still.
    let study = room.read(|c| super::super::Study::of(c, room.room, -120));
    assert_eq!(room.read(|c| super::super::queue(c, &study, Timestamp(room.now))).cards, []);
}

#[test]
fn the_buttons_say_what_the_answers_will_do() {
    let mut room = Room::new();
    let card = room.basic("a");
    for rating in [Rating::Good, Rating::Good, Rating::Hard, Rating::Easy, Rating::Again, Rating::Good] {
        let said = room.preview(card)[rating as usize];
        let done = room.answer(card, rating).card;
        assert_eq!(
            (done.state, done.step, done.due, done.interval),
            (said.state, said.step, Some(said.due), said.interval)
        );
        assert_eq!((done.stability, done.difficulty), (Some(said.stability.into()), Some(said.difficulty.into())));
        let days = i64::from(done.interval.max(1));
        room.pass_days(days);
    }
}

#[test]
fn what_is_forgotten_again_and_again_is_suspended_and_can_come_back() {
    let settings = Settings { leech_threshold: 4, relearning_steps: vec![], ..Settings::default() };
    let mut room = Room::with(&settings);
    let card = room.basic("a");
    room.learn(card);
    let mut lapse = || {
        room.now += 60 * DAY;
        room.answer(card, Rating::Again)
    };
    assert!((0..3).all(|_| !lapse().leech));
    let fourth = lapse();
    assert!(fourth.leech && fourth.card.leech && fourth.card.suspended);
    assert_eq!(room.queued(), []);
    let study = room.study();
    let refused = room.library.write(|tx| study.answer(tx, card, Rating::Good, 0, Timestamp(room.now)));
    assert_eq!(refused.unwrap_err().code(), Code::Invalid);
    room.write(|tx| cards::set_suspended(tx, card, false));
    room.pass_days(60);
    assert!(!room.answer(card, Rating::Again).leech);
    room.pass_days(60);
    assert!(room.answer(card, Rating::Again).leech, "half as often again");
    let back = room.undo().unwrap();
    assert!(!back.suspended && back.leech, "the first time stays in its history");
}

#[test]
fn a_day_can_be_set_a_card_buried_or_forgotten() {
    let mut room = Room::new();
    let (set, buried, forgotten) = (room.basic("a"), room.basic("b"), room.basic("c"));
    let study = room.study();
    let today = study.calendar.day(Timestamp(room.now));
    let day = Date::from_days(today.days() + 5);
    let now = Timestamp(room.now);
    room.write(|tx| study.set_due(tx, set, day, now));
    room.write(|tx| study.bury(tx, buried, now));
    room.learn(forgotten);
    let past = room.library.write(|tx| study.set_due(tx, set, Date::from_days(today.days() - 1), now));
    assert_eq!(past.unwrap_err().code(), Code::Invalid);
    assert_eq!(room.queued(), []);
    room.pass_days(1);
    assert_eq!(room.queued(), [buried]);
    room.pass_days(4);
    assert_eq!(room.queued(), [set, buried]);
    let now = Timestamp(room.now);
    let forgot = room.write(|tx| study.forget(tx, forgotten, now));
    assert_eq!((forgot.state, forgot.due, forgot.reps), (CardState::New, None, 1));
    assert_eq!(room.read(|c| cards::history(c, forgotten)).last().unwrap().kind, ReviewKind::Manual);
    assert_eq!(room.queued(), [set, buried, forgotten]);
    // After it, the card begins as a new one does.
    let fresh = room.basic("fresh");
    assert_eq!(room.preview(forgotten)[0].stability, room.preview(fresh)[0].stability);
}

#[test]
fn before_an_exam_every_card_is_seen_within_the_last_week_and_the_load_is_even() {
    let exam = Date::from_days(20_779 + 40);
    let settings = Settings { exam: Some(exam), new_per_day: 1, ..Settings::default() };
    let mut room = Room::with(&settings);
    let all: Vec<CardId> = (0..66).map(|at| room.basic(&format!("{at}"))).collect();
    // 33 days until the last week: two new cards a day, whatever the usual number is.
    assert_eq!(room.queue().counts.new, 2);
    let mut in_last_week = std::collections::HashSet::new();
    let mut by_day = Vec::new();
    for day in 0..40 {
        let queue = room.queued();
        by_day.push(queue.len());
        for card in queue {
            room.answer(card, Rating::Easy);
            if day >= 33 {
                in_last_week.insert(card);
            }
        }
        room.pass_days(1);
    }
    let study = room.study();
    for card in all {
        let card = room.card(card);
        let memory = super::super::Memory { stability: card.stability.unwrap() as f32, difficulty: 5.0 };
        let days = (room.now - card.last_review.unwrap().0) as f32 / DAY as f32;
        assert!(study.model().retrievability(memory, days) >= 0.9, "{card:?}");
        assert!(in_last_week.contains(&card.card), "{card:?} {by_day:?}");
    }
    let last: Vec<usize> = by_day[33..].to_vec();
    assert!(last.iter().max().unwrap() - last.iter().min().unwrap() <= 12, "{last:?}");
}

#[test]
fn a_room_tells_how_it_is_getting_on() {
    let mut room = Room::with(&Settings { learning_steps: vec![], ..Settings::default() });
    let all: Vec<CardId> = (0..4).map(|at| room.basic(&format!("{at}"))).collect();
    for card in &all {
        room.answer(*card, Rating::Good);
    }
    room.pass_days(3);
    for (card, rating) in all.iter().zip([Rating::Good, Rating::Again, Rating::Hard]) {
        room.answer(*card, rating);
    }
    let study = room.study();
    let told = room.read(|c| statistics(c, &study, 30, 30, Timestamp(room.now)));
    assert_eq!((told.retention.answers, told.retention.known), (3, 2));
    assert_eq!(told.young, told.retention);
    assert_eq!(
        told.days.iter().map(|day| (day.answers, day.new, day.again, day.ms)).collect::<Vec<_>>(),
        [(4, 4, 0, 16_000), (3, 0, 1, 12_000)]
    );
    assert_eq!(told.streak, 1);
    // The one that was overdue and that which was forgotten, ten minutes from now, are due today.
    assert_eq!(told.forecast[0].due, 2);
    assert_eq!(told.forecast.iter().map(|day| day.due).sum::<u32>(), 4);
    assert_eq!((told.cards.cards, told.cards.learning, told.cards.due), (4, 1, 1));
    let today = room.read(|c| statistics(c, &study, 1, 1, Timestamp(room.now)));
    assert_eq!((today.days.len(), today.forecast.len()), (1, 1));
    assert_eq!(room.read(|c| statistics(c, &study, 1, 1, Timestamp(room.now + 2 * DAY))).streak, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn the_log_alone_makes_every_card_again_and_undoing_is_exact(
        deeds in prop::collection::vec((0_usize..6, 0_usize..6, 0_i64..50), 1..60),
    ) {
        let mut room = Room::with(&Settings { leech_threshold: 2, ..Settings::default() });
        let mut all: Vec<CardId> = (0..3).map(|at| room.basic(&format!("{at}"))).collect();
        all.extend(room.cards(room.note(&NewNote { kind: NoteKind::Reversed, ..NewNote::basic("a", "b") })));
        all.push(room.basic("last"));
        let state = |room: &Room| all.iter().map(|card| room.card(*card)).collect::<Vec<_>>();
        let mut stages = vec![(state(&room), room.read(|c| cards::slots(c, room.room, Timestamp(0))))];
        for (card, deed, days) in deeds {
            room.now += days * DAY / 7;
            let (study, card, now) = (room.study(), all[card], Timestamp(room.now));
            match deed {
                4 => drop(room.write(|tx| study.forget(tx, card, now))),
                5 => {
                    let day = Date::from_days(study.calendar.day(now).days() + 3);
                    room.write(|tx| study.set_due(tx, card, day, now));
                }
                _ if room.card(card).suspended => continue,
                rating => drop(room.answer(card, Rating::ALL[rating])),
            }
            stages.push((state(&room), room.read(|c| cards::slots(c, room.room, Timestamp(0)))));
        }
        let model = super::super::MemoryModel::default();
        for (card, before) in all.iter().zip(&stages.last().unwrap().0) {
            prop_assert_eq!(&room.write(|tx| cards::rebuild(tx, *card)), before);
            // And the memory is worked out from the answers, to the last bit.
            let memory = model.replay(&room.read(|c| cards::history(c, *card)));
            prop_assert_eq!(memory.map(|memory| f64::from(memory.stability)), before.stability);
            prop_assert_eq!(memory.map(|memory| f64::from(memory.difficulty)), before.difficulty);
        }
        while let Some(stage) = stages.pop() {
            prop_assert_eq!((state(&room), room.read(|c| cards::slots(c, room.room, Timestamp(0)))), stage);
            prop_assert_eq!(room.undo().is_some(), !stages.is_empty());
        }
    }
}

#[test]
fn when_a_day_is_done_it_is_known_when_the_next_card_comes() {
    let mut room = Room::with(&Settings { new_per_day: 1, ..Settings::default() });
    let next = |room: &Room| room.read(|c| next_day(c, &room.study(), Timestamp(room.now)));
    assert_eq!(next(&room), None);
    let (first, second) = (room.basic("first"), room.basic("second"));
    room.answer(first, Rating::Easy);
    let tomorrow = room.study().calendar.end(Timestamp(room.now));
    assert_eq!((room.queued(), next(&room)), (vec![], Some(tomorrow)), "a day has one new card");
    room.pass_days(1);
    room.answer(second, Rating::Easy);
    let earliest = room.card(first).due.min(room.card(second).due);
    assert_eq!(next(&room), earliest);
    room.write(|tx| cards::set_suspended(tx, first, true));
    room.write(|tx| cards::set_suspended(tx, second, true));
    assert_eq!(next(&room), None);
}

#[test]
fn what_a_room_has_already_is_not_made_again_and_keeps_its_words() {
    let room = Room::new();
    let [one, other] = ["one", "other"].map(|name| NewNote { guid: Some(name.into()), ..NewNote::basic(name, "b") });
    let now = Timestamp(room.now);
    let made = room.write(|tx| add_unknown(tx, room.room, std::slice::from_ref(&one), now));
    assert_eq!(made, NotesMade { added: 1, known: 0 });
    let changed = NewNote::basic("in my words", "b");
    room.write(|tx| {
        let note = cards::notes(tx, room.room)?[0].note;
        cards::edit_note(tx, note, &changed, now)
    });
    let made = room.write(|tx| add_unknown(tx, room.room, &[one, other], now));
    assert_eq!(made, NotesMade { added: 1, known: 1 });
    let fronts: Vec<String> = room.read(|c| cards::notes(c, room.room)).into_iter().map(|note| note.front).collect();
    assert_eq!(fronts, ["in my words", "other"]);
}
