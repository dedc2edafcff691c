use kernel::{Code, DocumentId, RoomId, Timestamp};
use rusqlite::Row;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::stored::{self, Named};

/// How far a document has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// Waits for its turn.
    Queued,
    /// Its pages are being read; those that were can be searched.
    Reading,
    /// Every page can be searched by keyword; vectors are being made.
    Embedding,
    /// Pages that are pictures are being turned into text; the rest is done.
    Recognising,
    /// Done.
    Complete,
    /// Somebody asked to wait.
    Paused,
    /// Could not go on; code and message say why. What was read can be searched.
    Failed,
}

impl Named for DocumentState {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Queued, "queued"),
        (Self::Reading, "reading"),
        (Self::Embedding, "embedding"),
        (Self::Recognising, "recognising"),
        (Self::Complete, "complete"),
        (Self::Paused, "paused"),
        (Self::Failed, "failed"),
    ];
}

/// How many pages could be read, by what was found on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Ledger {
    /// With text.
    pub text: u32,
    /// Pictures of pages.
    pub scanned: u32,
    /// With glyphs that carry no meaning.
    pub garbled: u32,
    /// With nothing on them.
    pub empty: u32,
    /// Not readable within the limits.
    pub unreadable: u32,
    /// Of the scanned and garbled ones, those that text recognition has been at.
    pub recognised: u32,
}

/// A document of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Document {
    /// Its number.
    pub document: DocumentId,
    /// Its room.
    pub room: RoomId,
    /// What people call it.
    pub title: String,
    /// The name of the file it came from.
    pub file_name: String,
    /// Where that file was.
    pub source: Option<String>,
    /// BLAKE3 of the file, in hex; the copy in the library is named by it.
    pub hash: String,
    /// The file's format, by its stable name: "pdf", "docx".
    pub format: String,
    /// Size of the file.
    #[specta(type = f64)]
    pub bytes: u64,
    /// How many pages it has, once it was opened.
    pub pages: Option<u32>,
    /// How many of them have been read.
    pub pages_read: u32,
    /// How many passages there are so far.
    pub passages: u32,
    /// How many of them have a vector.
    pub embedded: u32,
    /// How far it has come.
    pub state: DocumentState,
    /// Why it failed, for programs.
    pub code: Option<Code>,
    /// Why it failed, for people.
    pub message: Option<String>,
    /// What could be read of it.
    pub ledger: Ledger,
    /// The languages of text recognition by Tesseract's names joined by "+"; none when they are found out.
    pub languages: Option<String>,
    /// The document that this one, a new edition of it, is about to take the place of.
    pub replaces: Option<DocumentId>,
    /// When it was added.
    pub added: Timestamp,
    /// The words that the person sorts documents by, in their order.
    pub tags: Vec<String>,
    /// Where it stands among the documents of its room by the person's own order, the lowest first; of two with the same
    /// one the newer.
    #[specta(type = f64)]
    pub position: i64,
    /// When somebody last came to read it.
    pub opened: Option<Timestamp>,
}

/// What is known of a document when it is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument {
    /// The room it goes to.
    pub room: RoomId,
    /// What people call it, until the file says better.
    pub title: String,
    /// The name of the file.
    pub file_name: String,
    /// Where the file is.
    pub source: Option<String>,
    /// BLAKE3 of the file, in hex.
    pub hash: String,
    /// The file's format, which is also the ending of the copy: "pdf", "docx".
    pub format: String,
    /// Size of the file.
    pub bytes: u64,
    /// The document whose new edition it is.
    pub replaces: Option<DocumentId>,
}

/// What adding a document came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// The new document, or the one that the room already had.
    pub document: DocumentId,
    /// Whether the room already had it.
    pub duplicate: bool,
}

pub(super) const SELECT: &str =
    "SELECT document, room, title, file_name, source, hash, format, bytes, pages, pages_read, passages,
        embedded, state, code, message, ledger_text, ledger_scanned, ledger_garbled, ledger_empty,
        ledger_unreadable, added, recognised, languages, replaces, tags, position, opened
     FROM documents";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        document: DocumentId(row.get(0)?),
        room: RoomId(row.get(1)?),
        title: row.get(2)?,
        file_name: row.get(3)?,
        source: row.get(4)?,
        hash: row.get(5)?,
        format: row.get(6)?,
        bytes: row.get::<_, i64>(7)?.cast_unsigned(),
        pages: row.get(8)?,
        pages_read: row.get(9)?,
        passages: row.get(10)?,
        embedded: row.get(11)?,
        state: stored::named(row, 12)?,
        code: stored::code(row, 13)?,
        message: row.get(14)?,
        ledger: Ledger {
            text: row.get(15)?,
            scanned: row.get(16)?,
            garbled: row.get(17)?,
            empty: row.get(18)?,
            unreadable: row.get(19)?,
            recognised: row.get(21)?,
        },
        languages: row.get(22)?,
        replaces: row.get::<_, Option<i64>>(23)?.map(DocumentId),
        added: Timestamp(row.get(20)?),
        tags: stored::from_json(row, 24)?,
        position: row.get(25)?,
        opened: row.get::<_, Option<i64>>(26)?.map(Timestamp),
    })
}
