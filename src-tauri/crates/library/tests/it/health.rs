use kernel::Timestamp;
use library::annotations::{self, Colour, NewAnnotation, Selection};
use library::conversations::{self, NewTurn, Outcome, Provenance};
use library::rusqlite::Connection;
use library::{cards, check, documents};

use crate::shelf::{Shelf, open};

fn full() -> Shelf {
    let shelf = Shelf::new();
    let room = shelf.room("Biology");
    for hash in ["a", "b"] {
        let document = shelf.document(room, hash);
        for number in 1..=20 {
            let passage = shelf.page(document, number, &format!("osmosis of cell {number}"));
            shelf.write(|tx| library::vectors::put(tx, "m", &[(passage, &[0.1; 384])]));
        }
    }
    shelf.write(|tx| {
        let talk = conversations::create(tx, room, "Osmosis", Timestamp(1))?.conversation;
        for (question, answer) in [("What is osmosis?", "A flow of water."), ("光合作用?", "光合作用とは何ですか。")]
        {
            let turn = conversations::begin_turn(tx, talk, &NewTurn::new(question, "extractive"), Timestamp(1))?;
            conversations::complete(tx, turn, &Outcome { answer, ..Outcome::default() })?;
        }
        // One that is being written: what there is of the answer is not in the index yet.
        let turn = conversations::begin_turn(tx, talk, &NewTurn::new("And why?", "extractive"), Timestamp(1))?;
        conversations::append(tx, turn, "Because ", &[], &Provenance::default())?;
        let document = documents::by_hash(tx, room, "a")?.unwrap_or(kernel::DocumentId(0));
        for (start, end, quote) in [(0, 7, "osmosis"), (0, 0, "")] {
            let on = Selection { document, page: 3, start, end, quote: quote.into() };
            annotations::add(tx, &NewAnnotation { on, colour: Colour::Blue, note: "Ask why.".into() }, Timestamp(1))?;
        }
        cards::add_note(tx, room, &cards::NewNote::basic("What is osmosis?", "A flow."), Timestamp(1))?;
        Ok(())
    });
    shelf
}

fn problems(shelf: &Shelf) -> Vec<String> {
    check::check(&shelf.library).unwrap().problems
}

/// Does what no function of the library does.
fn behind_its_back(shelf: &Shelf, sql: &str) {
    let connection = Connection::open(shelf.folder().database()).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection.execute_batch(sql).unwrap();
}

#[test]
fn a_sound_library_has_no_problems_and_says_what_is_in_it() {
    let shelf = full();
    let report = check::check(&shelf.library).unwrap();
    assert_eq!(report.problems, [] as [&str; 0]);
    let counts = report.counts;
    assert_eq!((counts.rooms, counts.documents, counts.pages), (1, 2, 40));
    assert_eq!((counts.passages, counts.indexed, counts.vectors), (40, 40, 40));
    assert_eq!((counts.conversations, counts.turns, counts.annotations), (1, 3, 2));
}

#[test]
fn every_kind_of_damage_is_named_and_put_right() {
    for (damage, named) in [
        ("UPDATE documents SET passages = passages + 1", "counts of document 1"),
        ("UPDATE documents SET ledger_text = 3, ledger_empty = 17 WHERE document = 2", "counts of document 2"),
        ("INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')", "not in the keyword index"),
        (
            "DROP TRIGGER passage_texts_reindexed;
             UPDATE passage_texts SET text = 'something else' WHERE passage = 7;",
            "keyword index differs",
        ),
        ("DELETE FROM documents WHERE document = 1", "refers to a row of documents that is gone"),
        ("DELETE FROM passages WHERE passage = 3", "refers to a row of passages that is gone"),
        ("DELETE FROM passage_texts WHERE passage = 3", "1 passages have no text"),
        ("UPDATE vectors SET vector = x'00' WHERE passage = 5", "1 vectors have the wrong length"),
        ("DELETE FROM turns_fts WHERE rowid = 2", "1 questions with their answers are not in the index"),
        ("UPDATE turns_fts SET answer = 'Something else.' WHERE rowid = 1", "1 questions with their answers are not"),
        ("INSERT INTO turns_fts (rowid, question) VALUES (9, 'Who?')", "1 questions in the index of conversations"),
        ("UPDATE turns_fts_content SET c1 = 'Something else.' WHERE id = 1", "FTS5 table main.turns_fts"),
        ("DELETE FROM turns_fts_data WHERE id > 10", "turns_fts"),
        ("DELETE FROM conversations", "refers to a row of conversations that is gone"),
        ("DELETE FROM annotations_fts WHERE rowid = 1", "1 highlights and notes are not in their index"),
        ("UPDATE annotations_fts SET note = 'Else.' WHERE rowid = 2", "1 highlights and notes are not in their index"),
        ("INSERT INTO annotations_fts (rowid, note) VALUES (9, 'Who?')", "1 highlights and notes in their index are"),
        ("DELETE FROM notes_fts WHERE rowid = 1", "1 notes of cards are not in their index"),
        ("UPDATE notes_fts SET back = 'Else.' WHERE rowid = 1", "1 notes of cards are not in their index"),
        ("INSERT INTO notes_fts (rowid, back) VALUES (9, 'Who?')", "1 notes of cards in their index are gone"),
    ] {
        let shelf = full();
        behind_its_back(&shelf, damage);
        let found = problems(&shelf);
        assert!(found.iter().any(|problem| problem.contains(named)), "{damage}: {found:?}");
        let report = check::repair(&shelf.library).unwrap();
        assert_eq!(report.problems, [] as [&str; 0], "{damage}");
        assert!(!report.repaired.is_empty());
        assert_eq!(problems(&shelf), [] as [&str; 0], "{damage}");
    }
}

#[test]
fn a_conversation_is_found_again_after_its_index_was_lost() {
    let shelf = full();
    let found = |query: &str| shelf.read(|c| conversations::search(c, None, query, 9)).len();
    assert_eq!((found("water"), found("光合")), (1, 1));
    behind_its_back(&shelf, "DELETE FROM turns_fts");
    assert_eq!((found("water"), found("光合")), (0, 0));
    check::repair(&shelf.library).unwrap();
    assert_eq!((found("water"), found("光合")), (1, 1));
}

#[test]
fn a_sound_library_is_not_repaired() {
    assert_eq!(check::repair(&full().library).unwrap().repaired, [] as [&str; 0]);
}

#[test]
fn a_missing_file_is_named() {
    let shelf = full();
    let path = shelf.library.original("b", "pdf");
    std::fs::remove_file(&path).unwrap();
    let found = problems(&shelf);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains(&path.display().to_string()), "{found:?}");
    let document = shelf.read(|c| documents::by_hash(c, kernel::RoomId(1), "b")).unwrap();
    shelf.write(|tx| documents::remove(tx, document));
    assert_eq!(problems(&shelf), [] as [&str; 0]);
}

#[test]
fn a_page_of_the_database_that_the_disk_has_damaged_is_a_finding_not_a_crash() {
    let shelf = full();
    let folder = shelf.folder();
    let Shelf { place, library } = shelf;
    drop(library);
    let mut bytes = std::fs::read(folder.database()).unwrap();
    let with_text = |page: &&mut [u8]| page.windows(7).any(|words| words == b"osmosis");
    let damaged = bytes.chunks_mut(4096).filter(with_text).skip(1);
    damaged.for_each(|page| page[..64].fill(0xA5));
    std::fs::write(folder.database(), &bytes).unwrap();
    let library = open(&folder).unwrap();
    assert!(!check::check(&library).unwrap().problems.is_empty());
    // No rebuilding brings these back, and it says so.
    let report = check::repair(&library).unwrap();
    assert!(report.problems.iter().any(|problem| problem.contains("backup")), "{report:?}");
    drop(place);
}
