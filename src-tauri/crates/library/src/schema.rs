//! The steps that bring a database of any earlier version to this one: forward only, never edited once released.

use std::path::Path;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, TransactionBehavior};

use crate::{Error, passages};

/// The parts of one step, a file per domain, in an order in which each finds the tables it refers to.
type Step = &'static [&'static str];

/// Step n brings a database from schema n - 1 to schema n.
const STEPS: &[Step] = &[
    &[
        include_str!("rooms/001.sql"),
        include_str!("documents/001.sql"),
        include_str!("pages/001.sql"),
        include_str!("passages/001.sql"),
        include_str!("vectors/001.sql"),
        include_str!("jobs/001.sql"),
        include_str!("conversations/001.sql"),
        include_str!("settings/001.sql"),
    ],
    &[include_str!("conversations/002.sql")],
    &[
        include_str!("rooms/003.sql"),
        include_str!("documents/003.sql"),
        include_str!("pages/003.sql"),
        include_str!("passages/003.sql"),
        include_str!("vectors/003.sql"),
        include_str!("jobs/003.sql"),
        include_str!("conversations/003.sql"),
        include_str!("terms/003.sql"),
        include_str!("thresholds/003.sql"),
        include_str!("quizzes/003.sql"),
        include_str!("readings/003.sql"),
        include_str!("cards/003.sql"),
    ],
    &[include_str!("annotations/004.sql"), include_str!("conversations/004.sql"), include_str!("spending/004.sql")],
    &[
        include_str!("rooms/005.sql"),
        include_str!("documents/005.sql"),
        include_str!("jobs/005.sql"),
        include_str!("cards/005.sql"),
    ],
];

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
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    migrate_by(connection, STEPS)
}

/// What a database of an earlier (or this) version is made of: kind, name and definition of each table, index, view
/// and trigger.
pub(crate) fn objects_of(version: u32) -> Result<Vec<Object>, Error> {
    let mut connection = Connection::open_in_memory()?;
    migrate_by(&mut connection, STEPS.get(..version as usize).unwrap_or(STEPS))?;
    objects(&connection)
}

/// The same of an open database.
pub(crate) fn objects(connection: &Connection) -> Result<Vec<Object>, Error> {
    // Those of SQLite itself come and go, as the statistics do.
    let sql =
        r"SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY type, name";
    let mut query = connection.prepare(sql)?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Kind, name and definition.
pub(crate) type Object = (String, String, Option<String>);

fn migrate_by(connection: &mut Connection, steps: &[Step]) -> Result<(), Error> {
    if version(connection)? as usize >= steps.len() {
        return Ok(());
    }
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    connection
        .create_scalar_function("parted", 1, flags, |arguments| Ok(passages::parted(arguments.get_raw(0).as_str()?)))?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been quicker while this one waited for the lock.
    let found = version(&tx)?;
    if found as usize >= steps.len() {
        return Ok(());
    }
    for part in steps[found as usize..].iter().copied().flatten() {
        tx.execute_batch(part)?;
    }
    tx.pragma_update(None, "user_version", steps.len() as u32)?;
    tx.commit()?;
    connection.remove_function("parted", 1)?;
    if found > 0 {
        tracing::info!(from = found, to = steps.len(), "library brought to a newer schema");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const FIRST: Step = &["CREATE TABLE books (name TEXT)", "CREATE TABLE pens (colour TEXT)"];
    const SECOND: Step = &["ALTER TABLE books ADD COLUMN pages INTEGER DEFAULT 7"];
    const BROKEN: Step = &["CREATE TABLE half (a)", "CREATE TABLE books (a)"];

    fn pages(connection: &Connection) -> Vec<u32> {
        let mut query = connection.prepare("SELECT pages FROM books").unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn each_step_is_taken_once_and_rows_stay() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_by(&mut connection, &[FIRST]).unwrap();
        connection.execute("INSERT INTO books VALUES ('Biology')", []).unwrap();
        migrate_by(&mut connection, &[FIRST, SECOND]).unwrap();
        migrate_by(&mut connection, &[FIRST, SECOND]).unwrap();
        assert_eq!(pages(&connection), [7]);
        assert_eq!(version(&connection).unwrap(), 2);
    }

    #[test]
    fn a_step_that_fails_leaves_the_database_as_it_was() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_by(&mut connection, &[FIRST]).unwrap();
        migrate_by(&mut connection, &[FIRST, SECOND, BROKEN]).unwrap_err();
        assert_eq!(version(&connection).unwrap(), 1);
        let half = "SELECT count(*) FROM sqlite_schema WHERE name = 'half'";
        assert_eq!(connection.query_row(half, [], |row| row.get(0)), Ok(0));
        // Nothing of the second step either: it can be taken again.
        migrate_by(&mut connection, &[FIRST, SECOND]).unwrap();
    }
    #[test]
    fn a_library_from_before_has_the_order_that_was_shown_and_its_notes_are_found() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_by(&mut connection, &STEPS[..4]).unwrap();
        connection
            .execute_batch(
                "INSERT INTO rooms (name, folded, hue, created) VALUES ('A', 'a', 1, 1), ('B', 'b', 1, 2);
                 INSERT INTO documents (room, title, file_name, hash, format, bytes, state, added)
                 VALUES (1, 'Old', 'o.pdf', 'o', 'pdf', 1, 'complete', 1),
                     (1, 'New', 'n.pdf', 'n', 'pdf', 1, 'complete', 2);
                 INSERT INTO readings (document, page, begun, ms) VALUES (1, 3, 70, 9), (1, 4, 90, 9);
                 INSERT INTO notes (room, guid, kind, front, back, extra, tags, created, updated)
                 VALUES (1, 'g', 'basic', 'Where is 光合作用?', 'In leaves', '', '[\"plants\"]', 0, 0);",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
        // The newest first, as the library showed them.
        assert_eq!(text("SELECT group_concat(title) FROM (SELECT title FROM documents ORDER BY position)"), "New,Old");
        assert_eq!(text("SELECT group_concat(name) FROM (SELECT name FROM rooms ORDER BY position)"), "A,B");
        assert_eq!(text("SELECT group_concat(coalesce(opened, 'never') || tags) FROM documents"), "90[],never[]");
        for word in ["leaf", "leaves", "plant", "\"光合\""] {
            let found = format!("SELECT count(*) || '' FROM notes_fts WHERE notes_fts MATCH '{word}'");
            assert_eq!(text(&found), if word == "leaf" { "0" } else { "1" }, "{word}");
        }
    }
}
