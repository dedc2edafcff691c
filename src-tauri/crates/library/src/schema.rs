//! The steps that bring a database of any earlier version to this one: forward only, never edited once released.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// The parts of one step, a file per domain, in an order in which each finds the tables it refers to.
type Step = &'static [&'static str];

/// Step n brings a database from schema n - 1 to schema n.
const STEPS: &[Step] = &[&[
    include_str!("rooms/001.sql"),
    include_str!("documents/001.sql"),
    include_str!("pages/001.sql"),
    include_str!("passages/001.sql"),
    include_str!("vectors/001.sql"),
    include_str!("jobs/001.sql"),
    include_str!("conversations/001.sql"),
    include_str!("settings/001.sql"),
]];

/// The schema that this version writes.
pub const SCHEMA_VERSION: u32 = STEPS.len() as u32;

/// The schema of a database; 0 for an empty one.
pub(crate) fn version(connection: &Connection) -> Result<u32, Error> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Refuses a database that only a newer version understands.
pub(crate) fn accept(found: u32, folder: &Path) -> Result<(), Error> {
    if found > SCHEMA_VERSION {
        return Err(Error::NewerLibrary { folder: folder.to_owned(), found, known: SCHEMA_VERSION });
    }
    Ok(())
}

/// Brings the database to [`SCHEMA_VERSION`]: all steps or none.
pub(crate) fn migrate(connection: &mut Connection, folder: &Path) -> Result<(), Error> {
    migrate_by(connection, folder, STEPS)
}

fn migrate_by(connection: &mut Connection, folder: &Path, steps: &[Step]) -> Result<(), Error> {
    let found = version(connection)?;
    accept(found, folder)?;
    if found as usize == steps.len() {
        return Ok(());
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been quicker while this one waited for the lock.
    let found = version(&tx)?;
    for step in steps.iter().skip(found as usize) {
        for part in *step {
            tx.execute_batch(part)?;
        }
    }
    tx.pragma_update(None, "user_version", steps.len() as u32)?;
    tx.commit()?;
    if found > 0 {
        tracing::info!(from = found, to = steps.len(), "library brought to a newer schema");
    }
    Ok(())
}
