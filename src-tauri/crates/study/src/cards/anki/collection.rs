//! What the database of a package says.

use std::collections::HashMap;
use std::path::Path;

use kernel::Code;
use library::rusqlite::{self, Connection, OpenFlags, Row};
use serde::{Deserialize, Serialize};

use super::protobuf;
use crate::Error;
use crate::cards::exchange::MOST_NOTES;

/// Most cards, and most answers, of a package.
const MOST_CARDS: usize = 1_000_000;
const MOST_ANSWERS: usize = 3_000_000;

/// All that is taken of a package's database.
pub(super) struct Collection {
    /// When the collection was made, in seconds since 1970: days are counted from here.
    pub(super) made: i64,
    pub(super) types: HashMap<i64, NoteType>,
    pub(super) decks: HashMap<i64, String>,
    pub(super) notes: Vec<RawNote>,
    /// Of each note, in the order of their templates.
    pub(super) cards: HashMap<i64, Vec<RawCard>>,
    /// Of each card, the earliest first.
    pub(super) answers: HashMap<i64, Vec<RawAnswer>>,
}

/// A note type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NoteType {
    pub(super) name: String,
    pub(super) is_cloze: bool,
    pub(super) fields: Vec<String>,
    pub(super) templates: Vec<Template>,
}

/// What a card of a note type shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Template {
    pub(super) name: String,
    pub(super) question: String,
    pub(super) answer: String,
}

pub(super) struct RawNote {
    pub(super) id: i64,
    pub(super) guid: String,
    pub(super) note_type: i64,
    pub(super) tags: Vec<String>,
    pub(super) fields: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RawCard {
    pub(super) id: i64,
    pub(super) deck: i64,
    pub(super) ordinal: i64,
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub(super) kind: i64,
    /// Negative: -1 suspended, -2 and -3 buried; 1 due at a time, 3 on a day.
    pub(super) queue: i64,
    pub(super) due: i64,
    pub(super) interval: i64,
    /// The ease, in thousandths.
    pub(super) factor: i64,
    pub(super) stability: Option<f64>,
    pub(super) difficulty: Option<f64>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RawAnswer {
    /// Milliseconds since 1970.
    pub(super) time: i64,
    pub(super) rating: i64,
    /// Days, or seconds when negative; after and before.
    pub(super) interval: i64,
    pub(super) interval_before: i64,
    pub(super) ms: i64,
    /// 0 learning, 1 review, 2 relearning, 3 out of turn.
    pub(super) kind: i64,
}

/// Reads a package's database; `path` is the package, for messages.
pub(super) fn read(database: &Path, path: &Path) -> Result<Collection, Error> {
    let damaged = |error: rusqlite::Error| {
        Error::unreadable(path, Code::Damaged, format_args!("its collection is broken: {error}"))
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags).map_err(damaged)?;
    connection
        .execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON")
        .map_err(damaged)?;
    // Names of Anki's own tables are compared by a collation of its own, which SQLite asks for even where it compares
    // nothing.
    connection.create_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase())).map_err(damaged)?;
    plain(&connection, path)?;
    let all = || -> rusqlite::Result<Option<Collection>> {
        let is_new = is_table(&connection, "notetypes")?;
        let Some(notes) = limited(&connection, NOTES, MOST_NOTES, raw_note)? else { return Ok(None) };
        let Some(cards) = limited(&connection, CARDS, MOST_CARDS, raw_card)? else { return Ok(None) };
        let Some(answers) = limited(&connection, ANSWERS, MOST_ANSWERS, raw_answer)? else { return Ok(None) };
        let (types, decks) = if is_new { from_tables(&connection)? } else { from_json(&connection)? };
        Ok(Some(Collection {
            made: connection.query_row("SELECT crt FROM col", [], |row| row.get(0))?,
            types,
            decks,
            notes,
            cards: grouped(cards),
            answers: grouped(answers),
        }))
    };
    let most = || Error::unreadable(path, Code::Invalid, "it has more notes, cards or answers than are taken");
    all().map_err(damaged)?.ok_or_else(most)
}

/// Refuses a database in which something else stands in the place of a table: a view can take for ever.
fn plain(connection: &Connection, path: &Path) -> Result<(), Error> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'view' OR sql LIKE 'CREATE VIRTUAL%'";
    let strange: i64 = connection
        .query_row(sql, [], |row| row.get(0))
        .map_err(|error| Error::unreadable(path, Code::Damaged, format_args!("its collection is broken: {error}")))?;
    if strange > 0 {
        return Err(Error::unreadable(path, Code::Damaged, "its collection is none of Anki's"));
    }
    Ok(())
}

fn is_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?)";
    connection.query_row(sql, [name], |row| row.get(0))
}

const NOTES: &str = "SELECT id, guid, mid, tags, flds FROM notes";
const CARDS: &str =
    "SELECT nid, id, iif(odid <> 0, odid, did), ord, type, queue, iif(odid <> 0, odue, due), ivl, factor,
        data FROM cards";
const ANSWERS: &str = "SELECT cid, id, ease, ivl, lastIvl, time, type FROM revlog WHERE ease BETWEEN 1 AND 4";

/// All rows in the order of their ids; none when there are more than that.
fn limited<T>(
    connection: &Connection,
    sql: &str,
    most: usize,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<Vec<T>>> {
    let mut query = connection.prepare(&format!("{sql} ORDER BY id"))?;
    let mut rows = query.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        if all.len() == most {
            return Ok(None);
        }
        all.push(read(row)?);
    }
    Ok(Some(all))
}

fn grouped<T>(rows: Vec<(i64, T)>) -> HashMap<i64, Vec<T>> {
    let mut grouped: HashMap<i64, Vec<T>> = HashMap::new();
    for (of, row) in rows {
        grouped.entry(of).or_default().push(row);
    }
    grouped
}

fn raw_note(row: &Row<'_>) -> rusqlite::Result<RawNote> {
    let tags: String = row.get(3)?;
    let fields: String = row.get(4)?;
    Ok(RawNote {
        id: row.get(0)?,
        guid: row.get(1)?,
        note_type: row.get(2)?,
        tags: tags.split_whitespace().map(str::to_owned).collect(),
        fields: fields.split('\u{1f}').map(str::to_owned).collect(),
    })
}

/// What FSRS knows, as JSON in a card's `data`.
#[derive(Default, Deserialize)]
struct CardMemory {
    s: Option<f64>,
    d: Option<f64>,
}

fn raw_card(row: &Row<'_>) -> rusqlite::Result<(i64, RawCard)> {
    let data: String = row.get(9)?;
    let memory: CardMemory = serde_json::from_str(&data).unwrap_or_default();
    let card = RawCard {
        id: row.get(1)?,
        deck: row.get(2)?,
        ordinal: row.get(3)?,
        kind: row.get(4)?,
        queue: row.get(5)?,
        due: row.get(6)?,
        interval: row.get(7)?,
        factor: row.get(8)?,
        stability: memory.s,
        difficulty: memory.d,
    };
    Ok((row.get(0)?, card))
}

fn raw_answer(row: &Row<'_>) -> rusqlite::Result<(i64, RawAnswer)> {
    let answer = RawAnswer {
        time: row.get(1)?,
        rating: row.get(2)?,
        interval: row.get(3)?,
        interval_before: row.get(4)?,
        ms: row.get(5)?,
        kind: row.get(6)?,
    };
    Ok((row.get(0)?, answer))
}

type Types = HashMap<i64, NoteType>;

/// Note types and decks of the form of today.
fn from_tables(connection: &Connection) -> rusqlite::Result<(Types, HashMap<i64, String>)> {
    let mut types = HashMap::new();
    let mut query = connection.prepare("SELECT id, name, config FROM notetypes")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let config: Vec<u8> = row.get(2)?;
        let is_cloze = protobuf::number(&config, 1) == 1;
        types.insert(row.get(0)?, NoteType { name: row.get(1)?, is_cloze, ..NoteType::default() });
    }
    let mut fields = connection.prepare("SELECT ntid, ord, name FROM fields")?;
    let named = fields.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut named: Vec<(i64, i64, String)> = named.collect::<Result<_, _>>()?;
    named.sort_unstable();
    for (of, _, name) in named {
        types.entry(of).or_default().fields.push(name);
    }
    let mut templates = connection.prepare("SELECT ntid, ord, name, config FROM templates")?;
    let rows = templates.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let mut all: Vec<(i64, i64, String, Vec<u8>)> = rows.collect::<Result<_, _>>()?;
    all.sort_unstable();
    for (of, _, name, config) in all {
        let side = |number| protobuf::text(&config, number).unwrap_or_default();
        let template = Template { name, question: side(1), answer: side(2) };
        types.entry(of).or_default().templates.push(template);
    }
    let mut decks = connection.prepare("SELECT id, name FROM decks")?;
    let rows = decks.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?.replace('\u{1f}', "::"))))?;
    Ok((types, rows.collect::<Result<_, _>>()?))
}

#[derive(Deserialize)]
struct JsonType {
    name: String,
    #[serde(default)]
    r#type: i64,
    flds: Vec<JsonField>,
    tmpls: Vec<JsonTemplate>,
}

#[derive(Deserialize)]
struct JsonField {
    name: String,
    #[serde(default)]
    ord: i64,
}

#[derive(Deserialize)]
struct JsonTemplate {
    name: String,
    #[serde(default)]
    ord: i64,
    qfmt: String,
    afmt: String,
}

#[derive(Deserialize)]
struct JsonDeck {
    name: String,
}

/// The same of the forms before.
fn from_json(connection: &Connection) -> rusqlite::Result<(Types, HashMap<i64, String>)> {
    let (models, decks): (String, String) =
        connection.query_row("SELECT models, decks FROM col", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let broken = |at: usize| {
        move |error: serde_json::Error| {
            rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, error.into())
        }
    };
    let models: HashMap<String, JsonType> = serde_json::from_str(&models).map_err(broken(0))?;
    let decks: HashMap<String, JsonDeck> = serde_json::from_str(&decks).map_err(broken(1))?;
    let types = models.into_iter().filter_map(|(id, mut model)| {
        model.flds.sort_by_key(|field| field.ord);
        model.tmpls.sort_by_key(|template| template.ord);
        let note_type = NoteType {
            name: model.name,
            is_cloze: model.r#type == 1,
            fields: model.flds.into_iter().map(|field| field.name).collect(),
            templates: model
                .tmpls
                .into_iter()
                .map(|it| Template { name: it.name, question: it.qfmt, answer: it.afmt })
                .collect(),
        };
        Some((id.parse().ok()?, note_type))
    });
    let decks = decks.into_iter().filter_map(|(id, deck)| Some((id.parse().ok()?, deck.name)));
    Ok((types.collect(), decks.collect()))
}
