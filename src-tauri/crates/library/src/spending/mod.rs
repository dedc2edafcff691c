//! What remote models have cost altogether: in answers, which keep it themselves, and beside them.

use kernel::Timestamp;
use rusqlite::{Connection, Transaction};

use crate::Error;
use crate::conversations::{self, Tokens};

/// A request that belongs to no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The name of the model.
    pub model: &'a str,
    /// The prompt's name and version.
    pub prompt: &'a str,
    /// What it has cost.
    pub tokens: Tokens,
}

/// Stores what a request has cost.
pub fn add(tx: &Transaction<'_>, request: Request<'_>, now: Timestamp) -> Result<(), Error> {
    let Request { model, prompt, tokens } = request;
    tx.prepare_cached("INSERT INTO spending VALUES (?, ?, ?, ?, ?)")?.execute((
        now.0,
        model,
        prompt,
        tokens.prompt,
        tokens.generated,
    ))?;
    Ok(())
}

/// Tokens that remote models were given and wrote since a moment, in answers that have ended and beside them.
pub fn since(connection: &Connection, since: Timestamp) -> Result<u64, Error> {
    let beside: i64 = connection
        .prepare_cached("SELECT coalesce(sum(prompt_tokens + generated_tokens), 0) FROM spending WHERE at >= ?")?
        .query_row([since.0], |row| row.get(0))?;
    Ok(conversations::spent_since(connection, since)?.saturating_add(beside.unsigned_abs()))
}
