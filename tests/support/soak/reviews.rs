//! Review sessions that are killed: an answer that was acknowledged is stored, and nothing but such answers and the one
//! that was under way.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use kernel::{LibraryFolder, ReviewId, SystemClock, Timestamp};
use library::cards::{self, NewNote, Review, ReviewKind};
use library::{Library, check, rooms};
use seeded::Random;

use super::until_killed;
use crate::shelf::Shelf;

/// Answers of a session: it is always in the middle of them when it is killed.
const ANSWERS: u32 = 20_000;
/// Cards that are answered.
const CARDS: usize = 40;
/// Longest from the first answer to the kill.
const LONGEST: Duration = Duration::from_millis(400);

/// What a run came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Killed {
    /// Sessions that were killed.
    pub kills: u32,
    /// Answers that had been acknowledged before.
    pub acknowledged: u32,
    /// Answers that were stored and not yet acknowledged.
    pub ahead: u32,
}

/// Kills review sessions at random moments, and expects each time that every answer that was acknowledged is stored as
/// it was acknowledged, that at most one more is, and that every card is what its answers make of it.
///
/// # Panics
/// When anything of that is not so.
pub fn run(kills: u32, seed: u64) -> Killed {
    let shelf = Shelf::new();
    let library = open(&shelf);
    let all = library.write(|tx| {
        let room = rooms::create(tx, "Biology", Timestamp(1))?.room;
        // A card that is forgotten again and again must not drop out of the session.
        cards::put_settings(tx, room, &cards::Settings { leech_threshold: 0, ..cards::Settings::default() })?;
        let mut all = Vec::new();
        for card in 0..CARDS {
            let note = cards::add_note(tx, room, &NewNote::basic(format!("{card}"), "b"), Timestamp(1))?;
            all.extend(cards::of_note(tx, note)?.into_iter().map(|card| card.card));
        }
        Ok(all)
    });
    let all = all.unwrap();
    drop(library);
    let mut random = Random::new(seed);
    let mut killed = Killed::default();
    let mut acknowledged = BTreeMap::new();
    for round in 0..kills {
        let mut batch = String::new();
        for id in 0..ANSWERS {
            let card = all[random.below(all.len())];
            let rating = cards::Rating::ALL[random.below(4)].name();
            let line = serde_json::json!({ "id": id, "card": card, "rating": rating, "ms": 1_000 });
            writeln!(batch, "{line}").unwrap();
        }
        let batch = shelf.file("batch.jsonl", batch);
        let arguments = ["cards", "review", "--batch", batch.to_str().unwrap()];
        let printed = until_killed(&shelf, &arguments, LONGEST.mul_f32(random.share()));
        assert!(!printed.is_empty() && printed.len() < ANSWERS as usize, "round {round}: {} answers", printed.len());
        killed.kills += 1;
        killed.acknowledged += u32::try_from(printed.len()).unwrap();
        for line in printed {
            assert_eq!(line["type"], "reviewed", "round {round}: {line}");
            acknowledged.insert(ReviewId(line["review"].as_i64().unwrap()), line);
        }
        let stored = stored(&shelf, &all);
        for (review, line) in &acknowledged {
            let event = stored.get(review).unwrap_or_else(|| panic!("round {round}: answer {review} was lost: {line}"));
            assert_eq!(line["card"], event.card.0);
            // It is worked out in 32 bits; the last of 64 may be lost when JSON is read.
            assert_eq!(line["stability"].as_f64().map(|it| it as f32), event.stability.map(|it| it as f32));
            assert_eq!(line["state"], event.state.name());
            assert_eq!(line["due"].as_i64(), event.due.map(|due| due.0));
        }
        let ahead = u32::try_from(stored.len() - acknowledged.len()).unwrap();
        assert!(ahead <= killed.ahead + 1, "round {round}: {ahead} answers that nobody gave");
        killed.ahead = ahead;
    }
    killed
}

fn open(shelf: &Shelf) -> Library {
    Library::open(LibraryFolder::new(shelf.data()), Arc::new(SystemClock)).unwrap()
}

/// Every stored answer, after each card was held against them.
fn stored(shelf: &Shelf, all: &[kernel::CardId]) -> BTreeMap<ReviewId, Review> {
    let library = open(shelf);
    assert_eq!(check::check(&library).unwrap().problems, [""; 0]);
    let mut stored = BTreeMap::new();
    for card in all {
        let (before, events) = library.read(|c| Ok((cards::get(c, *card)?, cards::history(c, *card)?))).unwrap();
        assert_eq!(library.write(|tx| cards::rebuild(tx, *card)).unwrap(), before);
        stored.extend(events.into_iter().map(|event| (event.review, event)));
    }
    assert!(stored.values().all(|event| event.kind == ReviewKind::Answer));
    stored
}
