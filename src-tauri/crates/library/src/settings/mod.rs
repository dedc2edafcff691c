//! Settings: a JSON value by key. What the keys mean is for those to know who use them.

use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::stored;

/// The value of a key; none when it was never set, or holds something that can no longer be read as a `T`.
pub fn get<T: DeserializeOwned>(connection: &Connection, key: &str) -> Result<Option<T>, Error> {
    let json: Option<String> = connection
        .prepare_cached("SELECT value FROM settings WHERE key = ?")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    // A setting of another version is no reason not to start.
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// Sets the value of a key.
pub fn set<T: Serialize + ?Sized>(tx: &Transaction<'_>, key: &str, value: &T) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO settings (key, value) VALUES (?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute((key, stored::to_json(value)?))?;
    Ok(())
}

/// Forgets a key.
pub fn remove(tx: &Transaction<'_>, key: &str) -> Result<(), Error> {
    tx.prepare_cached("DELETE FROM settings WHERE key = ?")?.execute([key])?;
    Ok(())
}
