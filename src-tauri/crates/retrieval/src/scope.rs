//! The part of the library that a search looks into.

use std::fmt::Write as _;

use kernel::{DocumentId, PassageId, RoomId};
use library::passages::Kind;
use library::{Connection, documents};

/// What a search looks into: a room, or a part of it. Each further choice makes it narrower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    room: RoomId,
    documents: Vec<DocumentId>,
    section: Option<(DocumentId, u32)>,
    kinds: Vec<Kind>,
}

impl Scope {
    /// All of a room.
    pub fn room(room: RoomId) -> Self {
        Self { room, documents: Vec::new(), section: None, kinds: Vec::new() }
    }

    /// Only these documents of it; all of them when there are none.
    #[must_use]
    pub fn documents(self, documents: impl IntoIterator<Item = DocumentId>) -> Self {
        Self { documents: documents.into_iter().collect(), ..self }
    }

    /// Only this section of a document: what stands under an entry of its table of contents (counted from 0), and
    /// under the entries below that.
    #[must_use]
    pub fn section(self, document: DocumentId, entry: u32) -> Self {
        Self { section: Some((document, entry)), ..self }
    }

    /// Only passages that hold one of these kinds; all of them when there are none.
    #[must_use]
    pub fn kinds(self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self { kinds: kinds.into_iter().collect(), ..self }
    }

    /// The room that it is in.
    pub(crate) fn of_room(&self) -> RoomId {
        self.room
    }

    /// What it is called in a message.
    pub(crate) fn name(&self) -> &'static str {
        match (self.section.is_some(), self.documents.len()) {
            (true, _) | (false, 1) => "this document",
            (false, 0) => "this room",
            (false, _) => "these documents",
        }
    }

    /// Whether it takes in whole documents, so that those with vectors have some in it.
    pub(crate) fn is_whole(&self) -> bool {
        self.section.is_none() && self.kinds.is_empty()
    }

    /// How many passages the documents that it touches have, and how many of these have a vector.
    pub(crate) fn embedded(&self, connection: &Connection) -> Result<(u32, u32), library::Error> {
        let sql = format!(
            "SELECT coalesce(sum(passages), 0), coalesce(sum(embedded), 0) FROM documents WHERE {}",
            self.whole()
        );
        Ok(connection.prepare_cached(&sql)?.query_row((), |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The passages that it takes in now, as both stores understand it.
    ///
    /// # Errors
    /// Those of the library; not found, when its section is in the table of contents no more.
    pub(crate) fn filter(&self, connection: &Connection) -> Result<Filter, library::Error> {
        let mut filter = self.whole();
        if let Some((document, entry)) = self.section {
            let places = documents::section(connection, document, entry)?;
            // Writing to a string can't fail.
            let _ = write!(filter, " AND ordinal >= {} AND ordinal < {}", places.start, places.end);
        }
        if !self.kinds.is_empty() {
            // The index's language has no bitwise AND; by division both tell whether a bit is set.
            let any: Vec<String> = self.kinds.iter().map(|kind| format!("(kinds / {}) % 2 = 1", kind.bit())).collect();
            let _ = write!(filter, " AND ({})", any.join(" OR "));
        }
        Ok(Filter(filter))
    }

    /// Its room and documents.
    fn whole(&self) -> String {
        let mut filter = format!("room = {}", self.room);
        if !self.documents.is_empty() {
            let list: Vec<String> = self.documents.iter().map(ToString::to_string).collect();
            let _ = write!(filter, " AND document IN ({})", list.join(", "));
        }
        if let Some((document, _)) = self.section {
            let _ = write!(filter, " AND document = {document}");
        }
        filter
    }
}

/// A condition on the columns room, document, ordinal and kinds, which the table of passages and the vector index both
/// have. It is made of numbers alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter(String);

impl Filter {
    /// In SQL.
    pub(crate) fn sql(&self) -> &str {
        &self.0
    }

    /// Those of `passages` that it lets through, in their order.
    pub(crate) fn of(
        &self,
        connection: &Connection,
        passages: Vec<PassageId>,
    ) -> Result<Vec<PassageId>, library::Error> {
        let mut query =
            connection.prepare_cached(&format!("SELECT 1 FROM passages WHERE passage = ? AND {}", self.0))?;
        let mut kept = Vec::with_capacity(passages.len());
        for passage in passages {
            if query.exists([passage.0])? {
                kept.push(passage);
            }
        }
        Ok(kept)
    }
}

impl From<RoomId> for Filter {
    fn from(room: RoomId) -> Self {
        Self(Scope::room(room).whole())
    }
}
