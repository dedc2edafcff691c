//! The model by whose vectors the library is searched, and the change to another one.
//!
//! Vectors of two models can't be compared. So those of another model are stored beside the ones that are searched,
//! passage by passage, and take over in one step when every passage has one.

use kernel::DocumentId;
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::{Error, check};

/// The model by whose vectors the library is searched; none before the first vector.
pub fn searched_model(connection: &Connection) -> Result<Option<String>, Error> {
    let model =
        connection.prepare_cached("SELECT model FROM searched_model")?.query_row([], |row| row.get(0)).optional()?;
    Ok(model)
}

/// The oldest document that has a passage without a vector of this model.
pub fn next_document(connection: &Connection, model: &str) -> Result<Option<DocumentId>, Error> {
    let document = connection
        .prepare_cached(
            "SELECT d.document FROM documents d
             WHERE EXISTS (SELECT 1 FROM passages p WHERE p.document = d.document AND NOT EXISTS
                 (SELECT 1 FROM vectors v WHERE v.passage = p.passage AND v.model = ?))
             ORDER BY d.document LIMIT 1",
        )?
        .query_row([model], |row| row.get(0).map(DocumentId))
        .optional()?;
    Ok(document)
}

/// Has the library searched by a model's vectors if every passage has one. False, and nothing changed, otherwise.
pub fn switch(tx: &Transaction<'_>, model: &str) -> Result<bool, Error> {
    let is_complete = next_document(tx, model)?.is_none();
    if is_complete {
        switch_now(tx, model)?;
    }
    Ok(is_complete)
}

/// Has the library searched by a model's vectors, however many there are: for when the model that it was searched by
/// is gone.
pub fn switch_now(tx: &Transaction<'_>, model: &str) -> Result<(), Error> {
    tx.prepare_cached(
        "INSERT INTO searched_model VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET model = excluded.model",
    )?
    .execute([model])?;
    check::recount(tx, None)?;
    Ok(())
}

/// Forgets up to `limit` vectors of models other than this one. Returns how many it forgot.
pub fn forget_others(tx: &Transaction<'_>, model: &str, limit: u32) -> Result<usize, Error> {
    let mut forget =
        tx.prepare_cached("DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM vectors WHERE model <> ? LIMIT ?)")?;
    Ok(forget.execute((model, limit))?)
}
