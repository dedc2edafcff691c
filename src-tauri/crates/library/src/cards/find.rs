use kernel::{CardId, DocumentId, RoomId};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::card::{self, Card, CardState};
use super::note::{self, Note};
use crate::Error;
use crate::stored::Named;

/// Which cards of a room; what isn't named makes no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct Filter {
    /// Those whose front, back or extra has these words, in this order.
    pub text: Option<String>,
    /// Those with this tag.
    pub tag: Option<String>,
    /// Those in this state.
    pub state: Option<CardState>,
    /// Those that are suspended, or that are not.
    pub suspended: Option<bool>,
    /// Those of this document.
    pub document: Option<DocumentId>,
    /// Those whose source a new edition has changed, or has not.
    pub source_changed: Option<bool>,
}

/// A card with its note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename = "FoundCard")]
pub struct Found {
    /// The card.
    pub card: Card,
    /// What it asks a part of.
    pub note: Note,
}

/// Whether a card and its note are what a filter asks for.
const CONDITION: &str = r"c.room = ?1
    AND (?2 IS NULL OR n.front LIKE ?2 ESCAPE '\' OR n.back LIKE ?2 ESCAPE '\' OR n.extra LIKE ?2 ESCAPE '\')
    AND (?3 IS NULL OR EXISTS (SELECT 1 FROM json_each(n.tags) WHERE value = ?3) OR (?3 = 'leech' AND c.leech))
    AND (?4 IS NULL OR c.state = ?4)
    AND (?5 IS NULL OR c.suspended = ?5)
    AND (?6 IS NULL OR n.document = ?6)
    AND (?7 IS NULL OR n.source_changed = ?7)";

/// Up to `limit` cards of a room after the card `after`, by their numbers.
pub fn list(
    connection: &Connection,
    room: RoomId,
    filter: &Filter,
    after: Option<CardId>,
    limit: u32,
) -> Result<Vec<Found>, Error> {
    let sql = format!(
        "SELECT {}, {} FROM cards c JOIN notes n USING (note) WHERE {CONDITION} AND c.card > ?8 ORDER BY c.card LIMIT ?9",
        card::COLUMNS,
        note::COLUMNS
    );
    let mut query = connection.prepare_cached(&sql)?;
    let rows = query.query_map(
        (
            room.0,
            filter.text.as_deref().map(like),
            &filter.tag,
            filter.state.map(Named::stored_name),
            filter.suspended,
            filter.document.map(|document| document.0),
            filter.source_changed,
            after.map_or(0, |card| card.0),
            limit,
        ),
        |row| Ok(Found { card: card::read(row)?, note: note::read(row, card::COUNT)? }),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many cards of a room a filter asks for.
pub fn count(connection: &Connection, room: RoomId, filter: &Filter) -> Result<u32, Error> {
    let sql = format!("SELECT count(*) FROM cards c JOIN notes n USING (note) WHERE {CONDITION}");
    Ok(connection.prepare_cached(&sql)?.query_row(
        (
            room.0,
            filter.text.as_deref().map(like),
            &filter.tag,
            filter.state.map(Named::stored_name),
            filter.suspended,
            filter.document.map(|document| document.0),
            filter.source_changed,
        ),
        |row| row.get(0),
    )?)
}

/// The words anywhere in a text, whatever they hold.
fn like(text: &str) -> String {
    format!("%{}%", text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_"))
}
