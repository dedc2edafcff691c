use kernel::{CardId, Citation, DocumentId, NoteId, RoomId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{cloze, index};
use crate::stored::{self, Named};
use crate::{Error, rooms};

/// Longest text of a field, in bytes: a page of a book has some 3,000.
const LONGEST_FIELD: usize = 64 << 10;
/// Most tags of a note, and the longest, in bytes.
const MOST_TAGS: usize = 100;
const LONGEST_TAG: usize = 200;

/// How a note is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// The front asks for the back.
    Basic,
    /// And the back for the front, on a second card.
    Reversed,
    /// A text with gaps, a card for each number.
    Cloze,
}

impl NoteKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Basic, Self::Reversed, Self::Cloze];

    /// As it is stored, and written on the command line.
    pub fn name(self) -> &'static str {
        self.stored_name()
    }
}

impl Named for NoteKind {
    const NAMES: &'static [(Self, &'static str)] =
        &[(Self::Basic, "basic"), (Self::Reversed, "reversed"), (Self::Cloze, "cloze")];
}

/// Something to be learnt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Note {
    /// Its number.
    pub note: NoteId,
    /// Its room.
    pub room: RoomId,
    /// What names it in every program that it is brought to.
    pub guid: String,
    /// How it is asked.
    pub kind: NoteKind,
    /// What is asked, or the text with its gaps: Markdown with formulas between `$`.
    pub front: String,
    /// What answers it; empty for a cloze.
    pub back: String,
    /// Shown below every answer.
    pub extra: String,
    /// In alphabetical order.
    pub tags: Vec<String>,
    /// The document that it was made from, while that is there.
    pub document: Option<DocumentId>,
    /// The words that it was made from.
    pub source: Option<Citation>,
    /// Whether a new edition of the document has other words.
    pub source_changed: bool,
    /// When it was made.
    pub created: Timestamp,
    /// When its text was last changed.
    pub updated: Timestamp,
}

/// What is known of a note when it is made or changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct NewNote {
    /// What names it elsewhere; none for one that is made here.
    #[serde(default)]
    pub guid: Option<String>,
    /// How it is asked.
    pub kind: NoteKind,
    /// What is asked, or the text with its gaps.
    pub front: String,
    /// What answers it.
    #[serde(default)]
    pub back: String,
    /// Shown below every answer.
    #[serde(default)]
    pub extra: String,
    /// Words without spaces; in any order.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The words that it was made from.
    #[serde(default)]
    pub source: Option<Citation>,
}

impl NewNote {
    /// A front that asks for a back.
    pub fn basic(front: impl Into<String>, back: impl Into<String>) -> Self {
        Self {
            guid: None,
            kind: NoteKind::Basic,
            front: front.into(),
            back: back.into(),
            extra: String::new(),
            tags: Vec::new(),
            source: None,
        }
    }

    /// The same with tidy texts and tags, and the ordinals of its cards.
    ///
    /// # Errors
    /// `Invalid` for one without a question or an answer, or with more text than a note can hold.
    fn accepted(&self) -> Result<(Self, Vec<u16>), Error> {
        let mut note = self.clone();
        for (name, text) in [("front", &mut note.front), ("back", &mut note.back), ("extra", &mut note.extra)] {
            *text = text.replace("\r\n", "\n").trim().to_owned();
            if text.len() > LONGEST_FIELD {
                let most = LONGEST_FIELD >> 10;
                return Err(Error::Invalid(format!("The {name} of a note can have up to {most} KB. Shorten it.")));
            }
        }
        if note.front.is_empty() {
            return Err(Error::Invalid("A note needs a front: write down what it asks.".into()));
        }
        let ordinals = match note.kind {
            NoteKind::Cloze => cloze::numbers(&note.front).into_iter().map(|number| number - 1).collect(),
            NoteKind::Basic => vec![0],
            NoteKind::Reversed => vec![0, 1],
        };
        if ordinals.is_empty() {
            let how = "Mark what is to be asked as {{c1::words}}.";
            return Err(Error::Invalid(format!("The text has no gap, so there is nothing to ask. {how}")));
        }
        if note.kind != NoteKind::Cloze && note.back.is_empty() {
            return Err(Error::Invalid("A note needs a back: write down what answers its front.".into()));
        }
        note.tags = tidy_tags(&note.tags)?;
        Ok((note, ordinals))
    }
}

fn tidy_tags(tags: &[String]) -> Result<Vec<String>, Error> {
    let mut tidy: Vec<String> = tags.iter().flat_map(|tag| tag.split_whitespace().map(str::to_owned)).collect();
    tidy.sort_unstable();
    tidy.dedup();
    if tidy.len() > MOST_TAGS || tidy.iter().any(|tag| tag.len() > LONGEST_TAG) {
        return Err(Error::Invalid(format!(
            "A note can have up to {MOST_TAGS} tags of up to {LONGEST_TAG} letters. Leave some out, or shorten them."
        )));
    }
    Ok(tidy)
}

/// Makes a note with its cards, which are new.
///
/// # Errors
/// `Invalid` where it can't be asked; `NotFound` where there is no such room.
pub fn add_note(tx: &Transaction<'_>, room: RoomId, new: &NewNote, now: Timestamp) -> Result<NoteId, Error> {
    rooms::get(tx, room)?;
    let (new, ordinals) = new.accepted()?;
    let note = NoteId(
        tx.prepare_cached(
            "INSERT INTO notes (room, guid, kind, front, back, extra, tags, document, source, created, updated)
             VALUES (?1, coalesce(?2, lower(hex(randomblob(10)))), ?3, ?4, ?5, ?6, ?7,
                 (SELECT document FROM documents WHERE document = ?8), ?9, ?10, ?10)",
        )?
        .insert((
            room.0,
            &new.guid,
            new.kind.stored_name(),
            &new.front,
            &new.back,
            &new.extra,
            stored::to_json(&new.tags)?,
            new.source.as_ref().map(|source| source.document.0),
            new.source.as_ref().map(stored::to_json).transpose()?,
            now.0,
        ))?,
    );
    index::put(tx, note, [&new.front, &new.back, &new.extra, &new.tags.join(" ")])?;
    let mut insert = tx.prepare_cached("INSERT INTO cards (note, room, ordinal) VALUES (?, ?, ?)")?;
    for ordinal in ordinals {
        insert.execute((note.0, room.0, ordinal))?;
    }
    Ok(note)
}

/// Gives a note another text, kind and tags. Cards that are still asked for keep their history, those that are not go,
/// and new ones come. The source stays, and counts as looked at again.
///
/// # Errors
/// As [`add_note`].
pub fn edit_note(tx: &Transaction<'_>, id: NoteId, new: &NewNote, now: Timestamp) -> Result<(), Error> {
    let room = note(tx, id)?.room;
    let (new, ordinals) = new.accepted()?;
    tx.prepare_cached(
        "UPDATE notes SET kind = ?, front = ?, back = ?, extra = ?, tags = ?, updated = ?, source_changed = 0
         WHERE note = ?",
    )?
    .execute((
        new.kind.stored_name(),
        &new.front,
        &new.back,
        &new.extra,
        stored::to_json(&new.tags)?,
        now.0,
        id.0,
    ))?;
    index::put(tx, id, [&new.front, &new.back, &new.extra, &new.tags.join(" ")])?;
    let wanted = stored::to_json(&ordinals)?;
    tx.prepare_cached("DELETE FROM cards WHERE note = ? AND ordinal NOT IN (SELECT value FROM json_each(?))")?
        .execute((id.0, &wanted))?;
    tx.prepare_cached(
        "INSERT INTO cards (note, room, ordinal) SELECT ?1, ?2, value FROM json_each(?3) WHERE true
         ON CONFLICT (note, ordinal) DO NOTHING",
    )?
    .execute((id.0, room.0, wanted))?;
    Ok(())
}

/// Removes a note with its cards and all that was answered.
pub fn remove_note(tx: &Transaction<'_>, id: NoteId) -> Result<(), Error> {
    match tx.prepare_cached("DELETE FROM notes WHERE note = ?")?.execute([id.0])? {
        0 => Err(Error::not_found("note", id)),
        _ => Ok(()),
    }
}

// A leech is tagged for as long as one of its cards is one.
pub(super) const COLUMNS: &str =
    "n.note, n.room, n.guid, n.kind, n.front, n.back, n.extra, n.tags, n.document, n.source,
        n.source_changed, n.created, n.updated,
        EXISTS (SELECT 1 FROM cards l WHERE l.note = n.note AND l.leech)";

/// What a note with a leech among its cards is tagged with, as in Anki.
const LEECH: &str = "leech";

/// One note.
pub fn note(connection: &Connection, id: NoteId) -> Result<Note, Error> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM notes n WHERE n.note = ?"))?
        .query_row([id.0], |row| read(row, 0))
        .optional()?
        .ok_or_else(|| Error::not_found("note", id))
}

/// The note of a card.
pub fn card_note(connection: &Connection, card: CardId) -> Result<Note, Error> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM notes n WHERE n.note = (SELECT note FROM cards WHERE card = ?)"
        ))?
        .query_row([card.0], |row| read(row, 0))
        .optional()?
        .ok_or_else(|| Error::not_found("card", card))
}

/// The notes of a room, the oldest first.
pub fn notes(connection: &Connection, room: RoomId) -> Result<Vec<Note>, Error> {
    let mut query =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM notes n WHERE n.room = ? ORDER BY n.note"))?;
    let rows = query.query_map([room.0], |row| read(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The note of a room that is named so, wherever it was made.
pub fn note_by_guid(connection: &Connection, room: RoomId, guid: &str) -> Result<Option<Note>, Error> {
    Ok(connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM notes n WHERE n.room = ? AND n.guid = ?"))?
        .query_row((room.0, guid), |row| read(row, 0))
        .optional()?)
}

/// A name for a note that is the same whenever it is made of the same words.
pub fn guid_of(parts: &[&str]) -> String {
    let mut hash = blake3::Hasher::new();
    for part in parts {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().to_hex()[..20].to_owned()
}

/// A note whose columns begin at `at`.
pub(super) fn read(row: &Row<'_>, at: usize) -> rusqlite::Result<Note> {
    let mut tags: Vec<String> = stored::from_json(row, at + 7)?;
    if row.get(at + 13)? && !tags.iter().any(|tag| tag == LEECH) {
        tags.push(LEECH.into());
        tags.sort_unstable();
    }
    // A citation of another version is no reason not to show the note.
    let source = row.get::<_, Option<String>>(at + 9)?.and_then(|json| serde_json::from_str(&json).ok());
    Ok(Note {
        note: NoteId(row.get(at)?),
        room: RoomId(row.get(at + 1)?),
        guid: row.get(at + 2)?,
        kind: stored::named(row, at + 3)?,
        front: row.get(at + 4)?,
        back: row.get(at + 5)?,
        extra: row.get(at + 6)?,
        tags,
        document: row.get::<_, Option<i64>>(at + 8)?.map(DocumentId),
        source,
        source_changed: row.get(at + 10)?,
        created: Timestamp(row.get(at + 11)?),
        updated: Timestamp(row.get(at + 12)?),
    })
}
