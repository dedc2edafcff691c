use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::connect::{self, Access};
use crate::Error;

/// Enough for the window's commands beside an import; each costs a page cache.
const MOST: usize = 4;

/// Connections that read: opened as they are needed, kept, never more than [`MOST`].
pub(super) struct Readers {
    database: PathBuf,
    access: Access,
    shelf: Mutex<Shelf>,
    returned: Condvar,
}

#[derive(Default)]
struct Shelf {
    idle: Vec<Connection>,
    lent: usize,
}

/// The right to one connection; given back when dropped, by a panic too.
struct Place<'a> {
    readers: &'a Readers,
    connection: Option<Connection>,
}

impl Readers {
    pub(super) fn new(database: PathBuf, access: Access) -> Self {
        Self { database, access, shelf: Mutex::default(), returned: Condvar::new() }
    }

    /// Runs `work` on a connection of its own, as soon as one is free.
    pub(super) fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let mut place = self.place();
        let connection = match place.connection.take() {
            Some(idle) => idle,
            None => connect::reader(&self.database, self.access)?,
        };
        work(place.connection.insert(connection))
    }

    fn place(&self) -> Place<'_> {
        let mut shelf =
            self.returned.wait_while(self.shelf(), |shelf| shelf.lent >= MOST).unwrap_or_else(PoisonError::into_inner);
        shelf.lent += 1;
        Place { readers: self, connection: shelf.idle.pop() }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut shelf = self.readers.shelf();
        shelf.lent -= 1;
        shelf.idle.extend(self.connection.take());
        self.readers.returned.notify_one();
    }
}
