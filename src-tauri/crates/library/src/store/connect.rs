//! Connections and how they are set up.

use std::path::Path;
use std::time::Duration;

use kernel::{Code, Coded, LibraryFolder};
use rusqlite::{Connection, OpenFlags};

use crate::{Error, schema};

/// How long a writer waits for another process to finish its transaction.
const BUSY: Duration = Duration::from_secs(5);
/// What a connection that writes, and one that reads, may keep of the file. The file is not mapped: every page that
/// was ever looked at would count as memory of this process, up to the whole library.
const WRITER_CACHE_BYTES: i64 = 8 << 20;
const READER_CACHE_BYTES: i64 = 4 << 20;
/// Statements kept prepared; the whole crate has about this many.
const STATEMENTS: usize = 176;

/// How a database is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Beside writers.
    Shared,
    /// From a folder where SQLite can't keep its own files: no writer, so no locks and no log.
    Immutable,
}

/// The connection that writes; the folder, the file and its schema are made where they are missing.
pub(super) fn writer(folder: &LibraryFolder) -> Result<Connection, Error> {
    for needed in [folder.root().to_owned(), folder.originals()] {
        std::fs::create_dir_all(&needed).map_err(|error| Error::io(&needed, error))?;
    }
    let database = folder.database();
    let open = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&database, flags)?;
        connection.busy_timeout(BUSY)?;
        // A newer library is refused before anything in it is touched.
        schema::accept(schema::version(&connection)?, folder.root())?;
        if connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(read_only(folder));
        }
        write_ahead(&connection)?;
        set_up(&connection)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        cache(&connection, WRITER_CACHE_BYTES)?;
        // A checkpoint syncs the disk in the middle of an import: seldom, and the log is cut back after it.
        connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
        connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
        schema::migrate(&mut connection)?;
        Ok(connection)
    };
    open().map_err(|error: Error| error.in_database(&database))
}

/// A connection that can only read.
pub(crate) fn reader(database: &Path, access: Access) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match access {
        Access::Shared => Connection::open_with_flags(database, flags)?,
        Access::Immutable => Connection::open_with_flags(immutable(database), flags | OpenFlags::SQLITE_OPEN_URI)?,
    };
    connection.busy_timeout(BUSY)?;
    set_up(&connection)?;
    cache(&connection, READER_CACHE_BYTES)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// How the library can still be read after opening it for writing failed with `error`; that error when it can't.
pub(super) fn without_writing(folder: &LibraryFolder, error: Error) -> Result<Access, Error> {
    let forbidden = matches!(error.code(), Code::ReadOnly | Code::Unreadable);
    let database = folder.database();
    if !forbidden || !database.is_file() {
        return Err(error);
    }
    let readable = |access| reader(&database, access).and_then(|c| schema::version(&c));
    // Works where another process has left SQLite's files open to us.
    if readable(Access::Shared).is_ok() {
        return Ok(Access::Shared);
    }
    // A log with something in it would be passed over: old text, or a damaged look of it. Better none.
    let mut log = database.clone().into_os_string();
    log.push("-wal");
    let logged = std::fs::metadata(log).map_or(0, |log| log.len());
    if logged > 0 {
        return Err(read_only(folder));
    }
    readable(Access::Immutable).map_err(|_| error)?;
    Ok(Access::Immutable)
}

fn read_only(folder: &LibraryFolder) -> Error {
    Error::ReadOnly { folder: folder.root().to_owned() }
}

fn set_up(connection: &Connection) -> Result<(), Error> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

fn cache(connection: &Connection, bytes: i64) -> Result<(), Error> {
    // A negative number counts KiB; a positive one would count pages.
    Ok(connection.pragma_update(None, "cache_size", -(bytes >> 10))?)
}

/// Readers don't wait for the writer, nor the writer for them.
fn write_ahead(connection: &Connection) -> Result<(), Error> {
    let mut waited = Duration::ZERO;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Ok(()) => return Ok(()),
            // Two processes that make one library at the same moment: SQLite gives up at once here instead of
            // waiting as it does elsewhere.
            Err(error) if crate::error::code_of(&error) == Code::Busy && waited < BUSY => {
                let pause = Duration::from_millis(10);
                std::thread::sleep(pause);
                waited += pause;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// The path as a URI that tells SQLite that nobody writes.
fn immutable(database: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in database.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' => uri.push_str(&format!("%{byte:02x}")),
            b'\\' => uri.push('/'),
            _ if byte.is_ascii() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02x}")),
        }
    }
    uri + "?immutable=1"
}
