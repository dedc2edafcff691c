//! Notes, their cards and what was answered.

use kernel::{CardId, Citation, Code, Coded, DocumentId, NoteId, RoomId, Timestamp};
use library::cards::{
    self, Card, CardState, Filter, NewNote, NoteKind, Order, Rating, Review, ReviewKind, Settings, Slot,
};
use library::check::{check, repair};
use library::{documents, pages, rooms};
use proptest::prelude::*;

use crate::shelf::{Shelf, page};

const DAY: i64 = 86_400_000;

fn add(shelf: &Shelf, room: RoomId, new: &NewNote) -> NoteId {
    let now = shelf.library.now();
    shelf.write(|tx| cards::add_note(tx, room, new, now))
}

fn cards_of(shelf: &Shelf, note: NoteId) -> Vec<Card> {
    shelf.read(|c| cards::of_note(c, note))
}

fn cloze(text: &str) -> NewNote {
    NewNote { kind: NoteKind::Cloze, ..NewNote::basic(text, "") }
}

/// An answer that brings a card into review for `interval` days.
fn answered(card: &Card, time: i64, rating: Rating, interval: u32) -> Review {
    Review {
        review: kernel::ReviewId(0),
        card: card.card,
        time: Timestamp(time),
        kind: ReviewKind::Answer,
        rating: Some(rating),
        duration_ms: 2_500,
        was: card.state,
        was_interval: card.interval,
        elapsed_days: card.last_review.map(|last| u32::try_from((time - last.0) / DAY).unwrap()),
        state: if rating == Rating::Again && card.state == CardState::Review {
            CardState::Relearning
        } else {
            CardState::Review
        },
        step: 0,
        due: Some(Timestamp(time + i64::from(interval) * DAY)),
        interval,
        stability: Some(f64::from(interval) + 0.25),
        difficulty: Some(5.5),
        leech: false,
    }
}

fn answer(shelf: &Shelf, card: CardId, time: i64, rating: Rating, interval: u32) -> Card {
    shelf.write(|tx| {
        let before = cards::get(tx, card)?;
        cards::append(tx, &answered(&before, time, rating, interval))?;
        cards::get(tx, card)
    })
}

#[test]
fn a_note_has_the_cards_that_its_kind_and_text_ask_for() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let basic = add(&shelf, room, &NewNote::basic("What is osmosis?\r\n", " Water moving. "));
    let reversed = add(&shelf, room, &NewNote { kind: NoteKind::Reversed, ..NewNote::basic("cell", "Zelle") });
    let gaps = add(&shelf, room, &cloze("{{c3::Water}} moves by {{c1::osmosis}}."));
    let ordinals = |note| cards_of(&shelf, note).iter().map(|card| card.ordinal).collect::<Vec<_>>();
    assert_eq!((ordinals(basic), ordinals(reversed), ordinals(gaps)), (vec![0], vec![0, 1], vec![0, 2]));
    let note = shelf.read(|c| cards::note(c, basic));
    assert_eq!((note.front.as_str(), note.back.as_str()), ("What is osmosis?", "Water moving."));
    assert!(cards_of(&shelf, gaps).iter().all(|card| card.state == CardState::New && card.due.is_none()));

    for (wrong, says) in [
        (NewNote::basic(" ", "b"), "front"),
        (NewNote::basic("a", ""), "back"),
        (cloze("No gap {{c0::here}}"), "{{c1::words}}"),
        (NewNote::basic("x".repeat(70_000), "b"), "64 KB"),
        (NewNote { tags: vec!["t".repeat(300)], ..NewNote::basic("a", "b") }, "tags"),
    ] {
        let error = shelf.library.write(|tx| cards::add_note(tx, room, &wrong, Timestamp(1))).unwrap_err();
        assert_eq!(error.code(), Code::Invalid);
        assert!(error.to_string().contains(says), "{error}");
    }
}

#[test]
fn an_edited_note_keeps_the_history_of_the_cards_that_stay() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let note = add(&shelf, room, &cloze("{{c1::Water}} moves by {{c2::osmosis}}."));
    let first = answer(&shelf, cards_of(&shelf, note)[0].card, DAY, Rating::Good, 3);
    let edited = NewNote { tags: vec!["b a".into(), "a".into()], ..cloze("{{c1::Salt}} {{c3::stays}}.") };
    shelf.write(|tx| cards::edit_note(tx, note, &edited, Timestamp(9)));
    let after = cards_of(&shelf, note);
    assert_eq!(after.iter().map(|card| card.ordinal).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(after[0], first);
    assert_eq!(after[1].state, CardState::New);
    assert_eq!(shelf.read(|c| cards::note(c, note)).tags, ["a", "b"]);
}

#[test]
fn answers_are_taken_back_one_by_one_until_the_card_is_new_again() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let note = add(&shelf, room, &NewNote::basic("a", "b"));
    let new = cards_of(&shelf, note).remove(0);
    let mut stages = vec![new.clone()];
    for (at, (rating, interval)) in
        [(Rating::Good, 3), (Rating::Easy, 30), (Rating::Again, 0), (Rating::Hard, 4)].into_iter().enumerate()
    {
        stages.push(answer(&shelf, new.card, DAY * (1 + 30 * at as i64), rating, interval));
    }
    assert_eq!((stages[4].reps, stages[4].lapses), (4, 1));
    let events = shelf.read(|c| cards::history(c, new.card));
    let early = shelf.library.write(|tx| cards::take_back(tx, events[1].review)).unwrap_err();
    assert_eq!(early.code(), Code::Invalid);
    while let Some(last) = shelf.read(|c| cards::last_event(c, room)) {
        assert_eq!(stages.pop().as_ref(), Some(&shelf.read(|c| cards::get(c, new.card))));
        shelf.write(|tx| cards::take_back(tx, last.review));
    }
    assert_eq!(stages, [shelf.read(|c| cards::get(c, new.card))]);
    assert_eq!(shelf.read(|c| cards::slots(c, room, Timestamp(0))), []);
}

#[test]
fn a_leech_is_suspended_and_tagged_for_as_long_as_it_is_one() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let note = add(&shelf, room, &NewNote { tags: vec!["exam".into()], ..NewNote::basic("a", "b") });
    let card = cards_of(&shelf, note).remove(0);
    let event = Review { leech: true, ..answered(&card, DAY, Rating::Again, 0) };
    let review = shelf.write(|tx| cards::append(tx, &event));
    assert_eq!(shelf.read(|c| cards::note(c, note)).tags, ["exam", "leech"]);
    let found = Filter { tag: Some("leech".into()), suspended: Some(true), ..Filter::default() };
    assert_eq!(shelf.read(|c| cards::list(c, room, &found, None, 9)).len(), 1);
    assert_eq!(shelf.read(|c| cards::waiting(c, room, Timestamp(0))).leeches, 1);
    assert_eq!(shelf.write(|tx| cards::take_back(tx, review)), card);
    assert_eq!(shelf.read(|c| cards::note(c, note)).tags, ["exam"]);
}

#[test]
fn what_is_most_overdue_for_how_well_it_is_known_comes_first() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let known = |interval| {
        let note = add(&shelf, room, &NewNote::basic(format!("{interval}"), "b"));
        answer(&shelf, cards_of(&shelf, note)[0].card, 0, Rating::Good, interval).card
    };
    let (well, fresh, little, later) = (known(10), known(11), known(2), known(40));
    let due = |now: i64| {
        let mut found = Vec::new();
        let (now, end) = (Timestamp(now), Timestamp(now));
        shelf.read(|c| {
            cards::due_reviews(c, room, now, end, |due| {
                found.push(due.card);
                true
            })
        });
        found
    };
    assert_eq!(due(12 * DAY), [little, well, fresh]);
    shelf.write(|tx| cards::set_suspended(tx, well, true));
    shelf.write(|tx| cards::bury(tx, little, Timestamp(13 * DAY)));
    assert_eq!(due(12 * DAY), [fresh]);
    assert_eq!(due(13 * DAY), [little, fresh]);
    let load = shelf.read(|c| cards::load(c, room, Timestamp(0), Timestamp(50 * DAY), 0));
    assert_eq!(load.into_iter().collect::<Vec<_>>(), [(2, 1), (11, 1), (40, 1)]);
    let waiting = shelf.read(|c| cards::waiting(c, room, Timestamp(12 * DAY)));
    assert_eq!((waiting.cards, waiting.review, waiting.due, waiting.suspended), (4, 3, 2, 1));
    assert_eq!(shelf.read(|c| cards::get(c, later)).interval, 40);
}

#[test]
fn new_cards_come_as_they_were_made_or_in_another_order_every_day() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    for at in 0..30 {
        add(&shelf, room, &cloze(&format!("{{{{c1::{at}}}}} and {{{{c2::more}}}}")));
    }
    let in_order = |order, shuffle| {
        let mut found = Vec::new();
        shelf.read(|c| {
            cards::new_cards(c, room, Timestamp(1), order, shuffle, |new| {
                found.push(new.note.0);
                found.len() < 20
            })
        });
        found
    };
    assert_eq!(in_order(Order::Added, 5), (1..=20).collect::<Vec<_>>());
    let (one, other) = (in_order(Order::Random, 5), in_order(Order::Random, 6));
    assert_eq!(one, in_order(Order::Random, 5));
    assert_ne!(one, other);
    assert_ne!(one, in_order(Order::Added, 5));
}

#[test]
fn cards_stay_when_their_document_goes_and_go_with_their_room() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let source = citation(document, "Water moves.");
    let note = add(&shelf, room, &NewNote { source: Some(source.clone()), ..NewNote::basic("a", "b") });
    shelf.write(|tx| cards::attach(tx, note, "cell.png", b"picture"));
    shelf.write(|tx| documents::remove(tx, document));
    let kept = shelf.read(|c| cards::note(c, note));
    assert_eq!((kept.document, kept.source), (None, Some(source)));
    answer(&shelf, cards_of(&shelf, note)[0].card, DAY, Rating::Good, 3);
    shelf.write(|tx| rooms::remove(tx, room));
    for table in ["notes", "cards", "reviews", "review_slots", "media", "note_media"] {
        let left: u32 =
            shelf.read(|c| Ok(c.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?));
        assert_eq!(left, 0, "{table}");
    }
    assert_eq!(check(&shelf.library).unwrap().problems, [""; 0]);
}

fn citation(document: DocumentId, quote: &str) -> Citation {
    Citation {
        document,
        title: "Biology".into(),
        page: Some(1),
        label: None,
        locator: None,
        quote: quote.into(),
        boxes: Vec::new(),
        changed: false,
    }
}

#[test]
fn a_new_edition_moves_the_source_of_a_note_or_marks_it() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let document = shelf.document(room, "a");
    let of =
        |quote| add(&shelf, room, &NewNote { source: Some(citation(document, quote)), ..NewNote::basic(quote, "b") });
    let (moved, gone) = (of("Water moves."), of("Salt stays."));
    shelf.write(|tx| {
        pages::insert(tx, document, &page(1, "A preface."))?;
        pages::insert(tx, document, &page(2, "As is known: Water moves."))?;
        assert_eq!(cards::follow_edition(tx, document)?, 1);
        Ok(())
    });
    let note = |note| shelf.read(|c| cards::note(c, note));
    assert_eq!((note(moved).source.unwrap().page, note(moved).source_changed), (Some(2), false));
    assert!(note(gone).source_changed);
    let marked = Filter { source_changed: Some(true), ..Filter::default() };
    assert_eq!(shelf.read(|c| cards::list(c, room, &marked, None, 9)).len(), 1);
    shelf.write(|tx| cards::edit_note(tx, gone, &NewNote::basic("looked at", "b"), Timestamp(9)));
    assert!(!note(gone).source_changed);
}

#[test]
fn a_picture_that_two_notes_have_is_kept_once_and_as_long_as_one_has_it() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let notes = [0, 1].map(|at| add(&shelf, room, &NewNote::basic(format!("{at}"), "b")));
    for note in notes {
        shelf.write(|tx| cards::attach(tx, note, "a.png", b"the same"));
    }
    let media = shelf.read(|c| cards::media_of(c, notes[0]));
    shelf.write(|tx| cards::attach(tx, notes[0], "a.png", b"another"));
    shelf.write(|tx| cards::attach(tx, notes[0], "a.png", b"another"));
    assert_eq!(shelf.read(|c| cards::medium(c, &media[0].hash)).as_deref(), Some(&b"the same"[..]));
    shelf.write(|tx| cards::remove_note(tx, notes[1]));
    assert_eq!(shelf.read(|c| cards::medium(c, &media[0].hash)), None);
    let now = shelf.read(|c| cards::media_of(c, notes[0]));
    assert_eq!(shelf.read(|c| cards::medium(c, &now[0].hash)).as_deref(), Some(&b"another"[..]));
    for name in ["", "../a.png", "a\\b"] {
        assert!(shelf.library.write(|tx| cards::attach(tx, notes[0], name, b"x")).is_err(), "{name}");
    }
}

#[test]
fn settings_that_nobody_can_study_by_are_refused() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let set = |settings: &Settings| shelf.library.write(|tx| cards::put_settings(tx, room, settings));
    let kept = Settings { retention: 0.85, exam: "2026-12-24".parse().ok(), ..Settings::default() };
    set(&kept).unwrap();
    for wrong in [
        Settings { retention: 1.0, ..Settings::default() },
        Settings { retention: f32::NAN, ..Settings::default() },
        Settings { learning_steps: vec![0], ..Settings::default() },
        Settings { day_starts_at: 24 * 60, ..Settings::default() },
        Settings { day_starts_at: 241, ..Settings::default() },
    ] {
        assert_eq!(set(&wrong).unwrap_err().code(), Code::Invalid);
    }
    assert_eq!(shelf.read(|c| cards::settings(c, room)), kept);
}

#[test]
fn what_was_answered_survives_as_it_is_told_by_quarter_hours() {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    let note = add(&shelf, room, &NewNote::basic("a", "b"));
    let card = cards_of(&shelf, note)[0].card;
    for (time, interval) in [(0, 1), (DAY, 30), (31 * DAY, 60), (31 * DAY + 60_000, 60)] {
        answer(&shelf, card, time, Rating::Good, interval);
    }
    let told = shelf.read(|c| cards::slots(c, room, Timestamp(DAY)));
    let classes: Vec<&str> = told.iter().map(|slot: &Slot| slot.class.as_str()).collect();
    assert_eq!(classes, ["young", "early", "mature"]);
    assert_eq!(told.iter().map(|slot| slot.ms).sum::<i64>(), 7_500);
    shelf.write(|tx| Ok(tx.execute("UPDATE review_slots SET answers = 7 WHERE class = 'mature'", [])?));
    assert_eq!(check(&shelf.library).unwrap().problems.len(), 1);
    assert_eq!(repair(&shelf.library).unwrap().problems, [""; 0]);
    assert_eq!(shelf.read(|c| cards::slots(c, room, Timestamp(DAY))), told);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_card_made_anew_from_its_events_is_the_card_that_they_left(
        events in prop::collection::vec((1_usize..=4, 0_i64..40, 0_u32..100), 1..30),
        back in 0_usize..30,
    ) {
        let shelf = Shelf::new();
        let room = shelf.room("Biology");
        let note = add(&shelf, room, &NewNote::basic("a", "b"));
        let card = cards_of(&shelf, note)[0].card;
        let mut time = 0;
        let mut stages = vec![shelf.read(|c| cards::get(c, card))];
        for (rating, days, interval) in events {
            time += days * DAY;
            stages.push(answer(&shelf, card, time, Rating::ALL[rating - 1], interval));
        }
        prop_assert_eq!(&shelf.write(|tx| cards::rebuild(tx, card)), stages.last().unwrap());
        for _ in 0..back.min(stages.len() - 1) {
            let last = shelf.read(|c| cards::last_event(c, room)).unwrap();
            shelf.write(|tx| cards::take_back(tx, last.review));
            stages.pop();
        }
        prop_assert_eq!(&shelf.read(|c| cards::get(c, card)), stages.last().unwrap());
        prop_assert_eq!(check(&shelf.library).unwrap().problems, [""; 0]);
    }
}
