//! A library that was unpacked from a backup, before it takes anybody's place.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use kernel::{Cancel, LibraryFolder, SystemClock};
use rusqlite::{Connection, OpenFlags};

use super::archive::Reader;
use super::folders::sync;
use super::manifest::{DATABASE_NAME, Member, file_name, is_plain, original_of};
use super::swap::sync_file;
use super::{BackupError, BackupProgress, BackupStep, Listener};
use crate::store::Presence;
use crate::{Error, Library, check, documents, schema};

/// Unpacks the backup into `folder`, each member compared with its hash.
pub(super) fn unpack(
    reader: &mut Reader,
    folder: &LibraryFolder,
    cancel: &Cancel,
    listener: Listener<'_>,
) -> Result<(), BackupError> {
    let originals = folder.originals();
    fs::create_dir_all(&originals).map_err(|error| BackupError::io(&originals, error))?;
    let members = reader.manifest.members.clone();
    let total = reader.manifest.bytes().unwrap_or(0);
    let mut done = 0;
    for member in &members {
        // Known names only: those that the manifest was accepted with.
        let path = folder.root().join(&member.name);
        let io = |error| BackupError::io(&path, error);
        let mut file = BufWriter::with_capacity(1 << 20, File::create_new(&path).map_err(io)?);
        reader.read(member, cancel, |part| {
            file.write_all(part).map_err(io)?;
            done += part.len() as u64;
            listener(BackupProgress { step: BackupStep::Unpacking, done, total });
            Ok(())
        })?;
        file.into_inner().map_err(|error| io(error.into_error()))?.sync_all().map_err(io)?;
    }
    sync(&originals)
}

/// Checks the database of an unpacked library against what the app itself would have made, and brings it to the
/// present schema. Returns how many documents it has.
pub(super) fn verify(reader: &Reader, backup: &Path, folder: &LibraryFolder) -> Result<u32, Error> {
    let damaged = |why: String| Error::from(BackupError::damaged(backup, why));
    look(reader, &folder.database()).map_err(|problem| match problem {
        Problem::Found(why) => damaged(why),
        Problem::Failed(error) => damaged(error.to_string()),
    })?;
    let library = Library::open_settled(folder.clone(), Arc::new(SystemClock), Presence::default())?;
    // Looked at once already, unless opening it has changed it.
    let migrated = reader.manifest.schema < schema::SCHEMA_VERSION;
    let problems = if migrated { library.read(check::structure)? } else { Vec::new() };
    let documents = library.read(check::counts)?.documents;
    drop(library);
    if let Some(problem) = problems.into_iter().next() {
        return Err(damaged(problem));
    }
    sync_file(&folder.database())?;
    sync(folder.root())?;
    Ok(documents)
}

/// What is wrong, or what kept it from being found out.
enum Problem {
    Found(String),
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Looks at the database without running anything that stands in it: a trigger or a view of somebody else's making is
/// found before it could act.
fn look(reader: &Reader, database: &Path) -> Result<(), Problem> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    let version = schema::version(&connection)?;
    if version != reader.manifest.schema || schema::objects(&connection)? != schema::objects_of(version)? {
        return Err(Problem::Found("its database is not one that this app makes".into()));
    }
    if let Some(problem) = check::structure(&connection)?.into_iter().next() {
        return Err(Problem::Found(problem));
    }
    let originals = documents::originals(&connection)?;
    if !originals.iter().all(is_plain) {
        return Err(Problem::Found("a document in it has a file whose name is none".into()));
    }
    let needed: BTreeSet<String> = originals.iter().map(file_name).collect();
    let missing: BTreeSet<String> = reader.manifest.missing.iter().cloned().collect();
    let originals = reader.manifest.members.iter().filter_map(|member| original_of(&member.name));
    let there: BTreeSet<String> = originals.map(|original| file_name(&original)).collect();
    if let Some(absent) = needed.iter().find(|name| !there.contains(*name) && !missing.contains(*name)) {
        return Err(Problem::Found(format!("the file {absent} of a document is not in it")));
    }
    if let Some(stray) = there.iter().find(|name| !needed.contains(*name)) {
        return Err(Problem::Found(format!("the file {stray} in it belongs to no document")));
    }
    match reader.manifest.members.iter().find(|member| is_misnamed(member)) {
        Some(member) => Err(Problem::Found(format!("{} is not what its name says", member.name))),
        None => Ok(()),
    }
}

/// An original is named by its hash; the database has one name for all.
fn is_misnamed(member: &Member) -> bool {
    member.name != DATABASE_NAME && original_of(&member.name).is_none_or(|original| original.hash != member.blake3)
}
