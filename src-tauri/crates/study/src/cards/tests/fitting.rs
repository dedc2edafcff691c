//! Parameters that suit a person.

use kernel::{Cancel, Timestamp};
use library::cards::{self, Fitted, Rating};
use seeded::Random;

use super::super::{FEWEST_REVIEWS, Fit, Memory, MemoryModel, fit};
use super::room::{DAY, Room};

/// A person of whom everything is forgotten three times as fast as the default parameters say.
fn forgetful() -> MemoryModel {
    let mut parameters = fsrs::DEFAULT_PARAMETERS;
    parameters[..4].iter_mut().for_each(|stability| *stability /= 3.0);
    parameters[8] -= 1.0;
    MemoryModel::with(&parameters).unwrap()
}

/// Has that person study: a card is known as often as their memory says.
fn studied(person: &MemoryModel, notes: usize, answers: usize) -> Room {
    let room = Room::new();
    let mut random = Random::new(7);
    for note in 0..notes {
        let card = room.basic(&format!("{note}"));
        let (mut room_now, mut memory) = (room.now, None::<Memory>);
        for answer in 0..answers {
            let days = if answer == 0 { 0 } else { [1, 2, 4, 8, 16, 32][random.below(6)] };
            room_now += days * DAY;
            let known = memory.is_none_or(|memory| person.retrievability(memory, days as f32) > random.share());
            let rating = if known { Rating::Good } else { Rating::Again };
            memory = Some(person.after(memory, days as u32)[rating as usize]);
            let study = room.study();
            room.write(|tx| study.answer(tx, card, rating, 1_000, Timestamp(room_now)));
            room.write(|tx| cards::set_suspended(tx, card, false));
        }
    }
    room
}

#[test]
fn parameters_are_kept_when_they_foretell_a_persons_answers_better() {
    let room = studied(&forgetful(), 120, 8);
    let events = room.read(|c| cards::histories(c, room.room));
    let Some(Fit::Better { fitted }) = fit(&events, Timestamp(9), &Cancel::new()) else { panic!("no better") };
    assert!(fitted.log_loss < fitted.default_log_loss * 0.97, "{fitted:?}");
    assert_eq!((fitted.parameters.len(), fitted.reviews), (21, 120 * 7 * 4 / 5));
    let card = room.basic("new");
    let before = room.preview(card)[3].stability;
    room.write(|tx| cards::put_fitted(tx, room.room, Some(&fitted)));
    assert_eq!(room.read(|c| cards::fitted(c, room.room)), Some(fitted));
    assert!(room.preview(card)[2].stability < before);
    room.write(|tx| cards::put_fitted(tx, room.room, None));
    assert_eq!(room.preview(card)[3].stability, before);
}

#[test]
fn few_answers_and_a_cancelled_fit_change_nothing() {
    let room = studied(&MemoryModel::default(), 60, 8);
    let events = room.read(|c| cards::histories(c, room.room));
    let few = &events[..80];
    assert_eq!(
        fit(few, Timestamp(9), &Cancel::new()),
        Some(Fit::TooFew { reviews: 70, needed: FEWEST_REVIEWS as u32 })
    );
    let cancel = Cancel::new();
    cancel.cancel();
    assert_eq!(fit(&events, Timestamp(9), &cancel), None);
}

#[test]
fn parameters_that_are_none_are_passed_over() {
    let fitted =
        |parameters| Fitted { parameters, reviews: 1, log_loss: 0.1, default_log_loss: 0.2, fitted: Timestamp(0) };
    let usual = MemoryModel::default().after(None, 0);
    for broken in [vec![], vec![1.0; 20], vec![f32::NAN; 21]] {
        assert_eq!(MemoryModel::new(Some(&fitted(broken))).after(None, 0), usual);
    }
}
