//! What the use of remote models has cost.

use kernel::{ConversationId, Timestamp};
use rusqlite::Connection;

use crate::Error;

/// What is being answered counts its own requests until it has ended.
const TOKENS: &str = "SELECT coalesce(sum(json_extract(provenance, '$.tokens.prompt')
        + json_extract(provenance, '$.tokens.generated')), 0)
     FROM turns WHERE json_extract(provenance, '$.remote') AND state <> 'streaming'";

/// Tokens that remote models were given and wrote in a conversation, in answers that have ended.
pub fn spent_in(connection: &Connection, conversation: ConversationId) -> Result<u64, Error> {
    let sql = format!("{TOKENS} AND conversation = ?");
    let sum: i64 = connection.prepare_cached(&sql)?.query_row([conversation.to_string()], |row| row.get(0))?;
    Ok(sum.unsigned_abs())
}

/// The same in all conversations since a moment.
pub fn spent_since(connection: &Connection, since: Timestamp) -> Result<u64, Error> {
    let sql = format!("{TOKENS} AND created >= ?");
    let sum: i64 = connection.prepare_cached(&sql)?.query_row([since.0], |row| row.get(0))?;
    Ok(sum.unsigned_abs())
}
