//! The open database: one connection that writes, a few that read.

pub(crate) mod connect;
mod presence;
mod readers;
mod writer_lock;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{Clock, LibraryFolder, Timestamp};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{Error, backup, conversations, jobs, schema};
use connect::Access;
pub(crate) use presence::Presence;
use readers::Readers;
pub use writer_lock::WriterLock;

/// The library, open. Clones share it; any thread may use it.
#[derive(Clone)]
pub struct Library(Arc<Open>);

struct Open {
    folder: LibraryFolder,
    database: PathBuf,
    clock: Arc<dyn Clock>,
    readers: Readers,
    /// Only ever asked for `data_version`, which tells of commits by any other connection.
    watch: Mutex<Option<Connection>>,
    /// None where the folder can't be written to. Closed last: only a connection that writes brings the log
    /// into the database and takes it away.
    writer: Option<Mutex<Option<Connection>>>,
    access: Access,
    /// Given back when nothing of the library is open any more.
    presence: Mutex<Presence>,
}

/// What a killed process had left half done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Jobs that ran and are queued again.
    pub jobs: u32,
    /// Turns that were being answered and are stopped now.
    pub turns: u32,
}

impl Library {
    /// Opens the library in `folder`, making what is missing and bringing an older one to the present schema.
    ///
    /// A folder that can't be written to is opened for reading where SQLite can; then
    /// [`Library::writable`] is false and [`Library::write`] fails with `Code::ReadOnly`.
    ///
    /// What a killed [restore](crate::backup::restore) has left half done is finished first.
    ///
    /// # Errors
    /// `NewerLibrary`, `Corrupt`, `NoSpace`, `ReadOnly`, `Unreadable`, and `Busy` while a backup is put in its place.
    pub fn open(folder: LibraryFolder, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let presence = backup::settled(&folder)?;
        Self::open_settled(folder, clock, presence)
    }

    /// Opens the library as it lies there.
    pub(crate) fn open_settled(
        folder: LibraryFolder,
        clock: Arc<dyn Clock>,
        presence: Presence,
    ) -> Result<Self, Error> {
        let database = folder.database();
        let named = |error: Error| error.in_database(&database);
        let (writer, access) = match connect::writer(&folder) {
            Ok(writer) => (Some(Mutex::new(Some(writer))), Access::Shared),
            Err(error) => (None, connect::without_writing(&folder, error).map_err(named)?),
        };
        let watch = connect::reader(&database, access).map_err(named)?;
        let found = schema::version(&watch).map_err(named)?;
        schema::accept(found, folder.root())?;
        if found < schema::SCHEMA_VERSION {
            // Too old to be read as it is, and the step to the present needs writing.
            return Err(Error::ReadOnly { folder: folder.root().to_owned() });
        }
        Ok(Self(Arc::new(Open {
            readers: Readers::new(database.clone(), access),
            watch: Mutex::new(Some(watch)),
            folder,
            database,
            clock,
            writer,
            access,
            presence: Mutex::new(presence),
        })))
    }

    /// Runs `work` on a connection that sees one moment of the library from its first query to its last, and
    /// never waits for a writer. At most four run at once, so `work` must not call `read` again.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let of_one_moment = |connection: &Connection| {
            let snapshot = connection.unchecked_transaction()?;
            let done = work(&snapshot)?;
            snapshot.finish()?;
            Ok(done)
        };
        let done = self.0.readers.with(of_one_moment);
        done.map_err(|error| error.in_database(&self.0.database))
    }

    /// Runs `work` in one transaction: kept when it returns `Ok`, undone when it fails, panics, or the process
    /// dies. Writers wait for each other; `work` must not call `write` again.
    ///
    /// It outlives the process at once, and a loss of power once SQLite has brought its log to the disk; see
    /// [`Library::write_durably`].
    pub fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.commit("NORMAL", work)
    }

    /// Commits by one of SQLite's levels of synchronisation: in the write-ahead log, FULL waits for the disk at each
    /// commit, NORMAL at checkpoints alone.
    fn commit<T>(
        &self,
        synchronous: &str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let writer =
            self.0.writer.as_ref().ok_or_else(|| Error::ReadOnly { folder: self.folder().root().to_owned() })?;
        let run = || {
            // A panic in an earlier `work` has rolled its transaction back; the connection is sound.
            let mut connection = writer.lock().unwrap_or_else(PoisonError::into_inner);
            let connection = connection.as_mut().ok_or(Error::Closed)?;
            connection.pragma_update(None, "synchronous", synchronous)?;
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&tx)?;
            tx.commit()?;
            Ok(done)
        };
        run().map_err(|error: Error| error.in_database(&self.0.database))
    }

    /// As [`Library::write`], and on the disk when it returns: what a person has done must not be lost when the power
    /// fails. Costs a wait for the disk, some milliseconds.
    pub fn write_durably<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.commit("FULL", work)
    }

    /// Whether the folder can be written to.
    pub fn writable(&self) -> bool {
        self.0.writer.is_some()
    }

    /// Where the library lies.
    pub fn folder(&self) -> &LibraryFolder {
        &self.0.folder
    }

    /// The clock it was opened with.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// The time now, by that clock.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// Where the copy of an imported file lies, or will lie.
    pub fn original(&self, hash: &str, format: &str) -> PathBuf {
        self.folder().originals().join(format!("{hash}.{format}"))
    }

    /// A number that differs from the last one when anything was committed in between, by this process or
    /// another one. Cheap enough to ask several times a second.
    pub fn data_version(&self) -> Result<i64, Error> {
        let watch = self.0.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let watch = watch.as_ref().ok_or(Error::Closed)?;
        watch
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .map_err(|error| Error::from(error).in_database(&self.0.database))
    }

    /// Closes the database for all clones, once everybody who reads or writes is done; whoever asks later gets
    /// [`Error::Closed`]. For putting another library in this one's place while parts of the app still hold it.
    pub fn close(&self) {
        self.0.readers.close();
        *self.0.watch.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(writer) = &self.0.writer {
            *writer.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        *self.0.presence.lock().unwrap_or_else(PoisonError::into_inner) = Presence::default();
    }

    /// A connection of its own, for what takes long and must not keep a reader from the others.
    pub(crate) fn separate_reader(&self) -> Result<Connection, Error> {
        connect::reader(&self.0.database, self.0.access).map_err(|error| error.in_database(&self.0.database))
    }

    /// Puts right what a killed process left half done: running jobs are queued again, streaming turns are
    /// stopped. Only the holder of the writer lock may say that nobody is still at it.
    pub fn recover(&self, _lock: &WriterLock) -> Result<Recovered, Error> {
        let now = self.now();
        self.write(|tx| Ok(Recovered { jobs: jobs::recover(tx, now)?, turns: conversations::recover(tx)? }))
    }
}
