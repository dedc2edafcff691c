//! Everything an import stores, as it stands in the database.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::Connection;

/// A document's hash and a place in it.
type Place = (String, i64);

/// Everything an import stores, by place; what is counted there is counted by SQLite's own unique keys.
#[derive(Default)]
pub(super) struct Stored {
    pub(super) pages: BTreeMap<Place, Vec<String>>,
    pub(super) passages: BTreeMap<Place, Vec<String>>,
    pub(super) vectors: BTreeMap<Place, Vec<f32>>,
    /// Documents with pages that are pictures: their passages are cut anew while text is recognised, so that a place
    /// says little until the end.
    scans: BTreeSet<String>,
    /// Pages whose text is still to be recognised.
    waiting: BTreeSet<Place>,
}

impl Stored {
    pub(super) fn of(data: &Path) -> Self {
        let database = data.join("library.sqlite");
        if !database.exists() {
            return Self::default();
        }
        // As the next start would: with the log that the killed process has left.
        let connection = Connection::open(database).unwrap();
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'vectors'", [], |row| row.get(0))
            .unwrap();
        if tables == 0 {
            return Self::default();
        }
        let indexed: (i64, i64) = connection
            .query_row(
                "SELECT (SELECT count(*) FROM passages_fts_docsize), (SELECT count(*) FROM passages)",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        assert_eq!(indexed.0, indexed.1, "passages and keyword index differ");
        let rows = |sql: &str| -> BTreeMap<Place, Vec<String>> {
            let mut query = connection.prepare(sql).unwrap();
            let columns = query.column_count();
            let mut found = BTreeMap::new();
            let mut rows = query.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let values = (2..columns).map(|column| format!("{:?}", row.get_ref(column).unwrap())).collect();
                let before = found.insert((row.get(0).unwrap(), row.get(1).unwrap()), values);
                assert!(before.is_none(), "stored twice");
            }
            found
        };
        let blob = |bytes: Vec<u8>| bytes.as_chunks().0.iter().map(|number| f32::from_le_bytes(*number)).collect();
        let mut vectors = connection
            .prepare(
                "SELECT hash, ordinal, vector FROM vectors JOIN passages USING (passage)
                 JOIN documents ON documents.document = passages.document",
            )
            .unwrap();
        let vectors = vectors
            .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), blob(row.get(2)?))))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let scanned = "SELECT hash, number FROM pages JOIN documents USING (document)
             WHERE status IN ('scanned', 'garbled')";
        Self {
            scans: rows(scanned).into_keys().map(|(hash, _)| hash).collect(),
            waiting: rows(&format!("{scanned} AND confidence IS NULL")).into_keys().collect(),
            pages: rows(
                "SELECT hash, number, label, width, height, status, text, blocks, words, emphasis, confidence
                 FROM pages JOIN documents USING (document)",
            ),
            passages: rows(
                "SELECT hash, ordinal, kind, page_start, page_end, tokens, headings, text, sentences
                 FROM passages JOIN passage_texts USING (passage) JOIN documents ON documents.document = passages.document",
            ),
            vectors,
        }
    }

    /// What is there is what an import without a kill stores at that place.
    pub(super) fn assert_part_of(&self, whole: &Self, round: u32) {
        for (place, page) in self.pages.iter().filter(|(place, _)| !self.waiting.contains(place)) {
            assert_eq!(Some(page), whole.pages.get(place), "round {round}, page {place:?}");
        }
        for (place, passage) in self.passages.iter().filter(|((hash, _), _)| !self.scans.contains(hash)) {
            assert_eq!(Some(passage), whole.passages.get(place), "round {round}, passage {place:?}");
        }
    }

    /// What had been committed is still there.
    pub(super) fn assert_holds(&self, before: &Self, round: u32) {
        let missing = before.pages.keys().find(|place| !self.pages.contains_key(*place));
        assert_eq!(missing, None, "round {round}: a page is lost");
        let forgotten =
            self.waiting.iter().find(|place| before.pages.contains_key(*place) && !before.waiting.contains(*place));
        assert_eq!(forgotten, None, "round {round}: recognised text is lost");
        let settled = |place: &&Place| !self.scans.contains(&place.0);
        let missing = before.passages.keys().filter(settled).find(|place| !self.passages.contains_key(*place));
        assert_eq!(missing, None, "round {round}: a passage is lost");
        let missing = before.vectors.keys().filter(settled).find(|place| !self.vectors.contains_key(*place));
        assert_eq!(missing, None, "round {round}: a vector is lost");
    }
}
