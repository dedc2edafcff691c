//! Tells what happens to the documents, whichever process makes it happen.
//!
//! What is told is read back from the library: a listener never hears of something that a kill could still undo,
//! and a command line beside the window hears of the window's work as well.

use std::collections::HashMap;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use kernel::{DocumentId, RoomId, Timestamp};
use library::documents::{self, Document, DocumentState};
use library::rooms::{self, Room};

use crate::pace::{Pace, PassageTime};
use crate::shared::{Shared, log};

/// Something happened to a document or a room.
#[derive(Clone, Debug)]
pub enum Event {
    /// A document, or a new edition that is being read, came, went on, or ended. Numbers alone change at most ten times a second for each.
    Changed {
        /// As it stands in the library.
        document: Box<Document>,
        /// Milliseconds until it is complete, as far as can be told.
        eta_ms: Option<u32>,
    },
    /// A document is gone, or has left its room for another one: then it came there right after.
    Removed {
        /// The one.
        document: DocumentId,
        /// Where it was.
        room: RoomId,
    },
    /// A room came, went, or has another name, colour or number of documents.
    Rooms,
}

/// Between two words about one document's numbers.
const THROTTLE_MS: i64 = 100;
const WHILE_BUSY: Duration = Duration::from_millis(100);
const WHILE_QUIET: Duration = Duration::from_millis(500);
/// A look at thousands of documents takes a while: it may have one part in so many of the time.
const SHARE: u32 = 20;

/// What was last told, and to whom.
pub(crate) struct Watch {
    listener: Sender<Event>,
    seen: HashMap<DocumentId, Seen>,
    rooms: Vec<Room>,
    passage: PassageTime,
    /// The library as it was last looked at; none when it must be looked at again in any case.
    version: Option<i64>,
}

struct Seen {
    /// As it was last told.
    document: Document,
    told: Timestamp,
    pace: Pace,
}

#[derive(Default)]
struct Look {
    /// Something is at work: look again soon.
    busy: bool,
    /// Something has not been told yet: look again even if nothing more is committed.
    held_back: bool,
    nobody_listens: bool,
}

impl Watch {
    /// Takes in how things are now, without a word: whatever changes from here on is told.
    pub(crate) fn new(shared: &Shared, listener: Sender<Event>) -> Result<Self, library::Error> {
        let version = shared.library.data_version()?;
        let mut watch =
            Self { listener, seen: HashMap::new(), rooms: Vec::new(), passage: PassageTime::default(), version: None };
        watch.look(shared, true)?;
        watch.version = Some(version);
        Ok(watch)
    }

    /// Looks until nobody listens any more or the intake ends.
    pub(crate) fn run(mut self, shared: &Shared) {
        let mut heard = 0;
        let mut last = Look::default();
        let mut not_before = Instant::now();
        while !shared.stop.is_cancelled() {
            // Asked before looking: what is committed meanwhile shows as another version next time.
            let version = shared.library.data_version().ok();
            let is_news = last.held_back || version != self.version || version.is_none();
            let begun = Instant::now();
            if is_news && begun >= not_before {
                self.version = version;
                match self.look(shared, false) {
                    Ok(look) if look.nobody_listens => return,
                    Ok(look) => last = look,
                    Err(error) => log("the documents could not be looked at", &error),
                }
                not_before = Instant::now() + begun.elapsed() * SHARE;
            }
            let wait = if last.busy || is_news { WHILE_BUSY } else { WHILE_QUIET };
            shared.bell.wait(&mut heard, wait);
        }
    }

    fn look(&mut self, shared: &Shared, silently: bool) -> Result<Look, library::Error> {
        let (rooms, documents) = shared.library.read(|connection| {
            let rooms = rooms::list(connection)?;
            let mut all = Vec::new();
            for room in &rooms {
                all.extend(documents::list(connection, room.room)?);
                all.extend(documents::editions(connection, room.room)?);
            }
            Ok((rooms, all))
        })?;
        let now = shared.library.now();
        let mut look = Look::default();
        let mut gone: HashMap<DocumentId, RoomId> =
            self.seen.iter().map(|(id, seen)| (*id, seen.document.room)).collect();
        for document in documents {
            gone.remove(&document.document);
            look.busy |= matches!(
                document.state,
                DocumentState::Reading | DocumentState::Embedding | DocumentState::Recognising
            );
            self.document(document, now, silently, &mut look);
        }
        for (document, room) in gone {
            self.seen.remove(&document);
            self.tell(Event::Removed { document, room }, &mut look);
        }
        if !same_rooms(&self.rooms, &rooms) && !silently {
            self.tell(Event::Rooms, &mut look);
        }
        self.rooms = rooms;
        Ok(look)
    }

    fn document(&mut self, document: Document, now: Timestamp, silently: bool, look: &mut Look) {
        let Some(seen) = self.seen.get_mut(&document.document) else {
            let pace = Pace::of(&document, now);
            self.seen.insert(document.document, Seen { document: document.clone(), told: now, pace });
            if !silently {
                self.tell(Event::Changed { document: Box::new(document), eta_ms: None }, look);
            }
            return;
        };
        if seen.document == document {
            return;
        }
        let only_numbers = is_only_numbers(&seen.document, &document);
        let eta_ms = seen.pace.eta_ms(&document, now, &mut self.passage);
        if only_numbers && now.0 - seen.told.0 < THROTTLE_MS {
            look.held_back = true;
            return;
        }
        let left = (seen.document.room != document.room).then_some(seen.document.room);
        seen.document = document.clone();
        seen.told = now;
        if let Some(room) = left {
            self.tell(Event::Removed { document: document.document, room }, look);
        }
        self.tell(Event::Changed { document: Box::new(document), eta_ms }, look);
    }

    fn tell(&self, event: Event, look: &mut Look) {
        look.nobody_listens |= self.listener.send(event).is_err();
    }
}

/// Whether nothing but counters differs; everything else is told at once.
fn is_only_numbers(old: &Document, new: &Document) -> bool {
    old.state == new.state
        && old.code == new.code
        && old.message == new.message
        && old.title == new.title
        && old.room == new.room
        && old.position == new.position
        && old.tags == new.tags
        && old.pages == new.pages
}

fn same_rooms(old: &[Room], new: &[Room]) -> bool {
    let shown = |room: &Room| (room.room, room.name.clone(), room.hue, room.documents);
    old.iter().map(shown).eq(new.iter().map(shown))
}
