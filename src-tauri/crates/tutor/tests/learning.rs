//! How sure an answer must be, learned from a room's own text with the real search and model.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[allow(dead_code, reason = "these tests need no second opening and no other document")]
mod room;

use kernel::Cancel;
use library::thresholds;
use room::Room;
use tutor::NewQuestion;

const BEASTS: [&str; 12] = [
    "badger", "heron", "salmon", "beetle", "lizard", "falcon", "otter", "spider", "toad", "squirrel", "swallow", "crab",
];
const PLACES: [&str; 10] = [
    "mountain lakes",
    "pine forests",
    "salt marshes",
    "river banks",
    "limestone caves",
    "coral reefs",
    "dry grassland",
    "city parks",
    "frozen tundra",
    "deep valleys",
];
const FOODS: [&str; 8] =
    ["fallen seeds", "small insects", "green algae", "ripe berries", "earthworms", "old bark", "fresh grass", "snails"];

/// A field guide with a section a kind of animal, each of four sentences.
fn field_guide() -> Vec<(String, Vec<String>)> {
    let kinds = BEASTS.iter().flat_map(|beast| PLACES.iter().map(move |place| (beast, place)));
    kinds
        .enumerate()
        .map(|(number, (beast, place))| {
            let food = FOODS[number % FOODS.len()];
            let sentences = [
                format!("The {beast} of the {place} builds its nest before the first warm days of the year."),
                format!("Researchers who followed it through {place} found that it feeds mostly on {food}."),
                format!("When winter comes to the {place}, the young {beast} leaves its parents for good."),
                format!(
                    "A full-grown animal weighs about {} grams and lives for {} years.",
                    40 + 7 * number,
                    2 + number % 9
                ),
            ];
            (format!("The {beast} in {place}"), sentences.to_vec())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_learns_once_and_the_same_text_teaches_the_same() {
    let guide = field_guide();
    let sentences: Vec<Vec<&str>> =
        guide.iter().map(|(_, sentences)| sentences.iter().map(String::as_str).collect()).collect();
    let sections: Vec<(&str, &[&str])> = guide
        .iter()
        .zip(&sentences)
        .map(|((heading, _), sentences)| (heading.as_str(), sentences.as_slice()))
        .collect();
    let Some(room) = Room::with("A field guide", &sections).await else { return };
    let stored = || room.library.read(|connection| thresholds::get(connection, room.room)).unwrap();
    assert_eq!(stored(), None);

    let stopped = Cancel::new();
    stopped.cancel();
    assert!(!room.tutor.learn(room.room, &stopped).await.unwrap());
    assert_eq!(stored(), None, "what was stopped leaves nothing half learned");

    assert!(room.tutor.learn(room.room, &Cancel::new()).await.unwrap());
    let learned = stored().unwrap();
    assert_eq!(learned.passages as usize, guide.len());
    assert!(learned.questions > 20 && learned.threshold.is_finite(), "{learned:?}");
    assert!(!room.tutor.learn(room.room, &Cancel::new()).await.unwrap(), "nothing has changed");

    room.library.write(|tx| Ok(tx.execute("DELETE FROM answer_thresholds", [])?)).unwrap();
    assert!(room.tutor.learn(room.room, &Cancel::new()).await.unwrap());
    assert_eq!(stored().unwrap(), learned);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_room_keeps_what_holds_for_all() {
    let Some(room) = Room::with("Notes", &[("Osmosis", &["Osmosis moves water through a membrane."])]).await else {
        return;
    };
    assert!(!room.tutor.learn(room.room, &Cancel::new()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn how_sure_an_answer_must_be_decides() {
    let sections: &[(&str, &[&str])] = &[("Osmosis", &["Osmosis is the movement of water through a membrane."])];
    let Some(room) = Room::with("Notes", sections).await else { return };
    let answered = async || {
        let asking = room.tutor.ask(NewQuestion::new(room.room, "What is osmosis?"), Cancel::new()).await.unwrap();
        asking.answer().await.unwrap().answered
    };
    let learned = thresholds::Threshold { threshold: 50.0, model: retrieval::MODEL.into(), passages: 1, questions: 80 };
    let store = |learned: &thresholds::Threshold| {
        room.library.write(|tx| thresholds::put(tx, room.room, learned)).unwrap();
    };
    assert!(answered().await);
    store(&learned);
    assert!(!answered().await, "no score is so high");
    store(&thresholds::Threshold { model: "another model".into(), ..learned });
    assert!(answered().await, "what was learned with another model doesn't count");
}
