//! How values stand in the database.

use std::fmt::Display;
use std::str::FromStr;

use kernel::Code;
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;

/// A value that is stored by a name: readable in any SQLite tool, and stable when variants are added.
pub(crate) trait Named: Copy + PartialEq + 'static {
    /// Every value with its name.
    const NAMES: &'static [(Self, &'static str)];

    fn stored_name(self) -> &'static str {
        Self::NAMES.iter().find(|(value, _)| *value == self).map_or("", |(_, name)| name)
    }
}

/// Reads a [`Named`] column.
pub(crate) fn named<T: Named>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let name = row.get_ref(column)?.as_str()?;
    T::NAMES
        .iter()
        .find(|(_, known)| *known == name)
        .map(|(value, _)| *value)
        .ok_or_else(|| unreadable(column, Type::Text, format!("unknown value {name:?}")))
}

/// Whether a column has no value.
pub(crate) fn is_null(row: &Row<'_>, column: usize) -> rusqlite::Result<bool> {
    Ok(row.get_ref(column)? == ValueRef::Null)
}

/// Reads a text column that is written as the value displays itself.
pub(crate) fn parsed<T: FromStr<Err: Display>>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    text.parse().map_err(|error: T::Err| unreadable(column, Type::Text, error.to_string()))
}

/// Reads a column with the name of a [`Code`].
pub(crate) fn code(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Code>> {
    let name: Option<String> = row.get(column)?;
    Ok(name.map(|name| Code::from_name(&name)))
}

/// Reads a blob that [`to_postcard`] wrote.
pub(crate) fn from_postcard<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    postcard::from_bytes(row.get_ref(column)?.as_blob()?)
        .map_err(|error| unreadable(column, Type::Blob, error.to_string()))
}

/// A value as a compact blob.
pub(crate) fn to_postcard<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    postcard::to_stdvec(value).map_err(|error| Error::Encoding(error.to_string()))
}

/// Reads a JSON column.
pub(crate) fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    serde_json::from_str(row.get_ref(column)?.as_str()?)
        .map_err(|error| unreadable(column, Type::Text, error.to_string()))
}

/// A value as JSON.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Encoding(error.to_string()))
}

fn unreadable(column: usize, kind: Type, why: String) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(FromSqlError::Other(why.into())))
}
