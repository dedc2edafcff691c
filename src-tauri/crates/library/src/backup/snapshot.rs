//! The database as of one moment, while others go on writing.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use kernel::{Cancel, Code, DocumentId};
use rusqlite::{Connection, OpenFlags};

use super::{BackupError, BackupProgress, BackupStep, Listener};
use crate::documents::{self, Original};
use crate::{Error, Library, check, error};

/// How often the copying is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// A copy of the database in a file of its own, which goes away with this value.
pub(super) struct Snapshot {
    pub(super) path: PathBuf,
    connection: Option<Connection>,
}

impl Snapshot {
    /// Copies the database into `path`, in one read of it: who writes meanwhile waits for nothing and is not seen.
    pub(super) fn take(
        library: &Library,
        path: PathBuf,
        cancel: &Cancel,
        listener: Listener<'_>,
    ) -> Result<Self, Error> {
        let mut snapshot = Self { path, connection: None };
        let target = snapshot.path.to_string_lossy().into_owned();
        let mut source = library.separate_reader()?;
        // Writes the new file alone, but SQLite counts that as writing.
        source.pragma_update(None, "query_only", false)?;
        let pages: i64 = source.pragma_query_value(None, "page_count", |row| row.get(0))?;
        let page: i64 = source.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let total = (pages * page).cast_unsigned();
        let interrupt = source.get_interrupt_handle();
        let (sender, end) = channel();
        let copied = std::thread::scope(|scope| {
            let source = &mut source;
            scope.spawn(move || sender.send(source.execute("VACUUM INTO ?", [target])));
            loop {
                match end.recv_timeout(LOOK) {
                    Ok(copied) => return copied,
                    Err(RecvTimeoutError::Disconnected) => return Err(rusqlite::Error::UnwindingPanic),
                    Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() => interrupt.interrupt(),
                    Err(RecvTimeoutError::Timeout) => {
                        let done = std::fs::metadata(&snapshot.path).map_or(0, |file| file.len()).min(total);
                        listener(BackupProgress { step: BackupStep::Snapshot, done, total });
                    }
                }
            }
        });
        if cancel.is_cancelled() {
            return Err(BackupError::Cancelled.into());
        }
        copied.map_err(|error| {
            // What is damaged is the library; everything else is about the file that is written.
            let damaged = error::code_of(&error) == Code::Corrupt;
            let of = if damaged { library.folder().database() } else { snapshot.path.clone() };
            Error::from(error).in_database(&of)
        })?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&snapshot.path, flags)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "journal_mode", "MEMORY")?;
        snapshot.connection = Some(connection);
        Ok(snapshot)
    }

    /// The open copy.
    pub(super) fn connection(&mut self) -> Result<&mut Connection, Error> {
        self.connection.as_mut().ok_or(Error::Closed)
    }

    /// Takes a document out whose file was removed from the library after the copy was taken.
    pub(super) fn remove(&mut self, original: &Original) -> Result<(), Error> {
        let tx = self.connection()?.transaction()?;
        let of_file = documents_of(&tx, original)?;
        for document in of_file {
            documents::remove(&tx, document)?;
        }
        Ok(tx.commit()?)
    }

    /// Checks what SQLite can check, and closes the copy: from here on it is a file like any other.
    pub(super) fn seal(&mut self) -> Result<(), Error> {
        let problems = check::structure(self.connection()?)?;
        if let Some(problem) = problems.into_iter().next() {
            return Err(BackupError::Unsound(problem).into());
        }
        self.connection = None;
        Ok(())
    }
}

fn documents_of(connection: &Connection, original: &Original) -> Result<Vec<DocumentId>, Error> {
    let mut query = connection.prepare("SELECT document FROM documents WHERE hash = ? AND format = ?")?;
    let rows = query.query_map((&original.hash, &original.format), |row| row.get(0).map(DocumentId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        self.connection = None;
        let _ = std::fs::remove_file(&self.path);
        let _ = std::fs::remove_file(journal_of(&self.path));
    }
}

/// What SQLite may have left beside a copy that was interrupted.
pub(super) fn journal_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-journal");
    name.into()
}
