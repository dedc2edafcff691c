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
    closed: bool,
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
        let mut place = self.place()?;
        let connection = match place.connection.take() {
            Some(idle) => idle,
            None => connect::reader(&self.database, self.access)?,
        };
        work(place.connection.insert(connection))
    }

    /// Lends no more connections, and waits until all of them are back and closed.
    pub(super) fn close(&self) {
        let mut shelf = self.shelf();
        shelf.closed = true;
        let mut shelf = self.returned.wait_while(shelf, |shelf| shelf.lent > 0).unwrap_or_else(PoisonError::into_inner);
        shelf.idle.clear();
    }

    fn place(&self) -> Result<Place<'_>, Error> {
        let full = |shelf: &mut Shelf| shelf.lent >= MOST && !shelf.closed;
        let mut shelf = self.returned.wait_while(self.shelf(), full).unwrap_or_else(PoisonError::into_inner);
        if shelf.closed {
            return Err(Error::Closed);
        }
        shelf.lent += 1;
        Ok(Place { readers: self, connection: shelf.idle.pop() })
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
        // Not one alone: whoever closes the library waits among those who want a connection.
        self.readers.returned.notify_all();
    }
}
