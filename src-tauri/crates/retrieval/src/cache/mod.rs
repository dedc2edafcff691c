//! What was found or said before, for as long as it is still true.
//!
//! An entry belongs to a room and to what the question [asks](Asked), however it is worded. It holds while its stamp
//! does: the room's revision, which every change of its documents moves on, and whatever else its maker puts there
//! (the model, the version of a prompt). Nothing is ever taken out by hand, so nothing can be forgotten to be.

mod same;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::RoomId;
use serde::Serialize;
use specta::Type;

pub use same::Asked;

/// Entries that are kept of a room, and rooms of which any are; the oldest go first.
const ENTRIES: usize = 64;
const ROOMS: usize = 16;

/// How often what was asked for in a room was still there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
pub struct Rate {
    /// Questions that were asked.
    pub asked: u32,
    /// Those whose answer was there.
    pub hits: u32,
}

/// Remembers a value for what a question asks in a room. Clones share it.
#[derive(Debug)]
pub struct Cache<T>(Arc<Mutex<Rooms<T>>>);

/// The rooms that were asked last, the latest at the end.
type Rooms<T> = Vec<(RoomId, Room<T>)>;

#[derive(Debug)]
struct Room<T> {
    rate: Rate,
    entries: HashMap<Key, (String, T)>,
    /// The keys, the oldest first.
    order: VecDeque<Key>,
}

/// What is asked, and of what: two searches in different parts of a room, or for more of it, are different.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// What is asked.
    pub asked: Asked,
    /// Where, how much, by whom: whatever else makes another answer.
    pub of: String,
}

impl<T: Clone> Cache<T> {
    /// What was kept under `key`, if `stamp` is still the one that it was kept with.
    pub fn get(&self, room: RoomId, key: &Key, stamp: &str) -> Option<T> {
        let mut rooms = self.rooms();
        let room = room_of(&mut rooms, room);
        room.rate.asked = room.rate.asked.saturating_add(1);
        let (kept_with, value) = room.entries.get(key)?;
        if kept_with != stamp {
            return None;
        }
        room.rate.hits = room.rate.hits.saturating_add(1);
        Some(value.clone())
    }

    /// Keeps `value` under `key` until `stamp` changes.
    pub fn put(&self, room: RoomId, key: Key, stamp: String, value: T) {
        let mut rooms = self.rooms();
        let room = room_of(&mut rooms, room);
        if room.entries.insert(key.clone(), (stamp, value)).is_none() {
            room.order.push_back(key);
        }
        while room.order.len() > ENTRIES {
            if let Some(oldest) = room.order.pop_front() {
                room.entries.remove(&oldest);
            }
        }
    }

    /// How often it helped in a room since the app was started.
    pub fn rate(&self, room: RoomId) -> Rate {
        self.rooms().iter().find(|(of, _)| *of == room).map(|(_, room)| room.rate).unwrap_or_default()
    }

    fn rooms(&self) -> MutexGuard<'_, Rooms<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The room, as the one that was asked last.
fn room_of<T>(rooms: &mut Rooms<T>, room: RoomId) -> &mut Room<T> {
    let known = rooms.iter().position(|(of, _)| *of == room);
    let entry = match known {
        Some(at) => rooms.remove(at),
        None => (room, Room { rate: Rate::default(), entries: HashMap::new(), order: VecDeque::new() }),
    };
    if rooms.len() >= ROOMS {
        rooms.remove(0);
    }
    rooms.push(entry);
    let last = rooms.len() - 1;
    &mut rooms[last].1
}

impl<T> Clone for Cache<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Vec::new())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(question: &str) -> Key {
        Key { asked: Asked::new(question), of: String::new() }
    }

    #[test]
    fn the_same_question_is_answered_until_the_room_changes() {
        let cache = Cache::default();
        let (biology, physics) = (RoomId(1), RoomId(2));
        cache.put(biology, key("What is osmosis?"), "1".to_owned(), "water");
        assert_eq!(cache.get(biology, &key("Define osmosis"), "1"), Some("water"));
        assert_eq!(cache.get(biology, &key("Define osmosis"), "2"), None);
        assert_eq!(cache.get(physics, &key("Define osmosis"), "1"), None);
        assert_eq!(cache.rate(biology), Rate { asked: 2, hits: 1 });
        let elsewhere = Key { of: "page 3".to_owned(), ..key("Define osmosis") };
        assert_eq!(cache.get(biology, &elsewhere, "1"), None);
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_oldest_goes_first() {
        let cache = Cache::default();
        for n in 0..=ENTRIES {
            cache.put(RoomId(1), key(&format!("question {n}")), String::new(), n);
        }
        assert_eq!(cache.get(RoomId(1), &key("question 0"), ""), None);
        assert_eq!(cache.get(RoomId(1), &key("question 1"), ""), Some(1));
        for room in 2..=ROOMS as i64 + 1 {
            cache.put(RoomId(room), key("question"), String::new(), 0);
        }
        assert_eq!(cache.rate(RoomId(1)), Rate::default(), "a room that was asked long ago is forgotten");
    }
}
