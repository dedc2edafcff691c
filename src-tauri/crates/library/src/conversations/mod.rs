//! Conversations of a room: questions, answers and their proof.
//!
//! The turns of a conversation are a tree. What is asked next goes on from the last turn on show; what is asked again,
//! or otherwise, stands beside the turn that it replaces, and one of the two is on show with what follows it.

mod cited;
mod edition;
pub(crate) mod index;
mod measures;
mod mode;
mod provenance;
mod row;
mod search;
mod spent;
mod turns;

use kernel::{ConversationId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Transaction};

pub use crate::fulltext::TextRun;
use crate::{Error, stored};
pub use cited::{asked_since, cited};
pub use edition::follow_edition;
pub use measures::{Measures, Percentiles, measures};
pub use mode::{Mode, Subject};
pub use provenance::{Provenance, Tokens};
pub use row::{About, Conversation, NewTurn, Outcome, Place, Turn, TurnState};
pub use search::{Found, search};
pub use spent::{spent_in, spent_since};
pub use turns::{
    append, begin_turn, complete, fail, last_turns, recover, set_executor, set_standalone_question, show, stop, turn,
    turns, turns_before,
};

/// A title is read in a list.
const LONGEST_TITLE: usize = 80;

/// Begins a conversation. The title may be its first question: what is too long for a list is cut at a word.
pub fn create(tx: &Transaction<'_>, room: RoomId, title: &str, now: Timestamp) -> Result<Conversation, Error> {
    crate::rooms::get(tx, room)?;
    // SQLite's own generator is seeded by the system and made for cryptography (ChaCha20).
    let conversation = tx
        .prepare_cached(
            "INSERT INTO conversations (conversation, room, title, created, updated)
             VALUES (lower(hex(randomblob(16))), ?1, ?2, ?3, ?3) RETURNING conversation",
        )?
        .query_row((room.0, short(title), now.0), |row| stored::parsed(row, 0))?;
    get(tx, conversation)
}

/// The conversations of a room, the last used first.
pub fn list(connection: &Connection, room: RoomId) -> Result<Vec<Conversation>, Error> {
    let sql = format!("SELECT {} FROM conversations c WHERE room = ? ORDER BY updated DESC, rowid DESC", row::COLUMNS);
    let mut conversations = connection.prepare_cached(&sql)?;
    let rows = conversations.query_map([room.0], row::read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One conversation.
pub fn get(connection: &Connection, conversation: ConversationId) -> Result<Conversation, Error> {
    connection
        .prepare_cached(&format!("SELECT {} FROM conversations c WHERE conversation = ?", row::COLUMNS))?
        .query_row([conversation.to_string()], row::read)
        .optional()?
        .ok_or_else(|| Error::not_found("conversation", conversation))
}

/// Gives a conversation another title.
pub fn rename(tx: &Transaction<'_>, conversation: ConversationId, title: &str) -> Result<(), Error> {
    let title = short(title);
    if title.is_empty() {
        return Err(Error::Invalid("A conversation needs a title.".into()));
    }
    let changed = tx
        .prepare_cached("UPDATE conversations SET title = ? WHERE conversation = ?")?
        .execute((title, conversation.to_string()))?;
    found(changed, conversation)
}

/// Removes a conversation with its turns.
pub fn remove(tx: &Transaction<'_>, conversation: ConversationId) -> Result<(), Error> {
    let changed =
        tx.prepare_cached("DELETE FROM conversations WHERE conversation = ?")?.execute([conversation.to_string()])?;
    found(changed, conversation)
}

fn found(changed: usize, conversation: ConversationId) -> Result<(), Error> {
    match changed {
        0 => Err(Error::not_found("conversation", conversation)),
        _ => Ok(()),
    }
}

fn short(title: &str) -> String {
    let mut short = String::new();
    for word in title.split_whitespace() {
        let room = LONGEST_TITLE.saturating_sub(short.chars().count() + 2);
        if word.chars().count() > room {
            if short.is_empty() {
                short.extend(word.chars().take(room));
            }
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_long_question_becomes_a_title_cut_at_a_word() {
        assert_eq!(short("  What is\n osmosis? "), "What is osmosis?");
        let title = short(&"photosynthesis ".repeat(20));
        assert!(title.ends_with("photosynthesis…"), "{title}");
        assert!(title.chars().count() <= super::LONGEST_TITLE);
        let title = short(&"x".repeat(300));
        assert!(title.ends_with("x…") && title.chars().count() <= super::LONGEST_TITLE);
        assert_eq!(short(" "), "");
    }
}
