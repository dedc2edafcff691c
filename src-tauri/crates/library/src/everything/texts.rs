//! What is found by the words of its text: passages, turns, notes and annotations.

use kernel::{AnnotationId, NoteId, PassageId, RoomId, TurnId};
use reader::{Sentence, Span};
use rusqlite::OptionalExtension;

use super::{FoundNote, FoundPassage, Looked};
use crate::cards::{Piece, pieces};
use crate::fulltext::{TextRun, excerpt, places, runs};
use crate::locators::Locators;
use crate::passages::StoredPassage;
use crate::{Error, annotations, cards, conversations, pages, passages};

/// A full-text index, and the rows that it is of.
struct Index {
    /// The index.
    name: &'static str,
    /// Its rows by their numbers, those alone that can be seen, as `o` with a room.
    rows: &'static str,
}

const PASSAGES: Index = Index { name: "passages_fts", rows: "CROSS JOIN passages o ON o.passage = f.rowid" };
const TURNS: Index = Index {
    name: "turns_fts",
    rows: "CROSS JOIN turns t ON t.turn = f.rowid CROSS JOIN conversations o ON o.conversation = t.conversation",
};
const NOTES: Index = Index { name: "notes_fts", rows: "CROSS JOIN notes o ON o.note = f.rowid" };
const ANNOTATIONS: Index =
    Index { name: "annotations_fts", rows: "CROSS JOIN annotations o ON o.annotation = f.rowid AND o.removed IS NULL" };

/// So many rows that have the words are weighed; of more than these the words say little, and weighing a hundred thousand
/// takes a tenth of a second.
const WEIGHED: u32 = 1_000;

impl Looked<'_> {
    pub(super) fn passages(
        &self,
        expression: &str,
        go_on: &dyn Fn() -> Result<(), Error>,
    ) -> Result<Vec<FoundPassage>, Error> {
        let ids: Vec<PassageId> = self.best(&PASSAGES, expression)?.into_iter().map(PassageId).collect();
        go_on()?;
        let mut locators = Locators::new(self.connection);
        let found = passages::get(self.connection, &ids)?;
        found.into_iter().map(|passage| self.passage(passage, &mut locators)).collect()
    }

    fn passage(&self, passage: StoredPassage, locators: &mut Locators<'_>) -> Result<FoundPassage, Error> {
        let span = first_span(&passage, self.words);
        let place = locators.on(passage.document, span.page, span.start)?;
        let has_pages = locators.has_pages(passage.document)?;
        let page = pages::get(self.connection, passage.document, span.page).ok();
        Ok(FoundPassage {
            line: self.line(&passage.text),
            boxes: page.as_ref().map(|page| page.boxes(span.start, span.end)).unwrap_or_default(),
            label: page.and_then(|page| page.label),
            locator: place.map(|place| place.locator).filter(|_| !has_pages),
            page: span.page,
            passage: passage.passage,
            document: passage.document,
            room: passage.room,
            title: passage.title,
            headings: passage.headings,
        })
    }

    pub(super) fn turns(&self, expression: &str) -> Result<Vec<conversations::Found>, Error> {
        let ids = self.best(&TURNS, expression)?.into_iter().map(TurnId);
        ids.map(|turn| {
            let turn = conversations::turn(self.connection, turn)?;
            Ok(conversations::Found {
                conversation: conversations::get(self.connection, turn.conversation)?,
                turn: turn.turn,
                created: turn.created,
                question: runs(&turn.question, self.words),
                excerpt: self.line(&turn.answer),
            })
        })
        .collect()
    }

    pub(super) fn notes(&self, expression: &str) -> Result<Vec<FoundNote>, Error> {
        let ids = self.best(&NOTES, expression)?.into_iter().map(NoteId);
        let mut first = self.connection.prepare_cached("SELECT min(card) FROM cards WHERE note = ?")?;
        ids.map(|note| {
            let note = cards::note(self.connection, note)?;
            let card: Option<Option<i64>> = first.query_row([note.note.0], |row| row.get(0)).optional()?;
            Ok(FoundNote {
                note: note.note,
                card: card.flatten().map(kernel::CardId),
                room: note.room,
                front: self.line(&filled(&pieces(&note.front))),
                back: self.line(&note.back),
            })
        })
        .collect()
    }

    pub(super) fn annotations(&self, expression: &str) -> Result<Vec<annotations::Found>, Error> {
        let ids = self.best(&ANNOTATIONS, expression)?.into_iter().map(AnnotationId);
        ids.map(|annotation| {
            let annotation = annotations::get(self.connection, annotation)?;
            let (quote, note) = (self.line(&annotation.citation.quote), self.line(&annotation.note));
            Ok(annotations::Found { annotation, quote, note })
        })
        .collect()
    }

    /// The line of a text that has the words, or else its first.
    fn line(&self, text: &str) -> Vec<TextRun> {
        runs(&excerpt(text, self.words), self.words)
    }

    /// The numbers of the rows that have the words, the best of the open room first, then the best of all others.
    fn best(&self, index: &Index, expression: &str) -> Result<Vec<i64>, Error> {
        let mut best = Vec::new();
        let room = self.room.map_or(0, |RoomId(room)| room);
        for among in ["=", "<>"] {
            let left = (self.limit as usize).saturating_sub(best.len());
            if left == 0 || (among == "=" && self.room.is_none()) {
                continue;
            }
            let mut query = self.connection.prepare_cached(&sql(index, among))?;
            let rows =
                query.query_map((expression, room, i64::try_from(left).unwrap_or(i64::MAX)), |row| row.get(0))?;
            for row in rows {
                best.push(row?);
            }
        }
        Ok(best)
    }
}

/// CROSS JOIN: the words first, each row that has them then looked up.
fn sql(index: &Index, among: &str) -> String {
    let Index { name, rows } = index;
    format!(
        "SELECT number FROM (
             SELECT f.rowid AS number, bm25({name}) AS score FROM {name} f {rows}
                 CROSS JOIN rooms r ON r.room = o.room AND r.removed IS NULL
             WHERE {name} MATCH ?1 AND o.room {among} ?2 LIMIT {WEIGHED})
         ORDER BY score, number DESC LIMIT ?3"
    )
}

/// Where the first sentence with one of the words stands, or the first sentence of all.
fn first_span(passage: &StoredPassage, words: &[String]) -> Span {
    let at = places(&passage.text, words).first().map_or(0, |place| place.start);
    let holds = |sentence: &&Sentence| (sentence.start as usize..sentence.end as usize).contains(&at);
    let sentence = passage.sentences.iter().find(holds).or(passage.sentences.first());
    let whole = Span { page: passage.page_start, start: 0, end: 0 };
    sentence.and_then(|sentence| sentence.spans.first()).copied().unwrap_or(whole)
}

/// A text with its gaps filled.
fn filled(pieces: &[Piece<'_>]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Gap { words, .. } => filled(words),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rusqlite::Connection;

    use super::*;
    use crate::schema;

    #[test]
    fn words_are_looked_up_in_the_index_first_and_no_table_is_read_through() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        for index in [PASSAGES, TURNS, NOTES, ANNOTATIONS] {
            for among in ["=", "<>"] {
                let explained = format!("EXPLAIN QUERY PLAN {}", sql(&index, among));
                let mut query = connection.prepare(&explained).unwrap();
                let steps = query.query_map(("\"x\"", 1, 1), |row| row.get("detail")).unwrap();
                let steps: Vec<String> = steps.map(Result::unwrap).collect();
                let read_through: Vec<&String> = steps.iter().filter(|step| step.starts_with("SCAN")).collect();
                let is_fine =
                    |step: &&String| step.contains("VIRTUAL TABLE INDEX") || step.starts_with("SCAN (subquery");
                assert_eq!(read_through.iter().filter(|step| !is_fine(step)).count(), 0, "{steps:#?}");
                assert!(steps.iter().any(|step| step.contains("VIRTUAL TABLE INDEX")), "{steps:#?}");
            }
        }
    }
}
