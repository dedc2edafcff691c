//! Keyword search in scripts without spaces between words, and what it must not change for the others.

use kernel::{LibraryFolder, PassageId};
use library::rusqlite::Connection;
use library::{check, documents, passages};

use crate::shelf::{Shelf, open, passage};

const ENGLISH: [&str; 4] = [
    "Photosynthesis turns sunlight into chemical energy in the chloroplasts of plants.",
    "The stomach breaks food down; plants don't have one. Plants plant plantings.",
    "Naïve cells wait, and cells that waited are cells of memory: фотосинтез, 광합성 작용.",
    "Energy is stored as sugar.",
];

/// BM25 of every passage that a query finds, as a search asks for it.
fn scores(connection: &Connection, query: &str) -> Vec<(i64, f64)> {
    let sql = "SELECT rowid, bm25(passages_fts, 2.0, 1.0) FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rowid";
    let mut found = connection.prepare(sql).unwrap();
    let rows = found.query_map([query], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn words_are_found_inside_of_a_run_of_letters() {
    let shelf = Shelf::new();
    let room = shelf.room("生物");
    let document = shelf.document(room, "a");
    let chinese = shelf.page(document, 1, "植物通过光合作用把阳光变成能量。");
    let japanese = shelf.page(document, 2, "植物はひかりからエネルギーをつくる。これを光合成という。");
    let mixed = shelf.page(document, 3, "The DNA複製 of Escherichia coli 大肠杆菌 begins here.");
    let thai = shelf.page(document, 4, "พืชใช้การสังเคราะห์ด้วยแสง");
    for (words, found) in [
        ("\"光合 合作 作用\"", vec![chinese]),
        ("\"阳光\"", vec![chinese]),
        ("\"光合\"", vec![chinese, japanese]),
        ("\"エネ ネル ルギ ギー\"", vec![japanese]),
        ("\"複製\"", vec![mixed]),
        ("\"DNA\"", vec![mixed]),
        ("escherichia", vec![mixed]),
        ("\"大肠 肠杆 杆菌\"", vec![mixed]),
        ("\"แสง\"", vec![]),
        ("\"แส สง\"", vec![thai]),
        ("\"光\"*", vec![chinese, japanese]),
        ("\"用\"*", vec![chinese]),
    ] {
        assert_eq!(shelf.find(room, words), found, "{words}");
    }
    // What is stored is what was read.
    let stored = shelf.read(|c| passages::get(c, &[chinese]));
    assert_eq!(stored[0].text, "植物通过光合作用把阳光变成能量。");
    assert_eq!(check::check(&shelf.library).unwrap().problems, [] as [&str; 0]);
    shelf.write(|tx| documents::remove(tx, document));
    assert!(shelf.find(room, "\"光合\"").is_empty());
    assert_eq!(check::check(&shelf.library).unwrap().problems, [] as [&str; 0]);
}

#[test]
fn other_scripts_rank_to_the_last_digit_as_they_did() {
    let shelf = Shelf::new();
    let document = shelf.document(shelf.room("Biology"), "a");
    for (number, text) in (1..).zip(ENGLISH) {
        shelf.page(document, number, text);
    }
    let plain = Connection::open_in_memory().unwrap();
    plain
        .execute_batch(
            "CREATE VIRTUAL TABLE passages_fts USING fts5 (
                 headings, text, tokenize = 'porter unicode61 remove_diacritics 2')",
        )
        .unwrap();
    for text in ENGLISH {
        let headings = passage(0, 1, text).headings.join("\n");
        plain.execute("INSERT INTO passages_fts (headings, text) VALUES (?, ?)", [&headings, text]).unwrap();
    }
    for query in
        ["plants", "energy OR cell", "planted", "naive", "\"part one\"", "фотосинтез", "광합성", "sunlight* OR waits"]
    {
        let (new, old) = (shelf.read(|c| Ok(scores(c, query))), scores(&plain, query));
        assert_eq!(new, old, "{query}");
        assert!(!new.is_empty(), "{query}");
    }
}

#[test]
fn a_library_of_an_earlier_version_is_indexed_anew() {
    let place = tempfile::tempdir().unwrap();
    let folder = LibraryFolder::new(place.path());
    let old = Connection::open(folder.database()).unwrap();
    let released = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/released");
    for step in ["001.sql", "002.sql"] {
        old.execute_batch(&std::fs::read_to_string(released.join(step)).unwrap()).unwrap();
    }
    old.execute_batch(
        "INSERT INTO passages (passage, document, room, ordinal, kind, page_start, page_end, tokens)
             VALUES (900, 1, 1, 900, 'paragraph', 1, 1, 9);
         INSERT INTO passage_texts VALUES (900, '第一章', '植物通过光合作用把阳光变成能量。', x'00');",
    )
    .unwrap();
    old.close().unwrap();
    let library = open(&folder).unwrap();
    let find = |words| library.read(|c| crate::shelf::find(c, kernel::RoomId(1), words)).unwrap();
    assert_eq!(find("\"光合 合作 作用\""), [PassageId(900)]);
    assert_eq!(find("headings : \"一章\""), [PassageId(900)]);
    assert_eq!(find("membrane AND water"), [PassageId(1)]);
    let problems = check::check(&library).unwrap().problems;
    assert!(problems.iter().all(|problem| problem.contains("is missing")), "{problems:?}");
}
